"""The proof that one of several claims about ciphertexts is true, without saying which.

All three proofs of a ballot are this one: "this choice is 0 or 1", "the sum lies between min and max", "blank, or not".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from unionhall.rulebook.voting.arithmetic import RandomBelow
from unionhall.rulebook.voting.encryption import Ciphertext, ElectionKey
from unionhall.rulebook.voting.hashing import challenge
from unionhall.rulebook.voting.knowledge import Proof
from unionhall.rulebook.voting.secret import Secret


@dataclass(frozen=True, slots=True)
class Claim:
    """That this ciphertext holds this number, 0 or more."""

    ciphertext: Ciphertext
    count: int


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """What the maker of a ciphertext knows of it: the number in it, and the randomness around it. It does not print."""

    count: int
    r: Secret[int]


def prove_one_of(
    key: ElectionKey,
    prefix: str,
    claims: Sequence[Claim],
    openings: Sequence[Opening],
    *,
    true: int,
    random_below: RandomBelow,
) -> tuple[Proof, ...]:
    """A proof for each claim, of which one is honest and the others played, and nobody can tell which.

    prefix: purpose and statement. openings: of the claims' ciphertexts, in their order; they make all powers cheap.
    true: position of the claim that holds. Source: docs/rules/voting-format.md, section 5.
    """
    q = key.group.q
    draw = key.group.random_exponent
    proofs = [Proof(draw(random_below), draw(random_below)) for _ in claims]
    commitments = [_play(key, *played) for played in zip(claims, openings, proofs, strict=True)]
    w = draw(random_below)
    commitments[true] = (key.g.power(w), key.y.power(w))
    others = sum(proof.challenge for position, proof in enumerate(proofs) if position != true)
    c = (_hash(prefix, commitments, q) - others) % q
    proofs[true] = Proof(c, (w - openings[true].r.reveal() * c) % q)
    return tuple(proofs)


def is_one_true(key: ElectionKey, prefix: str, claims: Sequence[Claim], proofs: Sequence[Proof]) -> bool:
    """Whether the proofs show that one of the claims holds.

    The ciphertexts must be elements of the group; that is checked apart.
    """
    q = key.group.q
    commitments = list(_commitments(key, claims, proofs))
    return _hash(prefix, commitments, q) == sum(proof.challenge for proof in proofs) % q


def _play(key: ElectionKey, claim: Claim, opening: Opening, proof: Proof) -> tuple[int, int]:
    """The commitments that fit a proof made up beforehand, as `_commitments` finds them, but from powers of g and y."""
    q, c = key.group.q, proof.challenge
    exponent = (proof.response + opening.r.reveal() * c) % q
    second = key.y.power(exponent) * key.g.power((opening.count - claim.count) * c % q) % key.group.p
    return key.g.power(exponent), second


def _commitments(key: ElectionKey, claims: Sequence[Claim], proofs: Sequence[Proof]) -> Iterator[tuple[int, int]]:
    """What the prover must have committed to: g^response alpha^challenge and y^response (beta / g^count)^challenge.

    Neighbours that claim something of the same ciphertext are raised together.
    """
    group = key.group
    for ciphertext, pairs in groupby(zip(claims, proofs, strict=True), key=lambda pair: pair[0].ciphertext):
        same = list(pairs)
        challenges = [proof.challenge for _, proof in same]
        alphas, betas = group.powers(ciphertext.alpha, challenges), group.powers(ciphertext.beta, challenges)
        for (claim, proof), alpha, beta in zip(same, alphas, betas, strict=True):
            first = key.g.power(proof.response) * alpha % group.p
            second = key.y.power(proof.response) * beta % group.p
            if claim.count:
                second = second * key.g.power(-claim.count * proof.challenge % group.q) % group.p
            yield first, second


def _hash(prefix: str, commitments: Sequence[tuple[int, int]], q: int) -> int:
    return challenge(prefix, [value for pair in commitments for value in pair], q)
