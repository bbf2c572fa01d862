"""How a worksite stands: who has a CAT member, who heard from nobody, and where a visit helps most.

See docs/rules/coverage.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Final, TypeVar

AIM: Final = 10
SILENT_AFTER: Final = timedelta(days=60)
LATE_AFTER: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Stand:
    """How one worksite stands. people: represented there; covered, heard: how many of them have a CAT member, and have
    heard from one of us in SILENT_AFTER. waiting: entries without a reply, late: those of them older than LATE_AFTER.
    """

    people: int = 0
    covered: int = 0
    heard: int = 0
    waiting: int = 0
    late: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.covered <= self.people or not 0 <= self.heard <= self.people:
            raise ValueError("more covered or heard than there are people")
        if not 0 <= self.late <= self.waiting:
            raise ValueError("more late than waiting")

    @property
    def uncovered(self) -> int:
        """How many are in nobody's turf."""
        return self.people - self.covered

    @property
    def silent(self) -> int:
        """How many have heard from nobody in SILENT_AFTER."""
        return self.people - self.heard

    @property
    def gap(self) -> int:
        """How much is missing: one for each person in nobody's turf, for each who heard from nobody, and for each
        who signed up and waits too long.
        """
        return self.uncovered + self.silent + self.late

    @property
    def coverage(self) -> Fraction | None:
        """The share of the people who have a CAT member; none where nobody works."""
        return Fraction(self.covered, self.people) if self.people else None


_HOUR: Final = re.compile(r"\s*(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?(?:\s*(?P<half>[ap])m)?\b")

T = TypeVar("T")


def by_gap(stands: Iterable[tuple[T, Stand]]) -> list[tuple[T, Stand]]:
    """Where most is missing first; of equals, where a larger share heard from nobody, then as given."""
    found = list(stands)
    found.sort(key=lambda pair: _share(pair[1].silent, pair[1].people), reverse=True)
    found.sort(key=lambda pair: pair[1].gap, reverse=True)
    return found


def total(stands: Iterable[Stand]) -> Stand:
    """Several worksites as one."""
    sums = [0, 0, 0, 0, 0]
    for stand in stands:
        for place, value in enumerate((stand.people, stand.covered, stand.heard, stand.waiting, stand.late)):
            sums[place] += value
    return Stand(*sums)


def cat_members_wanted(people: int) -> int:
    """How many CAT members so many people want: one for each ten, begun tens counted. An aim, never a limit."""
    return -(-people // AIM)


def shift_order(shift: str) -> tuple[bool, int, str]:
    """Where a shift stands among those of a day: by the hour its name begins with, those without one after, none last.

    "6:00 a.m.", "2:30 PM" and "14:30" are hours; "1st shift" is not.
    """
    found = _HOUR.match(shift.lower().replace(".", ""))
    if found is None or not (found["minute"] or found["half"]) or int(found["hour"]) > 23:
        return not shift, 24 * 60, shift
    hour, half = int(found["hour"]), found["half"]
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return False, hour * 60 + int(found["minute"] or 0), shift


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)
