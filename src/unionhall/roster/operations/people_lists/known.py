"""The roster as a list of people is held against it: read once, in a number of queries that never grows.

What is read stays text until it is asked for, so that a person of whom a list says nothing new costs next to nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from unionhall.roster.enums import ImportState
from unionhall.roster.models import Apart, Assignment, ContactPoint, Import, LineSeen, Person, PersonRecord
from unionhall.roster.operations.people_lists.later import Later
from unionhall.roster.operations.people_lists.sites import Sites, read_sites
from unionhall.rulebook.best import HAND
from unionhall.rulebook.matching import PersonCard

_TAKEN: Final = (ImportState.APPLYING, ImportState.APPLIED)
# Parts a text of the roster is made of, and ends one of several.
PART: Final = "\x1f"
END: Final = "\x1e"


class Somebody(NamedTuple):
    """A person as she stands on the roster. hired_on: an ISO text."""

    pk: int
    public_id: str
    name: str
    given_name: str
    family_name: str
    suffix: str
    chosen_name: str
    birth: str
    hired_on: str | None
    employment: str
    merged_into: int | None


@dataclass
class Record:
    """What the source of the list has said of a person until now. seen, missing: days as ISO texts."""

    pk: int
    person: int
    code: str
    text: str
    seen: str
    missing: str | None

    @cached_property
    def said(self) -> dict[str, Any]:
        """Field → what it says, as `PersonRecord.said`."""
        found: dict[str, Any] = json.loads(self.text)
        return found


class Point(NamedTuple):
    """A contact point, without its value."""

    pk: int
    kind: str
    owner: str
    full: str


class Place(NamedTuple):
    """An open assignment."""

    pk: int
    worksite: int
    classification: int | None
    shift: str
    hours: Decimal | None
    source: str


Persons = Later[int, Sequence[Any], Somebody]
Records = Later[str, Sequence[Any], Record]
Points = Later[int, list[str], dict[str, Point]]
Places = Later[int, list[str], list[Place]]


@dataclass(slots=True)
class Known:
    """All that is held. records: of this source, by code. hand: what people of ours wrote, by person. previous: the day
    of the latest list of this source that stands, before this one. digests: of the lines that records of any source
    were last seen on, by their numbers."""

    persons: Persons
    records: Records
    hand: dict[int, dict[str, Any]]
    points: Points
    places: Places
    sites: Sites
    apart: frozenset[tuple[int, int]]
    previous: date | None
    digests: dict[int, str] = field(default_factory=dict)
    _codes: dict[int, list[str]] = field(default_factory=dict)

    def codes_of(self, person: int) -> list[str]:
        """The codes of a person's records of this source."""
        if not self._codes and self.records:
            self._codes = defaultdict(list)
            for row in self.records.rows.values():
                self._codes[row[1]].append(row[2])
        return self._codes.get(person, [])

    def card(self, pk: int, source: str) -> PersonCard:
        """What is known of a person, for comparing."""
        one = self.persons[pk]
        codes = self.codes_of(pk)
        points = self.points.get(pk, {}).values()
        places = self.places.get(pk, ())
        records = [self.records[code] for code in codes]
        jobs = [record.said["job"][0] for record in records if "job" in record.said]
        return PersonCard(
            key=pk,
            name=one.name,
            given_name=one.given_name,
            family_name=one.family_name,
            suffix=one.suffix,
            chosen_name=one.chosen_name,
            ids=frozenset((source, code) for code in codes if code.startswith("=")),
            phones=frozenset(point.full for point in points if point.kind in ("sms", "phone")),
            mails=frozenset(point.full for point in points if point.kind == "mail"),
            places=frozenset(point.full for point in points if point.kind == "post"),
            worksites=frozenset(place.worksite for place in places),
            jobs=frozenset(job.casefold() for text in jobs for job in text.split("; ")),
            hired_on=date.fromisoformat(one.hired_on) if one.hired_on else None,
            birth=one.birth,
            active=one.employment not in ("separated",),
        )


def read_known(*, source: str, as_of: date, but: int | None) -> Known:
    """The roster as a list of that source and day finds it. but: the number of the import that is being resumed."""
    return Known(
        persons=read_persons(),
        records=read_records(source),
        hand=dict(PersonRecord.objects.filter(source=HAND).values_list("person_id", "said")),
        points=read_points(),
        places=read_places(),
        sites=read_sites(source=source, as_of=as_of),
        apart=frozenset(Apart.objects.values_list("first_id", "second_id")),
        previous=_previous(source, but),
        digests=dict(LineSeen.objects.order_by().values_list("record_id", "digest")),
    )


def read_persons(ids: Iterable[int] | None = None) -> Persons:
    """Everybody by number, or these alone."""
    fields = (*Somebody._fields[1:8], Cast("hired_on", CharField()), "employment", "merged_into_id")
    rows = _of(Person.objects.order_by(), "pk", ids).values_list("pk", *fields)
    return Later({row[0]: row for row in rows}, Somebody._make)


def read_records(source: str, codes: Iterable[str] | None = None) -> Records:
    """What a source says, by code: all of it, or under these codes alone."""
    fields = ("pk", "person_id", "code", Cast("said", TextField()))
    days = (Cast("last_seen_on", CharField()), Cast("missing_since", CharField()))
    rows = _of(PersonRecord.objects.filter(source=source).order_by(), "code", codes).values_list(*fields, *days)
    return Later({row[2]: row for row in rows}, lambda row: Record(*row))


def read_points(persons: Iterable[int] | None = None) -> Points:
    """The contact points of everybody, or of these alone, by person, by hash."""
    text = Concat(Cast("pk", CharField()), Value(PART), "kind", Value(PART), "owner", Value(PART), "index_full")
    rows = _of(ContactPoint.objects.order_by("pk"), "person", persons).values_list("person_id", text)
    return Later(_grouped(rows), lambda texts: {point.full: point for point in map(_point, texts)})


def read_places(persons: Iterable[int] | None = None) -> Places:
    """The open assignments of everybody, or of these alone, by person."""
    number, none = CharField(), Value("")
    text = Concat(
        Cast("pk", number),
        Value(PART),
        Cast("worksite_id", number),
        Value(PART),
        Coalesce(Cast("classification_id", number), none),
        Value(PART),
        Coalesce(Cast("hours", number), none),
        Value(PART),
        "source",
        Value(PART),
        "shift",
    )
    rows = _of(Assignment.objects.filter(ends_on=None).order_by("pk"), "person", persons)
    return Later(_grouped(rows.values_list("person_id", text)), lambda texts: [_place(text) for text in texts])


def _of(rows: QuerySet[Any], name: str, ids: Iterable[int | str] | None) -> QuerySet[Any]:
    return rows if ids is None else rows.filter(**{f"{name}__in": ids})


def _grouped(rows: Iterable[tuple[int, str]]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for person, text in rows:
        found[person].append(text)
    return found


def _point(text: str) -> Point:
    pk, kind, owner, full = text.split(PART)
    return Point(int(pk), kind, owner, full)


def _place(text: str) -> Place:
    pk, worksite, title, hours, source, shift = text.split(PART, 5)
    return Place(
        int(pk), int(worksite), int(title) if title else None, shift, Decimal(hours) if hours else None, source
    )


def _previous(source: str, but: int | None) -> date | None:
    lists = Import.objects.filter(kind="people", source=source, state__in=_TAKEN).exclude(pk=but or 0)
    return lists.order_by("-as_of").values_list("as_of", flat=True).first()
