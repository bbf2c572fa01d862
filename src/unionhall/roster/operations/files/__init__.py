"""A file that came in: kept, looked at, reported on, and what every undo has in common."""
