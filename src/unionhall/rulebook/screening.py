"""Words in a note that no union may keep of anybody: numbers of identity, immigration, health.

A rule of words, not of meaning: it asks too often rather than too seldom. Source: docs/rules/screening.md.
"""

from __future__ import annotations

import re
from typing import Final

from unionhall.rulebook.names import fold

_SSN: Final = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}([-. ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])")
_LAST_FOUR: Final = re.compile(r"\b(?:ssn|social(?: security)?|seguro social)\b\D{0,20}\d{4}")
# Written in capitals, it is no ice on the road.
_ICE: Final = re.compile(r"\bI\.?C\.?E\b")
_WORDS: Final[dict[str, re.Pattern[str]]] = {
    "immigration": re.compile(
        r"\b(?:undocumented|indocumentad\w+|ilegales|illegals|la migra|immigration status|deport\w+|green card|"
        r"estatus migratorio|inmigracion|daca|tps|uscis|asylum|asilo|sin papeles|no papers|work permit|"
        r"permiso de trabajo|visa|citizenship|ciudadania|naturaliz\w+)\b"
    ),
    "health": re.compile(
        r"\b(?:diagnos(?:is|ed|es|tic\w*)|cancer|chemo|quimioterapia|diabet\w+|pregnan\w+|embaraz\w+|depress\w+|depresion|"
        r"hiv|vih|anxiety disorder|bipolar|disabilit\w+|discapacidad\w*|miscarriage|aborto|overdose|rehab|epilep\w+|"
        r"surgery|cirugia|enfermedad\w*|tumor\w*)\b"
    ),
}


def screened(text: str) -> tuple[str, ...]:
    """What of it may not be kept: "number", "immigration", "health", each once; nothing for most texts."""
    plain = fold(text)
    found = [code for code, words in _WORDS.items() if words.search(plain)]
    if _ICE.search(text) and "immigration" not in found:
        found.append("immigration")
    if _SSN.search(text) or _LAST_FOUR.search(plain):
        found.append("number")
    return tuple(sorted(found))
