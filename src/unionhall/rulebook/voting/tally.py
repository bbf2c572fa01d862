"""The sum of all ballots, still under lock: anyone can make it again from the archive, in under a second for 35,000."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import number
from unionhall.rulebook.voting.ballots import Ballot
from unionhall.rulebook.voting.election import Election
from unionhall.rulebook.voting.encryption import Ciphertext, read_ciphertext, write_ciphertext
from unionhall.rulebook.voting.hashing import record_name


@dataclass(frozen=True, slots=True)
class EncryptedTally:
    """The locked sums, one list a question, in the order of a ballot's choices. ballots: how many were added."""

    sums: tuple[tuple[Ciphertext, ...], ...]
    ballots: int


def empty_tally(election: Election) -> EncryptedTally:
    """The tally of no ballots."""
    zero = Ciphertext(number(1), number(1))
    return EncryptedTally(tuple((zero,) * question.width for question in election.questions), 0)


def add_ballots(tally: EncryptedTally, ballots: Iterable[Ballot], election: Election) -> EncryptedTally:
    """The tally with these checked ballots added; their order does not matter."""
    p = election.group.p
    sums = [[(c.alpha, c.beta) for c in question] for question in tally.sums]
    count = tally.ballots
    for ballot in ballots:
        count += 1
        for row, answer in zip(sums, ballot.answers, strict=True):
            for place, choice in enumerate(answer.choices):
                alpha, beta = row[place]
                row[place] = (alpha * choice.alpha % p, beta * choice.beta % p)
    return EncryptedTally(tuple(tuple(Ciphertext(*pair) for pair in row) for row in sums), count)


def merge(first: EncryptedTally, second: EncryptedTally, election: Election) -> EncryptedTally:
    """The tally of both heaps of ballots together."""
    p = election.group.p
    sums = tuple(
        tuple(Ciphertext(a.alpha * b.alpha % p, a.beta * b.beta % p) for a, b in zip(mine, yours, strict=True))
        for mine, yours in zip(first.sums, second.sums, strict=True)
    )
    return EncryptedTally(sums, first.ballots + second.ballots)


def write_tally(tally: EncryptedTally) -> bytes:
    """The sums' bytes."""
    return wire.write([[write_ciphertext(c) for c in question] for question in tally.sums])


def write_sized_tally(tally: EncryptedTally) -> bytes:
    """The summary that names the sums by their hash and says how many ballots, of one vote each, they hold."""
    named = record_name(write_tally(tally))
    return wire.write({"num_tallied": tally.ballots, "total_weight": tally.ballots, "encrypted_tally": named})


def read_tally(raw: bytes, election: Election, *, ballots: int) -> EncryptedTally:
    """The sums in these bytes, in the shape of this election. A trustee reads them before she decrypts.

    Raises CheckFailed: size, syntax, canonical, shape, number, element (range only).
    """
    listed = wire.items(wire.read(raw, limit=wire.MAX_SETUP_BYTES), len(election.questions))
    sums = tuple(
        tuple(read_ciphertext(item, election.group) for item in wire.items(row, question.width))
        for row, question in zip(listed, election.questions, strict=True)
    )
    tally = EncryptedTally(sums, ballots)
    wire.require_same(raw, _plain(sums))
    return tally


def _plain(sums: Sequence[Sequence[Ciphertext]]) -> list[list[Any]]:
    return [[write_ciphertext(c) for c in row] for row in sums]
