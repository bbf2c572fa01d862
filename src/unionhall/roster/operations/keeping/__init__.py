"""Writes of what is kept and for how long: sights, files, who has access, evidence."""
