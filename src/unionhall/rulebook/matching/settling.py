"""Who is whom: each card of the roster at most once, certain only where nothing else comes near.

Source: docs/rules/matching.md, section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from unionhall.rulebook.matching.evidence import FLAG, Weighed
from unionhall.rulebook.matching.spelling import Like

CERTAIN_BITS: Final = 5.0
REVIEW_BITS: Final = -3.0
# How much further away the next candidate must be: eight times less likely.
MARGIN_BITS: Final = 3.0

_FORBIDS: Final = FLAG["other_birthday"] | FLAG["other_suffix"] | FLAG["other_middle"] | FLAG["other_id"]
_CONTACT: Final = FLAG["same_phone"] | FLAG["same_mail"] | FLAG["same_home"]
_DATES: Final = FLAG["same_birthday"] | FLAG["same_hire_date"]
_BESIDE_THE_NAME: Final = _CONTACT | _DATES
# With one of these a birthday may be one slip away.
_CONFIRMS: Final = FLAG["same_home"] | FLAG["same_hire_date"]
_RARE_NAME_BITS: Final = 17.0
_LITTLE: Final = 1e-9


class Pair(NamedTuple):
    """Two cards worth settling, by their places. allowed: whether it may be certain."""

    row: int
    known: int
    weighed: Weighed
    allowed: bool


@dataclass(slots=True)
class Settled:
    """The outcome. certain: row → pair. open: row → pairs left for a person, best first."""

    certain: dict[int, Pair] = field(default_factory=dict)
    open: dict[int, list[Pair]] = field(default_factory=dict)


def may_be_certain(weighed: Weighed) -> bool:
    """Whether the kind of evidence, not only its weight, lets nobody but this person be meant.

    Both parts of the name must speak for it, nothing may forbid it, and something beside name and work must agree; name
    and worksite alone are enough only where hardly anybody else can be called so.
    """
    flags = weighed.flags
    if flags & _FORBIDS or not _names_allow(weighed):
        return False
    if flags & FLAG["one_suffix"] and not flags & _DATES:
        return False
    if flags & FLAG["close_birthday"] and not flags & _CONFIRMS:
        return False
    if flags & _BESIDE_THE_NAME:
        return True
    return bool(flags & FLAG["same_worksite"]) and weighed.name_bits >= _RARE_NAME_BITS


def is_worth_a_look(weighed: Weighed, least: float) -> bool:
    """Whether a person should see these two: with so many bits; with even odds where something forbids certainty.

    Of two given names or two surnames nothing is made without a contact, a home or a day that they share.
    """
    names = weighed.names
    if Like.OTHER in (names.family, names.given) and not weighed.flags & _BESIDE_THE_NAME:
        return False
    return weighed.bits >= (max(least, 0.0) if weighed.flags & _FORBIDS else least)


def _names_allow(weighed: Weighed) -> bool:
    family, given = weighed.names.family, weighed.names.given
    if family <= Like.CLOSE and given <= Like.CLOSE:
        return True
    if min(family, given) > Like.CLOSE or max(family, given) is not Like.BLANK:
        return False
    return bool(weighed.flags & FLAG["same_birthday"]) and bool(weighed.flags & _CONTACT)


def settle(pairs: Iterable[Pair], *, rank: Callable[[int], int], alone: frozenset[int] = frozenset()) -> Settled:
    """Certain pairs, and what is left for a person.

    rank: the order among cards of the roster that are equally likely, by their place. alone: rows that stand beside
    others of their file without taking a card from them (people who have left). A pair is certain when each is by far
    the best of the other among those still free; each round frees nobody and takes some, until it takes none.
    """
    by_row: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if is_worth_a_look(pair.weighed, REVIEW_BITS):
            by_row[pair.row].append(pair)
    for found in by_row.values():
        found.sort(key=lambda pair: (-pair.weighed.bits, rank(pair.known)))
    settled = Settled()
    taken: set[int] = set()
    while fresh := _round(by_row, alone):
        settled.certain |= {pair.row: pair for pair in fresh}
        taken |= {pair.known for pair in fresh if pair.row not in alone}
        for pair in fresh:
            del by_row[pair.row]
        by_row = _without(by_row, taken, alone)
    settled.open = _own_first(by_row, rank)
    return settled


def _round(by_row: dict[int, list[Pair]], alone: frozenset[int]) -> list[Pair]:
    best: dict[int, list[float]] = defaultdict(list)
    for row, found in by_row.items():
        if row not in alone:
            for pair in found:
                best[pair.known].append(pair.weighed.bits)
    taken = []
    for row, found in by_row.items():
        pair = found[0]
        bits = pair.weighed.bits
        if not pair.allowed or bits < CERTAIN_BITS:
            continue
        if len(found) > 1 and bits - found[1].weighed.bits < MARGIN_BITS:
            continue
        rivals = best[pair.known]
        if row in alone or sum(bits - rival < MARGIN_BITS for rival in rivals) == 1:
            taken.append(pair)
    return taken


def _without(by_row: dict[int, list[Pair]], taken: set[int], alone: frozenset[int]) -> dict[int, list[Pair]]:
    left = {}
    for row, found in by_row.items():
        free = found if row in alone else [pair for pair in found if pair.known not in taken]
        if free:
            left[row] = free
    return left


def _own_first(by_row: dict[int, list[Pair]], rank: Callable[[int], int]) -> dict[int, list[Pair]]:
    """Each row's candidates, first the one that no other row has a better claim to; even claims are nobody's."""
    claims: dict[int, list[float]] = defaultdict(list)
    for found in by_row.values():
        for pair in found:
            claims[pair.known].append(pair.weighed.bits)

    def order(pair: Pair) -> tuple[bool, float, int]:
        better = any(claim > pair.weighed.bits + _LITTLE for claim in claims[pair.known])
        return (better, -pair.weighed.bits, rank(pair.known))

    return {row: sorted(found, key=order) for row, found in by_row.items()}
