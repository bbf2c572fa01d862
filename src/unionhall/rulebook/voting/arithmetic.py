"""Large numbers: gmpy2 where it is installed, Python's own otherwise (right, and about seven times slower)."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from unionhall.rulebook.voting.checks import Check, CheckFailed

RandomBelow = Callable[[int], int]
"""Chance, handed in: `random_below(n)` gives one of 0 … n-1, each as likely; `secrets.randbelow` at the edge."""

MAX_DIGITS = 617  # of a number below 2 ** 2048
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,616})")


def load_fast(name: str = "gmpy2") -> Any:
    """The module of fast numbers, or None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


_fast = load_fast()
IS_FAST = _fast is not None
power: Callable[[int, int, int], int] = _fast.powmod if _fast else pow
number: Callable[..., int] = _fast.mpz if _fast else int


def read_number(text: object) -> int:
    """The number a decimal text stands for, in the one spelling the format allows.

    text: from JSON. No sign, no leading zero, no blank, ASCII digits, at most 617 of them; the length is looked at
    before the number is read. Raises CheckFailed (number). Source: docs/rules/voting-format.md, section 2.
    """
    if not isinstance(text, str) or len(text) > MAX_DIGITS or not _NUMBER.fullmatch(text):
        raise CheckFailed(Check.NUMBER)
    return number(text)


def inverse(value: int, modulus: int) -> int:
    """The number that multiplies with value to 1, modulo a prime modulus."""
    return power(value, -1, modulus)
