"""The roster as a list of people is held against it: read once, in a number of queries that never grows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from unionhall.roster.enums import ImportState
from unionhall.roster.models import Apart, Assignment, ContactPoint, Import, Person, PersonRecord
from unionhall.roster.operations.people_lists.sites import Sites, read_sites
from unionhall.rulebook.best import HAND
from unionhall.rulebook.matching import PersonCard

_TAKEN = (ImportState.APPLYING, ImportState.APPLIED)


class Somebody(NamedTuple):
    """A person as she stands on the roster."""

    pk: int
    public_id: str
    name: str
    given_name: str
    family_name: str
    suffix: str
    chosen_name: str
    birth: str
    hired_on: date | None
    employment: str
    merged_into: int | None


class Record(NamedTuple):
    """What the source of the list has said of a person until now."""

    pk: int
    person: int
    code: str
    said: dict[str, Any]
    first_seen_on: date
    last_seen_on: date
    missing_since: date | None
    missing_lists: int


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


@dataclass(slots=True)
class Known:
    """All that is held. records: of this source, by code. hand: what people of ours wrote, by person. previous: the day
    of the latest list of this source that stands, before this one."""

    persons: dict[int, Somebody]
    records: dict[str, Record]
    hand: dict[int, dict[str, Any]]
    points: dict[int, dict[str, Point]]
    places: dict[int, list[Place]]
    sites: Sites
    apart: frozenset[tuple[int, int]]
    previous: date | None
    codes: dict[int, list[str]] = field(default_factory=dict)

    def card(self, pk: int, source: str) -> PersonCard:
        """What is known of a person, for comparing."""
        one = self.persons[pk]
        points = self.points.get(pk, {}).values()
        places = self.places.get(pk, ())
        records = [self.records[code] for code in self.codes.get(pk, ())]
        jobs = [record.said["job"][0] for record in records if "job" in record.said]
        return PersonCard(
            key=pk,
            name=one.name,
            given_name=one.given_name,
            family_name=one.family_name,
            suffix=one.suffix,
            chosen_name=one.chosen_name,
            ids=frozenset((source, code) for code in self.codes.get(pk, ()) if code.startswith("=")),
            phones=frozenset(point.full for point in points if point.kind in ("sms", "phone")),
            mails=frozenset(point.full for point in points if point.kind == "mail"),
            places=frozenset(point.full for point in points if point.kind == "post"),
            worksites=frozenset(place.worksite for place in places),
            jobs=frozenset(job.casefold() for text in jobs for job in text.split("; ")),
            hired_on=one.hired_on,
            birth=one.birth,
            active=one.employment not in ("separated",),
        )


def read_known(*, source: str, as_of: date, but: int | None) -> Known:
    """The roster as a list of that source and day finds it. but: the number of the import that is being resumed."""
    records = _records(source)
    codes: dict[int, list[str]] = defaultdict(list)
    for record in records.values():
        codes[record.person].append(record.code)
    return Known(
        persons=_persons(),
        records=records,
        hand=dict(PersonRecord.objects.filter(source=HAND).values_list("person_id", "said")),
        points=_points(),
        places=_places(),
        sites=read_sites(source=source, as_of=as_of),
        apart=frozenset(Apart.objects.values_list("first_id", "second_id")),
        previous=_previous(source, but),
        codes=codes,
    )


def _persons() -> dict[int, Somebody]:
    fields = ("pk", *Somebody._fields[1:-1], "merged_into_id")
    return {row[0]: Somebody._make(row) for row in Person.objects.order_by().values_list(*fields)}


def _records(source: str) -> dict[str, Record]:
    fields = ("pk", "person_id", *Record._fields[2:])
    rows = PersonRecord.objects.filter(source=source).order_by().values_list(*fields)
    return {row[2]: Record._make(row) for row in rows.iterator(chunk_size=5_000)}


def _points() -> dict[int, dict[str, Point]]:
    found: dict[int, dict[str, Point]] = defaultdict(dict)
    rows = ContactPoint.objects.order_by().values_list("person_id", "pk", "kind", "owner", "index_full")
    for person, pk, kind, owner, full in rows.iterator(chunk_size=5_000):
        found[person][full] = Point(pk, kind, owner, full)
    return found


def _places() -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    fields = ("person_id", "pk", "worksite_id", "classification_id", "shift", "hours", "source")
    rows = Assignment.objects.filter(ends_on=None).order_by("pk").values_list(*fields)
    for person, *row in rows.iterator(chunk_size=5_000):
        found[person].append(Place._make(row))
    return found


def _previous(source: str, but: int | None) -> date | None:
    lists = Import.objects.filter(kind="people", source=source, state__in=_TAKEN).exclude(pk=but or 0)
    return lists.order_by("-as_of").values_list("as_of", flat=True).first()
