"""People who seem to stand twice in one roster: proposals for a person to look at.

Source: docs/rules/matching.md, section 7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from unionhall.rulebook.matching.blocks import pairs
from unionhall.rulebook.matching.cards import Band, DuplicateGroup, PersonCard, Twins
from unionhall.rulebook.matching.evidence import Evidence, Seen, Weighed
from unionhall.rulebook.matching.reasons import reasons_of, score_of
from unionhall.rulebook.matching.settling import CERTAIN_BITS, is_worth_a_look, may_be_certain
from unionhall.rulebook.matching.spelling import take_apart

# A proposal costs a look, a pair not shown stays twice for ever: less is enough here than with a list.
_PROPOSE_BITS: Final = -5.0


def duplicates(known: Sequence[PersonCard]) -> list[DuplicateGroup]:
    """Groups of cards that look like one person's, the likeliest first. Nothing is ever merged by this alone.

    Cards that certain pairs hold together are one group. Each two such groups, or single cards, between which only
    doubtful pairs stand are a group for review, so that a chain of doubts never makes one person of a family.
    """
    cards = [Seen(at, card, take_apart(card)) for at, card in enumerate(sorted(known, key=lambda card: card.key))]
    evidence = Evidence((), cards)
    sure: list[Twins] = []
    doubtful: list[Twins] = []
    for one, other in pairs(cards):
        weighed = evidence.weigh(one, other)
        if weighed is None or not is_worth_a_look(weighed, _PROPOSE_BITS):
            continue
        twins = _twins(one, other, weighed)
        (sure if twins.band is Band.CERTAIN else doubtful).append(twins)
    return _groups(sure, doubtful)


def _twins(one: Seen, other: Seen, weighed: Weighed) -> Twins:
    certain = weighed.bits >= CERTAIN_BITS and may_be_certain(weighed)
    return Twins(
        one.card.key,
        other.card.key,
        Band.CERTAIN if certain else Band.REVIEW,
        score_of(weighed.bits),
        reasons_of(weighed, one.card, other.card),
    )


def _groups(sure: Sequence[Twins], doubtful: Sequence[Twins]) -> list[DuplicateGroup]:
    heads = _heads(sure)
    members: dict[int, list[int]] = defaultdict(list)
    for key in sorted(heads):
        members[heads[key]].append(key)
    inside: dict[tuple[int, int], list[Twins]] = defaultdict(list)
    for twins in (*sure, *doubtful):
        ends = heads.get(twins.one, twins.one), heads.get(twins.other, twins.other)
        inside[min(ends), max(ends)].append(twins)
    groups = []
    for (one, other), found in inside.items():
        keys = {*members.get(one, [one]), *members.get(other, [other])}
        band = Band.CERTAIN if one == other else Band.REVIEW
        found.sort(key=_order)
        groups.append(DuplicateGroup(tuple(sorted(keys)), band, tuple(found)))
    return sorted(groups, key=lambda group: (group.band is not Band.CERTAIN, -group.pairs[0].score, group.keys))


def _order(twins: Twins) -> tuple[float, int, int]:
    return (-twins.score, twins.one, twins.other)


def _heads(sure: Iterable[Twins]) -> dict[int, int]:
    """Each key that a certain pair holds, with the lowest key of its group."""
    heads: dict[int, int] = {}

    def head(key: int) -> int:
        while heads.setdefault(key, key) != key:
            heads[key] = heads[heads[key]]
            key = heads[key]
        return key

    for twins in sure:
        first, second = head(twins.one), head(twins.other)
        heads[max(first, second)] = min(first, second)
    return {key: head(key) for key in list(heads)}
