"""Whether a ballot may be counted: every check, for one as it is cast, and for many at once."""

from __future__ import annotations

from collections.abc import Container, Sequence

from unionhall.rulebook.voting import statements
from unionhall.rulebook.voting.arithmetic import RandomBelow
from unionhall.rulebook.voting.ballot_wire import read_ballot, signed_hash
from unionhall.rulebook.voting.ballots import Answer, Ballot
from unionhall.rulebook.voting.checks import Check, CheckFailed, require
from unionhall.rulebook.voting.disjunction import is_one_true
from unionhall.rulebook.voting.election import Election, Question
from unionhall.rulebook.voting.knowledge import knows
from unionhall.rulebook.voting.membership import require_members


def check_ballot(raw: bytes, election: Election, credentials: Container[int]) -> Ballot:
    """The ballot in these bytes, which passed every check there is on a ballot by itself. For use when one is cast.

    credentials: the published keys. Whether this credential voted before is the archive's check, see `record`.
    Raises CheckFailed with the first check that was not passed.
    """
    ballot = read_ballot(raw, election)
    require(ballot.credential in credentials, Check.CREDENTIAL_UNKNOWN)
    require(all(map(election.group.is_element, elements(ballot))), Check.ELEMENT)
    check_proofs(ballot, election)
    return ballot


def check_ballots(raws: Sequence[bytes], election: Election, *, random_below: RandomBelow) -> list[Ballot]:
    """The ballots in these records, checked as `check_ballot` does but for one thing: the caller, who has the lists of
    all, asks whether the credentials are listed. Membership in the group is checked in one batch.

    random_below: nobody who made the ballots may foresee it. Raises CheckFailed; its place says which ballot of these,
    counted from 1.
    """
    ballots = [_check_one(raw, election, f"ballot {position}") for position, raw in enumerate(raws, start=1)]
    every = [element for ballot in ballots for element in elements(ballot)]
    try:
        require_members(election.group, every, random_below=random_below)
    except CheckFailed:
        sound = [all(map(election.group.is_element, elements(ballot))) for ballot in ballots]
        raise CheckFailed(Check.ELEMENT, f"ballot {sound.index(False) + 1}") from None
    return ballots


def _check_one(raw: bytes, election: Election, place: str) -> Ballot:
    try:
        ballot = read_ballot(raw, election)
        check_proofs(ballot, election)
    except CheckFailed as failed:
        raise CheckFailed(failed.check, place) from None
    return ballot


def elements(ballot: Ballot) -> list[int]:
    """The numbers of a ballot that must belong to the group; its credential is among the published, checked ones."""
    return [n for answer in ballot.answers for choice in answer.choices for n in (choice.alpha, choice.beta)]


def check_proofs(ballot: Ballot, election: Election) -> None:
    """Signature and proofs hold, given that every number belongs to the group. Raises CheckFailed."""
    signature = ballot.signature
    require(signature.hash == signed_hash(ballot), Check.SIGNATURE, "hash")
    signed = knows(election.group, f"sig|{signature.hash}", ballot.credential, signature.proof)
    require(signed, Check.SIGNATURE)
    bound_to = statements.context(ballot.election_hash, ballot.credential)
    for position, (question, answer) in enumerate(zip(election.questions, ballot.answers, strict=True), start=1):
        _check_answer(question, answer, bound_to, election, f"question {position}")


def _check_answer(question: Question, answer: Answer, bound_to: str, election: Election, place: str) -> None:
    key = election.key
    for choice, proofs in zip(answer.choices, answer.individual_proofs, strict=True):
        said = statements.individual(bound_to, choice)
        require(is_one_true(key, said.prefix, said.claims, proofs), Check.INDIVIDUAL_PROOF, place)
    whole = statements.overall(bound_to, question, answer.choices, key.group)
    held = is_one_true(key, whole.overall.prefix, whole.overall.claims, answer.overall_proof)
    require(held, Check.OVERALL_PROOF, place)
    if whole.blank is not None:
        held = is_one_true(key, whole.blank.prefix, whole.blank.claims, answer.blank_proof)
        require(held, Check.BLANK_PROOF, place)
