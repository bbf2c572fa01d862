"""Where somebody lives: one spelling for keeping it, and the tokens by which equal places are found.

Source: docs/rules/people-lists.md, section 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from unionhall.rulebook.names import address_key, fold

_ZIP: Final = re.compile(r"(\d{5})(?:[-\s]?(\d{4}))?", re.ASCII)
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """An address as it is written. zip: five digits or nine with a hyphen, or ""."""

    address: str
    city: str = ""
    state: str = ""
    zip: str = ""

    @property
    def kept(self) -> str:
        """The one text that holds all parts, each on its line; `place_of` reads it."""
        return "\n".join((self.address, self.city, self.state, self.zip))

    @property
    def written(self) -> str:
        """As on an envelope, in one line."""
        land = " ".join(part for part in (self.state, self.zip) if part)
        return ", ".join(part for part in (self.address, self.city, land) if part)


@dataclass(frozen=True, slots=True, repr=False)
class PlaceTokens:
    """Folded texts that are equal where places are. "" where the address lacks what they are made of.

    whole: street, number, unit, city and ZIP code. number_zip: house number and ZIP code. street_zip: the street
    without number and unit, and ZIP code.
    """

    whole: str
    number_zip: str = ""
    street_zip: str = ""


def place_of(text: str) -> Place:
    """The place that `Place.kept` wrote; a text on one line is an address alone."""
    parts = (text.split("\n") + [""] * 3)[:4]
    return Place(*parts)


def read_zip(text: str) -> str:
    """A ZIP code of five digits, or nine as 90012-1234; "" for what is none. Zeros lost at the front come back."""
    if len(text) == 5 and text.isdecimal() and text.isascii():
        return text
    text = text.strip().removesuffix(".0")
    if text.isdecimal() and text.isascii() and len(text) in (3, 4, 8):
        text = text.zfill(5 if len(text) < 5 else 9)
    found = _ZIP.fullmatch(text)
    return "-".join(part for part in found.groups() if part) if found else ""


def place_tokens(address: str, city: str, zip: str) -> PlaceTokens:
    """The tokens of an address; all blank where it has none. Units are part of the whole only, however spelled."""
    words = [_UNITS.get(word, word) for word in address_key(address.replace("#", " unit ")).split()]
    words = [word for place, word in enumerate(words) if word != "unit" or words[place - 1 : place] != ["unit"]]
    if not words:
        return PlaceTokens(whole="")
    area = zip.strip()[:5]
    street = words[: words.index("unit")] if "unit" in words[1:] else words
    number = street[0] if _DIGITS.match(street[0]) else ""
    name = [word for word in street[1:] if word != "unit"] if number else street
    whole = " ".join([*(word for word in words if word != "unit"), *fold(city).split(), area]).strip()
    return PlaceTokens(
        whole=whole,
        number_zip=f"{number} {area}" if number and area else "",
        street_zip=f"{' '.join(name)} {area}" if name and area else "",
    )


_UNITS: Final = dict.fromkeys(
    ("apt", "apartment", "unit", "suite", "ste", "no", "num", "apto", "departamento", "depto", "rm", "room", "spc"),
    "unit",
)
