"""Whether many numbers all belong to the group, at a fifteenth of the cost of asking each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from unionhall.rulebook.voting.arithmetic import RandomBelow, number, power
from unionhall.rulebook.voting.checks import Check, CheckFailed
from unionhall.rulebook.voting.group import Group

SUBSETS = 80
_TOGETHER = 8
_ROWS = SUBSETS // _TOGETHER
_BUCKETS = 1 << _TOGETHER
WORTH_WHILE = 200  # below this, one by one costs less than the 80 powers at the end


class Batch:
    """A heap of numbers of which eighty random subsets are multiplied; if any number is outside the group, each product
    shows it half the time.

    So a wrong number passes with a chance of at most 2 ** -80, whatever the others are, as long as its maker cannot
    foresee `random_below`. Eight subsets are dealt out at a time: each number goes into one of 256 buckets by eight
    random bits, ten times over. Source: docs/rules/voting-format.md, section 8.
    """

    __slots__ = ("_group", "_random_below", "_rows")

    def __init__(self, group: Group, *, random_below: RandomBelow) -> None:
        self._group, self._random_below = group, random_below
        self._rows = [[number(1)] * _BUCKETS for _ in range(_ROWS)]

    def add(self, values: Iterable[int]) -> None:
        """Deal the numbers, each 0 < value < p, into the buckets."""
        p, random_below = self._group.p, self._random_below
        for value in values:
            for row, bucket in zip(self._rows, random_below(1 << SUBSETS).to_bytes(_ROWS, "big"), strict=True):
                row[bucket] = row[bucket] * value % p

    def is_sound(self) -> bool:
        """Whether every subset's product belongs to the group."""
        p, q = self._group.p, self._group.q
        return all(power(product, q, p) == 1 for row in self._rows for product in _subset_products(row, p))


def _subset_products(row: Sequence[int], p: int) -> list[int]:
    """The products of the eight subsets: subset i takes the buckets whose number has bit i."""
    products = []
    while len(row) > 1:
        products.append(_product(row[1::2], p))
        row = [even * odd % p for even, odd in zip(row[::2], row[1::2], strict=True)]
    return products


def _product(values: Sequence[int], p: int) -> int:
    result = number(1)
    for value in values:
        result = result * value % p
    return result


def require_members(group: Group, values: Sequence[int], *, random_below: RandomBelow, place: str = "") -> None:
    """Go on only where all numbers belong to the group; few are asked one by one, many in a batch.

    Raises CheckFailed (element); the place given names the heap, for a batch does not know which number was wrong.
    """
    in_range = all(0 < value < group.p for value in values)
    if in_range and len(values) < WORTH_WHILE:
        in_range = all(map(group.is_element, values))
    elif in_range:
        batch = Batch(group, random_below=random_below)
        batch.add(values)
        in_range = batch.is_sound()
    if not in_range:
        raise CheckFailed(Check.ELEMENT, place)
