"""The result: the trustees' parts put together, and the numbers read off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import number
from unionhall.rulebook.voting.checks import Check, CheckFailed
from unionhall.rulebook.voting.decryption import PartialDecryption
from unionhall.rulebook.voting.election import Election
from unionhall.rulebook.voting.encryption import unlock_power
from unionhall.rulebook.voting.tally import EncryptedTally
from unionhall.rulebook.voting.trustees import Trustees

Counts = tuple[tuple[int, ...], ...]
"""Votes, one list a question: blank first where the question allows it, then one an answer."""


def open_tally(
    election: Election, trustees: Trustees, tally: EncryptedTally, parts: Mapping[int, PartialDecryption]
) -> Counts:
    """The votes in the tally. parts: checked, by trustee number.

    Raises CheckFailed: missing_share where too few trustees gave their part; result where a sum holds no number
    between 0 and the number of ballots. Source: docs/rules/voting-format.md, section 9.
    """
    wanted = [
        unlock_power(
            election.group,
            ciphertext,
            trustees.opening({owner: part.factors[i][j] for owner, part in parts.items()}, election.group),
        )
        for i, row in enumerate(tally.sums)
        for j, ciphertext in enumerate(row)
    ]
    found = iter(_logarithms(wanted, tally.ballots, election))
    return tuple(tuple(next(found) for _ in row) for row in tally.sums)


def write_result(counts: Sequence[Sequence[int]]) -> bytes:
    """The result's bytes."""
    return wire.write({"result": [list(row) for row in counts]})


def _logarithms(powers: Sequence[int], most: int, election: Election) -> list[int]:
    """The exponents of g, each at most `most`, by walking up the powers of g once for all."""
    sought, found = set(powers), {}
    g, p, value = election.group.g, election.group.p, number(1)
    for exponent in range(most + 1):
        if value in sought:
            found[value] = exponent
        value = value * g % p
    if sought - found.keys():
        raise CheckFailed(Check.RESULT)
    return [found[power] for power in powers]
