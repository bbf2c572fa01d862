"""How a ballot is made, on the member's side: nothing in here runs where ballots are collected, but for rehearsals."""

from __future__ import annotations

from collections.abc import Sequence

from unionhall.rulebook.voting import statements
from unionhall.rulebook.voting.arithmetic import RandomBelow
from unionhall.rulebook.voting.ballot_wire import signed_hash
from unionhall.rulebook.voting.ballots import Answer, Ballot, Marks, Signature, UnsignedBallot
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.credentials import public_credential, signing_key
from unionhall.rulebook.voting.disjunction import Opening, prove_one_of
from unionhall.rulebook.voting.election import Election, Question
from unionhall.rulebook.voting.encryption import ElectionKey
from unionhall.rulebook.voting.knowledge import Proof, prove_knowledge
from unionhall.rulebook.voting.secret import Secret


def make_ballot(
    election: Election, credential: Secret[str], marks: Sequence[Marks], *, random_below: RandomBelow
) -> Ballot:
    """The ballot a member casts with these marks, one entry a question.

    Raises CheckFailed (choice) for marks the questions do not allow. Source: docs/rules/voting-format.md, section 6.
    """
    require(len(marks) == len(election.questions), Check.CHOICE)
    key = signing_key(credential, uuid=election.uuid, group=election.group)
    public = public_credential(key, group=election.group)
    name = election.fingerprint
    answers = tuple(
        _lock(election.key, question, mark, statements.context(name, public), random_below)
        for question, mark in zip(election.questions, marks, strict=True)
    )
    return sign(UnsignedBallot(election.uuid, name, public, answers), key, election, random_below=random_below)


def sign(ballot: UnsignedBallot, key: Secret[int], election: Election, *, random_below: RandomBelow) -> Ballot:
    """The ballot with its credential's signature over everything else in it. key: of `signing_key`."""
    digest = signed_hash(ballot)
    proof = prove_knowledge(election.group, f"sig|{digest}", key, random_below=random_below)
    return Ballot(
        ballot.election_uuid, ballot.election_hash, ballot.credential, ballot.answers, Signature(digest, proof)
    )


def _lock(key: ElectionKey, question: Question, marks: Marks, bound_to: str, random_below: RandomBelow) -> Answer:
    """One question's answer. Whoever learns one of the openings learns that choice, so they are secrets too."""
    q = key.group.q
    openings = [Opening(n, Secret(key.group.random_exponent(random_below))) for n in marks.numbers(question)]
    choices = tuple(key.lock(opening.count, opening.r.reveal()) for opening in openings)
    marked = openings[int(question.allows_blank) :]
    total = Opening(sum(marks.answers), Secret(sum(opening.r.reveal() for opening in marked) % q))
    known = dict(zip(choices, openings, strict=True))
    whole = statements.overall(bound_to, question, choices, key.group)
    known[whole.total] = total

    def prove(statement: statements.Statement, true: int) -> tuple[Proof, ...]:
        opened = [known[claim.ciphertext] for claim in statement.claims]
        return prove_one_of(key, statement.prefix, statement.claims, opened, true=true, random_below=random_below)

    individual = tuple(
        prove(statements.individual(bound_to, choice), opening.count)
        for choice, opening in zip(choices, openings, strict=True)
    )
    in_range = total.count - question.minimum
    if whole.blank is None:
        return Answer(choices, individual, prove(whole.overall, in_range))
    if marks.is_blank:
        return Answer(choices, individual, prove(whole.overall, 0), prove(whole.blank, 1))
    return Answer(choices, individual, prove(whole.overall, 1 + in_range), prove(whole.blank, 0))
