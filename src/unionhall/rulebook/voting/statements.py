"""What each proof in a ballot says, and the text it is bound to: the same for who makes it and who checks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from unionhall.rulebook.voting.disjunction import Claim
from unionhall.rulebook.voting.election import Question
from unionhall.rulebook.voting.encryption import Ciphertext, combine
from unionhall.rulebook.voting.group import Group


@dataclass(frozen=True, slots=True)
class Statement:
    """That one of the claims is true. prefix: purpose and context, so that the proof serves nowhere else."""

    prefix: str
    claims: tuple[Claim, ...]


def context(election_fingerprint: str, credential: int) -> str:
    """What every proof of one ballot is bound to: the election and the credential, so that answers cannot be copied."""
    return f"{election_fingerprint}|{credential}"


def individual(bound_to: str, choice: Ciphertext) -> Statement:
    """This choice is 0 or 1."""
    return Statement(f"prove|{bound_to}|{choice.alpha},{choice.beta}", (Claim(choice, 0), Claim(choice, 1)))


@dataclass(frozen=True, slots=True)
class Overall:
    """The statements about a whole answer. blank is None where the question allows no blank.

    total: the sum of the marks, blank apart, under lock.
    """

    total: Ciphertext
    overall: Statement
    blank: Statement | None


def overall(bound_to: str, question: Question, choices: Sequence[Ciphertext], group: Group) -> Overall:
    """What must hold for the answer as a whole: the sum is in range; or, where allowed, it is blank and nothing else.

    Source: docs/rules/voting-format.md, section 5.
    """
    total = combine(group, choices[int(question.allows_blank) :])
    said = f"{bound_to}|{','.join(f'{choice.alpha},{choice.beta}' for choice in choices)}"
    in_range = tuple(Claim(total, count) for count in range(question.minimum, question.maximum + 1))
    if not question.allows_blank:
        return Overall(total, Statement(f"prove|{said}|{total.alpha},{total.beta}", in_range), None)
    blank = choices[0]
    return Overall(
        total,
        Statement(f"bproof1|{said}", (Claim(blank, 1), *in_range)),
        Statement(f"bproof0|{said}", (Claim(blank, 0), Claim(total, 0))),
    )
