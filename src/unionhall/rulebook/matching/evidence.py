"""What two cards say for and against each other, in bits: how many times likelier between one person's two cards.

Each agreement counts log2(m / u): m, how often one person's cards agree so; u, how often strangers' do, which is how
common the shared value is in the cards at hand. So a shared rare surname counts more than a shared common one.
Source: docs/rules/matching.md, section 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Final

from unionhall.rulebook.matching.cards import PersonCard
from unionhall.rulebook.matching.spelling import Like, NameLikeness, Spelled, compare, middles_agree

# How common a value is before the first card has been read, and how many cards that weighs.
_GUESS: Final = 0.001
_GUESS_WEIGHS: Final = 300

# What a likeness that is not sameness loses of the bits that the same name would give.
_LOST: Final = {
    Like.SAME: 0.0,
    Like.SHORT: 3.0,
    Like.DOUBLE: 1.5,
    Like.SPELLING: 3.0,
    Like.INITIAL: 5.5,
    Like.CLOSE: 4.0,
}
_SWAPPED_LOSES: Final = 3.0
_OTHER_NAME: Final = -4.5
_HOUSEHOLD_GIVES: Final = 8.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence: how often one person's cards agree on it, the most it may give, what disagreeing costs."""

    agree: float
    most: float
    unlike: float


FAMILY: Final = Kind(0.85, 13.0, _OTHER_NAME)
GIVEN: Final = Kind(0.8, 11.0, _OTHER_NAME)
PHONE: Final = Kind(0.6, 11.0, -1.0)
MAIL: Final = Kind(0.6, 11.0, -1.0)
PLACE: Final = Kind(0.5, 10.0, -2.0)
BIRTH: Final = Kind(0.9, 8.4, -4.5)
WORKSITE: Final = Kind(0.85, 9.0, -2.0)
JOB: Final = Kind(0.85, 6.0, -1.0)
HIRED: Final = Kind(0.9, 9.0, -3.5)


@dataclass(slots=True)
class Seen:
    """A card made ready for comparing. at: its place in the list given."""

    at: int
    card: PersonCard
    name: Spelled


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing two cards say, and how many bits it is worth."""

    code: str
    bits: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two cards compared. bits: all findings together, above even odds when positive."""

    bits: float
    findings: tuple[Finding, ...]
    names: NameLikeness


class Rarity:
    """How common each value is in the cards at hand, as the bits that sharing it gives."""

    def __init__(self, values: Iterable[Hashable], cards: int, kind: Kind) -> None:
        counts = Counter(values)
        total = max(1, cards) + _GUESS_WEIGHS
        self._none = self._bits(0, total, kind)
        self._found = {value: self._bits(count, total, kind) for value, count in counts.items()}
        self._unlike = kind.unlike

    @staticmethod
    def _bits(count: int, total: int, kind: Kind) -> float:
        return min(kind.most, log2(kind.agree * total / (count + _GUESS * _GUESS_WEIGHS)))

    def of(self, value: Hashable) -> float:
        """The bits that sharing this value gives."""
        return self._found.get(value, self._none)

    def shared(self, one: frozenset[Any], other: frozenset[Any]) -> float:
        """The bits of the rarest value both have; the cost of sharing none; 0 where one side is empty."""
        if not one or not other:
            return 0.0
        both = one & other
        return max(map(self.of, both)) if both else self._unlike


class Evidence:
    """What is common among the cards at hand, and the weighing of two of them by it."""

    def __init__(self, incoming: Sequence[Seen], known: Sequence[Seen]) -> None:
        """Learn how common values are. incoming: none where one roster is compared with itself."""
        seen = [*incoming, *known]
        cards = [one.card for one in seen]
        many = len(seen)
        self._chance = log2(max(len(known), 1) + _GUESS_WEIGHS)
        self._families = Rarity((word for one in seen for word in {one.name.whole, *one.name.family}), many, FAMILY)
        self._givens = Rarity((one.name.first for one in seen), many, GIVEN)
        self._phones = Rarity((token for card in cards for token in card.phones), many, PHONE)
        self._mails = Rarity((token for card in cards for token in card.mails), many, MAIL)
        self._places = Rarity((token for card in cards for token in card.places), many, PLACE)
        self._births = Rarity((card.birth for card in cards), many, BIRTH)
        self._worksites = Rarity((site for card in cards for site in card.worksites), many, WORKSITE)
        self._jobs = Rarity((job for card in cards for job in card.jobs), many, JOB)
        self._hired = Rarity((card.hired_on for card in cards), many, HIRED)

    def weigh(self, one: Seen, other: Seen) -> Weighed | None:
        """All that two cards say; None where neither surname nor given name speaks for one person."""
        names = compare(one.name, other.name)
        if names.is_other:
            return None
        findings = [*self._names(names), *self._household(one.card, other.card)]
        bits = sum(finding.bits for finding in findings)
        if names.given is Like.OTHER:
            # A household shares surname, home and phone: together they say no more than that it is one household.
            shared = sum(finding.bits for finding in findings if finding.bits > 0)
            bits -= max(0.0, shared - _HOUSEHOLD_GIVES)
        for finding in (*self._dates(one.card, other.card), *self._work(one.card, other.card), *_small(one, other)):
            findings.append(finding)
            bits += finding.bits
        return Weighed(bits - self._chance, tuple(findings), names)

    def _names(self, names: NameLikeness) -> Iterable[Finding]:
        family, given = names.family, names.given
        if names.swapped:
            bits = self._families.of(names.family_word) + self._givens.of(names.given_word)
            lost = _SWAPPED_LOSES + _LOST[family] + _LOST[given]
            return (Finding("swapped_name", bits - lost),)
        found = []
        if family is not Like.BLANK:
            bits = self._families.of(names.family_word) - _LOST[family] if family in _LOST else _OTHER_NAME
            found.append(Finding(f"family_{family.name.lower()}", bits))
        if given is not Like.BLANK:
            bits = self._givens.of(names.given_word) - _LOST[given] if given in _LOST else _OTHER_NAME
            found.append(Finding(f"given_{given.name.lower()}", bits))
        return found

    def _household(self, one: PersonCard, other: PersonCard) -> Iterable[Finding]:
        if one.phones and other.phones:
            yield _two_sided("phone", self._phones.shared(one.phones, other.phones))
        if one.mails and other.mails:
            yield _two_sided("mail", self._mails.shared(one.mails, other.mails))
        if one.places and other.places:
            yield _two_sided("home", self._places.shared(one.places, other.places))

    def _dates(self, one: PersonCard, other: PersonCard) -> Iterable[Finding]:
        if one.birth and other.birth:
            if one.birth == other.birth:
                yield Finding("same_birthday", self._births.of(one.birth))
            elif are_close_days(one.birth, other.birth):
                yield Finding("close_birthday", 0.5)
            else:
                yield Finding("other_birthday", BIRTH.unlike)
        if one.hired_on and other.hired_on:
            if one.hired_on == other.hired_on:
                yield Finding("same_hire_date", self._hired.of(one.hired_on))
            elif abs((one.hired_on - other.hired_on).days) <= 31:
                yield Finding("close_hire_date", 0.5)
            else:
                yield Finding("other_hire_date", HIRED.unlike)

    def _work(self, one: PersonCard, other: PersonCard) -> Iterable[Finding]:
        if one.worksites and other.worksites:
            yield _two_sided("worksite", self._worksites.shared(one.worksites, other.worksites))
        if one.jobs and other.jobs:
            yield _two_sided("job", self._jobs.shared(one.jobs, other.jobs))


def _two_sided(what: str, bits: float) -> Finding:
    return Finding(f"same_{what}" if bits > 0 else f"other_{what}", bits)


def _small(one: Seen, other: Seen) -> Iterable[Finding]:
    """Suffix, middle name, and numbers that one source gave to two people."""
    mine, theirs = one.name.suffix, other.name.suffix
    if mine and theirs:
        yield Finding("same_suffix", 3.0) if mine == theirs else Finding("other_suffix", -9.0)
    elif mine or theirs:
        yield Finding("one_suffix", -1.0)
    middles = middles_agree(one.name, other.name)
    if middles is not None:
        yield Finding("same_middle", 2.0) if middles else Finding("other_middle", -2.5)
    if one.card.ids and other.card.ids and have_other_ids(one.card, other.card):
        yield Finding("other_id", -6.0)


def have_other_ids(one: PersonCard, other: PersonCard) -> bool:
    """Whether one source gave these two different numbers, and no source the same."""
    if one.ids & other.ids:
        return False
    return not {source for source, _code in one.ids}.isdisjoint(source for source, _code in other.ids)


def are_close_days(one: str, other: str) -> bool:
    """Whether two "MM-DD" are one slip apart: month and day exchanged, one digit wrong, or two swapped."""
    if len(one) != 5 or len(other) != 5:
        return False
    if one[:2] == other[3:] and one[3:] == other[:2]:
        return True
    if sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return True
    return (one[:2] == other[:2] and one[3:] == other[:2:-1]) or (one[3:] == other[3:] and one[:2] == other[1::-1])
