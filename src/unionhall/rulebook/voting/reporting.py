"""What may be published: no number from which the votes of a small group can be worked out.

With 97 in 100 saying YES, thirty people are unanimous four times in ten, two hundred twice in a thousand; and a
unanimous group has no secret ballot. So sums are published for two hundred expected voters or more, fixed before the
vote opens, and differences between published sums count as published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FLOOR = 200


@dataclass(frozen=True, slots=True)
class Exposure:
    """A group that published sums would expose. groups: their names. expected: its voters."""

    groups: frozenset[str]
    expected: int


def exposures(
    expected: Mapping[str, int], published: Sequence[frozenset[str]], *, floor: int = FLOOR
) -> tuple[Exposure, ...]:
    """The groups smaller than the floor about which the published sums would tell something, smallest first.

    expected: voters by the finest group that any sum tells apart, each above 0. published: each sum as the set of
    groups it adds up, over all results ever given out for this vote. Empty means all of it may be published.

    Groups that occur in the same sums cannot be told apart and count as one. Among the sums and all their differences,
    whatever speaks of small groups alone is an exposure: exact arithmetic on the equations the sums make, so nothing
    that can be worked out is missed. Source: docs/rules/counting.md, section 5.
    """
    cells = _cells(expected, published)
    small = {cell for cell, size in cells.items() if size < floor}
    columns = sorted(cells, key=lambda cell: (cell in small, sorted(cell)))
    rows = [[Fraction(int(cell <= groups)) for cell in columns] for groups in published]
    found = {
        frozenset().union(*touched)
        for row in _reduce(rows)
        if (touched := [cell for cell, value in zip(columns, row, strict=True) if value]) and small.issuperset(touched)
    }
    sized = [Exposure(groups, sum(expected[name] for name in groups)) for groups in found]
    return tuple(sorted(sized, key=lambda exposure: (exposure.expected, sorted(exposure.groups))))


def merge_small(expected: Mapping[str, int], *, floor: int = FLOOR) -> tuple[frozenset[str], ...]:
    """Groups put together, each smallest with the next, until every heap reaches the floor; one heap where all are few.

    It is a proposal, for people to change before the vote opens; afterwards nothing is merged.
    """
    heaps = [(size, frozenset({name})) for name, size in expected.items()]
    while len(heaps) > 1:
        heaps.sort(key=lambda heap: (heap[0], sorted(heap[1])))
        (size, names), (other_size, other_names), *rest = heaps
        if size >= floor:
            break
        heaps = [(size + other_size, names | other_names), *rest]
    return tuple(names for _, names in heaps)


def _cells(expected: Mapping[str, int], published: Sequence[frozenset[str]]) -> dict[frozenset[str], int]:
    """The groups no sum tells apart, with their voters; what no sum names is left out."""
    cells: dict[tuple[int, ...], set[str]] = {}
    for name in expected:
        signature = tuple(place for place, groups in enumerate(published) if name in groups)
        if signature:
            cells.setdefault(signature, set()).add(name)
    return {frozenset(names): sum(expected[name] for name in names) for names in cells.values()}


def _reduce(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The rows in reduced echelon form, by Gauss and Jordan; empty rows are dropped."""
    done: list[list[Fraction]] = []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [_without(row, pivot, column) for row in rows]
        done = [_without(row, pivot, column) for row in done]
        done.append(pivot)
    return done


def _without(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    return [value - row[column] * other for value, other in zip(row, pivot, strict=True)]
