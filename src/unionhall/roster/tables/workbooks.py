"""Workbooks, read in a process of their own that may take so much memory and time and no more."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from unionhall.roster.tables.errors import BrokenWorkbook, HungryWorkbook
from unionhall.rulebook.cells_out import unmarked
from unionhall.rulebook.sheets import RawRow, Table

CHILD: Final = Path(__file__).with_name("workbook_process.py")
MEMORY_MB: Final = 1_000
SECONDS: Final = 60
HUNGRY: Final = 3


def read_workbook(data: bytes) -> tuple[Table, ...]:
    """The visible sheets of an XLSX, XLS, XLSB or ODS file, cells as text. Raises BrokenWorkbook or HungryWorkbook.

    A number without a fraction has no point, a day is written 2026-11-22, a formula counts as its value. A day that is
    only a number stays one, and the sheet tells the year it counts from.
    """
    with tempfile.NamedTemporaryFile(suffix=".workbook") as kept:
        kept.write(data)
        kept.flush()
        command = [sys.executable, "-I", str(CHILD), kept.name, str(MEMORY_MB)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 our own file
        except subprocess.TimeoutExpired:
            raise HungryWorkbook from None
    # Its parts, written in Rust, die of want of memory in several ways; each says so.
    starved = any(word in done.stderr.lower() for word in (b"memory", b"memerror"))
    if done.returncode < 0 or done.returncode == HUNGRY or starved:
        raise HungryWorkbook
    if done.returncode != 0:
        raise BrokenWorkbook
    return tuple(_tables(done.stdout))


def _tables(said: bytes) -> Iterator[Table]:
    """The sheets that the process has written, each with its rows."""
    about: dict[str, Any] = {}
    rows = list[RawRow]()
    for number, written in enumerate(said.splitlines()):
        found = json.loads(written)
        if isinstance(found, list):
            rows.append(RawRow(found[0], tuple(map(unmarked, found[1]))))
            continue
        if number:
            yield Table(name=about["name"], rows=tuple(rows), epoch=about["epoch"])
        about, rows = found, []
    if said:
        yield Table(name=about["name"], rows=tuple(rows), epoch=about["epoch"])
