"""One name taken apart, and how like two names are.

Source: docs/rules/matching.md, section 3.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from rapidfuzz.distance import OSA

from unionhall.rulebook.kin import are_short_forms, are_spellings, are_spellings_of_given
from unionhall.rulebook.matching.cards import PersonCard
from unionhall.rulebook.names import fold
from unionhall.rulebook.scripts import latin_surname, romanized, split_surname

_PARTICLES: Final = frozenset({
    "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le",
    "lo", "los", "mac", "mc", "san", "santa", "st", "ten", "ter", "van", "von", "y",
})  # fmt: skip
_SUFFIXES: Final = {
    "jr": "jr", "junior": "jr", "hijo": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "2nd": "ii", "iii": "iii",
    "3rd": "iii", "iv": "iv", "4th": "iv",
}  # fmt: skip
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sra", "srta", "rev"})


class Like(IntEnum):
    """How like two surnames, or two given names, are; the same first. Below OTHER nothing speaks against."""

    SAME = 0
    SHORT = 1
    DOUBLE = 2
    SPELLING = 3
    INITIAL = 4
    CLOSE = 5
    BLANK = 6
    OTHER = 7


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name taken apart, all folded.

    first, rest: the given names; glued: they in one word. family: the words of the surname without "de la" and the
    like; whole: all of it in one word. loose: whether nobody said where the surname begins, so that the middle words
    may be part of it.
    """

    first: str
    rest: tuple[str, ...]
    glued: str
    family: tuple[str, ...]
    whole: str
    suffix: str
    chosen: str
    loose: bool


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How like two names are. family_word, given_word: the word they share or nearly share, for how common it is."""

    family: Like
    given: Like
    family_word: str = ""
    given_word: str = ""
    swapped: bool = False

    @property
    def is_other(self) -> bool:
        """Whether neither surname nor given name speaks for one person."""
        return self.family >= Like.BLANK and self.given >= Like.BLANK


def take_apart(card: PersonCard) -> Spelled:
    """The name of a card, taken apart."""
    loose = not (card.given_name or card.family_name)
    if loose:
        given, family = _split(card.name)
    else:
        given, family = _words(card.given_name), _words(card.family_name)
    suffix = _suffix_of(card.suffix) or _taken(family) or _taken(given)
    bare = tuple(word for word in family if word not in _PARTICLES) or tuple(family)
    return Spelled(
        first=given[0] if given else "",
        rest=tuple(given[1:]),
        glued="".join(given),
        family=bare,
        whole="".join(family),
        suffix=suffix,
        chosen=fold(card.chosen_name) if card.chosen_name else "",
        loose=loose and len(given) > 1,
    )


def compare(one: Spelled, other: Spelled) -> NameLikeness:
    """How like two names are, also where surname and given name changed places."""
    family, family_word = _families(one, other)
    given, given_word = _givens(one, other)
    if family < Like.CLOSE and given < Like.BLANK:
        return NameLikeness(family, given, family_word, given_word)
    if (family >= Like.CLOSE or given >= Like.CLOSE) and one.first and other.first and one.whole and other.whole:
        straight = _nearness(one.whole, other.first), _nearness(one.first, other.whole)
        glued = _nearness(one.whole, other.glued), _nearness(one.glued, other.whole)
        best = min(straight, glued, key=max)
        if max(best) <= Like.CLOSE and min(best) == Like.SAME:
            return NameLikeness(best[0], best[1], one.whole, one.first, swapped=True)
    return NameLikeness(family, given, family_word, given_word)


def middles_agree(one: Spelled, other: Spelled) -> bool | None:
    """Whether middle names or initials agree; None where one has none."""
    if not one.rest or not other.rest or one.loose != other.loose:
        return None
    mine, theirs = one.rest[0], other.rest[0]
    return mine.startswith(theirs) or theirs.startswith(mine)


def _words(text: str) -> list[str]:
    return romanized(fold(text)).split()


def _split(name: str) -> tuple[list[str], list[str]]:
    """Given names and surname of a name in one piece."""
    if not name.isascii():
        surname, given = split_surname(unicodedata.normalize("NFC", name.strip()))
        if surname:
            return _words(given), _words(surname)
        name = " ".join(latin_surname(word) for word in name.split())
    if "," in name:
        family, _comma, given_text = name.partition(",")
        if _suffix_of(given_text) == "":
            return _words(given_text), _words(family)
    words = _words(name)
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    end = [words.pop()] if len(words) > 2 and words[-1] in _SUFFIXES else []
    start = next((place for place in range(1, len(words)) if words[place] in _PARTICLES), len(words) - 1)
    return words[:start], words[start:] + end


def _suffix_of(text: str) -> str:
    return _SUFFIXES.get(fold(text), "") if text else ""


def _taken(words: list[str]) -> str:
    """The suffix at the end of the words, which loses it."""
    if len(words) > 1 and words[-1] in _SUFFIXES:
        return _SUFFIXES[words.pop()]
    return ""


def _families(one: Spelled, other: Spelled) -> tuple[Like, str]:
    if not one.whole or not other.whole:
        return Like.BLANK, ""
    if one.whole == other.whole:
        return Like.SAME, one.whole
    shared = _shared(one, other)
    if shared:
        return (Like.SAME if one.family == other.family else Like.DOUBLE), shared
    if _nearness(one.whole, other.whole) is Like.CLOSE:
        return Like.CLOSE, one.whole
    both = [(mine, theirs) for mine in one.family for theirs in other.family]
    word = next((mine for mine, theirs in both if are_spellings(mine, theirs)), "")
    if word:
        return Like.SPELLING, word
    word = next((mine for mine, theirs in both if _nearness(mine, theirs) is Like.CLOSE), "")
    return (Like.CLOSE if word else _unlike(one.whole, other.whole)), word


def _shared(one: Spelled, other: Spelled) -> str:
    """The longest word that both surnames have, seen that a middle word may belong to it."""
    if len(one.family) == len(other.family) == 1 and not one.loose and not other.loose:
        return one.family[0] if one.family == other.family else ""
    mine = (*one.family, *one.rest) if one.loose else one.family
    theirs = (*other.family, *other.rest) if other.loose else other.family
    words = [word for word in mine if word in theirs and (word in one.family or word in other.family)]
    return max((word for word in words if len(word) > 1), key=len, default="")


def _givens(one: Spelled, other: Spelled) -> tuple[Like, str]:
    mine, theirs = one.first, other.first
    if not mine or not theirs:
        return Like.BLANK, ""
    if mine == theirs or one.glued == other.glued:
        return Like.SAME, mine
    if len(mine) == 1 or len(theirs) == 1:
        return (Like.INITIAL if mine[0] == theirs[0] else Like.OTHER), mine
    if _are_short(one, other):
        return Like.SHORT, mine
    return _distant_givens(one, other)


def _distant_givens(one: Spelled, other: Spelled) -> tuple[Like, str]:
    mine, theirs = one.first, other.first
    glued = bool(one.rest or other.rest) and _nearness(one.glued, other.glued) is Like.CLOSE
    if glued or _nearness(mine, theirs) is Like.CLOSE:
        return Like.CLOSE, mine
    if one.family and other.family and are_spellings_of_given(one.glued, other.glued, (one.family[0], other.family[0])):
        return Like.SPELLING, mine
    return _unlike(mine, theirs), ""


def _are_short(one: Spelled, other: Spelled) -> bool:
    """Short forms, the beginning of the other, the other's second name, or the name the other goes by."""
    mine, theirs = one.first, other.first
    if theirs == one.chosen or mine == other.chosen or (one.chosen and one.chosen == other.chosen):
        return True
    if are_short_forms(mine, theirs) or mine in other.rest or theirs in one.rest:
        return True
    if min(len(mine), len(theirs)) > 2 and (mine.startswith(theirs) or theirs.startswith(mine)):
        return True
    if one.rest and are_short_forms(one.glued, theirs):
        return True
    return bool(other.rest) and are_short_forms(mine, other.glued)


def _nearness(mine: str, theirs: str) -> Like:
    """The same, close, or other: one slip of the pen in four letters, two in seven."""
    if mine == theirs:
        return Like.SAME
    length = max(len(mine), len(theirs))
    if length < 4:
        return Like.OTHER
    slips = 1 if length < 7 else 2
    return Like.CLOSE if OSA.distance(mine, theirs, score_cutoff=slips) <= slips else Like.OTHER


def _unlike(mine: str, theirs: str) -> Like:
    """Letters of two scripts that nobody could put into Latin say nothing."""
    return Like.OTHER if mine.isascii() == theirs.isascii() else Like.BLANK
