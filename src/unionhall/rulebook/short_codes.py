"""Short codes on what the union says: eight letters, of which the last checks the others.

Source: docs/rules/short-codes.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Nineteen letters, a prime number of them: no vowel (no word by accident), nothing that looks or sounds like another.
ALPHABET: Final = "CDFGHJKMPQRTWXYZ347"
LENGTH: Final = 8
_VALUE: Final = {letter: value for value, letter in enumerate(ALPHABET)}
_BETWEEN: Final = frozenset(" -–—.·_\t\u00a0")


class Mistake(StrEnum):
    """What is wrong with a code as somebody typed it."""

    NONE = "none"
    EMPTY = "empty"
    LENGTH = "length"
    LETTER = "letter"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code as somebody typed it. code: the eight letters where nothing is wrong, else blank.

    letter: the first one that no code of ours has, where that is the mistake.
    """

    code: str = ""
    mistake: Mistake = Mistake.NONE
    letter: str = ""


def make_code(random_below: Callable[[int], int]) -> str:
    """A new code. random_below: n → a number from 0 to n - 1, each as likely."""
    drawn = "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(LENGTH - 1))
    return drawn + _check_letter(drawn)


def read_code(typed: str) -> ReadCode:
    """The code that somebody typed, in capitals or not, with spaces and dashes or without; or what is wrong with it.

    Any one wrong letter, and any two letters that changed places, are noticed.
    """
    letters = "".join(letter for letter in typed.upper() if letter not in _BETWEEN)
    if not letters:
        return ReadCode(mistake=Mistake.EMPTY)
    strange = next((letter for letter in letters if letter not in _VALUE), "")
    if strange:
        return ReadCode(mistake=Mistake.LETTER, letter=strange)
    if len(letters) != LENGTH:
        return ReadCode(mistake=Mistake.LENGTH)
    if _check_letter(letters[:-1]) != letters[-1]:
        return ReadCode(mistake=Mistake.CHECK)
    return ReadCode(letters)


def show_code(code: str) -> str:
    """A code as it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def _check_letter(drawn: str) -> str:
    """The letter that makes the sum of all, each times its place from the end, divisible by nineteen."""
    total = sum(_VALUE[letter] * (LENGTH - place) for place, letter in enumerate(drawn))
    return ALPHABET[-total % len(ALPHABET)]
