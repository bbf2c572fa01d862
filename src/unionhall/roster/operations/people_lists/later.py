"""Rows of the roster that are read as they are, and made into something only where somebody asks for them.

Of 35,000 people a monthly list changes a thousand: the others are only looked at as text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
R = TypeVar("R")
V = TypeVar("V")


class Later(Mapping[K, V], Generic[K, R, V]):
    """What rows mean, by their key; each is made once, when it is first asked for.

    rows: as they were read. make: what one of them means.
    """

    __slots__ = ("_made", "make", "rows")

    def __init__(self, rows: Mapping[K, R], make: Callable[[R], V]) -> None:
        self.rows = rows
        self.make = make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self.make(self.rows[key])
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.rows

    def __iter__(self) -> Iterator[K]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)
