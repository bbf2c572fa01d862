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

from unionhall.rulebook.cells import Cells, Fault, cleaned, has_letter
from unionhall.rulebook.days import DayStyle, join_month_day, read_day, read_month_day
from unionhall.rulebook.keys import Keys
from unionhall.rulebook.people_columns import FIELDS as FIELDS
from unionhall.rulebook.people_columns import WANTED as WANTED
from unionhall.rulebook.people_words import (
    Status,
    read_employment,
    read_language,
    read_membership,
    read_standing,
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
    cells = cells if cells.is_clean else cleaned(cells)
    values = cells.values
    name = name_of(values)
    written = name.written
    id = values.get("id", "")
    fault = _fault_of(cells, name, id)
    if fault is not None:
        return fault
    remarks: list[Fault] = []
    job = _job(cells, remarks)
    chosen = values.get("chosen_name")
    return PersonRow(
        line=cells.line,
        name=written,
        id=reading.keys.key(id) if id else "",
        given_name=name.given,
        middle=name.middle,
        family_name=name.family,
        suffix=name.suffix,
        chosen_name=natural_case(chosen[: LONGEST["part"]]) if chosen else "",
        language=_said(cells, "language", read_language, remarks) if values.get("language") else "",
        hired_on=_hired_on(cells, reading.days, remarks) if values.get("hired_on") else None,
        birth=_birth(cells, reading.births, remarks),
        status=_status(cells, remarks),
        membership=_said(cells, "membership", read_membership, remarks) if values.get("membership") else "",
        standing=_said(cells, "standing", read_standing, remarks) if values.get("standing") else "",
        job=job,
        contacts=contacts_of(cells, reading.ways, remarks),
        remarks=tuple(remarks),
    )


def name_of(values: Mapping[str, str]) -> PersonName:
    """The name in the clean cells of a line: from columns for its parts, else from the one that holds it whole."""
    family, given = values.get("last", ""), values.get("first", "")
    second = values.get("last_2")
    if second:
        family = f"{family} {second}".strip()
    if family and given:
        return from_parts(given, values.get("middle", ""), family, values.get("suffix", ""))
    return from_whole(values.get("name") or family or given)


def job_of(cells: Cells) -> Job | None:
    """What a line says of work; None where it says nothing."""
    get = (cells if cells.is_clean else cleaned(cells)).values.get
    return _read_job(*[get(name, "") for name in _OF_JOB], get("hours", ""))[0]


def _fault_of(cells: Cells, name: PersonName, id: str) -> Fault | None:
    """Why a line cannot be taken at all; None where it can."""
    written = name.written
    if has_letter(written) and len(written) <= LONGEST["part"] and len(id) <= LONGEST["id"]:
        return None
    column = next((field for field in ("name", "last", "first") if field in cells.heads), "name")
    if not has_letter(written):
        return cells.fault(column, "no_person_name")
    if len(written) > LONGEST["name"] or max(len(name.given), len(name.family)) > LONGEST["part"]:
        return cells.fault(column, "too_long", str(LONGEST["part"]))
    return cells.fault("id", "too_long", str(LONGEST["id"])) if len(id) > LONGEST["id"] else None


def _job(cells: Cells, remarks: list[Fault]) -> Job | None:
    """What the line says of work; None where it says nothing."""
    get = cells.values.get
    job, wrong = _read_job(*[get(name, "") for name in _OF_JOB], get("hours", ""))
    for name in wrong:
        code, other = ("no_hours", "") if name == "hours" else ("cut_short", str(LONGEST[name]))
        remarks.append(cells.fault(name, code, other))
    return job


@lru_cache(maxsize=65_536)
def _read_job(*texts: str) -> tuple[Job | None, tuple[str, ...]]:
    """What the cells about work say, one object for the many who do the same at one place; and which say it wrongly."""
    said, written = texts[:-1], texts[-1]
    wrong = [name for name, text in zip(_OF_JOB, said, strict=True) if len(text) > LONGEST[name]]
    short = [text[: LONGEST[name]].rstrip() for name, text in zip(_OF_JOB, said, strict=True)]
    hours = _decimal(written)
    if written and not hours:
        wrong.append("hours")
    return (_made_job(*short, hours) if hours or any(short) else None), tuple(wrong)


def _made_job(*texts: str) -> Job:
    return Job(**dict(zip((*_OF_JOB, "hours"), texts, strict=True)))


def _decimal(text: str) -> str:
    found = _HOURS.fullmatch(text)
    if not found:
        return ""
    fraction = (found[2] or "").rstrip("0")
    return f"{int(found[1])}.{fraction}" if fraction else str(int(found[1]))


def _said(cells: Cells, name: str, read: Callable[[str], str | None], remarks: list[Fault]) -> str:
    """What a word of a vocabulary means; one that nobody knows is remarked and left out."""
    found = read(cells.values[name])
    if found is None:
        remarks.append(cells.fault(name, f"unknown_{name}"))
    return found or ""


def _status(cells: Cells, remarks: list[Fault]) -> Status:
    """How somebody stands at work. Who shows any sign of management is named: they stay out of the members' rooms."""
    get = cells.values.get
    status, sign = read_employment(get("status", ""), get("job", ""), get("unit", ""))
    if sign:
        remarks.append(cells.fault(sign, "management" if status else "unknown_employment"))
    return status


def _hired_on(cells: Cells, style: DayStyle, remarks: list[Fault]) -> date | None:
    found = read_day(cells.values["hired_on"], style)
    if found is None:
        remarks.append(cells.fault("hired_on", "no_day"))
    return found


def _birth(cells: Cells, style: DayStyle, remarks: list[Fault]) -> str:
    """Month and day of birth, from one column or from two. The year is never kept, the remark names no value."""
    get = cells.values.get
    text, month, day = get("birth", ""), get("birth_month", ""), get("birth_day", "")
    if not (text or month or day):
        return ""
    found = join_month_day(month, day or text) if month else read_month_day(text, style)
    if not found:
        column = cells.heads.get("birth" if text else "birth_month", "birth")
        remarks.append(Fault(line=cells.line, code="no_birthday", column=column))
    return found
