"""Backups: one encrypted file of database and media, checked by reading it back. See docs/slices/cli.md."""
