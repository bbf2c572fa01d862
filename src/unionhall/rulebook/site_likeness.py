"""How much two worksites look like one: words of their names, acronyms, numbers, street, ZIP code, level of school.

Source: docs/rules/worksite-lists.md, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz

from unionhall.rulebook.directory import SiteRow
from unionhall.rulebook.names import STREET_WORDS, address_key, fold, site_key

Agreement = Literal["same", "near", "other", ""]

CLOSE_LETTERS: Final = 84.0
CLOSE_STREET: Final = 88.0
HALF_WORD: Final = 0.75

# Words of a name that say what a place is, not which one; they weigh little, or tell the level of a school.
_LEVELS: Final = {
    "elementary": "elementary",
    "primary": "primary",
    "middle": "middle",
    "intermediate": "middle",
    "high": "high",
    "continuation": "continuation",
    "preschool": "early",
    "kindergarten": "early",
    "adult": "adult",
    "occupational": "adult",
    "garage": "works",
    "office": "works",
    "warehouse": "works",
}
_EMPTY: Final = frozenset(
    {"senior", "junior", "charter", "public", "inc", "a", "in", "with", "number", "campus", "jr", "sr"}
)
_COMMON: Final = frozenset(
    {"academy", "center", "community", "magnet", "preparatory", "learning", "street", "avenue", "boulevard", "road"}
    | {"drive", "place", "studies", "arts", "science", "technology", "los", "angeles", "early", "education", "special"}
    | {"college", "leadership", "international", "day", "span", "complex", "new", "north", "south", "east", "west"}
)
_SPECIAL: Final = frozenset({"magnet", "virtual", "opportunity", "evening", "annex", "online"})
_WIDE: Final = {
    "no": "north",
    "so": "south",
    "pk": "park",
    "hts": "heights",
    "hls": "hills",
    "hlds": "highlands",
    "vly": "valley",
    "gdns": "gardens",
    "wash": "washington",
    "la": "los angeles",
    "ela": "east los angeles",
    "sci": "science",
    "tech": "technology",
    "perf": "performing",
    "perform": "performing",
    "admin": "administrative",
    "spec": "special",
    "ed": "education",
    "math": "mathematics",
    "engineer": "engineering",
    "eng": "engineering",
}
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_DIRECTIONS: Final = frozenset({"north", "south", "east", "west"})
_STREET_KINDS: Final = frozenset(STREET_WORDS.values()) - _DIRECTIONS - {"mount", "fort", "suite", "floor"}
_INSIDE: Final = frozenset({"suite", "floor", "unit", "building", "bldg", "room", "rm", "apt"})
# What programs are called at length and in brief, fillers left out.
_PHRASES: Final = (
    ("science technology engineering arts mathematics", "steam"),
    ("science technology engineering mathematics", "stem"),
    ("dual language", "dl"),
)


@dataclass(frozen=True, slots=True)
class Features:
    """What of a worksite is compared. words: what is its own in the name, in order. number, street: of the house."""

    key: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    levels: frozenset[str]
    special: frozenset[str]
    acronyms: frozenset[str]
    number: str
    street: str
    zip: str
    district: str
    live: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two worksites compare. both, part: share of the weight of words found on both sides, on the better side.

    exact: every word of the one is letter for letter a word of the other.
    """

    both: float
    part: float
    exact: bool
    acronym: bool
    street: Agreement
    zip: Agreement
    numbers: Agreement
    level: Agreement
    special: bool

    @property
    def score(self) -> float:
        """From 0 to 1: the name counts for most, then the street, then the ZIP code; what contradicts takes off."""
        value = 0.45 * self.both + 0.15 * self.part
        value += {"same": 0.3, "other": -0.1}.get(self.street, 0.0) + {
            "same": 0.1,
            "near": -0.05,
            "other": -0.1,
            "": 0.0,
        }[self.zip]
        value -= 0.15 * (self.numbers == "other") + 0.1 * (self.level == "other") + 0.05 * (not self.special)
        return max(0.0, min(1.0, value))

    def reasons(self) -> tuple[str, ...]:
        """Codes of what agrees, then of what does not."""
        found = []
        if self.acronym:
            found.append("acronym")
        elif self.both > 0.999:
            found.append("words")
        elif self.part > 0.5:
            found.append("some_words")
        found += [code for code, same in (("street", self.street), ("zip", self.zip)) if same == "same"]
        for code, other in (("other_street", self.street), ("other_number", self.numbers), ("other_level", self.level)):
            if other == "other":
                found.append(code)
        return tuple(found)


@lru_cache(maxsize=65_536)
def features(row: SiteRow) -> Features:
    """What of a worksite is compared with others."""
    key = site_key(row.name)
    words = _wide_words(key)
    own = tuple(word for word in words if word not in _LEVELS and word not in _EMPTY)
    number, street = street_of(row.address)
    return Features(
        key=key,
        words=tuple(dict.fromkeys(word for word in own if word not in _ROMAN and not word.isdigit())),
        numbers=frozenset(_ROMAN.get(word, word.lstrip("0")) for word in own if word in _ROMAN or word.isdigit()),
        levels=_levels(words, row.level),
        special=_SPECIAL & frozenset(words),
        acronyms=_acronyms(words),
        number=number,
        street=street,
        zip=row.zip[:5],
        district=fold(row.district),
        live=row.status in ("live", "pending"),
    )


def street_of(address: str) -> tuple[str, str]:
    """House number and the bare name of a street, without its kind, direction, suite or blanks: ("600", "mccadden")."""
    words = address_key(address).split()
    if len(words) < 2 or not words[0][:1].isdigit():
        return "", ""
    wide = [_WIDE.get(word, word) for word in words[1:]]
    inside = next((place for place, word in enumerate(wide) if word in _INSIDE), len(wide))
    wide = wide[: inside - 1 if inside < len(wide) and wide[inside] == "floor" else inside]
    bare = [word for word in wide if word not in _DIRECTIONS and word not in _STREET_KINDS]
    return words[0], "".join(bare) or "".join(wide)


def compare(one: Features, other: Features, weights: Mapping[str, float]) -> Likeness:
    """How much two worksites look like one. weights: how telling each word is; a word it lacks tells most."""
    if one.acronyms & set(other.words[:1]) or other.acronyms & set(one.words[:1]):
        both, part, exact, acronym = 1.0, 1.0, True, True
    else:
        both, part, exact = _words(one.words, other.words, weights)
        acronym = False
    return Likeness(
        both=both,
        part=part,
        exact=exact,
        acronym=acronym,
        street=_street(one, other),
        zip=_zip(one.zip, other.zip),
        numbers="same" if one.numbers == other.numbers else "other",
        level=_level(one.levels, other.levels),
        special=one.special == other.special,
    )


def weight_of(word: str, weights: Mapping[str, float]) -> float:
    """How telling a word is: 1 for one that stands alone, near 0 for one that every name has."""
    return weights.get(word, 1.0) * (0.3 if word in _COMMON else 1.0)


def _words(one: tuple[str, ...], other: tuple[str, ...], weights: Mapping[str, float]) -> tuple[float, float, bool]:
    """Shares of weight found on both sides, on the better side, and whether every word of a side is there exactly."""
    if not one or not other:
        return (1.0, 1.0, True) if one == other else (0.0, 0.0, False)
    first, second = _found(one, other, weights), _found(other, one, weights)
    exact = set(one) <= set(other) or set(other) <= set(one)
    return min(first, second), max(first, second), exact


def _found(words: tuple[str, ...], among: tuple[str, ...], weights: Mapping[str, float]) -> float:
    total = sum(weight_of(word, weights) for word in words)
    if "".join(words) == "".join(among):
        return 1.0
    return sum(weight_of(word, weights) * _best(word, among) for word in words) / total


def _best(word: str, among: tuple[str, ...]) -> float:
    """How surely the word stands among others: 1 as written, less where it is cut short or misspelled, else 0."""
    if word in among:
        return 1.0
    return max((_short(word, other) for other in among), default=0.0)


@lru_cache(maxsize=262_144)
def _short(word: str, other: str) -> float:
    """Whether one word is the other cut short ("hllywd", "sci") or misspelled by a letter or two."""
    brief, long = sorted((word, other), key=len)
    if not brief.isalpha() or not long.isalpha() or brief[0] != long[0]:
        return 0.0
    if len(brief) == 1:
        return HALF_WORD
    if len(brief) >= 3 and (long.startswith(brief) or (len(long) > len(brief) + 1 and _within(brief, long))):
        return HALF_WORD
    return HALF_WORD if len(brief) >= 5 and fuzz.ratio(word, other) >= CLOSE_LETTERS else 0.0


def _within(brief: str, long: str) -> bool:
    """Whether the long word only adds vowels and doubled letters to the brief one: "hllywd" in "hollywood"."""
    rest = iter(long)
    return all(letter in rest for letter in brief) and not set(long) - set(brief) - set("aeiouy")


def _levels(words: list[str], level: str) -> frozenset[str]:
    found = {_LEVELS[word] for word in words if word in _LEVELS}
    if "junior" in words and "high" in words:
        found = found - {"high"} | {"middle"}
    return frozenset(found or ({level} if level else ()))


def _level(one: frozenset[str], other: frozenset[str]) -> Agreement:
    if not one or not other:
        return ""
    return "same" if one & other else "other"


def _street(one: Features, other: Features) -> Agreement:
    """The same house in the same street, which a list may misspell by a letter."""
    if not one.number or not other.number:
        return ""
    if one.number != other.number:
        return "other"
    alike = one.street == other.street or fuzz.ratio(one.street, other.street) >= CLOSE_STREET
    return "same" if alike else "other"


def _zip(one: str, other: str) -> Agreement:
    if not one or not other:
        return ""
    if one == other:
        return "same"
    return "near" if one[:3] == other[:3] else "other"


def _wide_words(key: str) -> list[str]:
    """The words of a key, cut ones written out, long names of programs in brief."""
    text = " ".join(_WIDE.get(word, word) for word in key.split())
    for long, brief in _PHRASES:
        text = text.replace(long, brief)
    return text.split()


def _acronyms(words: list[str]) -> frozenset[str]:
    """Initials of the name from its first word on: "soces" for Sherman Oaks Center Enriched Studies.

    Of four words or more; of three where what follows says nothing: "yes" for Young Empowered Scholars Academy.
    """
    plain = [word for word in words if word.isalpha()]
    letters = "".join(word[0] for word in plain)
    found = {letters[:length] for length in range(4, len(letters) + 1)}
    if len(letters) >= 3 and all(word in _COMMON or word in _EMPTY or word in _LEVELS for word in plain[3:]):
        found.add(letters[:3])
    return frozenset(found)
