"""Ballots: every shape of question, every way to fill one in, every check that can fail."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.factories.voting import (
    ALMA,
    ALMA_AND_CLEO,
    BLANK,
    COMMITTEE,
    NO,
    STRIKE,
    YES,
    ballot_of,
    chance,
    opened,
    parsed_ballot_of,
    reread,
)
from unionhall.rulebook.voting.ballot_checks import check_ballot, check_ballots
from unionhall.rulebook.voting.ballot_making import make_ballot, sign
from unionhall.rulebook.voting.ballot_wire import write_ballot
from unionhall.rulebook.voting.ballots import Ballot, Marks
from unionhall.rulebook.voting.checks import Check, CheckFailed
from unionhall.rulebook.voting.credentials import signing_key
from unionhall.rulebook.voting.election import Question
from unionhall.rulebook.voting.encryption import Ciphertext
from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.knowledge import Proof

BOXES = Question("Which of these?", ("Pay", "Class size", "Nurses"), 0, 3)
SINGLE = Question("Approve?", ("YES",), 0, 1)
E = opened("VoteForTests11", (STRIKE, COMMITTEE))


def failed(raw: bytes, check: Check, place: str = "") -> None:
    """The ballot fails this check."""
    with pytest.raises(CheckFailed) as caught:
        check_ballot(raw, E.election, E.listed)
    assert (caught.value.check, caught.value.place) == (check, place)


def signed(ballot: Ballot, **changes: Any) -> bytes:
    """The first member's ballot, changed and signed again."""
    key = signing_key(E.credentials[0], uuid=E.election.uuid, group=GROUP)
    return write_ballot(sign(replace(ballot, **changes), key, E.election, random_below=chance(7).randrange))


def with_answer(place: int, **changes: Any) -> bytes:
    """The first member's ballot with one answer changed, signed again."""
    ballot = parsed_ballot_of(E, 0, (YES, ALMA))
    answers = list(ballot.answers)
    answers[place] = replace(answers[place], **changes)
    return signed(ballot, answers=tuple(answers))


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        *((STRIKE, mark) for mark in (YES, NO)),
        *((COMMITTEE, mark) for mark in (BLANK, ALMA, ALMA_AND_CLEO)),
        *((BOXES, Marks(boxes)) for boxes in ((0, 0, 0), (1, 0, 0), (1, 1, 1))),
        *((SINGLE, Marks(box)) for box in ((0,), (1,))),
        *((replace(COMMITTEE, minimum=0), mark) for mark in (BLANK, Marks((0, 0, 0)))),
    ],
)
def test_ballot_for_any_question_is_accepted(question: Question, marks: Marks) -> None:
    election = opened("VoteForTests11", (question,))

    raw = ballot_of(election, 2, (marks,))

    assert write_ballot(check_ballot(raw, election.election, election.listed)) == raw
    assert len(raw) <= election.election.most_bytes <= len(raw) + 5_000
    assert reread(raw, election) == parsed_ballot_of(election, 2, (marks,))


@pytest.mark.parametrize(
    "marks",
    [
        (YES,),
        (Marks((1, 1)), ALMA),
        (Marks((0, 0)), ALMA),
        (Marks((1, 0, 0)), ALMA),
        (Marks((2, -1)), ALMA),
        (YES, Marks((1, 1, 1))),
        (YES, Marks((1, 0, 0), is_blank=True)),
        (Marks((0, 0), is_blank=True), ALMA),
    ],
)
def test_marks_that_are_not_allowed_make_no_ballot(marks: tuple[Marks, ...]) -> None:
    with pytest.raises(CheckFailed) as caught:
        make_ballot(E.election, E.credentials[0], marks, random_below=chance().randrange)

    assert caught.value.check == Check.CHOICE


def test_two_ballots_with_the_same_marks_share_nothing_but_their_frame() -> None:
    numbers = [set(json.dumps(json.loads(ballot_of(E, 0, (YES, ALMA), seed))["answers"]).split('"')) for seed in (0, 1)]
    shared = numbers[0] & numbers[1]

    assert not any(part.isdigit() for part in shared)


def test_ballot_of_somebody_not_listed_is_refused() -> None:
    raw = ballot_of(E, 0, (YES, ALMA))

    with pytest.raises(CheckFailed) as caught:
        check_ballot(raw, E.election, frozenset())

    assert caught.value.check == Check.CREDENTIAL_UNKNOWN


def test_ballot_with_a_number_outside_the_group_is_refused() -> None:
    choice = parsed_ballot_of(E, 0, (YES, ALMA)).answers[0].choices[0]
    outside = Ciphertext(GROUP.p - choice.alpha, choice.beta)
    raw = with_answer(0, choices=(outside, outside))

    failed(raw, Check.ELEMENT)
    with pytest.raises(CheckFailed):
        check_ballots([raw], E.election, random_below=chance().randrange)


@pytest.mark.parametrize(
    ("place", "name", "check"),
    [
        (0, "individual_proofs", Check.INDIVIDUAL_PROOF),
        (0, "overall_proof", Check.OVERALL_PROOF),
        (1, "individual_proofs", Check.INDIVIDUAL_PROOF),
        (1, "overall_proof", Check.OVERALL_PROOF),
        (1, "blank_proof", Check.BLANK_PROOF),
    ],
)
def test_proof_that_does_not_hold_is_named(place: int, name: str, check: Check) -> None:
    proofs = getattr(parsed_ballot_of(E, 0, (YES, ALMA)).answers[place], name)
    wrong = tuple(reversed(proofs)) if len(proofs) > 1 else (Proof(proofs[0].challenge, 5),)

    failed(with_answer(place, **{name: wrong}), check, f"question {place + 1}")


def test_signature_of_another_hash_and_of_another_key_are_refused() -> None:
    ballot = parsed_ballot_of(E, 0, (YES, ALMA))
    other = signing_key(E.credentials[1], uuid=E.election.uuid, group=GROUP)

    failed(write_ballot(replace(ballot, signature=replace(ballot.signature, hash="x"))), Check.SIGNATURE, "hash")
    failed(write_ballot(sign(ballot, other, E.election, random_below=chance().randrange)), Check.SIGNATURE)


def test_ballot_of_another_election_is_refused() -> None:
    ballot = parsed_ballot_of(E, 0, (YES, ALMA))

    failed(signed(ballot, election_uuid="VoteForTests12"), Check.ELECTION, "uuid")
    failed(signed(ballot, election_hash="x"), Check.ELECTION, "fingerprint")


GOOD = ballot_of(E, 0, (YES, ALMA))


@pytest.mark.parametrize(
    ("raw", "check"),
    [
        (b"[" * 20_000, Check.SIZE),
        (b"[" * 5_000, Check.SYNTAX),
        (b"\xff", Check.SYNTAX),
        (b"", Check.SYNTAX),
        (b"[]", Check.SHAPE),
        (b"{}", Check.SHAPE),
        (GOOD + b" ", Check.CANONICAL),
        (GOOD.replace(b'{"election_uuid"', b'{"election_uuid":1,"election_uuid"'), Check.CANONICAL),
        (GOOD.replace(b'"alpha"', b'"\\u0061lpha"', 1), Check.CANONICAL),
        (GOOD.replace(b'"alpha":"', b'"alpha":" ', 1), Check.NUMBER),
        (GOOD.replace(b'"alpha":"', b'"alpha":"-', 1), Check.NUMBER),
        (GOOD.replace(b'"challenge":"', b'"challenge":"%s' % (b"9" * 70)), Check.EXPONENT),
        (GOOD.replace(b'{"choices"', b'{"note":1,"choices"', 1), Check.SHAPE),
        (GOOD.replace(b'"hash":"', b'"hash":5,"old":"', 1), Check.SHAPE),
    ],
)
def test_bytes_that_are_no_ballot_are_refused(raw: bytes, check: Check) -> None:
    with pytest.raises(CheckFailed) as caught:
        check_ballot(raw, E.election, E.listed)

    assert caught.value.check == check


def test_many_ballots_are_checked_like_one_and_the_wrong_one_is_named() -> None:
    ballots = [ballot_of(E, member, (YES, ALMA)) for member in range(3)]
    draw = chance().randrange

    checked = check_ballots(ballots, E.election, random_below=draw)
    with pytest.raises(CheckFailed) as caught:
        check_ballots([*ballots, GOOD[:-1]], E.election, random_below=draw)

    assert [write_ballot(ballot) for ballot in checked] == ballots
    assert (caught.value.check, caught.value.place) == (Check.SYNTAX, "ballot 4")


def test_error_tells_the_check_and_no_number() -> None:
    with pytest.raises(CheckFailed) as caught:
        check_ballot(with_answer(1, blank_proof=(Proof(5, 5), Proof(5, 5))), E.election, E.listed)

    assert str(caught.value) == "blank_proof: question 2"
