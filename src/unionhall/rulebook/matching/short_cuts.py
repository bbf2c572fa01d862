"""Pairs so plainly right that nobody else need be looked at: most of a list, in a fraction of the time.

Source: docs/rules/matching.md, section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final

from unionhall.rulebook.matching.evidence import Evidence, Seen
from unionhall.rulebook.matching.settling import CERTAIN_BITS, MARGIN_BITS, Pair, may_be_certain

_PLAIN_BITS: Final = CERTAIN_BITS + MARGIN_BITS

Key = Callable[[Seen], Hashable | None]


def plain_pairs(rows: Sequence[Seen], cards: Sequence[Seen], evidence: Evidence) -> list[Pair]:
    """Pairs that share a key nobody else has on either side, and whose evidence is beyond doubt and margin.

    Each key is tried on those that the keys before it left; within one key the order of rows changes nothing.
    """
    found: list[Pair] = []
    tried: set[tuple[int, int]] = set()
    rows_left, cards_left = list(rows), list(cards)
    for key in _KEYS:
        fresh = _by_key(key, rows_left, cards_left, evidence, tried)
        if fresh:
            found += fresh
            taken_rows, taken_cards = {pair.row for pair in fresh}, {pair.known for pair in fresh}
            rows_left = [row for row in rows_left if row.at not in taken_rows]
            cards_left = [card for card in cards_left if card.at not in taken_cards]
    return found


def _by_key(
    key: Key, rows: Iterable[Seen], cards: Iterable[Seen], evidence: Evidence, tried: set[tuple[int, int]]
) -> list[Pair]:
    mine, theirs = _alone_with(key, rows), _alone_with(key, cards)
    found = []
    for value, row in mine.items():
        card = theirs.get(value)
        if row is None or card is None or (row.at, card.at) in tried:
            continue
        weighed = evidence.weigh(row, card)
        if weighed is not None and weighed.bits >= _PLAIN_BITS and may_be_certain(weighed):
            found.append(Pair(row.at, card.at, weighed, allowed=True))
        else:
            tried.add((row.at, card.at))
    return found


def _alone_with(key: Key, seen: Iterable[Seen]) -> dict[Hashable, Seen | None]:
    """Each value with the one that has it; None for a value that several have."""
    found: dict[Hashable, Seen | None] = {}
    for one in seen:
        value = key(one)
        if value is not None:
            found[value] = None if value in found else one
    return found


def _name_and_hire_date(one: Seen) -> Hashable | None:
    return (one.name.whole, one.name.first, one.card.hired_on) if one.card.hired_on else None


def _name_and_birthday(one: Seen) -> Hashable | None:
    return (one.name.whole, one.name.first, one.card.birth) if one.card.birth else None


def _name_and_worksite(one: Seen) -> Hashable | None:
    return (one.name.whole, one.name.first, one.card.worksites) if one.card.worksites else None


def _hire_date_and_worksite(one: Seen) -> Hashable | None:
    card = one.card
    return (card.hired_on, card.worksites, one.name.whole[:1]) if card.hired_on and card.worksites else None


def _given_and_hire_date(one: Seen) -> Hashable | None:
    return (one.name.first, one.card.hired_on) if one.card.hired_on and one.name.first else None


def _family_and_hire_date(one: Seen) -> Hashable | None:
    return (one.name.family[0], one.card.hired_on) if one.card.hired_on and one.name.family else None


def _phone(one: Seen) -> Hashable | None:
    return min(one.card.phones) if one.card.phones else None


def _mail(one: Seen) -> Hashable | None:
    return min(one.card.mails) if one.card.mails else None


_KEYS: Final[tuple[Key, ...]] = (
    _name_and_hire_date,
    _name_and_birthday,
    _name_and_worksite,
    _hire_date_and_worksite,
    _phone,
    _mail,
    _family_and_hire_date,
    _given_and_hire_date,
)
