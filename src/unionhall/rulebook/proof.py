"""A small proof of work: dear to whoever sends ten thousand forms, nothing to whoever sends one.

The server gives 64 signs; the browser looks for a number that, written after them, hashes (SHA-256) to so many leading
zero bits. Sixty-four signs fill one block of the hash, so that a try costs one block. Source: docs/rules/proof.md.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from typing import Final

CHALLENGE_SIGNS: Final = 64
LONGEST_ANSWER: Final = 12


def leading_zero_bits(digest: bytes) -> int:
    """How many zero bits stand before the first one of a digest."""
    return len(digest) * 8 - int.from_bytes(digest, "big").bit_length()


def is_solved(*, challenge: str, answer: str, bits: int) -> bool:
    """Whether the answer solves the challenge. answer: digits as the browser sent them; anything else solves nothing.

    bits: how many leading zero bits are asked for; each more doubles the work.
    """
    if len(challenge) != CHALLENGE_SIGNS or not challenge.isascii():
        return False
    if not (answer.isascii() and answer.isdecimal()) or len(answer) > LONGEST_ANSWER:
        return False
    return leading_zero_bits(sha256(f"{challenge}{answer}".encode()).digest()) >= bits


def solve(*, challenge: str, bits: int) -> str:
    """The least answer that solves the challenge. For tests and measures: browsers do this work."""
    return next(str(number) for number in count() if is_solved(challenge=challenge, answer=str(number), bits=bits))
