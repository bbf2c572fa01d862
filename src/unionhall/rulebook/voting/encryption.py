"""A number under lock (ElGamal): anyone can lock one and add up locked ones; only the keys together can open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import inverse, read_number
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.group import FixedBase, Group


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """A locked number: alpha is g to a random exponent r, beta the election key to r, times g to the number."""

    alpha: int
    beta: int


@dataclass(frozen=True, slots=True)
class ElectionKey:
    """The public key of an election, with tables for the powers every ballot needs."""

    group: Group
    value: int
    g: FixedBase = field(init=False, repr=False, compare=False)
    y: FixedBase = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "g", self.group.base)
        object.__setattr__(self, "y", self.group.table(self.value))

    def __reduce__(self) -> tuple[type[ElectionKey], tuple[Group, int]]:
        """The tables are built anew in a worker process."""
        return ElectionKey, (self.group, self.value)

    def lock(self, count: int, r: int) -> Ciphertext:
        """The number `count` (0 or 1 in a ballot) under lock. r: fresh randomness, an exponent; who knows it can
        open.
        """
        beta = self.y.power(r) * self.g.power(count) % self.group.p
        return Ciphertext(self.g.power(r), beta)


def combine(group: Group, ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    """The sum of the locked numbers, still locked; a locked 0 for none."""
    every = list(ciphertexts)
    return Ciphertext(group.product(c.alpha for c in every), group.product(c.beta for c in every))


def unlock_power(group: Group, ciphertext: Ciphertext, factor: int) -> int:
    """g to the locked number, given alpha to the election's whole private key."""
    return ciphertext.beta * inverse(factor, group.p) % group.p


def write_ciphertext(ciphertext: Ciphertext) -> dict[str, str]:
    """The ciphertext as JSON."""
    return {"alpha": str(ciphertext.alpha), "beta": str(ciphertext.beta)}


def read_ciphertext(value: Any, group: Group) -> Ciphertext:
    """The ciphertext in this JSON, in range; membership in the group is asked apart, since a batch of many costs less.

    Raises CheckFailed (shape, number, element).
    """
    found = wire.fields(value, "alpha", "beta")
    ciphertext = Ciphertext(read_number(found["alpha"]), read_number(found["beta"]))
    require(0 < ciphertext.alpha < group.p and 0 < ciphertext.beta < group.p, Check.ELEMENT)
    return ciphertext
