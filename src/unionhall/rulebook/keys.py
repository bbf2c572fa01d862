"""The ids that a source gives to people: one key for each, however a spreadsheet spelled it.

Source: docs/rules/people-lists.md, section 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

_DECIMAL: Final = re.compile(r"(\d+)[.,]0+", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.0+)?", re.ASCII)
# "1E5" may be the code of a room; spreadsheets write a point or a plus.
_ROUNDED: Final = re.compile(r"-?\d(?:[.,]\d+[eE]\+?|[eE]\+)\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Keys:
    """How the ids of one list are told apart.

    width: of ids that are filled up with zeros, 0 where the list shows none. known: number without zeros → the key
    under which the source holds it; None where it holds several. is_plain: whether a number is its own key, whatever
    it is.
    """

    width: int = 0
    known: dict[str, str | None] = field(default_factory=dict)
    clashes: frozenset[str] = frozenset()
    is_plain: bool = False

    def key(self, text: str) -> str:
        """The one spelling of an id. text: of the cell, clean."""
        if self.is_plain and text.isdecimal() and text.isascii():
            return text
        bare = spelled(text)
        if not (bare.isdecimal() and bare.isascii()):
            return bare
        full = bare.zfill(self.width)
        number = bare.lstrip("0") or "0"
        if number in self.clashes and not self.width:
            return bare
        return self.known.get(number) or full


def spelled(text: str) -> str:
    """The id without what spreadsheets add: "123.0" and "1,234" are numbers; letters are great."""
    if text.isdecimal() and text.isascii():
        return text
    found = _DECIMAL.fullmatch(text)
    if found:
        return found[1]
    if _GROUPED.fullmatch(text):
        return text.partition(".")[0].replace(",", "")
    return text.strip("'`").upper()


def keys_of(ids: Iterable[str], *, known: Iterable[str] = ()) -> Keys:
    """How to tell the ids of a list apart. ids: its cells, clean. known: the keys that the source has given us before.

    A list whose padded numbers all have one width, which none exceeds, has lost zeros where a number is shorter. Where
    widths differ, "0123" and "123" in one list are two ids, and each stays as it is. An id of the list is the known one
    with the same number, unless there are several.
    """
    numbers = {bare for bare in map(spelled, set(ids)) if bare.isdecimal() and bare.isascii()}
    padded = {len(bare) for bare in numbers if bare[0] == "0" and len(bare) > 1}
    known = [key for key in known if key.isdecimal() and key.isascii()]
    if not padded and not any(key[0] == "0" for key in known):
        return Keys(is_plain=True)
    width = max(padded, default=0)
    if len(padded) != 1 or any(len(bare) > width for bare in numbers):
        width = 0
    ways = Counter(bare.lstrip("0") or "0" for bare in numbers) if padded else Counter[str]()
    clashes = frozenset(number for number, count in ways.items() if count > 1)
    held: dict[str, str | None] = {}
    for key in known:
        number = key.lstrip("0") or "0"
        held[number] = None if number in held else key
    return Keys(width=width, known=held, clashes=clashes)


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet has turned the id into a power of ten, as in 1.23457E+11."""
    return bool(_ROUNDED.fullmatch(text))
