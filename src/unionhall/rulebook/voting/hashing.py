"""Fingerprints and challenges: SHA-256 over plain text, the same everywhere."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from unionhall.rulebook.voting.arithmetic import number


def fingerprint(raw: bytes) -> str:
    """SHA-256 in Base64 without padding, 43 characters: names an election, tracks a ballot. Source:
    docs/rules/voting-format.md, section 3.
    """
    return b64encode(sha256(raw).digest()).decode().rstrip("=")


def record_name(raw: bytes) -> str:
    """SHA-256 in hexadecimal: names a record of the archive."""
    return sha256(raw).hexdigest()


def challenge(prefix: str, commitments: list[int], q: int) -> int:
    """What a proof must answer: the hash of `prefix|n,n,…`, read as a big-endian number, modulo q.

    prefix: the purpose and the statement, joined by bars. commitments: the prover's numbers, in order.
    """
    said = f"{prefix}|{','.join(map(str, commitments))}"
    return number(int.from_bytes(sha256(said.encode()).digest(), "big")) % q
