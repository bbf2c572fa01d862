"""The doors of the roster: worksites, people, lists that come in."""
