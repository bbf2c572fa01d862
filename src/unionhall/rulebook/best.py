"""The best of what several sources say of one person.

Source: docs/rules/people.md, section 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

HAND: Final = "hand"
JOIN: Final = "join"
NO_LIST: Final = frozenset({HAND, JOIN})
SEPARATED: Final = "separated"

# What is held of a person in the words of a source. "absent" stands in a record that two lists in a row have lacked.
FIELDS: Final = (
    "name",
    "given_name",
    "family_name",
    "suffix",
    "chosen_name",
    "language",
    "birth",
    "hired_on",
    "employment",
    "membership",
    "standing",
)
NAMES: Final = ("name", "chosen_name", "given_name", "family_name")
ABSENT: Final = "absent"

# A value, the day it was first said ("2026-11-22"), and the import that brought it.
Entry = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Says:
    """One record: what a source says of a person.

    said: field → entry. missing_since: the first list that lacks it. code: tells two records of a source apart. place:
    when the record came to be, as a number that rises; where one source says two things on one day, the older record
    decides.
    """

    source: str
    said: Mapping[str, Entry]
    missing_since: str | None = None
    code: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """What holds. values: field → text, without those nobody speaks of. The days are ISO texts or None."""

    values: Mapping[str, str]
    missing_since: str | None = None
    separated_on: str | None = None


def best(records: Iterable[Says]) -> Best:
    """What holds of a person, field by field.

    What our own people wrote by hand stands before every list; then the value with the newest first day; on one day
    what the person said herself when joining, then the source first by name, then the older record. Somebody whose
    record two lists in a row have lacked is separated from the day of the second, unless another record of that source
    is there or somebody says otherwise later.
    """
    ordered = _ordered(records)
    gone = _gone(ordered)
    values = {name: entry[0] for name in FIELDS if (entry := _best_of(name, ordered, gone)) is not None}
    separated_on = None
    if values.get("employment") == SEPARATED:
        entry = _best_of("employment", ordered, gone)
        separated_on = entry[1] if entry is not None else None
    since = [record.missing_since for record in gone if record.missing_since]
    return Best(values=values, missing_since=min(since, default=None), separated_on=separated_on)


def source_of(name: str, records: Iterable[Says]) -> str:
    """The source that decides one field; "" where nobody speaks of it."""
    ordered = _ordered(records)
    entry = _best_of(name, ordered, _gone(ordered))
    if entry is None:
        return ""
    return next(record.source for record in ordered if entry in (record.said.get(name), _absence(record)))


def _best_of(name: str, ordered: Sequence[Says], gone: Sequence[Says]) -> Entry | None:
    """The deciding entry of a field; of equals the first in order."""
    found: Entry | None = None
    rank: tuple[bool, str, bool] = (False, "", False)
    for record in ordered:
        entry = record.said.get(name)
        if entry is not None:
            mine = (record.source == HAND, entry[1], record.source == JOIN)
            if found is None or mine > rank:
                found, rank = entry, mine
    if name == "employment":
        for record in gone:
            absence = _absence(record)
            if absence is not None and not rank[0] and (found is None or absence[1] >= rank[1]):
                found, rank = absence, (False, absence[1], False)
    return found


def _absence(record: Says) -> Entry | None:
    """What the absence from two lists says of employment."""
    absent = record.said.get(ABSENT)
    return None if absent is None else [SEPARATED, *absent[1:]]


def _ordered(records: Iterable[Says]) -> list[Says]:
    found = list(records)
    return sorted(found, key=lambda record: (record.source, record.place, record.code)) if len(found) > 1 else found


def _gone(records: Sequence[Says]) -> tuple[Says, ...]:
    """The records that lists lack, where no other record of the same source is there."""
    here = {record.source for record in records if record.missing_since is None}
    return tuple(record for record in records if record.missing_since is not None and record.source not in here)
