"""Numbers in running text: those drawn from the record, and those somebody typed.

Source: docs/rules/fact-tags.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

TAG: Final = re.compile(r"\[\[\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*\]\]")
_UNIT: Final = r"(?:\s?%|\s(?:percent|per cent|por ciento|thousand|mil|million|millones|billion)\b)"
_NUMBER: Final = re.compile(
    rf"(?<![\w.,/:#&\[-])(\$\s?)?(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)({_UNIT})?(?![\w/:]|-\d|,\d|\.\d)",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"<[^>]*>")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SMALLEST: Final = 100


def tags_in(text: str) -> tuple[str, ...]:
    """The keys of the facts that a text draws from the record, in their order, each once."""
    return tuple(dict.fromkeys(TAG.findall(text)))


def put_in(text: str, show: Callable[[str], str]) -> str:
    """The text with each tag replaced by what its fact shows. show: key → words."""
    return TAG.sub(lambda match: show(match[1]), text)


def typed_numbers(text: str) -> tuple[str, ...]:
    """Numbers that somebody typed where the record should speak, in their order, each once.

    A share, a sum of money, or a count from 100 up. Years, days, times, telephone numbers and what stands in an address
    are none. text: plain or HTML.
    """
    found = []
    for match in _NUMBER.finditer(_MARKUP.sub(" ", TAG.sub(" ", text))):
        money, digits, unit = match.groups()
        if money or unit or _counts(digits):
            found.append(" ".join(match[0].split()))
    return tuple(dict.fromkeys(found))


def _counts(digits: str) -> bool:
    """Whether bare digits are a count that belongs into the record, not a year or something small."""
    if "," in digits:
        return True
    value = float(digits)
    is_year = "." not in digits and _FIRST_YEAR <= value <= _LAST_YEAR
    return value >= _SMALLEST and not is_year
