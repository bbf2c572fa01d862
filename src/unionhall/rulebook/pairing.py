"""Which line of a list speaks of which worksite we hold already.

Source: docs/rules/worksite-lists.md, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from unionhall.rulebook.directory import SiteRow, place_key
from unionhall.rulebook.names import fold
from unionhall.rulebook.site_likeness import compare, features

MOST_COMPARISONS: Final = 40_000
HALF_THE_NAME: Final = 0.5

Why = Literal["our_id", "code", "same", "place", "other_source", "likeness"]


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A worksite that we hold. own: whether the source of the list has named it before. site.code: its code there."""

    id: int
    site: SiteRow
    own: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A line and the worksite it speaks of, and what makes us sure. reasons: codes, where it was likeness."""

    id: int
    why: Why
    score: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """The outcome for a whole list.

    pairs: line → worksite; each worksite at most once. doubles: line → the earlier line with the same code. gone: known
    worksites of this source that no line speaks of, in the order given.
    """

    pairs: dict[int, Pair] = field(default_factory=dict)
    doubles: dict[int, int] = field(default_factory=dict)
    gone: tuple[int, ...] = ()


@dataclass(slots=True)
class _Open:
    """What is not settled yet, in the order of the list and of the roster."""

    rows: dict[int, SiteRow]
    known: dict[int, KnownSite]
    pairs: dict[int, Pair] = field(default_factory=dict)

    def settle(self, line: int, id: int, why: Why) -> None:
        del self.rows[line]
        del self.known[id]
        self.pairs[line] = Pair(id=id, why=why)

    def own(self) -> list[KnownSite]:
        return [item for item in self.known.values() if item.own]


def pair(rows: Sequence[SiteRow], known: Iterable[KnownSite], *, codes_may_change: bool = False) -> Pairing:
    """Each line of a list with the worksite it speaks of, as far as that is certain.

    First by our own id, in a list that we gave out; by the code of the source; then what is said to the letter; then,
    among namesakes that the source has named before, where street, ZIP code or point agree, the best agreement first;
    last, worksites of other sources with the same name, state and place. Two lines never meet in one worksite, and
    nothing is paired by its point alone: a school within a school is two schools.

    codes_may_change: the list is of a later school year than the last one of its source. Then a code counts only
    together with the name, after that with street or half of the name, and another code says nothing.
    """
    everything = {item.id: item for item in known}
    doubles = _doubles(rows)
    left = _Open(rows={row.line: row for row in rows if row.line not in doubles}, known=dict(everything))
    _by_our_id(left)
    _by_code(left, _same_name if codes_may_change else _any)
    coded = {id: item.site for id, item in left.known.items() if item.own and item.site.code}
    if codes_may_change:
        left.known |= {id: replace(left.known[id], site=replace(site, code="")) for id, site in coded.items()}
    _to_the_letter(left)
    _by_name(left, left.own(), "place")
    if codes_may_change:
        left.known |= {id: replace(left.known[id], site=site) for id, site in coded.items() if id in left.known}
        _by_code(left, _is_plausible)
    own_left = tuple(item.id for item in left.own())
    _by_name(left, [item for item in left.known.values() if not item.own], "other_source")
    return Pairing(pairs=left.pairs, doubles=doubles, gone=own_left)


def _doubles(rows: Iterable[SiteRow]) -> dict[int, int]:
    """Lines whose code an earlier line has already."""
    first: dict[str, int] = {}
    return {row.line: first[row.code] for row in rows if row.code and first.setdefault(row.code, row.line) != row.line}


def _by_our_id(left: _Open) -> None:
    ours = {item.site.public_id: item.id for item in left.known.values() if item.site.public_id}
    for row in list(left.rows.values()):
        if row.public_id in ours:
            left.settle(row.line, ours.pop(row.public_id), "our_id")


def _by_code(left: _Open, allowed: Callable[[SiteRow, SiteRow], bool]) -> None:
    by_code = {item.site.code: item for item in left.own() if item.site.code}
    for row in list(left.rows.values()):
        item = by_code.get(row.code)
        if item is not None and allowed(row, item.site):
            left.settle(row.line, item.id, "code")


def _any(_row: SiteRow, _site: SiteRow) -> bool:
    return True


def _same_name(row: SiteRow, site: SiteRow) -> bool:
    return row.key == site.key


def _is_plausible(row: SiteRow, site: SiteRow) -> bool:
    """Whether a code of last year still means this worksite: it stands in its street, or has half of its name."""
    like = compare(features(row), features(site), {})
    return like.street == "same" or like.both > HALF_THE_NAME


def _to_the_letter(left: _Open) -> None:
    """Lines that say exactly what we hold; letter for letter repeated lines take one worksite each."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for item in reversed(left.own()):
        waiting[_letters(item.site)].append(item.id)
    for row in list(left.rows.values()):
        ids = waiting.get(_letters(row))
        if ids and _codes_allow(row, left.known[ids[-1]].site):
            left.settle(row.line, ids.pop(), "same")


def _by_name(left: _Open, known: Sequence[KnownSite], why: Why) -> None:
    """Namesakes whose places agree, the best agreement first, then the order of the list."""
    groups: dict[str, list[KnownSite]] = defaultdict(list)
    for item in known:
        groups[item.site.key].append(item)
    lines: dict[str, list[SiteRow]] = defaultdict(list)
    for row in left.rows.values():
        if row.key in groups:
            lines[row.key].append(row)
    agrees = _agreement if why == "place" else _agreement_of_strangers
    for key, rows in lines.items():
        span = max(1, MOST_COMPARISONS // len(rows))
        scored = sorted(
            (-score, row.line, place, item.id)
            for row in rows
            for place, item in enumerate(groups[key][:span])
            if (score := agrees(row, item.site))
        )
        for _score, line, _place, id in scored:
            if line in left.rows and id in left.known:
                left.settle(line, id, why)


def _letters(site: SiteRow) -> Hashable:
    return (site.key, place_key(site), site.status, site.point, fold(site.district))


def _codes_allow(row: SiteRow, site: SiteRow) -> bool:
    """Two different codes of one source are two worksites, whatever else they share."""
    return not row.code or not site.code or row.code == site.code


def _agreement(row: SiteRow, site: SiteRow) -> int:
    """How well a line agrees with a namesake of its own source; 0 means: another worksite."""
    if not _codes_allow(row, site) or not _districts_allow(row, site):
        return 0
    mine, theirs = place_key(row), place_key(site)
    placed = bool(mine[0] or mine[1] or row.point), bool(theirs[0] or theirs[1] or site.point)
    score = 8 * _same(mine[0], theirs[0]) + 4 * _same(mine[1], theirs[1]) + 4 * _same(row.point, site.point)
    if score or not all(placed):
        return score + 2 * _same(mine[2], theirs[2]) + (row.status == site.status) + 1
    return 0


def _agreement_of_strangers(row: SiteRow, site: SiteRow) -> int:
    """How well a line agrees with a namesake of another source: status, and street or ZIP code, must.

    Two streets that are spelled apart are one where ZIP code and house number are the same. Where neither list knows
    any place, the district must be the same.
    """
    if row.status != site.status or not _districts_allow(row, site):
        return 0
    mine, theirs = place_key(row), place_key(site)
    numbers = mine[0].split(" ", 1)[0], theirs[0].split(" ", 1)[0]
    if all(numbers) and mine[0] != theirs[0] and not (_same(mine[1], theirs[1]) and numbers[0] == numbers[1]):
        return 0
    if not any((*mine[:2], row.point, *theirs[:2], site.point)):
        return int(_same(fold(row.district), fold(site.district)))
    return 8 * _same(mine[0], theirs[0]) + 4 * _same(mine[1], theirs[1])


def _districts_allow(row: SiteRow, site: SiteRow) -> bool:
    return not row.district or not site.district or fold(row.district) == fold(site.district)


def _same(one: object, other: object) -> bool:
    """Whether both are known and equal."""
    return bool(one) and one == other
