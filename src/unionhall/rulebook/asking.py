"""What somebody typed to find a person: digits of a phone, an id, an address, or words of a name.

Source: docs/rules/people-finding.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from unionhall.rulebook.names import fold
from unionhall.rulebook.short_forms import SHORT_FORMS

LONGEST: Final = 100
MOST_WORDS: Final = 6
MOST_ZEROS: Final = 10
CLOSE: Final = 74.0
BEGUN: Final = 4.0
MOST_CLOSE: Final = 12
SHORTEST_CLOSE: Final = 3

_BETWEEN: Final = re.compile(r"[\s().+\-]+")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9./_\-]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart. All blank where nothing was typed.

    words: each typed word, folded, with the other forms of it where it is a given name. digits: all digits, where
    nothing but digits and what stands between them was typed. mail: where an at sign was. codes: the spellings under
    which a source may hold it as an id, each with "=" before it.
    """

    words: tuple[tuple[str, ...], ...] = ()
    digits: str = ""
    mail: str = ""
    codes: tuple[str, ...] = ()


def asked(text: str) -> Asked:
    """The question in a text as typed; what is longer than a name can be is cut off."""
    text = text[:LONGEST].strip()
    if "@" in text:
        return Asked(mail=text.lower())
    bare = _BETWEEN.sub("", text)
    if bare.isascii() and bare.isdigit():
        return Asked(digits=bare, codes=codes_of(bare))
    words = fold(text).split()[:MOST_WORDS]
    code = text.upper()
    is_code = _CODE.fullmatch(code) and any(letter.isdigit() for letter in code)
    return Asked(words=tuple((word, *forms_of(word)) for word in words), codes=(f"={code}",) if is_code else ())


def codes_of(digits: str) -> tuple[str, ...]:
    """An id in digits as sources hold it: as typed, without the zeros before it, and with any number of them."""
    number = digits.lstrip("0") or "0"
    return tuple(f"={'0' * zeros}{number}" for zeros in range(MOST_ZEROS + 1))


def forms_of(word: str) -> tuple[str, ...]:
    """The other forms of a folded given name: those it is short for, or that are short for it; none for other words."""
    return _FORMS.get(word, ())


def words_near(word: str, words: Iterable[str]) -> list[str]:
    """The words that a mistyped one may mean, the closest first, at most twelve. All are folded.

    A word is close when it is so as a whole, or when its beginning is as far as was typed.
    Source: docs/rules/people-finding.md, section 3.
    """
    if len(word) < SHORTEST_CLOSE:
        return []
    known = list(dict.fromkeys(words))
    near: Counter[str] = Counter()
    begun = [one[: len(word)] for one in known]
    for texts, lost in ((known, 0.0), (begun, BEGUN)):
        found = process.extract(word, texts, scorer=fuzz.ratio, score_cutoff=CLOSE + lost, limit=3 * MOST_CLOSE)
        for _text, score, place in found:
            near[known[place]] = max(near[known[place]], score - lost)  # type: ignore[assignment]
    return sorted(near, key=lambda one: (-near[one], one))[:MOST_CLOSE]


def _by_form(text: str) -> dict[str, tuple[str, ...]]:
    """Each form of a given name with the forms of it that are the long one, or short ones of a long one."""
    found: dict[str, dict[str, None]] = {}
    for name in text.split("|"):
        long, *shorts = name.split()
        for short in shorts:
            found.setdefault(short, {})[long] = None
            found.setdefault(long, {})[short] = None
    return {form: tuple(others) for form, others in found.items()}


_FORMS: Final = _by_form(SHORT_FORMS)
