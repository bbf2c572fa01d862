"""What a ballot is: choices under lock, proofs that they are allowed ones, a credential's signature."""

from __future__ import annotations

from dataclasses import dataclass

from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.election import Question
from unionhall.rulebook.voting.encryption import Ciphertext
from unionhall.rulebook.voting.knowledge import Proof


@dataclass(frozen=True, slots=True)
class Answer:
    """The locked answer to one question. choices: blank first where it is allowed, then one an answer, each 0 or 1.

    individual_proofs: that each choice is 0 or 1. overall_proof: that their sum is allowed. blank_proof: blank, or
    not; empty where the question allows no blank.
    """

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """The credential's proof over the hash of everything else in the ballot."""

    hash: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class UnsignedBallot:
    """A ballot without its signature: bound to one election by uuid and fingerprint, to one credential."""

    election_uuid: str
    election_hash: str
    credential: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Ballot(UnsignedBallot):
    """A ballot as it is cast."""

    signature: Signature


@dataclass(frozen=True, slots=True, repr=False)
class Marks:
    """What a member marked for one question: 0 or 1 an answer; is_blank with all 0 where she leaves it blank.

    It is the secret of the secret ballot, so it does not print.
    """

    answers: tuple[int, ...]
    is_blank: bool = False

    def __repr__(self) -> str:
        return "Marks(…)"

    def numbers(self, question: Question) -> tuple[int, ...]:
        """The numbers to lock, blank first where it is allowed. Raises CheckFailed (choice) for marks that are not."""
        total = sum(self.answers)
        require(len(self.answers) == len(question.answers) and set(self.answers) <= {0, 1}, Check.CHOICE)
        if self.is_blank:
            require(question.allows_blank and total == 0, Check.CHOICE)
        else:
            require(question.minimum <= total <= question.maximum, Check.CHOICE)
        return (int(self.is_blank), *self.answers) if question.allows_blank else self.answers
