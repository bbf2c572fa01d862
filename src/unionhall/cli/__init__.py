"""The `unionhall` command. Its output stays English: docs/decisions/0070-command-line-in-english.md."""
