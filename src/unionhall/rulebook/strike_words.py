"""Whether words speak of a strike, in English or Spanish: such words wait for an officer or counsel.

PERB judges a strike's purpose largely by the union's own notices, signs and posts (docs/rules/strike-words.md), so that
whoever answers for the local reads them before they are out. A rule of words, not of meaning: it asks too often rather
than too seldom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_STRIKE: Final = re.compile(
    r"\b(?:strik(?:e|es|ing|ers?)|struck|walk(?:ing|s|ed)?[ -]?outs?|walks? off the job|work stoppages?|sick-?outs?|"
    r"slow-?downs?|huelg\w*|paro(?:s)?|paros? laboral(?:es)?|tortuguismo|impasse|estancamiento|punto muerto)\b",
    re.IGNORECASE,
)


def speaks_of_a_strike(texts: Iterable[str]) -> bool:
    """Whether any of the texts has a word for a strike, a walkout or an impasse. Source: docs/rules/strike-words.md."""
    return any(_STRIKE.search(text) for text in texts)
