"""What is known of a person, for comparing, and what comes of comparing.

Source: docs/rules/matching.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

MOST_CANDIDATES: Final = 5


class Band(StrEnum):
    """What is done with a line: joined by itself, shown to a person, or taken as somebody new."""

    CERTAIN = "certain"
    REVIEW = "review"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What is known of one person.

    key: the caller's: a line number for a list, a database number for the roster. name: as written, in any order and
    script; given_name and family_name where the list knows them apart. ids: (source, code). phones, mails, places:
    opaque tokens (keyed hashes), of which only equality means anything; places are those of `place_tokens`. birth:
    "MM-DD", month and day only. active: whether the list says that the person works there now.
    """

    key: int
    name: str
    given_name: str = ""
    family_name: str = ""
    suffix: str = ""
    chosen_name: str = ""
    ids: frozenset[tuple[str, str]] = frozenset()
    phones: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    worksites: frozenset[int] = frozenset()
    jobs: frozenset[str] = frozenset()
    hired_on: date | None = None
    birth: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for (sign 1) or against (sign -1) two cards being one person's.

    code: see REASONS. one, other: the two names, where they differ; never a contact.
    """

    code: str
    sign: int = 1
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One candidate. score: 0 to 1, how likely it is the same person. reasons: what speaks for it first."""

    key: int
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What comes of one card of a list. candidates: best first, at most five; none where it is somebody new."""

    key: int
    band: Band
    candidates: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class Twins:
    """Two cards of one roster that look like one person's. one < other."""

    one: int
    other: int
    band: Band
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Cards of one roster that look like one person's: a proposal, never a merge.

    keys: in order. band: certain where certain pairs hold all of them together. pairs: best first.
    """

    keys: tuple[int, ...]
    band: Band
    pairs: tuple[Twins, ...]
