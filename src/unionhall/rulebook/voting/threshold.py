"""Keys of which some suffice (Pedersen): three trustees share one key so that any two open the urn and one alone
cannot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import inverse, number, read_number
from unionhall.rulebook.voting.checks import Check, CheckFailed, require
from unionhall.rulebook.voting.group import Group
from unionhall.rulebook.voting.knowledge import Proof, knows, read_proof, write_proof
from unionhall.rulebook.voting.trustee_keys import TrusteeKey, read_trustee_key, write_trustee_key


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text and the signature of a trustee's certificate key over it."""

    message: str
    signature: Proof


@dataclass(frozen=True, slots=True)
class ThresholdKeys:
    """What a key ceremony publishes. threshold: how many of the trustees it takes, 1 <= threshold <= their number.

    certificates: each trustee's signing and encryption keys for the ceremony, signed by herself. coefficients: each
    trustee's polynomial, as powers of g, signed. keys: what each one's partial decryptions are checked against.
    value: the group's part of the election key.
    """

    threshold: int
    certificates: tuple[SignedMessage, ...]
    coefficients: tuple[SignedMessage, ...]
    keys: tuple[TrusteeKey, ...]
    value: int


def write_threshold(shared: ThresholdKeys) -> dict[str, Any]:
    """The keys as JSON."""
    return {
        "threshold": shared.threshold,
        "certs": [_write_signed(message) for message in shared.certificates],
        "coefexps": [_write_signed(message) for message in shared.coefficients],
        "verification_keys": [write_trustee_key(key) for key in shared.keys],
    }


def read_threshold(value: Any, group: Group) -> ThresholdKeys:
    """The keys in this JSON: signed by their trustees, and each verification key the one the polynomials give.

    Raises CheckFailed: shape, number, exponent, element, threshold, certificate, coefficients, verification_key,
    key_proof. Source: docs/rules/voting-format.md, section 7.
    """
    found = wire.fields(value, "threshold", "certs", "coefexps", "verification_keys")
    listed = wire.items(found["verification_keys"])
    keys = tuple(read_trustee_key(item, group, f"trustee {place}") for place, item in enumerate(listed, start=1))
    require(keys, Check.THRESHOLD)
    threshold = wire.small(found["threshold"], low=1, high=len(keys))
    certificates = tuple(_read_signed(item, group) for item in wire.items(found["certs"], len(keys)))
    coefficients = tuple(_read_signed(item, group) for item in wire.items(found["coefexps"], len(keys)))
    polynomials = [
        _read_polynomial(message, threshold, _certificate_key(certificate, group, f"trustee {place}"), group)
        for place, (certificate, message) in enumerate(zip(certificates, coefficients, strict=True), start=1)
    ]
    for place, key in enumerate(keys, start=1):
        require(verification_value(polynomials, place, group) == key.value, Check.VERIFICATION_KEY, f"trustee {place}")
    shared = group.product(polynomial[0] for polynomial in polynomials)
    return ThresholdKeys(threshold, certificates, coefficients, keys, shared)


def verification_value(polynomials: Sequence[Sequence[int]], place: int, group: Group) -> int:
    """The public key of the trustee at this place, from 1: all polynomials' values there, as a power of g."""
    result = number(1)
    for polynomial in polynomials:
        at_place = number(1)
        for coefficient in reversed(polynomial):
            at_place = group.power(at_place, place) * coefficient % group.p
        result = result * at_place % group.p
    return result


def combine_shares(shares: Mapping[int, int], group: Group) -> int:
    """What the shared private key would have made, from enough trustees' own parts.

    shares: by the trustee's place in her group, from 1; at least as many as the threshold. Raises CheckFailed
    (threshold) for none.
    """
    require(shares, Check.THRESHOLD)
    result = number(1)
    for place, share in shares.items():
        weight = number(1)
        for other in shares.keys() - {place}:
            weight = weight * other * inverse((other - place) % group.q, group.q) % group.q
        result = result * group.power(share, weight) % group.p
    return result


def message_prefix(message: str) -> str:
    """What a signature on a message of the key ceremony is bound to."""
    return f"sigmsg|{message}"


def _certificate_key(certificate: SignedMessage, group: Group, place: str) -> int:
    """The signing key a certificate names, if it is signed with that very key."""
    try:
        found = _read_message(certificate, "verification", "encryption")
        values = [read_number(found[name]) for name in ("verification", "encryption")]
    except CheckFailed:
        raise CheckFailed(Check.CERTIFICATE, place) from None
    require(all(map(group.is_element, values)), Check.CERTIFICATE, place)
    require(
        knows(group, message_prefix(certificate.message), values[0], certificate.signature), Check.CERTIFICATE, place
    )
    return values[0]


def _read_polynomial(signed: SignedMessage, threshold: int, signer: int, group: Group) -> list[int]:
    """A trustee's polynomial as powers of g, lowest first, if her certificate's key signed it."""
    require(knows(group, message_prefix(signed.message), signer, signed.signature), Check.COEFFICIENTS)
    found = _read_message(signed, "coefexps")
    coefficients = [read_number(item) for item in wire.items(found["coefexps"], threshold)]
    require(all(map(group.is_element, coefficients)), Check.ELEMENT)
    return coefficients


def _read_message(signed: SignedMessage, *names: str) -> dict[str, Any]:
    """What the message says, in the one spelling: these fields in this order."""
    raw = signed.message.encode()
    found = wire.fields(wire.read(raw), *names)
    wire.require_same(raw, wire.in_order(found, *names))
    return found


def _write_signed(signed: SignedMessage) -> dict[str, Any]:
    return {"message": signed.message, "signature": write_proof(signed.signature)}


def _read_signed(value: Any, group: Group) -> SignedMessage:
    found = wire.fields(value, "message", "signature")
    return SignedMessage(wire.text(found["message"]), read_proof(found["signature"], group))
