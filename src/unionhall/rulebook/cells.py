"""The cells of one line, cleaned, and what is said of those that cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from unionhall.rulebook.names import fold

MASK: Final = "•••"
MOST_SHOWN: Final = 80

# What lists write where they know nothing or may not say it.
NOTHING: Final = frozenset(
    {"", "information redacted", "redacted", "no data", "not available", "unknown", "n a", "na", "none", "null", "nan"}
)
NAMELESS: Final = frozenset({"", "information redacted", "redacted", "no data"})
# The same as they are spelled, for lists long enough that folding each cell would be felt.
_SPELLED: Final = NOTHING | frozenset(
    {
        "n/a",
        "n.a.",
        "s/d",
        "ninguno",
        "-",
        "--",
        "---",
        ".",
        "?",
        "#n/a",
        "#n/d",
        "#ref!",
        "#null!",
        "#value!",
        "#name?",
    }
)
_BEGIN_SPELLED: Final = frozenset(letter for word in _SPELLED if word for letter in (word[0], word[0].upper()))
_LIKELY: Final = frozenset(
    way for word in _SPELLED if word for way in (word, word.upper(), word.title(), word.capitalize())
)
# Parts of names: somebody is called Null, and many are called Na.
_OF_NAMES: Final = frozenset({"last", "last_2", "first", "middle", "suffix", "name", "chosen_name"})
_UNSAID: Final = frozenset({"information redacted", "redacted", "no data", "#n/a", "#ref!", "#value!", "#name?"})
_LINES: Final = re.compile(r"\s*[\r\n]+\s*")
# Marks that join letters in Persian, Urdu, Sinhala and the scripts of India, and pictures of people: without them a
# name is spelled otherwise.
_JOINERS: Final = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row, or a value of it, is not taken. code: a reason; phrases live with the roster. line: in the file."""

    line: int
    code: str
    column: str = ""
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one line by field, and the heads of their columns as the file writes them.

    is_clean: whether every value is one line of clean text, and blank where the list says that it does not know.
    """

    line: int
    values: Mapping[str, str]
    heads: Mapping[str, str]
    is_clean: bool = False

    def text(self, name: str) -> str:
        """The cell as one line of clean text; "" where the list says that it does not know."""
        text = clean(self.values.get(name, ""))
        return "" if fold(text) in (NAMELESS if name == "name" else NOTHING) else text

    def fault(self, name: str, code: str, other: str = "") -> Fault:
        """A fault of one cell."""
        shown = clean(self.values.get(name, ""))[:MOST_SHOWN]
        return Fault(line=self.line, code=code, column=self.heads.get(name, name), value=shown, other=other)

    def masked_fault(self, name: str, code: str, other: str = "") -> Fault:
        """A fault of a contact, whose value is nobody's business."""
        shown = masked(self.values.get(name, ""))
        return Fault(line=self.line, code=code, column=self.heads.get(name, name), value=shown, other=other)


def clean(text: str) -> str:
    """The text on one line, without control and invisible direction characters, single blanks between words."""
    if text.isprintable():
        return _single(text)
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def clean_name(text: str) -> str:
    """The name on one line, exact but for control characters and invisible marks that would turn or split it.

    Joiners between two letters stay, as does every letter of every script, also those younger than this Python.
    """
    if text.isprintable():
        return _single(text)
    kept = "".join(" " if letter.isspace() else letter for letter in text if _belongs(letter))
    words = (word.strip("\u200c\u200d") for word in kept.split())
    return " ".join(word for word in words if word)


def plain_text(text: str) -> str:
    """The cell as one line of clean text; "" where it says that nobody knows."""
    if not text:
        return ""
    found = clean(text)
    if found[:1] in _BEGIN_SPELLED and len(found) < 24 and found.lower() in _SPELLED:
        return ""
    return found


def cell_text(text: str) -> str:
    """The same of a cell whose lines are parts of it."""
    return plain_text(_LINES.sub(" / ", text.strip()))


def name_text(text: str) -> str:
    """A part of a name, to the letter; "" where the list says that it may not tell it."""
    found = clean_name(text)
    return "" if len(found) < 24 and found.lower() in _UNSAID else found


def are_clean(cells: Sequence[str]) -> bool:
    """Whether all cells of a row are surely clean already, as nearly all are: one look at the row, none at a cell."""
    row = "|".join(cells)
    return (
        row.isprintable()
        and "  " not in row
        and " |" not in row
        and "| " not in row
        and row[:1] != " "
        and row[-1:] != " "
        and _LIKELY.isdisjoint(cells)
    )


def cleaned(cells: Cells) -> Cells:
    """The same line with clean values. Lines within a cell become parts of it, for cells that hold several numbers."""
    values = {
        name: (name_text(text) if name in _OF_NAMES else cell_text(text)) if text else ""
        for name, text in cells.values.items()
    }
    return Cells(cells.line, values, cells.heads, is_clean=True)


def has_letter(text: str) -> bool:
    """Whether any letter or digit, of whatever script, is in the text."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


def masked(text: str) -> str:
    """As much of a contact as its owner needs to know it: "•••• 0142", "r•••@example.org", else only dots."""
    name, at, domain = clean(text).rpartition("@")
    if at and name and "." in domain:
        return f"{name[:1]}{MASK}@{domain[:60]}"
    digits = [letter for letter in text if letter.isdecimal()]
    return f"{MASK}• {''.join(digits[-4:])}" if len(digits) >= 7 else MASK


def _single(text: str) -> str:
    """A printable text with single blanks between its words."""
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        return " ".join(text.split())
    return text


def _belongs(letter: str) -> bool:
    if letter in _JOINERS or letter.isspace():
        return True
    category = unicodedata.category(letter)
    if category == "Cn":
        return ord(letter) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(letter) <= 0xFDEF
    return category not in ("Cc", "Cf", "Cs")
