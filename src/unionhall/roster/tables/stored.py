"""A file by the kind of list it holds; and the file of an import, read again from where it is kept."""

from __future__ import annotations

from unionhall.roster.enums import ImportKind
from unionhall.roster.models import Import
from unionhall.roster.operations import bytes_of
from unionhall.roster.tables.files import read_bytes
from unionhall.roster.tables.outlines import read_outline_bytes
from unionhall.rulebook.outlines import OutlineFile
from unionhall.rulebook.sheets import SourceFile


def read_list(data: bytes, *, name: str, kind: str) -> SourceFile | OutlineFile:
    """The rows or outlines of a file. kind: value of ImportKind. Raises UnreadableFile."""
    if kind == ImportKind.BOUNDARIES:
        return read_outline_bytes(data, name=name)
    return read_bytes(data, name=name)


def stored_file(imported: Import) -> SourceFile | OutlineFile:
    """The file of an import as it was received. Raises FileForgotten once its days are over."""
    return read_list(bytes_of(imported), name=imported.file_name, kind=imported.kind)
