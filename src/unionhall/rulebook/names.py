"""Names written in many ways, brought to one.

Source: docs/rules/names.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼʻ`´"))
# Most names are plain ASCII: one table does for them what decomposing does for all.
_PLAIN: Final[dict[int, str | None]] = {
    **{code: " " for code in range(128) if not chr(code).isalnum()},
    **dict.fromkeys(map(ord, "'`")),
}

# What districts write for the words of a school's name. A word here may stand anywhere but first.
SCHOOL_WORDS: Final = {
    "el": "elementary",
    "elem": "elementary",
    "es": "elementary",
    "ms": "middle",
    "mid": "middle",
    "jhs": "junior high",
    "hs": "high",
    "sh": "senior high",
    "shs": "senior high",
    "pc": "primary center",
    "eec": "early education center",
    "mag": "magnet",
    "acad": "academy",
    "prep": "preparatory",
    "ctr": "center",
    "cntr": "center",
    "lrn": "learning",
    "cont": "continuation",
    "cmty": "community",
    "comm": "community",
    "univ": "university",
    "ch": "charter",
    "chtr": "charter",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "blvd": "boulevard",
}
STREET_WORDS: Final = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "blvd": "boulevard",
    "bl": "boulevard",
    "dr": "drive",
    "rd": "road",
    "pl": "place",
    "ln": "lane",
    "ct": "court",
    "hwy": "highway",
    "pkwy": "parkway",
    "ter": "terrace",
    "cir": "circle",
    "ste": "suite",
    "fl": "floor",
    "mt": "mount",
    "ft": "fort",
}
# Words that lists put in or leave out at will.
_FILLERS: Final = frozenset({"the", "school", "schools", "of", "and", "for", "at", "no"})
_FIRST_WORDS: Final = {"st": "saint", "mt": "mount", "ft": "fort"}

# What somebody looking for a school may type, in English or Spanish, and the words of lists it stands for.
_ASKED: Final = {
    "es": ("elementary",),
    "ms": ("middle",),
    "hs": ("high",),
    "sh": ("senior", "high"),
    "shs": ("senior", "high"),
    "jhs": ("middle", "junior"),
    "st": ("saint",),
    "blvd": ("boulevard",),
    "hwy": ("highway",),
    "ctr": ("center",),
    "escuela": ("school", "elementary", "middle", "high"),
    "primaria": ("elementary", "primary"),
    "secundaria": ("middle", "high"),
    "preparatoria": ("high", "preparatory"),
    "prepa": ("high", "preparatory"),
    "calle": ("street",),
    "avenida": ("avenue",),
    "centro": ("center",),
}

_UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_CARDINALS: Final = {word: number for number, word in enumerate(_UNITS, start=1)} | _TEENS | _TENS
_UNEVEN: Final = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS: Final = (
    {f"{word}th": number for word, number in _CARDINALS.items()}
    | {f"{word[:-1]}ieth": number for word, number in _TENS.items()}
    | _UNEVEN
)


def fold(text: str) -> str:
    """The words of a text in small letters, without accents, apostrophes and punctuation, one blank between them.

    Letters and digits of every script stay. Folding twice is folding once; "" where nothing is left.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_APOSTROPHES)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())


def are_compatible(one: str, other: str) -> bool:
    """Whether two names of people can be one person's: the same words, or one leaves out some of the other's.

    "Rosa García Márquez", "Garcia Rosa" and "ROSA GARCIA" can; "Rosa García" and "Ana García" cannot. A single word is
    compatible with itself only: a household shares its phone, and often a first name.
    Source: docs/rules/names.md, section 3.
    """
    first, second = set(fold(one).split()), set(fold(other).split())
    if not first or not second:
        return False
    return first == second or (len(first & second) >= 2 and (first <= second or second <= first))


def site_key(name: str) -> str:
    """The folded name of a worksite as all lists would write it: "Reseda HS" and "Reseda High School" are one.

    Abbreviations of districts are written out, numbers in words become digits ("Twenty-Fourth St El" is "24th street
    elementary"), words that lists leave out at will are dropped. Never empty unless the folded name is.
    Source: docs/rules/names.md, section 2.
    """
    words = list(_with_digits(fold(name).split()))
    wide = [_written_out(place, word) for place, word in enumerate(words)]
    kept = " ".join(word for word in wide if word not in _FILLERS)
    return kept or " ".join(wide)


def address_key(address: str) -> str:
    """The folded street address, written out: "3330 W. Pico Blvd." and "3330 West Pico Boulevard" are one."""
    words = _with_digits(fold(address).split())
    return " ".join(STREET_WORDS.get(word, word) for word in words)


def search_text(name: str, city: str, address: str, zip_code: str) -> str:
    """Everything a worksite may be found by, folded, each word with one blank before it.

    The name stands twice where writing it out changed it, so that both "24th" and "twenty fourth" find it.
    """
    parts = dict.fromkeys((site_key(name), fold(name), fold(city), address_key(address), fold(zip_code[:5])))
    return " " + " ".join(part for part in parts if part)


def asked_words(text: str) -> tuple[tuple[str, ...], ...]:
    """The words somebody typed, each with the words of lists it may stand for; a hit must start one of each tuple."""
    return tuple((word, *_ASKED.get(word, ())) for word in _with_digits(fold(text).split()))


def _written_out(place: int, word: str) -> str:
    if place == 0:
        return _FIRST_WORDS.get(word, word)
    return SCHOOL_WORDS.get(word, word)


def _with_digits(words: list[str]) -> Iterator[str]:
    """The words, with each run such as "one hundred thirty fifth" as "135th"; other number words stay as they are."""
    place = 0
    while place < len(words):
        number, taken = _ordinal(words[place : place + 4])
        yield f"{number}{_suffix(number)}" if taken else words[place]
        place += taken or 1


def _ordinal(words: list[str]) -> tuple[int, int]:
    """The ordinal number the words begin with and how many words it takes; (0, 0) where they begin with none."""
    if words[:2] == ["one", "hundredth"]:
        return 100, 2
    hundreds = 100 * (_UNITS.index(words[0]) + 1) if words[1:2] == ["hundred"] and words[0] in _UNITS else 0
    start = 2 if hundreds else 0
    rest = words[start : start + 2]
    if len(rest) == 2 and rest[0] in _TENS and _ORDINALS.get(rest[1], 10) < 10:
        return hundreds + _TENS[rest[0]] + _ORDINALS[rest[1]], start + 2
    if rest and rest[0] in _ORDINALS:
        return hundreds + _ORDINALS[rest[0]], start + 1
    return 0, 0


def _suffix(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
