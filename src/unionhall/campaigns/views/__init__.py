"""Doors of a campaign."""
