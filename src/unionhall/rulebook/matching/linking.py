"""Which line of a list is which person of the roster.

Source: docs/rules/matching.md.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from unionhall.rulebook.matching.blocks import candidates
from unionhall.rulebook.matching.cards import MOST_CANDIDATES, Band, Likeness, Match, PersonCard, Reason
from unionhall.rulebook.matching.evidence import Evidence, Seen, Weighed
from unionhall.rulebook.matching.reasons import reasons_of, score_of
from unionhall.rulebook.matching.settling import REVIEW_BITS, Pair, may_be_certain, settle
from unionhall.rulebook.matching.short_cuts import plain_pairs
from unionhall.rulebook.matching.spelling import Like, compare, take_apart

_SAME_ID: Final = (Reason("same_id"), Reason("same_name"))
_BY_CONTACT: Final = 10.0


@dataclass(slots=True)
class _ById:
    """What the ids settle. matches: by the row's place. taken: cards of the roster that active rows have. reused: rows
    whose id belongs to somebody of quite another name, with that card's place. open: rows that no id settles."""

    matches: dict[int, Match] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    reused: dict[int, int] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)


def match(incoming: Sequence[PersonCard], known: Sequence[PersonCard]) -> dict[int, Match]:
    """What comes of each card of a list, by its key.

    First the same number of the same source; then everything else together, by weight of evidence, one to one. The
    order of either list changes nothing. Keys must not repeat within a list.
    """
    with _uncollected():
        by_id = _match_by_id(incoming, known)
        found = {incoming[place].key: result for place, result in by_id.matches.items()}
        if by_id.open:
            found |= _match_open(incoming, known, by_id)
        return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """While this lasts nothing looks for cycles: matching makes none, and looking takes half its time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _match_by_id(incoming: Sequence[PersonCard], known: Sequence[PersonCard]) -> _ById:
    holders: dict[tuple[str, str], int] = {}
    shared: dict[tuple[str, str], list[int]] = {}
    for place, card in enumerate(known):
        for id in card.ids:
            if holders.setdefault(id, place) != place:
                shared.setdefault(id, [holders[id]]).append(place)
    result = _ById()
    for place, card in enumerate(incoming):
        hits = {holders[id] for id in card.ids if id in holders} if card.ids else ()
        if not hits:
            result.open.append(place)
        elif len(hits) == 1 and not (shared and any(id in shared for id in card.ids)):
            _settle_by_id(result, place, card, next(iter(hits)), known)
        else:
            several = set(hits).union(*(shared[id] for id in card.ids if id in shared))
            _several_ids(result, place, card, [known[hit] for hit in several])
    return result


def _settle_by_id(result: _ById, place: int, card: PersonCard, hit: int, known: Sequence[PersonCard]) -> None:
    other = known[hit]
    reasons = _SAME_ID if card.name == other.name else _id_reasons(card, other)
    if reasons is None:
        result.reused[place] = hit
        result.open.append(place)
        return
    if card.active:
        result.taken.add(hit)
    result.matches[place] = Match(card.key, Band.CERTAIN, (Likeness(other.key, 1.0, reasons),))


def _id_reasons(card: PersonCard, other: PersonCard) -> tuple[Reason, ...] | None:
    """Why the same number is the same person; None where the number has gone to somebody else.

    Surname or given name may change, not both; and not one of them together with the birthday.
    """
    names = compare(take_apart(card), take_apart(other))
    alike = reasons_of(Weighed(0.0, 0.0, 0, names), card, other)
    if names.is_other and Like.OTHER in (names.family, names.given):
        return None
    births = bool(card.birth and other.birth and card.birth != other.birth)
    if births and Like.OTHER in (names.family, names.given):
        return None
    return (_SAME_ID[0], *alike)


def _several_ids(result: _ById, place: int, card: PersonCard, others: list[PersonCard]) -> None:
    """Numbers that lead to several people: a person decides."""
    likely = [Likeness(other.key, 0.5, _id_reasons(card, other) or _reused(card, other)) for other in others]
    likely.sort(key=lambda one: (any(reason.sign < 0 for reason in one.reasons), one.key))
    result.matches[place] = Match(card.key, Band.REVIEW, tuple(likely[:MOST_CANDIDATES]))


def _reused(card: PersonCard, other: PersonCard) -> tuple[Reason, ...]:
    return (_SAME_ID[0], Reason("id_other_name", -1, card.name, other.name))


def _match_open(incoming: Sequence[PersonCard], known: Sequence[PersonCard], by_id: _ById) -> dict[int, Match]:
    """The rows that ids leave open, against everybody whom no active row has by an id."""
    units = _units(incoming, by_id.open)
    has_leavers = any(not unit.active for unit, _places in units)
    rows = [Seen(at, unit, take_apart(unit)) for at, (unit, _places) in enumerate(units)]
    pool = [place for place in range(len(known)) if has_leavers or place not in by_id.taken]
    cards = [Seen(at, known[place], take_apart(known[place])) for at, place in enumerate(pool)]
    taken = frozenset(at for at, place in enumerate(pool) if place in by_id.taken)
    alone = frozenset(row.at for row in rows if not row.card.active)
    evidence = Evidence(rows, cards)
    plain = plain_pairs(
        [row for row in rows if row.at not in alone], [card for card in cards if card.at not in taken], evidence
    )
    certain = {pair.row: pair for pair in plain}
    taken |= {pair.known for pair in plain}
    pairs = _weigh_all([row for row in rows if row.at not in certain], cards, taken, evidence)
    settled = settle(pairs, rank=lambda at: cards[at].card.key, alone=alone)
    certain |= settled.certain
    found: dict[int, Match] = {}
    for row, (_unit, places) in zip(rows, units, strict=True):
        sure = certain.get(row.at)
        if sure is not None:
            band, left = Band.CERTAIN, [sure]
        else:
            left = settled.open.get(row.at, [])[:MOST_CANDIDATES]
            band = Band.REVIEW if left else Band.NEW
        likely = tuple([_likeness(pair, row, cards[pair.known]) for pair in left])
        for place in places:
            key = incoming[place].key
            found[key] = Match(key, band, likely)
    for place, reused in by_id.reused.items():
        card = incoming[place]
        found[card.key] = _with_reused(found[card.key], card, known[reused])
    return found


def _with_reused(result: Match, card: PersonCard, other: PersonCard) -> Match:
    """The same, shown to a person, since the number belongs to somebody of another name."""
    rest = tuple(one for one in result.candidates if one.key != other.key)[: MOST_CANDIDATES - 1]
    return replace(result, band=Band.REVIEW, candidates=(*rest, Likeness(other.key, 0.1, _reused(card, other))))


def _units(incoming: Sequence[PersonCard], open_rows: Sequence[int]) -> list[tuple[PersonCard, list[int]]]:
    """The open rows, those with the same id as one: a person with two jobs stands twice in a list.

    The row with the lowest key speaks for all, with what the others know beside it.
    """
    counts = Counter(id for place in open_rows for id in incoming[place].ids)
    shared = {id for id, count in counts.items() if count > 1}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    units: list[tuple[PersonCard, list[int]]] = []
    for place in open_rows:
        card = incoming[place]
        ids = card.ids & shared if shared else None
        if ids:
            groups[min(ids)].append(place)
        else:
            units.append((card, [place]))
    for places in groups.values():
        places.sort(key=lambda place: incoming[place].key)
        if any(_differ(incoming[places[0]], incoming[place]) for place in places[1:]):
            units += [(incoming[place], [place]) for place in places]
        else:
            units.append((_together([incoming[place] for place in places]), places))
    return units


def _differ(one: PersonCard, other: PersonCard) -> bool:
    return compare(take_apart(one), take_apart(other)).is_other


def _together(cards: Sequence[PersonCard]) -> PersonCard:
    if len(cards) == 1:
        return cards[0]
    return replace(
        cards[0],
        ids=frozenset().union(*(card.ids for card in cards)),
        phones=frozenset().union(*(card.phones for card in cards)),
        mails=frozenset().union(*(card.mails for card in cards)),
        places=frozenset().union(*(card.places for card in cards)),
        worksites=frozenset().union(*(card.worksites for card in cards)),
        jobs=frozenset().union(*(card.jobs for card in cards)),
        active=any(card.active for card in cards),
    )


def _weigh_all(rows: Sequence[Seen], cards: Sequence[Seen], taken: frozenset[int], evidence: Evidence) -> list[Pair]:
    """All pairs worth settling. taken: cards that only rows of people who have left may still meet."""
    pool = cards if any(not row.card.active for row in rows) else [card for card in cards if card.at not in taken]
    pairs = []
    for row, found in candidates(rows, pool):
        for card in found:
            if row.card.active and card.at in taken:
                continue
            weighed = evidence.weigh(row, card)
            if weighed is None or weighed.bits < REVIEW_BITS - _BY_CONTACT:
                continue
            allowed = may_be_certain(weighed)
            if allowed and _names_agree(weighed) and evidence.is_by_contact(row.card, card.card):
                weighed = weighed._replace(bits=max(weighed.bits, _BY_CONTACT))
            pairs.append(Pair(row.at, card.at, weighed, allowed))
    return pairs


def _names_agree(weighed: Weighed) -> bool:
    return weighed.names.family <= Like.CLOSE and weighed.names.given <= Like.CLOSE


def _likeness(pair: Pair, row: Seen, card: Seen) -> Likeness:
    return Likeness(card.card.key, score_of(pair.weighed.bits), reasons_of(pair.weighed, row.card, card.card))
