"""Public ids: what stands in addresses and exports, never a database number."""

from __future__ import annotations

import secrets
from typing import Final

# No vowels (no words by accident), no digits or letters that are read as one another on paper.
ALPHABET: Final = "23456789bcdfghjkmnpqrstvwxz"
LENGTH: Final = 12
_ALL: Final = len(ALPHABET) ** LENGTH


def new_public_id() -> str:
    """Twelve characters, 57 bits of chance: unguessable in an address, short enough to read aloud."""
    number, letters = secrets.randbelow(_ALL), []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
