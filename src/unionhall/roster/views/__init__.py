"""Doors of the roster in the Hall: places, people, lists that come in and go out."""
