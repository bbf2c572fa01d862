"""Reading a file: what it is, by its first bytes and never by its name, and then its rows."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from unionhall.foundation.collecting import collected_later
from unionhall.roster.tables.documents import read_json
from unionhall.roster.tables.errors import (
    BrokenWorkbook,
    EmptyFile,
    NotText,
    TooLarge,
    UnclosedQuote,
    UnreadableFile,
    WrongJson,
)
from unionhall.roster.tables.texts import decode, read_delimited
from unionhall.roster.tables.workbooks import read_workbook
from unionhall.rulebook.sheets import SourceFile

__all__ = [
    "BrokenWorkbook",
    "EmptyFile",
    "NotText",
    "TooLarge",
    "UnclosedQuote",
    "UnreadableFile",
    "WrongJson",
    "read_bytes",
    "read_file",
]

LARGEST_MB: Final = 200
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OTHERS: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
)


def read_file(path: Path) -> SourceFile:
    """The rows of a CSV, TSV, XLSX, XLS, XLSB, ODS or JSON file. Raises UnreadableFile, or OSError for no such file."""
    if path.stat().st_size > LARGEST_MB * 1_000_000:
        raise TooLarge(limit=LARGEST_MB)
    return read_bytes(path.read_bytes(), name=path.name)


def read_bytes(data: bytes, *, name: str) -> SourceFile:
    """The rows of what was sent under that name. Raises UnreadableFile."""
    digest = hashlib.sha256(data).hexdigest()
    encoding = ""
    if data.startswith(_WORKBOOKS):
        tables = read_workbook(data)
    else:
        text, encoding = decode(_not_another_kind(data))
        with collected_later():
            tables = read_json(text) if text.lstrip()[:1] in ("[", "{") else (read_delimited(text),)
    filled = tuple(table for table in tables if table.rows)
    if not filled:
        raise EmptyFile
    return SourceFile(name=name[:250], sha256=digest, tables=filled, encoding=encoding)


def _not_another_kind(data: bytes) -> bytes:
    for start, kind in _OTHERS:
        if data.startswith(start):
            raise NotText(found=kind)
    return data
