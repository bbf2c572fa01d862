"""Everybody on the roster as the rows of one list: a thousand persons at a time, however many there are.

The heads are those that our own importer reads (docs/rules/exports.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from unionhall.roster.enums import ContactKind, ContactOwner
from unionhall.roster.models import Assignment, Consent, ContactPoint, Person, PersonRecord, WorksiteCode
from unionhall.rulebook.cells_out import joined_ids, plain_code

AT_ONCE: Final = 1_000
BY_HAND: Final = "hand"
BETWEEN: Final = " / "
HEADS: Final = (
    "Unionhall ID",
    "Employee ID",
    "Last name",
    "First name",
    "Middle name",
    "Suffix",
    "Preferred name",
    "Full name",
    "Birthday",
    "Hire date",
    "Employment status",
    "Membership",
    "Good standing",
    "Language",
    "Bargaining unit",
    "Department",
    "Job code",
    "Job title",
    "Worksite code",
    "Worksite",
    "Shift",
    "Hours per day",
)
CONTACT_HEADS: Final = (
    "Cell phone",
    "Home phone",
    "Personal email",
    "Work phone",
    "Work email",
    "Home address",
    "City",
    "State",
    "ZIP",
)
LAST_HEADS: Final = ("Area", "Agreed to", "IDs by source", "Missing since", "Separated on", "On our roster since")


@dataclass(frozen=True, slots=True)
class _Says:
    """One record of a person, as far as a list needs it."""

    source: str
    code: str
    said: dict[str, Any]

    def parts(self, name: str) -> list[str]:
        """What the source says in that field, one part for each job."""
        return str(self.said[name][0]).split("; ") if name in self.said else []


_NOTHING: Final = _Says("", "", {})


@dataclass(slots=True)
class _About:
    """What hangs on the persons of one portion, by database number."""

    records: dict[int, list[_Says]] = field(default_factory=lambda: defaultdict(list))
    jobs: dict[int, list[Assignment]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[int, list[ContactPoint]] = field(default_factory=lambda: defaultdict(list))
    consents: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def main_source_of_people() -> str:
    """The source that knows the most persons by an id of its own; "" where none does."""
    found = (
        PersonRecord.objects.filter(code__startswith="=")
        .exclude(source=BY_HAND)
        .values_list("source")
        .annotate(count=Count("pk"))
        .order_by("-count", "source")
        .first()
    )
    return str(found[0]) if found else ""


def people_rows(*, source: str, area: str, contacts: bool) -> Iterator[tuple[str, ...]]:
    """One row for each person and job, persons in the order they came; six queries a thousand persons.

    source: whose ids stand under "Employee ID". area: public id of an area, "" for all. contacts: whether numbers and
    addresses are given out; without, their columns are left out. Merged records are told by the one that was kept.
    """
    persons = _persons(area)
    last = 0
    while portion := list(persons.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = portion[-1].pk
        about = _read([person.pk for person in portion], contacts=contacts)
        for person in portion:
            yield from _rows_of(person, about, source=source, contacts=contacts)


def _persons(area: str) -> QuerySet[Person]:
    persons = Person.objects.filter(merged_into=None)
    if area:
        there = Assignment.objects.filter(ends_on=None, worksite__area__public_id=area)
        persons = persons.filter(pk__in=there.values("person_id"))
    return persons


def _read(ids: Sequence[int], *, contacts: bool) -> _About:
    about = _About()
    records = PersonRecord.objects.filter(person__in=ids).order_by("source", "pk")
    for person, *says in records.values_list("person", "source", "code", "said"):
        about.records[person].append(_Says(*says))
    jobs = Assignment.objects.filter(person__in=ids, ends_on=None).order_by("pk")
    for job in jobs.select_related("worksite__area", "classification__unit"):
        about.jobs[job.person_id].append(job)
    if contacts:
        for point in ContactPoint.objects.filter(person__in=ids, is_current=True).order_by("pk"):
            about.contacts[point.person_id].append(point)
    standing = Consent.objects.filter(person__in=ids, withdrawn_at=None).order_by("given_at", "pk")
    for person, channel, purpose, given_at in standing.values_list("person", "channel", "purpose", "given_at"):
        about.consents[person].append(f"{channel} {purpose} {given_at:%Y-%m-%d}")
    sites = {job.worksite_id for jobs_of in about.jobs.values() for job in jobs_of}
    codes = WorksiteCode.objects.filter(worksite__in=sites, code__startswith="=").order_by("year", "pk")
    for site, named_by, code in codes.values_list("worksite", "source", "code"):
        about.codes[site][named_by] = plain_code(code)
    return about


def _rows_of(person: Person, about: _About, *, source: str, contacts: bool) -> Iterator[tuple[str, ...]]:
    """As many rows as the person has jobs, or ids of the source, whichever are more; one at the least."""
    records = about.records[person.pk]
    own = [record for record in records if record.source == source]
    says = own[0] if own else _NOTHING
    by_source: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if record.source != BY_HAND:
            by_source[record.source].append(plain_code(record.code) or "no id")
    ids = [id for record in own if (id := plain_code(record.code))] or [""]
    jobs: list[Assignment | None] = [*about.jobs[person.pk]] or [None]
    reach = _reach(about.contacts[person.pk]) if contacts else ()
    for number in range(max(len(ids), len(jobs), len(says.parts("job")))):
        job = jobs[number % len(jobs)]
        yield (
            person.public_id,
            ids[number % len(ids)],
            *_who(person, says, tells_language=not records or any("language" in record.said for record in records)),
            *_work(job, says, number),
            *_where(job, about, source),
            *reach,
            str(job.worksite.area.name) if job and job.worksite.area else "",
            "; ".join(about.consents[person.pk]),
            joined_ids(by_source),
            _day(person.missing_since),
            _day(person.separated_on),
            _day(person.added_at),
        )


def _who(person: Person, says: _Says, *, tells_language: bool) -> tuple[str, ...]:
    """Her names and how she stands; a language that nobody said is only ours, so that it is left out."""
    return (
        person.family_name,
        person.given_name,
        "".join(says.parts("middle")),
        person.suffix,
        person.chosen_name,
        person.name,
        person.birth,
        _day(person.hired_on),
        person.employment,
        person.membership,
        {"good": "yes", "behind": "no"}.get(person.standing, ""),
        person.language if tells_language else "",
    )


def _work(job: Assignment | None, says: _Says, number: int) -> tuple[str, ...]:
    """Unit, department, job code and title: in the words of the source where it has some, each of its jobs once."""
    title = job.classification if job else None

    def told(name: str, known: str) -> str:
        parts = says.parts(name)
        return parts[number] if number < len(parts) else "" if parts else known

    return (
        told("unit", title.unit.code if title else ""),
        told("department", ""),
        title.code if title else "",
        told("job", str(title.name) if title else ""),
    )


def _where(job: Assignment | None, about: _About, source: str) -> tuple[str, ...]:
    """Code and name of the worksite, shift, hours."""
    if job is None:
        return ("",) * 4
    codes = about.codes[job.worksite_id]
    code = codes.get(source) or codes.get(job.worksite.source) or next(iter(codes.values()), "")
    hours = "" if job.hours is None else f"{job.hours:f}".rstrip("0").rstrip(".")
    return code, job.worksite.name, job.shift, hours


def _reach(points: Iterable[ContactPoint]) -> tuple[str, ...]:
    """The contacts as their columns: own cell, telephone and mail; the employer's; the home address in four parts."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for point in points:
        found[point.kind, point.owner].append(point.value)
    own, theirs = ContactOwner.PERSONAL, ContactOwner.EMPLOYER
    home = next(iter(found[ContactKind.POST, own]), "")
    work = found[ContactKind.SMS, theirs] + found[ContactKind.PHONE, theirs]
    return (
        BETWEEN.join(found[ContactKind.SMS, own]),
        BETWEEN.join(found[ContactKind.PHONE, own]),
        BETWEEN.join(found[ContactKind.MAIL, own]),
        BETWEEN.join(work),
        BETWEEN.join(found[ContactKind.MAIL, theirs]),
        *(home.split("\n") + [""] * 3)[:4],
    )


def _day(when: object) -> str:
    return f"{when:%Y-%m-%d}" if when else ""


def people_heads(*, contacts: bool) -> tuple[str, ...]:
    """The heads of `people_rows`, in their order."""
    return (*HEADS, *(CONTACT_HEADS if contacts else ()), *LAST_HEADS)


def sources_of_people() -> list[str]:
    """Every source that speaks of persons, by name, for a choice."""
    known = PersonRecord.objects.exclude(Q(source=BY_HAND)).order_by("source")
    return list(known.values_list("source", flat=True).distinct())
