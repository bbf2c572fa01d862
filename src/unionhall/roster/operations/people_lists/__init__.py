"""A list of people: planned against what we know, applied in portions, settled, taken back."""
