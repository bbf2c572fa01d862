"""What two cards say for and against each other, in bits: how many times likelier between one person's two cards.

Each agreement counts log2(m / u): m, how often one person's cards agree so; u, how often strangers' do, which is how
common the shared value is in the cards at hand. So a shared rare surname counts more than a shared common one.
Source: docs/rules/matching.md, section 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Any, Final, NamedTuple

from unionhall.rulebook.matching.cards import PersonCard
from unionhall.rulebook.matching.spelling import Like, NameLikeness, Spelled, compare, middles_agree

# How common a value is before the first card has been read, and how many cards that weighs.
_GUESS: Final = 0.001
_GUESS_WEIGHS: Final = 300

_OTHER_NAME: Final = -4.5
# What a likeness that is not sameness loses of the bits that the same name would give.
_LOST: Final = (0.0, 3.0, 1.5, 3.0, 5.5, 4.0)
_FIXED: Final = {Like.FAINT: 0.5, Like.BLANK: 0.0, Like.OTHER: _OTHER_NAME}
_SWAPPED_LOSES: Final = 3.0
_HOUSEHOLD_GIVES: Final = 8.0
_CLOSE_DATE_BITS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence: how often one person's cards agree on it, the most it may give, what disagreeing costs."""

    agree: float
    most: float
    unlike: float


FAMILY: Final = Kind(0.85, 13.0, _OTHER_NAME)
GIVEN: Final = Kind(0.8, 11.0, _OTHER_NAME)
PHONE: Final = Kind(0.6, 11.0, -1.0)
# A mail address is often made of the name, and says little more then.
MAIL: Final = Kind(0.6, 8.0, -1.0)
PLACE: Final = Kind(0.5, 10.0, -2.0)
BIRTH: Final = Kind(0.9, 8.4, -6.5)
WORKSITE: Final = Kind(0.85, 9.0, -2.0)
JOB: Final = Kind(0.85, 6.0, -1.0)
HIRED: Final = Kind(0.9, 9.0, -3.5)


# What two cards may say beside their names, told as the bits of a number; the order is that of REASONS.
FINDINGS: Final = (
    "same_phone", "same_mail", "same_home", "same_birthday", "same_hire_date", "same_worksite", "same_job",
    "same_suffix", "same_middle", "close_birthday", "close_hire_date", "other_id", "other_birthday", "other_suffix",
    "one_suffix", "other_middle", "other_hire_date", "other_worksite", "other_job", "other_phone", "other_mail",
    "other_home",
)  # fmt: skip
FLAG: Final = {code: 1 << place for place, code in enumerate(FINDINGS)}
_PHONE: Final = FLAG["same_phone"], FLAG["other_phone"]
_MAIL: Final = FLAG["same_mail"], FLAG["other_mail"]
_HOME: Final = FLAG["same_home"], FLAG["other_home"]
_WORKSITE: Final = FLAG["same_worksite"], FLAG["other_worksite"]
_JOB: Final = FLAG["same_job"], FLAG["other_job"]
_SAME_BIRTHDAY: Final = FLAG["same_birthday"]
_CLOSE_BIRTHDAY: Final = FLAG["close_birthday"]
_OTHER_BIRTHDAY: Final = FLAG["other_birthday"]
_SAME_HIRE_DATE: Final = FLAG["same_hire_date"]
_CLOSE_HIRE_DATE: Final = FLAG["close_hire_date"]
_OTHER_HIRE_DATE: Final = FLAG["other_hire_date"]
# Looked up once: these are asked for with every pair.
_SAME: Final = Like.SAME
_CLOSE: Final = Like.CLOSE
_BLANK: Final = Like.BLANK
_OTHER: Final = Like.OTHER


class Seen(NamedTuple):
    """A card made ready for comparing. at: its place in the list given."""

    at: int
    card: PersonCard
    name: Spelled


class Weighed(NamedTuple):
    """Two cards compared. bits: all of it, even odds at 0. name_bits: of the names alone. flags: the FINDINGS."""

    bits: float
    name_bits: float
    flags: int
    names: NameLikeness


class Rarity:
    """How common each value is in the cards at hand, as the bits that sharing it gives."""

    def __init__(self, values: Iterable[Hashable], cards: int, kind: Kind) -> None:
        """Count the values. cards: how many cards they come from."""
        self._counts = Counter(values)
        total = cards + _GUESS_WEIGHS
        # Few counts are different: the logarithms are taken once.
        bits = {
            count: max(0.0, min(kind.most, log2(kind.agree * total / (count + _GUESS * _GUESS_WEIGHS))))
            for count in {0, *self._counts.values()}
        }
        self._none = bits[0]
        self._bits = {value: bits[count] for value, count in self._counts.items()}
        self._unlike = kind.unlike

    def of(self, value: Hashable) -> float:
        """The bits that sharing this value gives."""
        return self._bits.get(value, self._none)

    def shared(self, one: frozenset[Any], other: frozenset[Any]) -> float:
        """The bits of the rarest value both have; the cost of sharing none."""
        best = -1.0
        for value in one:
            if value in other and self._bits[value] > best:
                best = self._bits[value]
        return best if best >= 0 else self._unlike

    def held_once_each(self, values: Iterable[Hashable]) -> bool:
        """Whether one of these values, which two cards share, is on no third card."""
        return any(self._counts[value] == 2 for value in values)


class Evidence:
    """What is common among the cards at hand, and the weighing of two of them by it."""

    def __init__(self, incoming: Sequence[Seen], known: Sequence[Seen]) -> None:
        """Learn how common values are. incoming: none where one roster is compared with itself."""
        seen = [*incoming, *known]
        cards = [one.card for one in seen]
        many = len(seen)
        self._chance = log2(len(known) + _GUESS_WEIGHS)
        words = [one.name.whole for one in seen]
        words += [word for one in seen if one.name.family[1:] for word in one.name.family]
        self._families = Rarity(words, many, FAMILY)
        self._givens = Rarity([one.name.first for one in seen], many, GIVEN)
        self._phones = Rarity([token for card in cards for token in card.phones], many, PHONE)
        self._mails = Rarity([token for card in cards for token in card.mails], many, MAIL)
        self._places = Rarity([token for card in cards for token in card.places], many, PLACE)
        self._births = Rarity([card.birth for card in cards if card.birth], many, BIRTH)
        self._worksites = Rarity([site for card in cards for site in card.worksites], many, WORKSITE)
        self._jobs = Rarity([job for card in cards for job in card.jobs], many, JOB)
        self._hired = Rarity([card.hired_on for card in cards if card.hired_on], many, HIRED)

    def weigh(self, one: Seen, other: Seen) -> Weighed | None:
        """All that two cards say; None where neither surname nor given name speaks for one person."""
        names = compare(one.name, other.name)
        if names.family >= _BLANK and names.given >= _BLANK:
            return None
        mine, theirs = one.card, other.card
        name_bits = self._names(names)
        shared, flags = self._household(mine, theirs)
        bits = name_bits + shared - self._chance
        if names.given is _OTHER and not names.swapped:
            # A household shares surname, home and phone: together they say no more than that it is one household.
            bits -= max(0.0, shared + name_bits - _OTHER_NAME - _HOUSEHOLD_GIVES)
        if mine.worksites and theirs.worksites:
            more = self._worksites.shared(mine.worksites, theirs.worksites)
            bits += more
            flags |= _WORKSITE[more < 0]
        if mine.jobs and theirs.jobs:
            more = self._jobs.shared(mine.jobs, theirs.jobs)
            bits += more
            flags |= _JOB[more < 0]
        more, found = self._dates(mine, theirs)
        if one.name.rest or one.name.suffix or other.name.suffix or mine.ids:
            small, small_flags = _small(one, other)
            more += small
            found |= small_flags
        return Weighed(bits + more, name_bits, flags | found, names)

    def is_by_contact(self, one: PersonCard, other: PersonCard) -> bool:
        """Whether two cards share a phone or mail that is on no third card: that of no household."""
        return self._phones.held_once_each(one.phones & other.phones) or self._mails.held_once_each(
            one.mails & other.mails
        )

    def _names(self, names: NameLikeness) -> float:
        family, given, family_word, given_word, swapped = names
        if family is _SAME and given is _SAME and not swapped:
            return self._families.of(family_word) + self._givens.of(given_word)
        if swapped:
            lost = _SWAPPED_LOSES + _LOST[family] + _LOST[given]
            return self._families.of(family_word) + self._givens.of(given_word) - lost
        return _name_bits(family, family_word, self._families) + _name_bits(given, given_word, self._givens)

    def _household(self, one: PersonCard, other: PersonCard) -> tuple[float, int]:
        bits, flags = 0.0, 0
        if one.phones and other.phones:
            more = self._phones.shared(one.phones, other.phones)
            bits += more
            flags |= _PHONE[more < 0]
        if one.mails and other.mails:
            more = self._mails.shared(one.mails, other.mails)
            bits += more
            flags |= _MAIL[more < 0]
        if one.places and other.places:
            more = self._places.shared(one.places, other.places)
            bits += more
            flags |= _HOME[more < 0]
        return bits, flags

    def _dates(self, one: PersonCard, other: PersonCard) -> tuple[float, int]:
        bits, flags = 0.0, 0
        if one.birth and other.birth:
            if one.birth == other.birth:
                bits, flags = self._births.of(one.birth), _SAME_BIRTHDAY
            elif are_close_days(one.birth, other.birth):
                bits, flags = _CLOSE_DATE_BITS, _CLOSE_BIRTHDAY
            else:
                bits, flags = BIRTH.unlike, _OTHER_BIRTHDAY
        if one.hired_on and other.hired_on:
            if one.hired_on == other.hired_on:
                return bits + self._hired.of(one.hired_on), flags | _SAME_HIRE_DATE
            if abs((one.hired_on - other.hired_on).days) <= 31:
                return bits + _CLOSE_DATE_BITS, flags | _CLOSE_HIRE_DATE
            return bits + HIRED.unlike, flags | _OTHER_HIRE_DATE
        return bits, flags


def _name_bits(like: Like, word: str, rarity: Rarity) -> float:
    if like <= _CLOSE:
        return rarity.of(word) - _LOST[like]
    return _FIXED[like]


def _small(one: Seen, other: Seen) -> tuple[float, int]:
    """Suffix, middle name, and numbers that one source gave to two people."""
    bits, flags = 0.0, 0
    mine, theirs = one.name.suffix, other.name.suffix
    if mine or theirs:
        code, bits = ("one_suffix", -1.0) if not (mine and theirs) else ("same_suffix", 3.0)
        if mine and theirs and mine != theirs:
            code, bits = "other_suffix", -9.0
        flags = FLAG[code]
    middles = middles_agree(one.name, other.name) if one.name.rest and other.name.rest else None
    if middles is not None:
        bits += 2.0 if middles else -4.0
        flags |= FLAG["same_middle"] if middles else FLAG["other_middle"]
    if one.card.ids and other.card.ids and have_other_ids(one.card, other.card):
        bits -= 6.0
        flags |= FLAG["other_id"]
    return bits, flags


def have_other_ids(one: PersonCard, other: PersonCard) -> bool:
    """Whether one source gave these two different numbers, and no source the same."""
    if one.ids & other.ids:
        return False
    return not {source for source, _code in one.ids}.isdisjoint(source for source, _code in other.ids)


@lru_cache(maxsize=100_000)
def are_close_days(one: str, other: str) -> bool:
    """Whether two "MM-DD" are one slip apart: month and day exchanged, one digit wrong, or two swapped."""
    if len(one) != 5 or len(other) != 5:
        return False
    if one[:2] == other[3:] and one[3:] == other[:2]:
        return True
    if sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return True
    return (one[:2] == other[:2] and one[3:] == other[:2:-1]) or (one[3:] == other[3:] and one[:2] == other[1::-1])
