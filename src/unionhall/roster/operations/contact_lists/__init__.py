"""Lists of contacts and of opt-outs."""
