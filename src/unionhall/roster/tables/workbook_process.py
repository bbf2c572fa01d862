"""The process that opens one workbook: `python workbook_process.py FILE MEMORY_MB`. It knows nothing else of ours.

Writes [[sheet, first line, [[cell, ...], ...]], ...] as JSON. Exit 2: cannot be opened; 3: wants too much memory.
"""

from __future__ import annotations

import datetime
import json
import resource
import sys
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_CELLS = 20_000_000


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


def sheets(path: str) -> list[list[Any]]:
    """The visible work sheets."""
    book = CalamineWorkbook.from_path(path)
    found = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height * sheet.width > MOST_CELLS:
            raise MemoryError
        first = (sheet.start or (0, 0))[0] + 1
        found.append([about.name, first, [[as_text(cell) for cell in row] for row in sheet.to_python()]])
    return found


def main() -> int:
    """Read the file named first, within the megabytes named second."""
    limit = int(sys.argv[2]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        json.dump(sheets(sys.argv[1]), sys.stdout)
    except MemoryError:
        return 3
    except Exception:
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
