"""Sheets written as files: CSV, XLSX, JSON, row by row, so that memory stays the same however long they are."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlsxwriter

from unionhall.foundation.open_files import csv_pieces
from unionhall.roster.enums import ExportFormat
from unionhall.rulebook.cells_out import IMPRINT_HEAD, Imprint, Sheet, marked


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written. rows: below its heads. sha256: of its bytes."""

    rows: int
    sha256: str


def write_sheet(path: Path, sheet: Sheet, imprint: Imprint, *, format: str) -> Written:
    """Write the sheet to that path, whole or not at all, readable by its owner only.

    format: of ExportFormat. Every row ends in the imprint. In CSV and XLSX no cell begins a formula; JSON holds the
    texts as they are, since no spreadsheet runs it. Raises OSError where it cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".unionhall-export-") as folder:
        unfinished = Path(folder) / "sheet"
        rows = _WRITERS[ExportFormat(format)](unfinished, sheet, imprint)
        unfinished.chmod(0o600)
        digest = sha256_of(unfinished)
        unfinished.replace(path)
    return Written(rows=rows, sha256=digest)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _csv(path: Path, sheet: Sheet, imprint: Imprint) -> int:
    counted = _Counted(sheet.rows, imprint.line())
    with path.open("wb") as file:
        for piece in csv_pieces((*sheet.heads, IMPRINT_HEAD), iter(counted)):
            file.write(piece)
    return counted.rows


def _json(path: Path, sheet: Sheet, imprint: Imprint) -> int:
    heads, counted = (*sheet.heads, IMPRINT_HEAD), _Counted(sheet.rows, imprint.line())
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number, row in enumerate(counted):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(dict(zip(heads, row, strict=True)), ensure_ascii=False))
        file.write("\n]\n")
    return counted.rows


def _xlsx(path: Path, sheet: Sheet, imprint: Imprint) -> int:
    """Text cells throughout, so that ids keep their zeros and nothing is taken for a formula, a link or a number."""
    counted = _Counted(sheet.rows, imprint.line())
    options = {
        "constant_memory": True,
        "tmpdir": os.fspath(path.parent),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(os.fspath(path), options) as book:
        book.set_properties({"title": sheet.name, "author": imprint.by, "comments": imprint.line()})
        page, bold = book.add_worksheet(sheet.name), book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        for place, head in enumerate((*sheet.heads, IMPRINT_HEAD)):
            page.write_string(0, place, head, bold)
        for number, row in enumerate(counted, start=1):
            for place, cell in enumerate(row):
                if cell:
                    page.write_string(number, place, marked(cell))
    return counted.rows


@dataclass(slots=True)
class _Counted:
    """The rows with the imprint at their ends, counted as they pass."""

    source: Iterator[tuple[str, ...]]
    imprint: str
    rows: int = 0

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for row in self.source:
            self.rows += 1
            yield (*row, self.imprint)


_WRITERS: Final[dict[ExportFormat, Callable[[Path, Sheet, Imprint], int]]] = {
    ExportFormat.CSV: _csv,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.JSON: _json,
}
