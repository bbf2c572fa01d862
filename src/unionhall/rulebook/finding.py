"""Names that look like what somebody typed, when nothing begins with it.

Source: docs/rules/names.md, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

CLOSE_WORD: Final = 75.0
CLOSE_NAME: Final = 72.0
BEGUN: Final = 5.0


def look_alikes(asked: Sequence[Sequence[str]], names: Sequence[str], *, limit: int) -> list[int]:
    """The places in `names` of those that look most like the words asked, best first, at most `limit`.

    asked: for each typed word, the words it may stand for. names: folded. A typed word counts as much as the closest
    word of the name does, whole or by its beginning; words that are far apart count nothing. Equal names keep their
    order.
    """
    if not asked:
        return []
    words = sorted({word for name in names for word in name.split()})
    tables = [_closeness(meant, words) for meant in asked]
    scored = []
    for place, name in enumerate(names):
        parts = name.split()
        score = sum(max((table.get(part, 0.0) for part in parts), default=0.0) for table in tables) / len(tables)
        if score >= CLOSE_NAME:
            scored.append((-score, place))
    return [place for _score, place in sorted(scored)[:limit]]


def _closeness(meant: Sequence[str], words: Sequence[str]) -> dict[str, float]:
    """How close each word comes to any of those meant, where it comes close at all."""
    found: dict[str, float] = {}
    for one in meant:
        begun = [word[: len(one)] for word in words]
        for texts, lost in ((words, 0.0), (begun, BEGUN)):
            for _text, score, place in process.extract(
                one, texts, scorer=fuzz.ratio, score_cutoff=CLOSE_WORD + lost, limit=None
            ):
                found[words[place]] = max(found.get(words[place], 0.0), score - lost)
    return found
