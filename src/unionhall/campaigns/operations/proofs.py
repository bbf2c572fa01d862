"""The proof of work of the public forms: signed and dated by us, kept nowhere, good once.

A challenge is 64 hex digits: until when it holds (8), chance (24), and our signature over both and over the form it is
for (32). Which ones were used stands with the slips that used them, and goes with them.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from unionhall.foundation import crypto
from unionhall.rulebook.proof import CHALLENGE_SIGNS, is_solved

CHALLENGE_LIFE: Final = timedelta(hours=2)
_HEAD: Final = 32


def make_challenge(*, place: str, at: datetime) -> str:
    """A challenge for that form, good for two hours. place: campaign and form, such as "river/join"."""
    head = f"{int((at + CHALLENGE_LIFE).timestamp()):08x}{secrets.token_hex(12)}"
    return head + crypto.blind_index(f"{place}\n{head}", purpose="proof")


def read_proof(*, text: str, place: str, at: datetime) -> str:
    """What names the proof, to be used once; blank where it is none, not ours, of another form, or too old.

    text: as the browser sent it: the challenge, a colon, the answer.
    """
    challenge, _colon, answer = text.partition(":")
    if len(challenge) != CHALLENGE_SIGNS or not challenge.isascii():
        return ""
    head, signature = challenge[:_HEAD], challenge[_HEAD:]
    ours = crypto.blind_indexes(f"{place}\n{head}", purpose="proof")
    if not any(hmac.compare_digest(signature, one) for one in ours):
        return ""
    if int(head[:8], 16) < at.timestamp():
        return ""
    return head if is_solved(challenge=challenge, answer=answer, bits=settings.PROOF_BITS) else ""


def proof_bits() -> int:
    """How much work is asked for (PROOF_BITS)."""
    bits: int = settings.PROOF_BITS
    return bits
