"""Which cards are worth comparing: those that share at least one key.

Source: docs/rules/matching.md, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from unionhall.rulebook.matching.evidence import Seen

# A key that more cards share than this tells too little, and costs as its square; less for keys that tell little.
_MOST_SHARING: Final = 40
_MOST_SHARING_LITTLE: Final = 8
_TELL_LITTLE: Final = frozenset({"n", "b", "d"})
# Two of these are worth one other key.
_HALF: Final = frozenset({"n", "b"})
_VOWELS: Final = str.maketrans("", "", "aeiouyhw")


def candidates(incoming: Sequence[Seen], known: Sequence[Seen]) -> Iterator[tuple[Seen, list[Seen]]]:
    """Each incoming card that shares keys, with the known cards it shares them with."""
    blocks = _blocks(known)
    for one in incoming:
        found: set[int] = set()
        half: set[int] = set()
        for key in _keys(one):
            block = blocks.get(key)
            if block is None:
                continue
            if type(key) is tuple and key[0] in _HALF:
                found.update([place for place in block if place in half])
                half.update(block)
            else:
                found.update(block)
        if found:
            yield one, [known[place] for place in sorted(found)]


def pairs(cards: Sequence[Seen]) -> Iterator[tuple[Seen, Seen]]:
    """Each two cards of one roster that share a key, once. cards: in the order of their `at`."""
    for one, found in candidates(cards, cards):
        for other in found:
            if other.at > one.at:
                yield one, other


def _blocks(known: Sequence[Seen]) -> dict[Hashable, list[int]]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for key in _keys(one):
            blocks[key].append(place)
    return {key: block for key, block in blocks.items() if len(block) <= _most_sharing(key)}


def _most_sharing(key: Hashable) -> int:
    return _MOST_SHARING_LITTLE if isinstance(key, tuple) and key[0] in _TELL_LITTLE else _MOST_SHARING


def _keys(one: Seen) -> list[Hashable]:
    """Contacts and homes; birthday, hire date or worksite with a letter of the name; the name, both ways."""
    card, name = one.card, one.name
    first, whole = name.first, name.whole
    keys: list[Hashable] = [*card.phones, *card.mails, *card.places]
    for day in (card.birth, card.hired_on):
        if day:
            keys += (("d", day, first[:2]), ("d", day, whole[:2]))
    for site in card.worksites:
        keys += ((site, first), (site, whole[:4]))
    if first and whole:
        words = {whole, *name.family}
        for word in words:
            keys += (("n", word, first[:1]), ("n", first, word[:1]), ("w", word, first))
        keys += (("s", _bones(whole)[:4], _bones(first)[:3]), ("b", *sorted((whole[:3], first[:3]))))
    return keys


def _bones(word: str) -> str:
    return word[:1] + word[1:].translate(_VOWELS)
