"""Which row of a sheet holds the heads, and which column holds what.

Source: docs/rules/columns.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from unionhall.rulebook.names import fold

HEADER_WITHIN: Final = 30
LONGEST_HEAD: Final = 60
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing an importer looks for.

    field: our name for it. heads: folded heads that mean it, the surest first. words: a head that holds all words of
    one of these means it too, where no other column does. never: a head with one of these words never does.
    """

    field: str
    heads: tuple[str, ...]
    words: tuple[frozenset[str], ...] = ()
    never: frozenset[str] = frozenset()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Where the heads stand (place in the rows, from 0) and which column (from 0) holds which field."""

    place: int
    columns: Mapping[str, int]


class NoHeader(Exception):
    """No row names the needed columns. missing: their fields. heads: what the likeliest row says instead."""

    def __init__(self, missing: tuple[str, ...], heads: tuple[str, ...]) -> None:
        super().__init__("no_header")
        self.missing = missing
        self.heads = heads


class UnknownHead(Exception):
    """A mapping names a head that the file lacks. head: as the mapping writes it. heads: those of the file."""

    def __init__(self, field: str, head: str, heads: tuple[str, ...]) -> None:
        super().__init__("unknown_head")
        self.field = field
        self.head = head
        self.heads = heads


def folded_head(text: str) -> str:
    """A head as its folded words: "SchoolName", "school_name" and "SCHOOL NAME (2026)" all begin "school name"."""
    return fold(_CAMEL.sub(" ", text))


def guess_columns(heads: Sequence[str], wanted: Sequence[Wanted]) -> dict[str, int]:
    """Which column holds which field, by the heads alone. No column is given to two fields; of equal heads the first.

    Fields earlier in `wanted` choose first, but a field whose own head is written out goes before any guess by words.
    """
    folded = [folded_head(head) for head in heads]
    found = _by_heads(folded, wanted)
    words = [frozenset(head.split()) if len(head) <= LONGEST_HEAD else frozenset() for head in folded]
    for item in wanted:
        if item.field not in found:
            place = _by_words(words, item, taken=found)
            if place is not None:
                found[item.field] = place
    return found


def find_header(rows: Sequence[Sequence[str]], wanted: Sequence[Wanted], fixed: Mapping[str, str]) -> Header:
    """The row among the first thirty that names the most columns, the first of equals, and what its columns hold.

    rows: cells as text, as they stand in the file, title rows included. fixed: field → head, as the reader of the file
    says it is, before any guess. Raises NoHeader where no row names all needed columns, UnknownHead where `fixed` names
    a head that no row has.
    """
    best: Header | None = None
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        columns = _columns_of(row, wanted, fixed)
        if columns is not None and (best is None or len(columns) > len(best.columns)):
            best = Header(place=place, columns=columns)
    if best is not None:
        return best
    heads = likeliest_heads(rows)
    _check_fixed(rows[:HEADER_WITHIN], fixed, heads)
    raise NoHeader(missing=tuple(item.field for item in wanted if item.needed), heads=heads)


def likeliest_heads(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The cells of the widest of the first rows, without blanks: what to show somebody who must name the columns."""
    first = rows[:HEADER_WITHIN]
    widest = max(first, key=lambda row: sum(bool(cell.strip()) for cell in row), default=())
    return tuple(cell.strip() for cell in widest if cell.strip())


def _columns_of(row: Sequence[str], wanted: Sequence[Wanted], fixed: Mapping[str, str]) -> dict[str, int] | None:
    """The columns of a row taken as heads; None where it lacks one that is needed or fixed."""
    squeezed = [folded_head(cell).replace(" ", "") for cell in row]
    columns: dict[str, int] = {}
    for field, head in fixed.items():
        key = folded_head(head).replace(" ", "")
        if not key or key not in squeezed:
            return None
        columns[field] = squeezed.index(key)
    blanked = ["" if place in columns.values() else cell for place, cell in enumerate(row)]
    columns |= guess_columns(blanked, [item for item in wanted if item.field not in fixed])
    return columns if all(item.field in columns for item in wanted if item.needed) else None


def _check_fixed(rows: Sequence[Sequence[str]], fixed: Mapping[str, str], heads: tuple[str, ...]) -> None:
    known = {folded_head(cell) for row in rows for cell in row}
    for field, head in fixed.items():
        if folded_head(head) not in known:
            raise UnknownHead(field, head, heads)


def _by_heads(heads: Sequence[str], wanted: Sequence[Wanted]) -> dict[str, int]:
    """The columns whose heads are written out. heads: folded."""
    free: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        if head:
            free.setdefault(head.replace(" ", ""), []).append(place)
    found: dict[str, int] = {}
    for item in wanted:
        places = next((places for head in item.heads if (places := free.get(head.replace(" ", "")))), None)
        if places:
            found[item.field] = places.pop(0)
    return found


def _by_words(heads: Sequence[frozenset[str]], item: Wanted, *, taken: Mapping[str, int]) -> int | None:
    """The one free column whose head holds all words of a set; None where there is none or more than one."""
    for words in item.words:
        places = [
            place
            for place, head in enumerate(heads)
            if words <= head and not item.never & head and place not in taken.values()
        ]
        if len(places) == 1:
            return places[0]
    return None
