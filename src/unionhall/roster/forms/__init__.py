"""What people of the Hall send to the roster."""
