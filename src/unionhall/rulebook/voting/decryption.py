"""A trustee's part in opening the sums: her factor for each, and the proof that her key made it."""

from __future__ import annotations

from dataclasses import dataclass

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import RandomBelow, read_number
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.election import Election
from unionhall.rulebook.voting.hashing import record_name
from unionhall.rulebook.voting.knowledge import Proof, has_same_exponent, prove_same_exponent, read_proof, write_proof
from unionhall.rulebook.voting.secret import Secret
from unionhall.rulebook.voting.tally import EncryptedTally


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """A trustee's factors, one a sum of the tally, and a proof for each."""

    factors: tuple[tuple[int, ...], ...]
    proofs: tuple[tuple[Proof, ...], ...]


def decrypt_part(
    election: Election, tally: EncryptedTally, private: Secret[int], *, random_below: RandomBelow
) -> PartialDecryption:
    """What one trustee's private key makes of the sums. Only sums are ever decrypted, never a ballot.

    Source: docs/rules/voting-format.md, section 9.
    """
    group = election.group
    prefix = _prefix(election, group.base.power(private.reveal()))
    factors = tuple(tuple(group.power(c.alpha, private.reveal()) for c in row) for row in tally.sums)
    proofs = tuple(
        tuple(prove_same_exponent(group, prefix, c.alpha, private, random_below=random_below) for c in row)
        for row in tally.sums
    )
    return PartialDecryption(factors, proofs)


def write_part(part: PartialDecryption) -> bytes:
    """The part's bytes."""
    factors = [[str(factor) for factor in row] for row in part.factors]
    proofs = [[write_proof(proof) for proof in row] for row in part.proofs]
    return wire.write({"decryption_factors": factors, "decryption_proofs": proofs})


def write_owned_part(raw: bytes, owner: int) -> bytes:
    """The record that says whose part it is. owner: the trustee's number, from 1."""
    return wire.write({"owner": owner, "payload": record_name(raw)})


def read_part(
    raw: bytes, election: Election, tally: EncryptedTally, public_key: int, *, place: str
) -> PartialDecryption:
    """The part in these bytes, proved to come from this trustee's key and these sums. place: named if it does not.

    Raises CheckFailed: size, syntax, canonical, shape, number, exponent, element, share.
    """
    found = wire.fields(wire.read(raw, limit=wire.MAX_SETUP_BYTES), "decryption_factors", "decryption_proofs")
    rows = [wire.items(found[name], len(tally.sums)) for name in ("decryption_factors", "decryption_proofs")]
    widths = [len(row) for row in tally.sums]
    factors = tuple(
        tuple(read_number(item) for item in wire.items(row, width)) for row, width in zip(rows[0], widths, strict=True)
    )
    proofs = tuple(
        tuple(read_proof(item, election.group) for item in wire.items(row, width))
        for row, width in zip(rows[1], widths, strict=True)
    )
    part = PartialDecryption(factors, proofs)
    require(write_part(part) == raw, Check.CANONICAL, place)
    require(_is_proved(part, election, tally, public_key), Check.SHARE, place)
    return part


def _is_proved(part: PartialDecryption, election: Election, tally: EncryptedTally, public_key: int) -> bool:
    group, prefix = election.group, _prefix(election, public_key)
    rows = zip(tally.sums, part.factors, part.proofs, strict=True)
    triples = [triple for row in rows for triple in zip(*row, strict=True)]
    return all(
        group.is_element(factor) and has_same_exponent(group, prefix, public_key, c.alpha, factor, proof)
        for c, factor, proof in triples
    )


def _prefix(election: Election, public_key: int) -> str:
    return f"decrypt|{election.fingerprint}|{public_key}"
