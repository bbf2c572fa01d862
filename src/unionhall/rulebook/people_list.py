"""A list of people, line by line: who it speaks of, where they work, how to reach them.

Source: docs/rules/people-lists.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from unionhall.rulebook.cells import Cells, Fault, clean_name, plain_text
from unionhall.rulebook.days import DayStyle, join_month_day, read_day, read_month_day
from unionhall.rulebook.keys import Keys
from unionhall.rulebook.names import fold
from unionhall.rulebook.people_columns import FIELDS as FIELDS
from unionhall.rulebook.people_columns import WANTED as WANTED
from unionhall.rulebook.people_words import (
    Status,
    is_management,
    read_language,
    read_membership,
    read_standing,
    read_status,
)
from unionhall.rulebook.person_names import PersonName, from_parts, from_whole, natural_case
from unionhall.rulebook.reaching import RowContact as RowContact
from unionhall.rulebook.reaching import Ways as Ways
from unionhall.rulebook.reaching import contacts_of

LONGEST: Final = {
    "name": 200,
    "part": 120,
    "id": 60,
    "job": 200,
    "job_code": 60,
    "unit": 120,
    "department": 120,
    "worksite": 250,
    "worksite_code": 60,
    "worksite_address": 250,
    "shift": 40,
}
_REDACTED: Final = frozenset({"information redacted", "redacted", "no data", "#n/a", "#ref!", "#value!", "#name?"})
_OF_JOB: Final = (
    "worksite_code",
    "worksite",
    "worksite_address",
    "job_code",
    "job",
    "unit",
    "department",
    "shift",
)
_HOURS: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?(?: ?(?:h|hrs?|hours?|horas))?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody does where. "" for what the list does not say. hours: a decimal number such as "7.5"."""

    worksite_code: str = ""
    worksite: str = ""
    worksite_address: str = ""
    job_code: str = ""
    job: str = ""
    unit: str = ""
    department: str = ""
    shift: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one line says of one person. "", None and (): the list does not say.

    id: the one spelling of the source's id. name: as its owner would write it; given_name and family_name where the
    list holds them apart. birth: month and day, "02-29". status: active, leave, substitute, separated or management.
    membership: member, nonmember or former. standing: good or behind. language: two letters. remarks: values that were
    left out or are doubtful, with the reason; of contacts only what may be shown.
    """

    line: int
    name: str
    id: str = ""
    given_name: str = ""
    middle: str = ""
    family_name: str = ""
    suffix: str = ""
    chosen_name: str = ""
    language: str = ""
    hired_on: date | None = None
    birth: str = ""
    status: Status = ""
    membership: str = ""
    standing: str = ""
    job: Job | None = None
    contacts: tuple[RowContact, ...] = ()
    remarks: tuple[Fault, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known before a line is read. days, births: how the columns of those days are written."""

    ways: Ways
    days: DayStyle
    births: DayStyle
    keys: Keys = field(default_factory=Keys)


def read_person(cells: Cells, reading: Reading) -> PersonRow | Fault:
    """The person a line speaks of, or why it cannot be taken.

    Refused are only a line without a name and one whose name or id is too long to be one. Anything else that cannot be
    meant is left out with a remark: a wrong number must not cost a coworker their vote.
    """
    values = cells.values
    name = name_of(values)
    written = name.written
    if not fold(written):
        return cells.fault("name" if "name" in cells.heads else "last", "no_person_name")
    if len(written) > LONGEST["name"] or len(name.given) > LONGEST["part"] or len(name.family) > LONGEST["part"]:
        return cells.fault("name" if "name" in cells.heads else "last", "too_long", str(LONGEST["part"]))
    id = _text(values, "id")
    if len(id) > LONGEST["id"]:
        return cells.fault("id", "too_long", str(LONGEST["id"]))
    remarks: list[Fault] = []
    job = _job(cells, remarks)
    return PersonRow(
        line=cells.line,
        name=written,
        id=reading.keys.key(id) if id else "",
        given_name=name.given,
        middle=name.middle,
        family_name=name.family,
        suffix=name.suffix,
        chosen_name=natural_case(_name_text(values, "chosen_name")[: LONGEST["part"]]),
        language=_said(cells, "language", read_language, remarks),
        hired_on=_hired_on(cells, reading.days, remarks),
        birth=_birth(cells, reading.births, remarks),
        status=_status(cells, job, remarks),
        membership=_said(cells, "membership", read_membership, remarks),
        standing=_said(cells, "standing", read_standing, remarks),
        job=job,
        contacts=contacts_of(cells, reading.ways, remarks),
        remarks=tuple(remarks),
    )


def name_of(values: Mapping[str, str]) -> PersonName:
    """The name, from columns for its parts, else from the one that holds it whole."""
    last, first = _name_text(values, "last"), _name_text(values, "first")
    second = _name_text(values, "last_2")
    family = f"{last} {second}".strip() if second else last
    if family and first:
        middle, suffix = _name_text(values, "middle"), _name_text(values, "suffix")
        return from_parts(given=first, middle=middle, family=family, suffix=suffix)
    return from_whole(_name_text(values, "name") or family or first)


def _text(values: Mapping[str, str], name: str) -> str:
    text = values.get(name)
    return plain_text(text) if text else ""


def _name_text(values: Mapping[str, str], name: str) -> str:
    """A part of a name, to the letter: nobody is called "redacted", but somebody is called Null, and many Na."""
    text = values.get(name)
    if not text:
        return ""
    found = clean_name(text)
    return "" if len(found) < 24 and found.lower() in _REDACTED else found


def _job(cells: Cells, remarks: list[Fault]) -> Job | None:
    """What the line says of work; None where it says nothing."""
    values = cells.values
    texts = [_short(cells, name, remarks) if values.get(name) else "" for name in _OF_JOB]
    hours = _text(values, "hours")
    if hours:
        hours = _decimal(hours)
        if not hours:
            remarks.append(cells.fault("hours", "no_hours"))
    if not (hours or any(texts)):
        return None
    return _made_job(*texts, hours)


@lru_cache(maxsize=4_096)
def _made_job(*texts: str) -> Job:
    """One object for the many who do the same at one place."""
    return Job(*texts)


def _short(cells: Cells, name: str, remarks: list[Fault]) -> str:
    """A text no longer than it may be; what is cut off is remarked."""
    text = plain_text(cells.values[name])
    if len(text) > LONGEST[name]:
        remarks.append(cells.fault(name, "cut_short", str(LONGEST[name])))
        return text[: LONGEST[name]].rstrip()
    return text


def _decimal(text: str) -> str:
    found = _HOURS.fullmatch(text)
    if not found:
        return ""
    fraction = (found[2] or "").rstrip("0")
    return f"{int(found[1])}.{fraction}" if fraction else str(int(found[1]))


def _said(cells: Cells, name: str, read: Callable[[str], str | None], remarks: list[Fault]) -> str:
    """What a word of a vocabulary means; one that nobody knows is remarked and left out."""
    text = _text(cells.values, name)
    if not text:
        return ""
    found = read(text)
    if found is None:
        remarks.append(cells.fault(name, f"unknown_{name}"))
    return found or ""


def _status(cells: Cells, job: Job | None, remarks: list[Fault]) -> Status:
    """How somebody stands at work. Who shows any sign of management is named: they stay out of the members' rooms."""
    text = _text(cells.values, "status")
    if is_management(status=text, job=job.job if job else "", unit=job.unit if job else ""):
        column = next(name for name in ("job", "unit", "status") if _text(cells.values, name))
        remarks.append(cells.fault(column, "management"))
        return "management"
    found = read_status(text)
    if found is None:
        remarks.append(cells.fault("status", "unknown_employment"))
    return found or ""


def _hired_on(cells: Cells, style: DayStyle, remarks: list[Fault]) -> date | None:
    text = _text(cells.values, "hired_on")
    if not text:
        return None
    found = read_day(text, style)
    if found is None:
        remarks.append(cells.fault("hired_on", "no_day"))
    return found


def _birth(cells: Cells, style: DayStyle, remarks: list[Fault]) -> str:
    """Month and day of birth, from one column or from two. The year is never kept, the remark names no value."""
    values = cells.values
    text, month, day = _text(values, "birth"), _text(values, "birth_month"), _text(values, "birth_day")
    if not (text or month or day):
        return ""
    found = join_month_day(month, day or text) if month else read_month_day(text, style)
    if not found:
        column = cells.heads.get("birth" if text else "birth_month", "birth")
        remarks.append(Fault(line=cells.line, code="no_birthday", column=column))
    return found
