"""Columns that no union needs and no breach may ever find: dropped while a list is read.

Source: docs/rules/forbidden-columns.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from unionhall.rulebook.columns import folded_head
from unionhall.rulebook.names import fold

SAMPLE: Final = 600
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column of which nothing was read. place: of the column, from 0. why: a reason, such as "ssn"."""

    head: str
    why: str
    place: int


def _heads(*phrases: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(phrase.split()) for phrase in phrases)


# A head that holds all words of one of these is forbidden.
_WORDS: Final = {
    "ssn": _heads(
        "ssn", "ssno", "social security", "soc sec", "ss number", "ss no", "sssn", "ssn4", "ssnlast4",
        "seguro social", "nss",
        "itin", "tin", "taxpayer id", "tax id", "curp", "rfc",
    ),
    "bank": _heads(
        "bank", "routing", "aba", "account number", "account no", "acct", "iban", "direct deposit", "card number",
        "credit card",
        "debit card", "banco", "cuenta", "clabe", "tarjeta", "deposito directo",
    ),
    "immigration": _heads(
        "immigration", "citizenship", "citizen", "visa", "work authorization", "alien", "a number uscis", "uscis",
        "daca", "i9", "i 9",
        "green card", "undocumented", "passport", "nationality", "country birth", "birth country", "birthplace",
        "place birth",
        "inmigracion", "migratorio", "migratoria", "ciudadania", "ciudadano", "nacionalidad", "pais nacimiento",
        "lugar nacimiento",
        "pasaporte", "permiso trabajo", "indocumentado",
    ),
    "religion": _heads("religion", "religious", "faith", "church", "religiosa", "religioso", "iglesia", "fe religiosa"),
    "health": _heads(
        "health", "medical", "diagnosis", "disability", "disabled", "condition medical", "medication", "pregnant",
        "pregnancy",
        "vaccination", "vaccine", "vaccinated", "covid", "allergy", "allergies", "blood type", "salud", "medico",
        "medica",
        "diagnostico", "discapacidad", "embarazo", "embarazada", "vacuna", "vacunacion", "alergias", "tipo sangre",
        "hiv", "vih",
    ),
    "race": _heads("race", "ethnicity", "ethnic", "raza", "etnia", "origen etnico"),
    "scan": _heads(
        "drivers license", "driver license", "driver licence", "drivers licence", "dl number", "dl no",
        "license number", "license scan",
        "id scan", "scan id", "id photo", "id copy", "id image", "licencia conducir", "licencia manejo", "foto id",
        "fingerprint",
        "fingerprints", "huellas", "biometric",
    ),
    "criminal": _heads(
        "criminal", "conviction", "convictions", "arrest", "arrests", "felony", "background check",
        "doj clearance", "live scan",
        "livescan", "antecedentes", "antecedentes penales",
    ),
    "party": _heads(
        "party registration", "political party", "party affiliation", "party", "registered party", "voter party",
        "partido",
        "partido politico", "afiliacion politica",
    ),
    "children": _heads(
        "child name", "childs name", "children", "child names", "childrens names", "kids", "kid name", "son",
        "daughter", "dependents",
        "dependent", "child", "hijo", "hija", "hijos", "hijas", "nombre hijo", "dependientes",
    ),
    "birth_year": _heads("yob", "birth year", "year birth", "age", "ano nacimiento", "edad"),
}  # fmt: skip
# Heads that only sound so.
_NEVER: Final = {
    "health": frozenset({"worksite", "site", "location", "department", "dept", "job", "title", "classification",
    "unit", "center", "clinic"}),
    "children": frozenset({"worksite", "site", "location", "department", "dept", "job", "title", "center", "care"}),
    "party": frozenset({"third", "date"}),
    "bank": frozenset({"mail", "email"}),
    "immigration": frozenset({"job", "title"}),
}  # fmt: skip
_SSN: Final = re.compile(
    r"(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}|(?:\*{3}|[xX]{3})-(?:\*{2}|[xX]{2})-\d{4}"
)
_CARD: Final = re.compile(r"\d{4}([- ])\d{4}\1\d{4}\1\d{4}")
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
# Values that tell what a column under a harmless head is.
_VALUES: Final = {
    "immigration": frozenset(
        {"us citizen", "u s citizen", "usc", "lpr", "permanent resident", "lawful permanent resident",
        "undocumented", "daca", "tps",
         "h1b", "h 1b", "visa holder", "asylee", "refugee", "naturalized", "noncitizen", "non citizen",
         "ciudadano", "ciudadana",
         "residente permanente", "indocumentado", "indocumentada"}
    ),
    "religion": frozenset(
        {"catholic", "christian", "protestant", "jewish", "muslim", "islam", "hindu", "buddhist", "mormon",
        "evangelical", "atheist",
         "agnostic", "jehovahs witness", "baptist", "catolico", "catolica", "cristiano", "cristiana", "judio",
         "judia", "musulman",
         "musulmana", "evangelico", "evangelica", "ateo", "atea"}
    ),
    "party": frozenset(
        {"democrat", "democratic", "republican", "dem", "rep", "gop", "green", "libertarian", "npp",
        "no party preference",
         "decline to state", "peace and freedom", "american independent", "independent", "democrata",
         "republicano", "republicana"}
    ),
    "race": frozenset(
        {"hispanic", "latino", "latina", "latinx", "hispanic or latino", "hispanic latino", "white", "black",
        "african american",
         "black or african american", "asian", "pacific islander", "native american", "american indian",
         "two or more races",
         "multiracial", "caucasian", "filipino", "hispano", "hispana"}
    ),
}  # fmt: skip


def forbidden_columns(heads: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Dropped]:
    """The columns that are dropped, in their order: by what their head says, in English or Spanish, or by their values.

    heads: as the file writes them. samples: some cells of each column, in the order of `heads`; blanks say nothing. A
    column of full birth dates is not dropped: only month and day are ever read of it.
    """
    found = []
    for place, head in enumerate(heads):
        why = forbidden_head(head) or _by_values(samples[place] if place < len(samples) else ())
        if why:
            found.append(Dropped(head=head.strip()[:80], why=why, place=place))
    return found


def forbidden_head(head: str) -> str:
    """Why a column with such a head is dropped; "" where its head says nothing against it."""
    folded = folded_head(head)
    words = set(folded.split()) | {folded.replace(" ", "")}
    for why, phrases in _WORDS.items():
        if not words & _NEVER.get(why, frozenset()) and any(phrase <= words for phrase in phrases):
            return why
    return ""


def _by_values(cells: Sequence[str]) -> str:
    """Why values such as these are dropped: most of them look so, and there are more than a few."""
    said = [cell.strip() for cell in cells[: 2 * SAMPLE] if cell.strip()]
    if len(said) < _FEW:
        return ""
    for why, pattern in (("ssn", _SSN), ("bank", _CARD)):
        if 2 * sum(bool(pattern.fullmatch(cell)) for cell in said) > len(said):
            return why
    if 2 * sum(bool(_IBAN.fullmatch(cell)) and _is_iban(cell) for cell in said) > len(said):
        return "bank"
    folded = [fold(cell) for cell in said]
    kinds = set(folded)
    for why, values in _VALUES.items():
        # One common word alone, such as a family name White, tells nothing.
        if len(kinds & values) >= 2 and 2 * sum(cell in values for cell in folded) > len(folded):
            return why
    return ""


def _is_iban(text: str) -> bool:
    """Whether the check digits of ISO 13616 hold."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1
