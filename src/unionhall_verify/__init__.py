"""Checks a secret-ballot election from its archive alone, by docs/rules/voting-format.md, on any Python 3.11."""
