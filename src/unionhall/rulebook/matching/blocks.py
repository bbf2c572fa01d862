"""Which cards are worth comparing: those that share at least one key.

Source: docs/rules/matching.md, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from unionhall.rulebook.matching.evidence import Seen

# A key that more cards share than this tells too little, and costs as its square.
_MOST_SHARING: Final = 40
_VOWELS: Final = str.maketrans("", "", "aeiouyhw")


def candidates(incoming: Sequence[Seen], known: Sequence[Seen]) -> Iterator[tuple[Seen, set[int]]]:
    """Each incoming card that shares keys, with the places in `known` of those it shares them with."""
    blocks = _blocks(known)
    for one in incoming:
        found: set[int] = set()
        for key in set(_keys(one)):
            block = blocks.get(key)
            if block is not None:
                found.update(block)
        if found:
            yield one, found


def pairs(cards: Sequence[Seen]) -> Iterator[tuple[Seen, Seen]]:
    """Each two cards of one roster that share a key, once."""
    for one, found in candidates(cards, cards):
        for place in sorted(found):
            if place > one.at:
                yield one, cards[place]


def _blocks(known: Sequence[Seen]) -> dict[Hashable, list[int]]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for key in set(_keys(one)):
            blocks[key].append(place)
    return {key: block for key, block in blocks.items() if len(block) <= _MOST_SHARING}


def _keys(one: Seen) -> Iterator[Hashable]:
    """Contacts and homes; birthday, hire date or worksite with a letter of the name; the name, both ways."""
    card, name = one.card, one.name
    yield from card.phones
    yield from card.mails
    yield from card.places
    first, whole = name.first, name.whole
    letters = {first[:1], whole[:1]} - {""}
    for letter in letters:
        if card.birth:
            yield card.birth, letter
        if card.hired_on:
            yield card.hired_on, letter
    for site in card.worksites:
        yield site, first
        yield site, whole[:4]
    if first and whole:
        words = {whole, *name.family}
        for word in words:
            yield "n", word, first[:1]
            yield "n", first, word[:1]
            yield "w", word, first
        yield "s", _bones(whole)[:4], _bones(first)[:3]
        yield "b", *sorted((whole[:3], first[:3]))


def _bones(word: str) -> str:
    return word[:1] + word[1:].translate(_VOWELS)
