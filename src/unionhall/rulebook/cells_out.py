"""Cells that go out: no spreadsheet takes one for a formula, and our own importers read each back to the letter.

Source: docs/rules/exports.md, sections 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from unionhall.rulebook.sheets import HeadedTable

MARK: Final = "'"
SEPARATOR: Final = " · "
IMPRINT_HEAD: Final = "Export"
# What begins a formula or a command in some spreadsheet; and what some of them drop before they look.
_STARTS: Final = "=+\\-@\t\r\n＝＋－＠﹢﹣﹦﹫−|%"
_DROPPED: Final = r"\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_DANGER: Final = re.compile(rf"'*(?:[\t\r\n]|[{_DROPPED}]*[{_STARTS}])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on its way out. name: of the sheet. rows: as texts, one for each head, read once."""

    name: str
    heads: tuple[str, ...]
    rows: Iterator[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who took a file out of the house, when and why; it stands in each row, so that a part of the file tells it too.

    source: the list whose ids and codes the file gives, "" where it gives those of none. at: as it is printed.
    """

    export_id: str
    by: str
    at: str
    why: str
    source: str = ""

    def line(self) -> str:
        """The cell, such as "export 7kq2m4zd9xw1 · 2026-11-22 17:00 UTC · Alma Reyes · source: lausd · why: audit"."""
        parts = [f"export {self.export_id}", self.at, self.by, *([f"source: {self.source}"] if self.source else [])]
        return SEPARATOR.join(_flat(part) for part in (*parts, f"why: {self.why[:80]}"))


def marked(text: str) -> str:
    """The cell for a spreadsheet: with an apostrophe before what might be run as a formula, else as it is.

    A text of apostrophes and such a beginning gets one more, so that `unmarked` gives every text back to the letter.
    """
    return MARK + text if _DANGER.match(text) else text


def unmarked(cell: str) -> str:
    """The text of a cell that `marked` wrote; a cell of another program is left as it is, but for the same mark."""
    return cell[1:] if cell[:1] == MARK and _DANGER.match(cell, 1) else cell


def source_of_imprint(cell: str) -> str:
    """The source that an imprint names; "" for any other cell."""
    parts = cell.split(SEPARATOR)
    if not parts[0].startswith("export ") or len(parts) < 4:
        return ""
    return next((part.removeprefix("source: ") for part in parts[3:4] if part.startswith("source: ")), "")


def source_given_out(table: HeadedTable) -> str:
    """The source whose list a table is that we gave out ourselves, by the imprint in its first row; "" for others."""
    if IMPRINT_HEAD not in table.heads or not table.body:
        return ""
    place = table.heads.index(IMPRINT_HEAD)
    cells = table.body[0].cells
    return source_of_imprint(cells[place]) if place < len(cells) else ""


def joined_ids(ids: Mapping[str, list[str]]) -> str:
    """The ids a record has in each source, in one cell: "lausd: 00123, 00456; union: M-9". ids: source → ids."""
    return "; ".join(f"{source}: {', '.join(found)}" for source, found in sorted(ids.items()))


def plain_code(code: str) -> str:
    """A code as its source writes it; "" for a name that stands in for one. code: as kept, "=00123" or "name:..."."""
    return code[1:] if code.startswith("=") else ""


def _flat(text: str) -> str:
    """On one line, and without the mark that parts an imprint."""
    return " ".join(text.replace("·", "-").split())
