"""Public ids: what stands in addresses and exports, never a database number."""

from __future__ import annotations

import secrets
from typing import Final

# No vowels (no words by accident), no digits or letters that are read as one another on paper.
ALPHABET: Final = "23456789bcdfghjkmnpqrstvwxz"
LENGTH: Final = 12


def new_public_id() -> str:
    """Twelve characters, 57 bits of chance: unguessable in an address, short enough to read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
