"""Names of people as lists write them: whole or in parts, in capitals, family name first.

Source: docs/rules/people-lists.md, section 2.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from unionhall.rulebook.names import fold

_SUFFIXES: Final = {
    "jr": "Jr.",
    "junior": "Jr.",
    "sr": "Sr.",
    "senior": "Sr.",
    "ii": "II",
    "iii": "III",
    "iv": "IV",
    "2nd": "II",
    "3rd": "III",
    "4th": "IV",
}
# Small between other words, great at the beginning of a name. "do", "di", "lo" and "e" are left out: they are surnames
# and initials of more people than they are particles here.
_SMALL: Final = frozenset({"de", "del", "la", "las", "los", "y", "da", "das", "dos"})
_PARTICLES: Final = _SMALL | frozenset(
    {
        "do",
        "di",
        "du",
        "lo",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "san",
        "st",
    }
)
_MAC: Final = frozenset(
    {"macarthur", "macaulay", "macdonald", "macdougall", "macfarlane", "macgregor", "macintosh", "macintyre",
     "maclean", "macleod", "macmillan", "macneil", "macpherson", "macqueen", "macallister"}
)  # fmt: skip
# Two letters said one by one, as in "AJ", though one of them is a vowel; and surnames without any.
_SAID_SINGLY: Final = frozenset({"AJ", "EJ", "OJ"})
_SAID_TOGETHER: Final = frozenset({"NG", "ST", "MC", "DR", "MR", "MS"})
LONGEST_SUFFIX: Final = 20
_APOSTROPHES: Final = "'’‘ʼ`´"
_HALF_CAPITALS: Final = re.compile(r"(?:Mc|Mac|De|Del|La|Le|Di|Da|Du|Van|Von|Fitz|St)(?=[^\W\d_]{2})")
_WORD: Final = re.compile(r"[^\s\-‐-―.,/()&+]+")
_INITIAL: Final = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts. family: "" where a name in one piece does not tell which words are of the family.

    written: the whole, as its owner would write it, given name first.
    """

    written: str
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""


@lru_cache(maxsize=20_000)
def natural_case(text: str) -> str:
    """The name without shouting: "O'BRIEN" is O'Brien, "GARCIA DE LA TORRE" Garcia de la Torre.

    A name with small letters ("bell hooks", "Ana GARCÍA"), or in a script without them, stays to the letter, but for
    half a shout as in "McDONALD".
    """
    if text.isupper():
        words = text.split(" ")
        # "DE LA CRUZ" alone is a surname: all that leads it is great.
        lead = next((place for place, word in enumerate(words) if word.lower() not in _SMALL), 0)
        return " ".join(
            word.lower() if lead < place < len(words) - 1 and word.lower() in _SMALL else _WORD.sub(_cased, word)
            for place, word in enumerate(words)
        )
    if _HALF_CAPITALS.search(text):
        return " ".join(_half_cased(word) for word in text.split(" "))
    return text


def from_parts(given: str, middle: str, family: str, suffix: str) -> PersonName:
    """The name of a list with a column for each part. A suffix that stands in a name is taken out of it."""
    said = suffix and (_suffix(suffix) or suffix[:LONGEST_SUFFIX])
    if " " in family:
        family, found = _without_suffix(family)
        said = said or found
    if " " in given:
        given, found = _without_suffix(given)
        said = said or found
    given, family = natural_case(given), natural_case(family)
    if not (middle or said):
        return PersonName(f"{given} {family}", given, "", family)
    middle = natural_case(middle)
    parts = (given, middle, family, said)
    return PersonName(" ".join(part for part in parts if part), given, middle, family, said)


def from_whole(text: str) -> PersonName:
    """The name of a list with one column: "GARCÍA MÁRQUEZ, ROSA M" or "Rosa M. García Márquez".

    Without a comma the family name is only told apart where it can be: two words, an initial between, or a "de la".
    """
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part]
    suffix = ""
    for place in range(len(parts) - 1, 0, -1):
        if _suffix(parts[place]):
            suffix = _suffix(parts.pop(place))
            break
    if len(parts) >= 2:
        family, found = _without_suffix(parts[0])
        given, other = _without_suffix(" ".join(parts[1:]))
        given, middle = _without_initial(given)
        return from_parts(given, middle, family, suffix or found or other)
    return _western(parts[0] if parts else text.strip(" ,"), suffix)


def sort_key(*, given: str, family: str, name: str) -> tuple[str, str]:
    """What a list of people is sorted by: family name, then given name, folded; the whole name where not apart."""
    return (fold(family), fold(given)) if family else (fold(name), "")


def initials(*, given: str, family: str, name: str) -> str:
    """One or two great letters that stand for somebody: of the given and of the first family name.

    A name in Chinese, Japanese or Korean letters is stood for by its first, the family's.
    """
    words = [word for word in name.split(" ") if fold(word)]
    first = given or (words[0] if words else "")
    last = family or (words[-1] if len(words) > 1 else "")
    if _is_east_asian(name or given):
        return (family or name)[:1]
    return _first_letter(first) + _first_letter(last)


def _western(text: str, suffix: str) -> PersonName:
    """A name without a comma, given name first."""
    bare, found = _without_suffix(text)
    written = suffix or found
    words = bare.split(" ")
    if len(words) >= 3 and _INITIAL.fullmatch(words[1]):
        return from_parts(words[0], words[1], " ".join(words[2:]), written)
    cased = natural_case(bare)
    whole = f"{cased} {written}".strip()
    words = cased.split(" ")
    if len(words) == 2 and not _is_east_asian(cased):
        return PersonName(whole, given=words[0], family=words[1], suffix=written)
    if len(words) >= 3 and fold(words[1]) in _PARTICLES and all(fold(word) in _PARTICLES for word in words[1:-1]):
        return PersonName(whole, given=words[0], family=" ".join(words[1:]), suffix=written)
    return PersonName(whole, suffix=written)


def _without_suffix(text: str) -> tuple[str, str]:
    """The text without "Jr", "III" and the like at its end, and that; a single word is always a name."""
    head, _blank, last = text.rpartition(" ")
    found = _suffix(last) if head else ""
    return (head.rstrip(" ,"), found) if found else (text, "")


def _without_initial(text: str) -> tuple[str, str]:
    """The given name without one letter at its end, and that letter."""
    head, _blank, last = text.rpartition(" ")
    return (head, last) if head and _INITIAL.fullmatch(last) else (text, "")


def _suffix(text: str) -> str:
    return _SUFFIXES.get(text.strip(" .,").lower(), "")


def _cased(found: re.Match[str]) -> str:
    """One word of a name in capitals (or all small), with its great letters."""
    word = found.group()
    if word.isupper() and _is_spelled_out(word):
        return word
    for mark in _APOSTROPHES:
        head, at, rest = word.partition(mark)
        if at and len(head) == 1 and len(rest) > 1:
            return head.upper() + at + _great(rest)
    lower = word.lower()
    if lower.startswith("mc") and len(lower) > 4:
        return "Mc" + _great(lower[2:])
    if lower in _MAC:
        return "Mac" + _great(lower[3:])
    return _great(word)


def _is_spelled_out(word: str) -> bool:
    """Whether a word in capitals is initials or a number, not a name: "J", "TJ", "III"."""
    if len(word) == 1 or word.lower() in ("ii", "iii", "iv"):
        return True
    return len(word) == 2 and word.isascii() and word not in _SAID_TOGETHER and (
        word in _SAID_SINGLY or not set(word) & set("AEIOUY")
    )  # fmt: skip


def _half_cased(word: str) -> str:
    """ "McDONALD" is McDonald; "DeLeon", "IBM" and "LaTOYA-ann" stay or are mended likewise."""
    found = _HALF_CAPITALS.match(word)
    if not found or not word[found.end() :].isupper():
        return word
    return found.group() + _great(word[found.end() :])


def _great(word: str) -> str:
    # A Turkish İ in small letters is an i with a dot of its own, which nobody writes.
    return word[:1].upper() + word[1:].lower().replace("i̇", "i")


def _first_letter(word: str) -> str:
    """The first letter of the first word that is no particle."""
    words = [part for part in word.split(" ") if fold(part)]
    chosen = next((part for part in words if fold(part) not in _PARTICLES), words[0] if words else "")
    letter = next((letter for letter in unicodedata.normalize("NFC", chosen) if letter.isalpha()), "")
    great = letter.upper()
    return great if len(great) == 1 else letter


def _is_east_asian(text: str) -> bool:
    letters = [letter for letter in unicodedata.normalize("NFC", text) if letter.isalpha()]
    return bool(letters) and all(
        "\u3040" <= letter <= "\u30ff"
        or "\u3400" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7a3"
        or letter > "\U0001ffff"
        for letter in letters
    )
