"""Finding pages by the words somebody types: accents folded, plurals met, typing mistakes forgiven.

The score is BM25 (Robertson and Zaragoza, 2009, with the usual k1 = 1.2 and b = 0.75), in which a word of the title
counts as much as several of the text. Pages that hold every word stand before pages that hold some of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from unionhall.rulebook.names import fold

K1: Final = 1.2
B: Final = 0.75
TITLE_WEIGHT: Final = 5
MOST_TERMS: Final = 8
MOST_FORMS: Final = 12
FORGIVEN: Final = ((8, 2), (4, 1))
WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
NEARNESS: Final = {"same": 1.0, "begins": 0.8, "near": 0.5}
EMPTY_WORDS: Final = frozenset(
    (
        *("a", "an", "and", "are", "at", "for", "in", "is", "it", "of", "on", "or", "our", "the", "to", "we", "with"),
        *("al", "con", "de", "del", "el", "en", "es", "la", "las", "lo", "los", "no", "o", "para", "por", "que", "se"),
        *("su", "un", "una", "y"),
    )
)


@dataclass(frozen=True, slots=True)
class Document:
    """What is searched. key: by which the asker knows it; title, text: plain words, no markup."""

    key: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Index:
    """Documents ready for questions: where each word stands, how long each document is, how long they usually are."""

    keys: tuple[int, ...]
    places: Mapping[str, Mapping[int, int]]
    lengths: tuple[int, ...]
    usual_length: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers. score: higher is nearer, 0 at least; words: those of it that answer, folded."""

    key: int
    score: float
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet. found: whether it is one of the words that were looked for."""

    text: str
    found: bool


def root(word: str) -> str:
    """A word as it is compared: without accents and capitals, and without the plural of English and Spanish.

    "Piquetes" and "piquete", "classes" and "class" are one; short words stay as they are.
    """
    plain = fold(word).replace(" ", "")
    if len(plain) > 4 and plain.endswith("es") and plain[-3] not in "aeiou":
        return plain[:-2]
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and plain[-2] not in "su" else plain


def build(documents: Iterable[Document]) -> Index:
    """The documents ready for questions."""
    keys, lengths = [], []
    places: dict[str, dict[int, int]] = defaultdict(dict)
    for number, document in enumerate(documents):
        counted = Counter(_roots(document.text))
        lengths.append(max(1, counted.total()))
        for word, times in Counter(_roots(document.title)).items():
            counted[word] += TITLE_WEIGHT * times
        keys.append(document.key)
        for word, times in counted.items():
            places[word][number] = times
    usual = sum(lengths) / len(lengths) if lengths else 1.0
    return Index(tuple(keys), dict(places), tuple(lengths), usual, tuple(sorted(places)))


def search(index: Index, question: str, *, most: int) -> list[Hit]:
    """The documents that answer a question, best first, `most` of them at most; none for a question without words.

    question: as it was typed, of any length; its first eight words count.
    """
    scores: dict[int, float] = defaultdict(float)
    answered: dict[int, set[int]] = defaultdict(set)
    words: dict[int, set[str]] = defaultdict(set)
    for term_number, term in enumerate(_terms(question)):
        best: dict[int, float] = {}
        for word, nearness in _forms(index, term).items():
            for number, score in _scores(index, word):
                best[number] = max(best.get(number, 0.0), nearness * score)
                words[number].add(word)
        for number, score in best.items():
            scores[number] += score
            answered[number].add(term_number)
    order = sorted(scores, key=lambda number: (-len(answered[number]), -scores[number], index.keys[number]))
    return [Hit(index.keys[number], scores[number], frozenset(words[number])) for number in order[:most]]


def snippet(text: str, words: frozenset[str], *, width: int = 180) -> tuple[Piece, ...]:
    """The stretch of a text that holds most of the words looked for, in pieces; its beginning where it holds none.

    words: folded, as a Hit names them. width: how many letters at most, without the dots at its ends.
    """
    found = [match for match in WORD.finditer(text) if root(match[0]) in words]
    begin = _densest(found, width)
    begin = 0 if begin < width // 3 else text.rfind(" ", 0, begin - width // 6) + 1
    end = len(text) if len(text) <= begin + width else max(text.rfind(" ", begin, begin + width), begin + width // 2)
    pieces, at = [Piece("… ", False)] if begin else [], begin
    for match in found:
        if begin <= match.start() and match.end() <= end:
            pieces += [Piece(text[at : match.start()], False), Piece(match[0], True)]
            at = match.end()
    pieces += [Piece(text[at:end], False), Piece(" …", False)] if end < len(text) else [Piece(text[at:], False)]
    return tuple(piece for piece in pieces if piece.text)


def _densest(found: Sequence[re.Match[str]], width: int) -> int:
    """Where the stretch of that width begins that holds the most different words."""
    best, begin = 0, 0
    for number, match in enumerate(found):
        inside = {root(one[0]) for one in found[number : number + width] if one.end() <= match.start() + width}
        if len(inside) > best:
            best, begin = len(inside), match.start()
    return begin


def _roots(text: str) -> list[str]:
    return [word for word in (root(match[0]) for match in WORD.finditer(text)) if word]


def _terms(question: str) -> list[str]:
    """The words that count: those that say something, or all where none does."""
    said = list(dict.fromkeys(_roots(question[:500])))
    telling = [word for word in said if word not in EMPTY_WORDS]
    return (telling or said)[:MOST_TERMS]


def _forms(index: Index, term: str) -> dict[str, float]:
    """The words of the documents that may be meant, with how near they are: the same, a beginning, a mistyped one."""
    forms = dict.fromkeys(_beginning(index.words, term), NEARNESS["begins"]) if len(term) > 2 else {}
    if term in index.places:
        forms[term] = NEARNESS["same"]
    if forms:
        return forms
    allowed = next((errors for length, errors in FORGIVEN if len(term) >= length), 0)
    if not allowed:
        return {}
    near = process.extract(term, index.words, scorer=OSA.distance, score_cutoff=allowed, limit=MOST_FORMS)
    least = min((errors for _word, errors, _place in near), default=0)
    return {word: NEARNESS["near"] for word, errors, _place in near if errors == least}


def _beginning(words: Sequence[str], start: str) -> list[str]:
    first = bisect_left(words, start)
    last = bisect_left(words, start + "\U0010ffff", lo=first)
    return list(words[first : min(last, first + MOST_FORMS)])


def _scores(index: Index, word: str) -> Iterable[tuple[int, float]]:
    held = index.places[word]
    rare = log(1 + (len(index.keys) - len(held) + 0.5) / (len(held) + 0.5))
    for number, times in held.items():
        long = 1 - B + B * index.lengths[number] / index.usual_length
        yield number, rare * times * (K1 + 1) / (times + K1 * long)
