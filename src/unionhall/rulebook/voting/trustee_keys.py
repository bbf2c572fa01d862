"""One trustee's public key, with the proof that somebody holds its private half."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import RandomBelow, read_number
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.group import Group
from unionhall.rulebook.voting.knowledge import Proof, knows, prove_knowledge, read_proof, write_proof
from unionhall.rulebook.voting.secret import Secret


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """A trustee's public key and the proof of knowledge that keeps her from choosing it as a combination of others'."""

    proof: Proof
    value: int


def generate_private_key(group: Group, *, random_below: RandomBelow) -> Secret[int]:
    """A fresh private key. It is made, used and destroyed on the trustee's own device."""
    return Secret(group.random_exponent(random_below))


def make_trustee_key(group: Group, private: Secret[int], *, random_below: RandomBelow) -> TrusteeKey:
    """The public half of a private key, ready to publish. Source: docs/rules/voting-format.md, section 7."""
    value = group.base.power(private.reveal())
    return TrusteeKey(prove_knowledge(group, _prefix(group, value), private, random_below=random_below), value)


def write_trustee_key(key: TrusteeKey) -> dict[str, Any]:
    """The key as JSON."""
    return {"pok": write_proof(key.proof), "public_key": str(key.value)}


def read_trustee_key(value: Any, group: Group, place: str) -> TrusteeKey:
    """The key in this JSON, an element of the group and proved. place: named if it is not.

    Raises CheckFailed: shape, number, exponent, element, key_proof.
    """
    found = wire.fields(value, "pok", "public_key")
    key = TrusteeKey(read_proof(found["pok"], group), read_number(found["public_key"]))
    require(group.is_element(key.value), Check.ELEMENT, place)
    require(knows(group, _prefix(group, key.value), key.value, key.proof), Check.KEY_PROOF, place)
    return key


def _prefix(group: Group, value: int) -> str:
    return f"pok|{group.name}|{value}"
