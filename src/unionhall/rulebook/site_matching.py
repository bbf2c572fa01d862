"""Lines of a list that no code and no name made sure: which known worksites they may speak of.

Source: docs/rules/worksite-lists.md, section 5.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from unionhall.rulebook.directory import SiteRow
from unionhall.rulebook.site_likeness import Features, Likeness, compare, features

MOST_CANDIDATES: Final = 5
LOOKS_LIKE: Final = 0.35
SOME: Final = 0.5
LEAST: Final = 0.2
MOST_IN_A_BLOCK: Final = 60
TELLING: Final = 0.25
FULL: Final = 0.999


@dataclass(frozen=True, slots=True)
class SiteCandidate:
    """A known worksite that a line may speak of. score: from 0 to 1. reasons: what agrees and what does not."""

    id: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What is thought of one line: the candidates, best first, and whether the first of them is certain."""

    certain: bool
    candidates: tuple[SiteCandidate, ...]


@dataclass(slots=True)
class _Known:
    """Known worksites and the blocks in which a line is looked for, so that not all are compared with all."""

    sites: Mapping[int, Features]
    weights: dict[str, float] = field(default_factory=dict)
    blocks: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def near(self, one: Features) -> set[int]:
        """Those worth comparing with a line: telling words, acronyms, house number or street in common."""
        found: set[int] = set()
        for block in _blocks(one):
            ids = self.blocks.get(block, ())
            if len(ids) <= MOST_IN_A_BLOCK:
                found.update(ids)
        return found


def match_sites(
    rows: Sequence[SiteRow], known: Mapping[int, SiteRow], *, all_rows: Sequence[SiteRow], taken: Iterable[int] = ()
) -> dict[int, Match]:
    """For each line that looks like a known worksite: the candidates, and whether the best of them is certain.

    rows: lines that are not paired yet. known: worksites by number. all_rows: every line of the list, since a second
    line at the same address makes a match less sure. taken: worksites that a line is paired with already: they are
    proposed, never certain. No worksite is certain for two lines. The order of `rows` and `known` does not matter.
    """
    index = _index(known)
    held = frozenset(taken)
    crowd = Counter(_door(features(row)) for row in all_rows)
    tenants = Counter(_door(site) for site in index.sites.values() if site.live)
    found: dict[int, list[tuple[SiteCandidate, bool]]] = {}
    for row in rows:
        one = features(row)
        alone = crowd[_door(one)] == 1
        options = []
        for id in index.near(one):
            like = compare(one, index.sites[id], index.weights)
            if not _looks(one, index.sites[id], like) or _apart(one, index.sites[id], like):
                continue
            sure = id not in held and _is_sure(one, index.sites[id], like, alone and tenants[_door(one)] == 1)
            options.append((SiteCandidate(id, round(like.score, 2), _reasons(index.sites[id], like)), sure))
        if options:
            found[row.line] = sorted(options, key=lambda item: (not item[1], -item[0].score, item[0].id))
    claims = Counter(item.id for options in found.values() for item, sure in options if sure)
    return {line: _match(options, claims) for line, options in found.items()}


def _match(options: list[tuple[SiteCandidate, bool]], claims: Mapping[int, int]) -> Match:
    sure = [item for item, is_sure in options if is_sure]
    certain = len(sure) == 1 and claims[sure[0].id] == 1
    return Match(certain=certain, candidates=tuple(item for item, _sure in options[:MOST_CANDIDATES]))


def _is_sure(one: Features, other: Features, like: Likeness, alone: bool) -> bool:
    """Whether a line and a worksite are one beyond doubt. alone: only this line and this worksite have the address.

    The same words, numbers and level at the same street and house, or where one has no street at the same ZIP code; an
    acronym at the same house; alone at the address, where one name only says more than the other.
    """
    if not (one.live and other.live) or "other" in (like.numbers, like.level, like.zip):
        return False
    if like.acronym:
        return alone and like.street == "same"
    if like.exact and like.both > FULL and like.special:
        return like.street == "same" or (like.zip == "same" and like.street == "")
    return alone and like.street == "same" and like.exact and like.both > LEAST


def _looks(one: Features, other: Features, like: Likeness) -> bool:
    """Whether a line must not become a new worksite before somebody has seen this one beside it.

    The same address, whatever the names; the same name, wherever; and much of the name with a ZIP code or a street.
    Where either is closed, its name and ZIP code, or its address.
    """
    placed = like.street == "same" and like.zip != "other"
    named = like.both > FULL and like.numbers == "same" and like.level != "other"
    if not (one.live and other.live):
        return (placed and (one.live or like.part > SOME)) or (named and like.zip != "other")
    return placed or like.acronym or named or (like.score >= LOOKS_LIKE and like.part > SOME)


def _apart(one: Features, other: Features, like: Likeness) -> bool:
    """Whether they are of two employers: both lists name one, another one, and the house is another too."""
    return bool(one.district and other.district) and one.district != other.district and like.street != "same"


def _reasons(other: Features, like: Likeness) -> tuple[str, ...]:
    return like.reasons() if other.live else (*like.reasons(), "not_live")


def _index(known: Mapping[int, SiteRow]) -> _Known:
    index = _Known(sites={id: features(row) for id, row in known.items()})
    counts = Counter(word for site in index.sites.values() for word in set(site.words))
    most = log(len(index.sites) + 1) or 1.0
    index.weights = {word: max(TELLING, 1 - log(count) / most) for word, count in counts.items()}
    for id, site in index.sites.items():
        for block in _blocks(site):
            index.blocks[block].append(id)
    return index


def _blocks(one: Features) -> Iterator[tuple[str, str]]:
    """Under which keys a worksite is looked for."""
    for word in one.words:
        yield "word", word
        yield "start", word[:4]
    for word in (*one.acronyms, *one.words):
        yield "acronym", word
    if one.number:
        yield "door", f"{one.number} {one.street}"
        yield "number", f"{one.number} {one.zip}"


def _door(one: Features) -> str:
    """The address as one text; a line without one stands alone under its name."""
    return f"{one.number} {one.street} {one.zip}" if one.number else f"= {one.key} {one.zip}"
