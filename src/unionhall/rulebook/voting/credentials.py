"""Credentials: the private signing keys that make ballots eligible, fifteen characters a member can type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from itertools import pairwise

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import RandomBelow, number, read_number
from unionhall.rulebook.voting.checks import Check, CheckFailed, require
from unionhall.rulebook.voting.election import BASE58
from unionhall.rulebook.voting.group import Group
from unionhall.rulebook.voting.membership import require_members
from unionhall.rulebook.voting.secret import Secret

RANDOM_CHARACTERS = 14
_ROUNDS = 1000
_CHECK_MODULUS = 53


def generate_uuid(*, random_below: RandomBelow) -> str:
    """A name for an election that nobody used before: 14 Base58 characters."""
    return "".join(BASE58[random_below(58)] for _ in range(RANDOM_CHARACTERS))


def generate_credential(*, random_below: RandomBelow) -> Secret[str]:
    """A fresh credential as it is written to the member, XXX-XXX-XXX-XXX-XXX: 82 bits of chance and a character that
    catches typing errors.

    Source: docs/rules/voting-format.md, section 7.
    """
    digits = [random_below(58) for _ in range(RANDOM_CHARACTERS)]
    digits.append(_check_digit(digits))
    typed = "".join(BASE58[digit] for digit in digits)
    return Secret("-".join(typed[start : start + 3] for start in range(0, len(typed), 3)))


def read_credential(typed: str) -> Secret[str]:
    """The credential a member typed, with or without dashes and blanks. Raises CheckFailed (credential_text) for a
    typing error.
    """
    plain = "".join(typed.replace("-", "").split())
    digits = [BASE58.find(character) for character in plain]
    sound = len(digits) == RANDOM_CHARACTERS + 1 and min(digits) >= 0 and _check_digit(digits[:-1]) == digits[-1]
    if not sound:
        raise CheckFailed(Check.CREDENTIAL_TEXT)
    return Secret("-".join(plain[start : start + 3] for start in range(0, len(plain), 3)))


def signing_key(credential: Secret[str], *, uuid: str, group: Group) -> Secret[int]:
    """The private exponent a credential stands for in one election; another election's uuid gives another, unrelated
    one.
    """
    derived = pbkdf2_hmac("sha256", credential.reveal().encode(), uuid.encode(), _ROUNDS, dklen=32)
    return Secret(number(int.from_bytes(derived, "big")) % group.q)


def public_credential(key: Secret[int], *, group: Group) -> int:
    """The public key of a credential: what the election lists and the ballot shows."""
    return group.base.power(key.reveal())


def _check_digit(digits: list[int]) -> int:
    value = 0
    for digit in digits:
        value = value * 58 + digit
    return _CHECK_MODULUS - value % _CHECK_MODULUS


@dataclass(frozen=True, slots=True)
class CredentialList:
    """The published public keys of everyone who may vote, in order of their value so that the order tells nothing. raw:
    its bytes.
    """

    keys: frozenset[int]
    raw: bytes

    def __len__(self) -> int:
        return len(self.keys)

    def __contains__(self, key: object) -> bool:
        return key in self.keys


def make_credential_list(keys: Iterable[int]) -> CredentialList:
    """The list to publish. Raises CheckFailed (credential_list) where a key comes twice."""
    ordered = sorted(keys)
    require(len(set(ordered)) == len(ordered), Check.CREDENTIAL_LIST)
    return CredentialList(frozenset(ordered), wire.write([str(key) for key in ordered]))


def read_credential_list(raw: bytes, *, group: Group, random_below: RandomBelow) -> CredentialList:
    """The list in these bytes: every key an element of the group and listed once, in rising order so that the order
    tells nothing, nobody with more than one vote.

    Raises CheckFailed: size, syntax, canonical, number, element, weight, credential_list.
    """
    listed = [wire.text(item) for item in wire.items(wire.read(raw, limit=wire.MAX_SETUP_BYTES))]
    require(not any("," in item for item in listed), Check.WEIGHT)
    keys = [read_number(item) for item in listed]
    wire.require_same(raw, listed)
    require(all(one < other for one, other in pairwise(keys)), Check.CREDENTIAL_LIST)
    require_members(group, keys, random_below=random_below, place="credentials")
    return CredentialList(frozenset(keys), raw)
