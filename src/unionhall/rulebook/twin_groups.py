"""Which records that look alike stand side by side, for one person to settle at one look.

Source: docs/rules/matching.md, section 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_SIDE_BY_SIDE: Final = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Records linked by pairs. pairs: their places in what was given, best first. members: keys of the records."""

    pairs: tuple[int, ...]
    members: tuple[int, ...]


def side_by_side(pairs: Sequence[tuple[int, int]], *, most: int = MOST_SIDE_BY_SIDE) -> list[Group]:
    """The records linked by pairs as groups, in the order of the best pair of each.

    pairs: keys of two records each, the likeliest first. A group never grows past `most` records: a pair that would
    make it larger waits until one of its groups is settled. Each record stands in one group at most.
    """
    group_of: dict[int, list[int]] = {}
    for one, other in pairs:
        mine, theirs = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if mine is not theirs and len(mine) + len(theirs) <= most:
            mine += theirs
            group_of.update(dict.fromkeys(theirs, mine))
    linked: dict[int, list[int]] = {}
    for place, (one, other) in enumerate(pairs):
        if group_of[one] is group_of[other]:
            linked.setdefault(id(group_of[one]), []).append(place)
    return [Group(pairs=tuple(places), members=tuple(group_of[pairs[places[0]][0]])) for places in linked.values()]
