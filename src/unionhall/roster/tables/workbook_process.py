"""The process that opens one workbook: `python workbook_process.py FILE MEMORY_MB`. It knows nothing else of ours.

Writes a line of JSON for each sheet, {"name": ..., "epoch": 1900 or 1904}, and one for each row that is not
blank, [line, [cell, ...]].
Exit 2: cannot be opened; 3: wants too much memory.
"""

from __future__ import annotations

import datetime
import json
import re
import resource
import struct
import sys
import zipfile
from typing import Any, TextIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_CELLS = 20_000_000
# What a list of people needs: a workbook of repeated words is packed 1:40, a bomb 1:1000.
LARGE = 50_000_000
HIGHEST_RATIO = 150
MOST_PARTS = 5_000

# Where a workbook says that its day numbers count from 1904: in its settings, or in a record of the old format.
SETTINGS = "xl/workbook.xml"
OF_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true|on)["']""", re.IGNORECASE)
OLD_BOOK = b"\x09\x08\x10\x00\x00\x06\x05\x00"
DATE_MODE, END_OF_PART = 0x22, 0x0A
WITHIN = 1_000_000


def as_text(value: Any) -> str:
    """A cell as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time | datetime.datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def write_sheets(path: str, target: TextIO) -> None:
    """The visible work sheets, row by row, so that no more than one row of text is held."""
    book = CalamineWorkbook.from_path(path)
    epoch = epoch_of(path)
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height * sheet.width > MOST_CELLS:
            raise MemoryError
        target.write(json.dumps({"name": about.name, "epoch": epoch}) + "\n")
        for line, row in enumerate(sheet.to_python(skip_empty_area=True), start=(sheet.start or (0, 0))[0] + 1):
            cells = [as_text(cell) for cell in row]
            if not "".join(cells).isspace() and any(cells):
                target.write(json.dumps([line, cells], ensure_ascii=False) + "\n")


def epoch_of(path: str) -> int:
    """The year that numbers of days count from, where their cells are not written as days."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if SETTINGS not in archive.namelist():
                return 1900
            with archive.open(SETTINGS) as settings:
                return 1904 if OF_1904.search(settings.read(WITHIN)) else 1900
    with open(path, "rb") as book:
        return _epoch_of_old(book.read(WITHIN))


def _epoch_of_old(data: bytes) -> int:
    """The same of an XLS file: of the records that speak of the whole book, one does."""
    place = data.find(OLD_BOOK)
    while 0 <= place <= len(data) - 6:
        kind, size, value = struct.unpack_from("<HHH", data, place)
        if kind == DATE_MODE:
            return 1904 if value else 1900
        if kind == END_OF_PART:
            break
        place += 4 + size
    return 1900


def check_zip(path: str) -> None:
    """Raise MemoryError for an archive that says itself that it is a bomb: little that unpacks to very much."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_PARTS or (unpacked > LARGE and unpacked > HIGHEST_RATIO * max(packed, 1)):
        raise MemoryError


def main() -> int:
    """Read the file named first, within the megabytes named second."""
    limit = int(sys.argv[2]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    try:
        check_zip(sys.argv[1])
        write_sheets(sys.argv[1], sys.stdout)
    except MemoryError:
        return 3
    except Exception:
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
