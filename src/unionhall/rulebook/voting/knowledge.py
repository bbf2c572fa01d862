"""Proofs that somebody knows a private number, given without showing it (Schnorr); and that two powers share it
(Chaum-Pedersen).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import RandomBelow, read_number
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.group import Group
from unionhall.rulebook.voting.hashing import challenge
from unionhall.rulebook.voting.secret import Secret


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and its response, both exponents."""

    challenge: int
    response: int


def write_proof(proof: Proof) -> dict[str, str]:
    """The proof as JSON."""
    return {"challenge": str(proof.challenge), "response": str(proof.response)}


def read_proof(value: Any, group: Group) -> Proof:
    """The proof in this JSON; both numbers lie below q. Raises CheckFailed (shape, number, exponent)."""
    found = wire.fields(value, "challenge", "response")
    proof = Proof(read_number(found["challenge"]), read_number(found["response"]))
    require(proof.challenge < group.q and proof.response < group.q, Check.EXPONENT)
    return proof


def prove_knowledge(group: Group, prefix: str, secret: Secret[int], *, random_below: RandomBelow) -> Proof:
    """A proof that its maker knows the secret exponent of a public key.

    prefix: purpose and statement, for example "sig|" and the ballot's hash; it binds the proof to that one use.
    Source: docs/rules/voting-format.md, section 4.
    """
    w = group.random_exponent(random_below)
    c = challenge(prefix, [group.base.power(w)], group.q)
    return Proof(c, (w - secret.reveal() * c) % group.q)


def knows(group: Group, prefix: str, public: int, proof: Proof) -> bool:
    """Whether the proof holds for this public key, an element of the group."""
    commitment = group.base.power(proof.response) * group.power(public, proof.challenge) % group.p
    return challenge(prefix, [commitment], group.q) == proof.challenge


def prove_same_exponent(
    group: Group, prefix: str, base: int, secret: Secret[int], *, random_below: RandomBelow
) -> Proof:
    """A proof that one secret exponent made both the public key from g and another number from `base`."""
    w = group.random_exponent(random_below)
    c = challenge(prefix, [group.base.power(w), group.power(base, w)], group.q)
    return Proof(c, (w - secret.reveal() * c) % group.q)


def has_same_exponent(group: Group, prefix: str, public: int, base: int, raised: int, proof: Proof) -> bool:
    """Whether `raised` is `base` to the exponent that makes `public` from g; all are elements of the group."""
    first = group.base.power(proof.response) * group.power(public, proof.challenge) % group.p
    second = group.power(base, proof.response) * group.power(raised, proof.challenge) % group.p
    return challenge(prefix, [first, second], group.q) == proof.challenge
