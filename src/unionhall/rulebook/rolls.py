"""Frozen lists: their lines as text, the proof of that text, and what differs between two days.

Source: docs/rules/rolls.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

_BREAKS: Final = dict.fromkeys(map(ord, "\t\n\r"), " ")


@dataclass(frozen=True, slots=True)
class Stay:
    """One time of a person in one place. Days are None where nobody knows them; hours are of a day."""

    person: str
    worksite: str
    unit: str
    starts_on: date | None
    ends_on: date | None
    hours: Decimal | None

    def holds_on(self, day: date) -> bool:
        """Whether the person was there on that day; an unknown first day was before it, an unknown last one after."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list: her public id, and the codes of the worksite and the unit she counts for that day."""

    person: str
    worksite: str
    unit: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list would be today, against the frozen one: lines by person, in order of public id.

    moved: (then, now), the same person at another worksite or in another unit.
    """

    gone: tuple[Line, ...]
    added: tuple[Line, ...]
    moved: tuple[tuple[Line, Line], ...]

    @property
    def is_none(self) -> bool:
        """Whether both lists are the same."""
        return not (self.gone or self.added or self.moved)


def lines_on(stays: Iterable[Stay], day: date) -> tuple[Line, ...]:
    """One line a person who was somewhere on that day, in order of public id.

    Of several stays that day the one of most hours counts; of equal ones the earliest begun, one without a day being
    the earliest, then the one with the lowest code of worksite, then of unit.
    Source: docs/rules/rolls.md, section 1.
    """
    best: dict[str, Stay] = {}
    for stay in stays:
        if stay.holds_on(day):
            held = best.get(stay.person)
            best[stay.person] = stay if held is None else min(held, stay, key=_rank)
    return tuple(Line(one.person, one.worksite, one.unit) for _key, one in sorted(best.items()))


def text_of(lines: Iterable[Line]) -> str:
    """The list as the text that is hashed: person, worksite and unit with a tab between, a line feed after each line.

    Lines stand in order of public id, compared letter by letter as their code points.
    Source: docs/rules/rolls.md, section 2.
    """
    ordered = sorted(lines, key=lambda line: line.person)
    return "".join("\t".join(map(_plain, (line.person, line.worksite, line.unit))) + "\n" for line in ordered)


def proof_of(lines: Iterable[Line]) -> str:
    """SHA-256 of the text in UTF-8, as 64 hex digits; what `sha256sum` prints of the file."""
    return hashlib.sha256(text_of(lines).encode()).hexdigest()


def difference(then: Iterable[Line], now: Iterable[Line]) -> Difference:
    """What is gone, came, and stands elsewhere, from a frozen list to the one of today."""
    old, new = _by_person(then), _by_person(now)
    return Difference(
        gone=tuple(old[person] for person in sorted(old.keys() - new.keys())),
        added=tuple(new[person] for person in sorted(new.keys() - old.keys())),
        moved=tuple(
            (old[person], new[person]) for person in sorted(old.keys() & new.keys()) if old[person] != new[person]
        ),
    )


def _by_person(lines: Iterable[Line]) -> Mapping[str, Line]:
    return {line.person: line for line in lines}


def _rank(stay: Stay) -> tuple[Decimal, date, str, str]:
    return (-(stay.hours or Decimal(0)), stay.starts_on or date.min, stay.worksite, stay.unit)


def _plain(code: str) -> str:
    return code.translate(_BREAKS)
