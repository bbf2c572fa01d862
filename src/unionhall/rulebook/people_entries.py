"""Lines of one list that speak of one person: one person, several jobs.

Source: docs/rules/people-lists.md, section 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.distance import JaroWinkler

from unionhall.rulebook.cells import Fault
from unionhall.rulebook.names import are_compatible, fold
from unionhall.rulebook.people_list import Job, PersonRow
from unionhall.rulebook.people_words import Status

ALIKE: Final = 0.87
# Of several jobs, the one that says most about what somebody may do here.
_WEIGHT: Final[tuple[Status, ...]] = ("management", "active", "substitute", "leave", "separated")


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One person of a list. lines: those that speak of the person. row: what they say together, on the first line.

    jobs: each once. repeats: lines that say nothing that an earlier one does not.
    """

    lines: tuple[int, ...]
    row: PersonRow
    jobs: tuple[Job, ...] = ()
    repeats: int = 0


def grouped(rows: Iterable[PersonRow]) -> list[PersonEntry | Fault]:
    """The people of a list, in its order; a Fault for each line whose id an earlier line gave to somebody else.

    Lines with one id and names that can be one person's are one person. Lines without an id are never joined, but those
    that repeat one another in everything that tells people apart.
    """
    found: dict[object, list[PersonRow]] = {}
    faults: list[Fault] = []
    for row in rows:
        key: object = row.id or _what_tells(row) or row.line
        held = found.setdefault(key, [])
        if held and row.id and not can_be_one(held[0], row):
            faults.append(Fault(line=row.line, code="id_of_another", value=row.id, other=str(held[0].line)))
        else:
            held.append(row)
    entries: list[PersonEntry | Fault] = [_entry(held) for held in found.values()]
    return sorted([*entries, *faults], key=_first_line) if faults else entries


def can_be_one(one: PersonRow, other: PersonRow) -> bool:
    """Whether two lines with one id can speak of one person: the same name but for slips, initials and omissions.

    A household shares the family name, so that the given name decides.
    """
    if one.name == other.name or are_compatible(one.name, other.name):
        return True
    if one.family_name and other.family_name:
        return _alike(one.family_name, other.family_name) and _given_alike(one.given_name, other.given_name)
    return _alike(" ".join(sorted(fold(one.name).split())), " ".join(sorted(fold(other.name).split())))


def _entry(rows: Sequence[PersonRow]) -> PersonEntry:
    first = rows[0]
    if len(rows) == 1:
        return PersonEntry(lines=(first.line,), row=first, jobs=(first.job,) if first.job else ())
    merged = _merged(rows)
    jobs = tuple(dict.fromkeys(row.job for row in rows if row.job))
    told = {replace(row, line=0) for row in rows}
    return PersonEntry(lines=tuple(row.line for row in rows), row=merged, jobs=jobs, repeats=len(rows) - len(told))


def _merged(rows: Sequence[PersonRow]) -> PersonRow:
    """What the lines say together: of each thing the first that is said."""
    statuses = {row.status for row in rows}
    return replace(
        rows[0],
        chosen_name=_first(row.chosen_name for row in rows),
        language=_first(row.language for row in rows),
        birth=_first(row.birth for row in rows),
        membership=_first(row.membership for row in rows),
        standing=_first(row.standing for row in rows),
        hired_on=min((row.hired_on for row in rows if row.hired_on), default=None),
        status=next((status for status in _WEIGHT if status in statuses), ""),
        job=next((row.job for row in rows if row.job), None),
        contacts=tuple({contact.value: contact for row in rows for contact in row.contacts}.values()),
        remarks=tuple(remark for row in rows for remark in row.remarks),
    )


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _what_tells(row: PersonRow) -> object:
    """All a line without an id says, where it says enough to be one person's alone; None where it does not."""
    if row.id or not (row.contacts or (row.birth and row.hired_on)):
        return None
    return replace(row, line=0)


def _alike(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    if set(first.split()) & set(second.split()) - {"de", "la", "del"}:
        return True
    return JaroWinkler.similarity(first, second) >= ALIKE


def _given_alike(one: str, other: str) -> bool:
    """Whether given names can be one's: slips, one of two names, or an initial for a name."""
    first, second = fold(one).split(), fold(other).split()
    if not first or not second:
        return True
    if len(first[0]) == 1 or len(second[0]) == 1:
        return first[0][0] == second[0][0]
    return bool(set(first) & set(second)) or JaroWinkler.similarity(first[0], second[0]) >= ALIKE


def _first_line(item: PersonEntry | Fault) -> int:
    return item.line if isinstance(item, Fault) else item.lines[0]
