"""One name taken apart, and how like two names are.

Source: docs/rules/matching.md, section 3.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

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
_FAINTLY: Final = 0.8
_HERS: Final = frozenset({"a", "e", "ea", "ela", "elle", "ette", "fina", "ia", "ica", "ina", "ine", "ita", "la", "le"})
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sra", "srta", "rev"})


class Like(IntEnum):
    """How like two surnames, or two given names, are; the same first. Below BLANK speaks for one person."""

    SAME = 0
    SHORT = 1
    DOUBLE = 2
    SPELLING = 3
    INITIAL = 4
    CLOSE = 5
    FAINT = 6
    BLANK = 7
    OTHER = 8


# Looked up once: these are asked for with every pair.
_SAME, _SHORT, _DOUBLE, _SPELLING, _INITIAL, _CLOSE, _FAINT, _BLANK, _OTHER = Like


class Spelled(NamedTuple):
    """A name taken apart, all folded. A tuple, since a list of 35,000 makes 70,000 of them.

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


class NameLikeness(NamedTuple):
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
    given_text, family_text = card.given_name, card.family_name
    loose = not given_text and not family_text
    if loose:
        given_text, family_text = _split(card.name)
    first, rest, glued, end = _given_part(given_text)
    family, whole, suffix = _family_part(family_text)
    if card.suffix:
        suffix = _suffix_of(card.suffix)
    chosen = fold(card.chosen_name) if card.chosen_name else ""
    return Spelled(first, rest, glued, family, whole, suffix or end, chosen, loose and bool(rest))


def compare(one: Spelled, other: Spelled) -> NameLikeness:
    """How like two names are, also where surname and given name changed places."""
    if one.whole == other.whole and one.first == other.first and one.whole and one.first:
        return NameLikeness(_SAME, _SAME, one.whole, one.first)
    family, family_word = _families(one, other)
    given, given_word = _givens(one, other)
    if (family > _INITIAL or given > _INITIAL) and one.first and other.first and one.whole and other.whole:
        turned = _turned_round(one, other)
        if turned is not None:
            return turned
    return NameLikeness(family, given, family_word, given_word)


def _turned_round(one: Spelled, other: Spelled) -> NameLikeness | None:
    """Both names the other way round: one of them the same in every letter, the other close."""
    for mine, theirs in ((one.first, other.first), (one.glued, other.glued)):
        if one.whole == theirs or mine == other.whole:
            family, given = _nearness(one.whole, theirs), _nearness(mine, other.whole)
            if family <= _CLOSE and given <= _CLOSE:
                return NameLikeness(family, given, one.whole, mine, swapped=True)
    return None


def middles_agree(one: Spelled, other: Spelled) -> bool | None:
    """Whether middle names or initials agree; None where one has none."""
    if not one.rest or not other.rest or one.loose != other.loose:
        return None
    mine, theirs = one.rest[0], other.rest[0]
    return mine.startswith(theirs) or theirs.startswith(mine)


@lru_cache(maxsize=50_000)
def _given_part(text: str) -> tuple[str, tuple[str, ...], str, str]:
    """The first given name, the others, all in one word, and a suffix at the end."""
    words = romanized(fold(text)).split()
    suffix = _taken(words)
    return (words[0], tuple(words[1:]), "".join(words), suffix) if words else ("", (), "", suffix)


@lru_cache(maxsize=50_000)
def _family_part(text: str) -> tuple[tuple[str, ...], str, str]:
    """The words of a surname that count, all of it in one word, and a suffix at the end."""
    words = romanized(fold(text)).split()
    suffix = _taken(words)
    return tuple(word for word in words if word not in _PARTICLES) or tuple(words), "".join(words), suffix


def _split(name: str) -> tuple[str, str]:
    """Given names and surname of a name in one piece."""
    if not name.isascii():
        surname, given = split_surname(unicodedata.normalize("NFC", name.strip()))
        if surname:
            return given, surname
        name = " ".join(latin_surname(word) for word in name.split())
    if "," in name:
        family, _comma, given = name.partition(",")
        if not _suffix_of(given):
            return given, family
    words = romanized(fold(name)).split()
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    last = len(words) - (2 if len(words) > 2 and words[-1] in _SUFFIXES else 1)
    start = next((place for place in range(1, last) if words[place] in _PARTICLES), last)
    return " ".join(words[:start]), " ".join(words[start:])


def _suffix_of(text: str) -> str:
    return _SUFFIXES.get(fold(text), "") if text else ""


def _taken(words: list[str]) -> str:
    """The suffix at the end of the words, which loses it."""
    if len(words) > 1 and words[-1] in _SUFFIXES:
        return _SUFFIXES[words.pop()]
    return ""


def _families(one: Spelled, other: Spelled) -> tuple[Like, str]:
    if not one.whole or not other.whole:
        return _BLANK, ""
    if one.whole == other.whole:
        return _SAME, one.whole
    if len(one.family) > 1 or len(other.family) > 1 or one.loose or other.loose:
        shared = _shared(one, other)
        if shared:
            return (_SAME if one.family == other.family else _DOUBLE), shared
    return _distant_families(one.family, one.whole, other.family, other.whole)


def _shared(one: Spelled, other: Spelled) -> str:
    """The longest word that both surnames have, seen that a middle word may belong to it."""
    mine = (*one.family, *one.rest) if one.loose else one.family
    theirs = (*other.family, *other.rest) if other.loose else other.family
    words = [word for word in mine if word in theirs and (word in one.family or word in other.family)]
    return max((word for word in words if len(word) > 1), key=len, default="")


@lru_cache(maxsize=100_000)
def _distant_families(
    mine: tuple[str, ...], mine_whole: str, theirs: tuple[str, ...], theirs_whole: str
) -> tuple[Like, str]:
    if _nearness(mine_whole, theirs_whole) is _CLOSE:
        return _CLOSE, mine_whole
    both = [(word, same) for word in mine for same in theirs]
    spelled = next((word for word, same in both if are_spellings(word, same)), "")
    if spelled:
        return _SPELLING, spelled
    close = next((word for word, same in both if _nearness(word, same) is _CLOSE), "")
    if close:
        return _CLOSE, close
    return (_unlike(mine_whole, theirs_whole), mine_whole)


def _givens(one: Spelled, other: Spelled) -> tuple[Like, str]:
    mine, theirs = one.first, other.first
    if not mine or not theirs:
        return _BLANK, ""
    if mine == theirs or one.glued == other.glued:
        return _SAME, mine
    if one.chosen or other.chosen:
        chosen = theirs == one.chosen or mine == other.chosen or one.chosen == other.chosen
        if chosen:
            return _SHORT, mine
    if mine in other.rest or theirs in one.rest:
        return _SHORT, mine
    like = _distant_givens(mine, one.glued, theirs, other.glued)
    if like > _CLOSE and one.family and other.family:
        families = one.family[0], other.family[0]
        if are_spellings_of_given(one.glued, other.glued, families):
            return _SPELLING, mine
    return like, mine


@lru_cache(maxsize=100_000)
def _distant_givens(mine: str, mine_glued: str, theirs: str, theirs_glued: str) -> Like:
    if len(mine) == 1 or len(theirs) == 1:
        return _INITIAL if mine[0] == theirs[0] else _OTHER
    if are_short_forms(mine, theirs):
        return _SHORT
    if _are_his_and_hers(mine, theirs):
        return _FAINT
    if _are_short(mine, mine_glued, theirs, theirs_glued):
        return _SHORT
    if _nearness(mine, theirs) is _CLOSE or _nearness(mine_glued, theirs_glued) is _CLOSE:
        return _CLOSE
    return _unlike(mine, theirs)


def _are_short(mine: str, mine_glued: str, theirs: str, theirs_glued: str) -> bool:
    """The beginning of the other, or a short form of two given names together."""
    if (len(mine) > 2 and theirs.startswith(mine)) or (len(theirs) > 2 and mine.startswith(theirs)):
        return True
    return are_short_forms(mine_glued, theirs) or are_short_forms(mine, theirs_glued)


def _are_his_and_hers(mine: str, theirs: str) -> bool:
    """Juan and Juanita, Mario and Maria, Daniel and Danielle: brother and sister sooner than a slip of the pen."""
    short, long = sorted((mine, theirs), key=len)
    if long.startswith(short):
        return long[len(short) :] in _HERS
    return mine[:-1] == theirs[:-1] and {mine[-1], theirs[-1]} in ({"a", "o"}, {"a", "e"})


def _nearness(mine: str, theirs: str) -> Like:
    """The same, close, or other: one slip of the pen in four letters, two in seven."""
    if mine == theirs:
        return _SAME
    length = max(len(mine), len(theirs))
    if length < 4:
        return _OTHER
    slips = 1 if length < 7 else 2
    return _CLOSE if OSA.distance(mine, theirs, score_cutoff=slips) <= slips else _OTHER


def _unlike(mine: str, theirs: str) -> Like:
    """Far apart: faintly alike or not at all; letters of two scripts that nobody could put into Latin say nothing."""
    if mine.isascii() != theirs.isascii():
        return _BLANK
    return _FAINT if JaroWinkler.similarity(mine, theirs) >= _FAINTLY else _OTHER
