"""A file as rows of text cells, whatever it was written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from unionhall.rulebook.columns import Header, NoHeader, UnknownHead, Wanted, find_header


class RawRow(NamedTuple):
    """One row that is not blank. line: where it begins in the file, from 1; in JSON the number of the item."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. headed: whether the first row is made of keys, as in JSON, so that it stands on no line.

    epoch: the year that bare numbers of days count from.
    """

    name: str
    rows: tuple[RawRow, ...]
    headed: bool = False
    epoch: Literal[1900, 1904] = 1900


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What was read from a file. name: without folders. sha256: of its bytes. encoding: of a text, "" otherwise."""

    name: str
    sha256: str
    tables: tuple[Table, ...]
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table whose heads are known. heads: as the file writes them. body: the rows below."""

    table: Table
    header: Header
    heads: tuple[str, ...]
    body: tuple[RawRow, ...]

    @property
    def header_row(self) -> int | None:
        """The line of the heads; None where the file has no such line."""
        return None if self.table.headed else self.table.rows[self.header.place].line

    def head_of(self, field: str) -> str:
        """What the file calls the field; our own word where it has no such column."""
        place = self.header.columns.get(field)
        return field if place is None else self.heads[place]


def choose_table(tables: Sequence[Table], wanted: Sequence[Wanted], fixed: Mapping[str, str]) -> HeadedTable:
    """The sheet of a file that names the most columns, the first of equals, with its heads.

    fixed: field → head, before any guess. Raises NoHeader or UnknownHead, as said by the sheet with the most rows.
    """
    best: HeadedTable | None = None
    trouble: tuple[int, NoHeader | UnknownHead] | None = None
    for table in tables:
        try:
            header = find_header([row.cells for row in table.rows], wanted, fixed)
        except (NoHeader, UnknownHead) as error:
            if trouble is None or len(table.rows) > trouble[0]:
                trouble = (len(table.rows), error)
            continue
        if best is None or len(header.columns) > len(best.header.columns):
            heads = tuple(cell.strip() for cell in table.rows[header.place].cells)
            best = HeadedTable(table=table, header=header, heads=heads, body=table.rows[header.place + 1 :])
    if best is not None:
        return best
    raise trouble[1] if trouble else NoHeader(tuple(item.field for item in wanted if item.needed), ())
