"""A ballot's bytes: one spelling, compared byte for byte when one comes in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import read_number
from unionhall.rulebook.voting.ballots import Answer, Ballot, Signature, UnsignedBallot
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.election import Election, Question
from unionhall.rulebook.voting.encryption import read_ciphertext, write_ciphertext
from unionhall.rulebook.voting.group import Group
from unionhall.rulebook.voting.hashing import fingerprint
from unionhall.rulebook.voting.knowledge import Proof, read_proof, write_proof


def write_ballot(ballot: Ballot) -> bytes:
    """The ballot's bytes, as they are cast and archived."""
    return wire.write(_ballot(ballot))


def signed_hash(ballot: UnsignedBallot) -> str:
    """The hash a ballot's signature covers: of all its bytes but the signature's."""
    return fingerprint(wire.write(_unsigned(ballot)))


def read_ballot(raw: bytes, election: Election) -> Ballot:
    """The ballot in these bytes, of the shape this election's questions ask for. Nothing is proved yet.

    Raises CheckFailed: size, syntax, shape, number, element (range only), exponent, election, canonical.
    Source: docs/rules/voting-format.md, section 6.
    """
    value = wire.read(raw, limit=election.most_bytes)
    found = wire.fields(
        value, "election_uuid", "election_hash", "credential", "answers", "signature"
    )  # fmt: skip
    require(found["election_uuid"] == election.uuid, Check.ELECTION, "uuid")
    require(found["election_hash"] == election.fingerprint, Check.ELECTION, "fingerprint")
    answers = wire.items(found["answers"], len(election.questions))
    signature = wire.fields(found["signature"], "hash", "proof")
    ballot = Ballot(
        election.uuid,
        election.fingerprint,
        read_number(found["credential"]),
        tuple(_read_answer(a, q, election.group) for a, q in zip(answers, election.questions, strict=True)),
        Signature(wire.text(signature["hash"]), read_proof(signature["proof"], election.group)),
    )
    wire.require_same(raw, _ballot(ballot))
    return ballot


def _ballot(ballot: Ballot) -> dict[str, Any]:
    proof = write_proof(ballot.signature.proof)
    return {**_unsigned(ballot), "signature": {"hash": ballot.signature.hash, "proof": proof}}


def _unsigned(ballot: UnsignedBallot) -> dict[str, Any]:
    return {
        "election_uuid": ballot.election_uuid,
        "election_hash": ballot.election_hash,
        "credential": str(ballot.credential),
        "answers": [_write_answer(answer) for answer in ballot.answers],
    }


def _write_answer(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {
        "choices": [write_ciphertext(choice) for choice in answer.choices],
        "individual_proofs": [_write_proofs(proofs) for proofs in answer.individual_proofs],
        "overall_proof": _write_proofs(answer.overall_proof),
    }
    if answer.blank_proof:
        said["blank_proof"] = _write_proofs(answer.blank_proof)
    return said


def _read_answer(value: Any, question: Question, group: Group) -> Answer:
    names = ("choices", "individual_proofs", "overall_proof") + (("blank_proof",) if question.allows_blank else ())
    found = wire.fields(value, *names)
    in_range = question.maximum - question.minimum + 1
    individual = wire.items(found["individual_proofs"], question.width)
    return Answer(
        tuple(read_ciphertext(choice, group) for choice in wire.items(found["choices"], question.width)),
        tuple(_read_proofs(proofs, 2, group) for proofs in individual),
        _read_proofs(found["overall_proof"], in_range + question.allows_blank, group),
        _read_proofs(found["blank_proof"], 2, group) if question.allows_blank else (),
    )


def _write_proofs(proofs: Sequence[Proof]) -> list[dict[str, str]]:
    return [write_proof(proof) for proof in proofs]


def _read_proofs(value: Any, length: int, group: Group) -> tuple[Proof, ...]:
    return tuple(read_proof(proof, group) for proof in wire.items(value, length))
