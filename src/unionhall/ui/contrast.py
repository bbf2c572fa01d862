"""Contrast of the inks, computed from the tokens themselves, so that no skin is used that somebody cannot read.

Source: WCAG 2.2, relative luminance and contrast ratio; the minimums are those of our look, which ask for more than
WCAG where text is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from unionhall.foundation.errors import Invalid

SKINS: Final = ("purple", "red")
SCHEMES: Final = ("light", "dark")
TEXT: Final = 4.5
SIGN: Final = 3.0

_FOLDER = Path(__file__).resolve().parent / "static" / "ui"
_TOKEN = re.compile(r"--(?P<name>[\w-]+):\s*(?:light-dark\((?P<light>#\w+),\s*(?P<dark>#\w+)\)|(?P<both>#\w+))\s*;")


class UnreadableSkin(Invalid):
    """A skin with a pair of inks that cannot be read on each other. Fields: skin, pairs."""

    code = "unreadable_skin"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tokens that meet: what lies on what, the ratio asked for, and where one sees it."""

    over: str
    under: str
    least: float
    where: str


PAIRS: Final = (
    Pair("text", "paper", 7.0, "text"),
    Pair("text", "paper-2", 7.0, "text"),
    Pair("text", "sheet", 7.0, "fields"),
    Pair("text-soft", "paper", TEXT, "notes"),
    Pair("text-soft", "paper-2", TEXT, "notes"),
    Pair("text-soft", "sheet", TEXT, "notes"),
    Pair("ink1-text", "paper", TEXT, "links"),
    Pair("ink1-text", "paper-2", TEXT, "links"),
    Pair("ink1-text", "sheet", TEXT, "links"),
    Pair("ink1-text", "ink1-wash", TEXT, "badges"),
    Pair("text", "ink1-wash", 7.0, "chosen rows"),
    Pair("text", "ink2-wash", 7.0, "decisions"),
    Pair("on-ink1", "ink1", 5.0, "main button"),
    Pair("on-ink1-soft", "ink1", TEXT, "notes on ink 1"),
    Pair("on-ink1", "ink1-deep", 7.0, "foot, Hall bar"),
    Pair("on-ink1-soft", "ink1-deep", TEXT, "notes in the foot"),
    Pair("on-ink2", "ink2", 7.0, "ribbon"),
    Pair("ink2", "ink1", SIGN, "great figures"),
    Pair("good", "paper", TEXT, "done"),
    Pair("good", "good-wash", TEXT, "done"),
    Pair("bad", "paper", TEXT, "errors"),
    Pair("bad", "sheet", TEXT, "errors"),
    Pair("bad", "bad-wash", TEXT, "errors"),
    Pair("text", "bad-wash", 7.0, "error summary"),
    Pair("text", "hair", TEXT, "a button that rests"),
    Pair("rule", "paper", SIGN, "edges"),
    Pair("rule", "sheet", SIGN, "edges"),
    Pair("focus", "paper", SIGN, "focus"),
    Pair("focus", "sheet", SIGN, "focus"),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A pair with its ratio in the light and the dark scheme."""

    pair: Pair
    light: float
    dark: float

    @property
    def passes(self) -> bool:
        """Whether both schemes reach what is asked for."""
        return min(self.light, self.dark) >= self.pair.least


def luminance(color: str) -> float:
    """Relative luminance of #rrggbb or #rgb, from 0 for black to 1 for white. Raises ValueError for anything else."""
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6:
        raise ValueError(f"{color} is no color of the form #rrggbb")
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two colors, from 1 to 21; the order does not matter."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def parse_tokens(css: str) -> dict[str, tuple[str, str]]:
    """The colors of a block of tokens: name → (light, dark), the same twice where the scheme does not change it."""
    return {
        match["name"]: (match["both"], match["both"]) if match["both"] else (match["light"], match["dark"])
        for match in _TOKEN.finditer(css)
    }


@cache
def tokens_of(skin: str) -> Mapping[str, tuple[str, str]]:
    """The colors of one of our skins, with those that all skins share."""
    shared = parse_tokens((_FOLDER / "tokens.css").read_text("utf-8"))
    return shared | parse_tokens((_FOLDER / "skins" / f"{skin}.css").read_text("utf-8"))


def measures(tokens: Mapping[str, tuple[str, str]]) -> Iterator[Measure]:
    """Every pair of PAIRS, measured. Raises KeyError for a token that the skin lacks."""
    for pair in PAIRS:
        over, under = tokens[pair.over], tokens[pair.under]
        yield Measure(pair, ratio(over[0], under[0]), ratio(over[1], under[1]))


def check_skin(name: str, tokens: Mapping[str, tuple[str, str]]) -> list[Measure]:
    """The measures of a skin that everybody can read.

    Raises UnreadableSkin, naming each pair that fails and by how much, so that a new local's inks are mended before
    they are printed.
    """
    found = list(measures(tokens))
    failing = [
        f"{it.pair.over} / {it.pair.under}: {min(it.light, it.dark):.1f} < {it.pair.least}"
        for it in found
        if not it.passes
    ]
    if failing:
        raise UnreadableSkin(skin=name, pairs="; ".join(failing))
    return found
