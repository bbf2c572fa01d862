"""The file of an import, read again from where it is kept."""

from __future__ import annotations

from unionhall.roster.models import Import
from unionhall.roster.operations import bytes_of
from unionhall.roster.tables.files import read_bytes
from unionhall.rulebook.sheets import SourceFile


def stored_file(imported: Import) -> SourceFile:
    """The rows of the file as it was received. Raises FileForgotten once its days are over."""
    return read_bytes(bytes_of(imported), name=imported.file_name)
