"""Commands of the bench slice."""
