"""One portion of a list of people written down: each person whole, with what it takes to undo it.

Called in the transaction of the portion. What it writes is worked out anew from the rows as they are now, so that a
list that was killed and resumed, or a doubt that is settled weeks later, writes what is still to be written, no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F, Q

from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import Contact
from unionhall.roster.enums import ChangeKind, Employment
from unionhall.roster.models import Assignment, ContactPoint, Import, ImportChange, Person, PersonRecord
from unionhall.roster.operations.inserting import fresh, insert_all
from unionhall.roster.operations.people.by_hand import new_point
from unionhall.roster.operations.people.doors import shut_doors
from unionhall.roster.operations.people.records import BATCH, columns_of, refresh, save_rows
from unionhall.roster.operations.people_lists.diffs import Diff, Told, compare
from unionhall.roster.operations.people_lists.known import Place, Point
from unionhall.roster.operations.people_lists.sites import NewTitle
from unionhall.roster.operations.people_lists.trail import Trace, keep_traces
from unionhall.rulebook.best import ABSENT, JOIN, Says, best

RECORD_COLUMNS: Final = ("said", "first_seen_on", "last_seen_on", "missing_since", "missing_lists")


@dataclass(frozen=True, slots=True)
class Writing:
    """One entry to be written. person: None for somebody new. code: of the record in the source of the list.

    diff: of somebody new, what the entry says, where that was worked out before.
    """

    told: Told
    code: str
    person: int | None = None
    diff: Diff | None = None


@dataclass(slots=True)
class Run:
    """What is the same for every portion of one import. is_first: nobody of this source was known before."""

    imported: Import
    titles: Mapping[tuple[int, str], int]
    is_first: bool
    actor: Actor
    at: datetime
    _day: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self._day = self.day.isoformat()

    @property
    def day(self) -> date:
        """The day of which the list speaks."""
        return self.imported.as_of

    def entry(self, value: Any) -> list[Any]:
        """What a record says from this list on."""
        return [value, self._day, self.imported.pk]

    def title(self, title: int | NewTitle | None) -> int | None:
        """The number of a job title, made by now where it was new."""
        return self.titles[title.unit, title.code.casefold()] if isinstance(title, NewTitle) else title


@dataclass(slots=True)
class Held:
    """The rows of the persons of a portion, as they are now."""

    records: dict[int, list[PersonRecord]] = field(default_factory=lambda: defaultdict(list))
    points: dict[int, dict[str, Point]] = field(default_factory=lambda: defaultdict(dict))
    current: dict[int, bool] = field(default_factory=dict)
    places: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    employment: dict[int, str] = field(default_factory=dict)

    def record(self, person: int, source: str, code: str) -> PersonRecord | None:
        """The record of a person by its code."""
        return next((one for one in self.records[person] if one.source == source and one.code == code), None)

    def holders(self, person: int, what: str, pk: int) -> list[PersonRecord]:
        """The records of a person that name a contact or a place."""
        return [one for one in self.records[person] if what in one.said and pk in one.said[what][0]]


def read_held(persons: Iterable[int]) -> Held:
    """What is held of these persons now: four queries for up to a few thousand of them."""
    held = Held()
    ids = sorted(set(persons))
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        held.employment |= dict(Person.objects.filter(pk__in=part).values_list("pk", "employment"))
        for record in PersonRecord.objects.filter(person__in=part).order_by("pk"):
            held.records[record.person_id].append(record)
        points = ContactPoint.objects.filter(person__in=part).order_by("pk")
        for person, pk, kind, owner, full, now in points.values_list(
            "person_id", "pk", "kind", "owner", "index_full", "is_current"
        ):
            held.points[person][full] = Point(pk, kind, owner, full)
            held.current[pk] = now
        places = Assignment.objects.filter(person__in=part, ends_on=None).order_by("pk")
        fields = ("person_id", "pk", "worksite_id", "classification_id", "shift", "hours", "source")
        for person, *row in places.values_list(*fields):
            held.places[person].append(Place._make(row))
    return held


def write_portion(run: Run, writings: Sequence[Writing]) -> list[int]:
    """These entries are on the roster, each person whole; gives the persons, in no order.

    Two entries of one person are written one after the other.
    """
    left, written = list(writings), []
    while left:
        persons: set[int] = set()
        now: list[Writing] = []
        later: list[Writing] = []
        for one in left:
            (later if one.person is not None and one.person in persons else now).append(one)
            if one.person is not None:
                persons.add(one.person)
        written += _Round(run).write(now)
        left = later
    return written


@dataclass(slots=True)
class _Touch:
    """One person under way. record: hers in this source, perhaps not saved yet."""

    told: Told
    person: int
    name: str
    diff: Diff
    record: PersonRecord
    trace: Trace
    points: list[ContactPoint] = field(default_factory=list)
    places: list[Assignment] = field(default_factory=list)


@dataclass(slots=True)
class _Round:
    run: Run
    held: Held = field(default_factory=Held)
    ended: dict[int, list[int]] = field(default_factory=dict)
    shown: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def write(self, writings: Sequence[Writing]) -> list[int]:
        self.held = read_held(one.person for one in writings if one.person is not None)
        touches = self._known([one for one in writings if one.person is not None])
        touches += self._new([one for one in writings if one.person is None])
        self._contacts(touches)
        self._places(touches)
        self._records(touches)
        old = [touch.person for touch in touches if touch.trace.kind == ChangeKind.CHANGED]
        keep_traces(self.run.imported, [touch.trace for touch in touches])
        changed = refresh(old)
        crossed = [
            person
            for person in changed
            if person.employment == Employment.MANAGEMENT
            and self.held.employment.get(person.pk) != Employment.MANAGEMENT
        ]
        shut_doors(persons=crossed, actor=self.run.actor, at=self.run.at)
        return [touch.person for touch in touches]

    def _known(self, writings: Sequence[Writing]) -> list[_Touch]:
        source, touches = self.run.imported.source, []
        names = dict(Person.objects.filter(pk__in=[one.person for one in writings]).values_list("pk", "name"))
        for one in writings:
            person = one.person or 0
            record = self.held.record(person, source, one.code)
            is_older = record is not None and record.last_seen_on > self.run.day
            diff = compare(
                one.told,
                record.said if record else {},
                self.held.points[person],
                self.held.places[person],
                is_older=is_older,
            )
            trace = Trace(ChangeKind.CHANGED, person, names.get(person, ""), one.told.entry.lines[0])
            touches.append(self._touch(one, person, diff, record, trace))
        return touches

    def _new(self, writings: Sequence[Writing]) -> list[_Touch]:
        """Somebody new for each of these entries."""
        run, persons, diffs = self.run, [], []
        for one in writings:
            diff = one.diff or compare(one.told, {}, {}, ())
            said = {name: run.entry(text) for name, text in diff.texts.items()}
            says = [Says(source=run.imported.source, said=said)]
            columns = columns_of(best(says), says, name=one.told.entry.row.name)
            persons.append(fresh(Person, source=run.imported.source, added_at=run.at, **columns))
            diffs.append(diff)
        insert_all(persons)
        return [
            self._touch(
                one, person.pk, diff, None, Trace(ChangeKind.NEW, person.pk, person.name, one.told.entry.lines[0])
            )
            for one, person, diff in zip(writings, persons, diffs, strict=True)
        ]

    def _touch(self, one: Writing, person: int, diff: Diff, record: PersonRecord | None, trace: Trace) -> _Touch:
        day = self.run.day
        if record is None:
            record = fresh(
                PersonRecord,
                person_id=person,
                source=self.run.imported.source,
                code=one.code,
                first_seen_on=day,
                last_seen_on=day,
            )
        else:
            trace.note_seen(record)
        return _Touch(one.told, person, one.told.entry.row.name, diff, record, trace)

    def _contacts(self, touches: Sequence[_Touch]) -> None:
        run = self.run
        for touch in touches:
            for reach in touch.diff.new_points:
                contact = Contact(kind=reach.contact.kind, value=reach.contact.value)
                point = new_point(
                    person=touch.person,
                    contact=contact,
                    owner=reach.contact.owner,
                    source=run.imported.source,
                    at=run.at,
                )
                touch.points.append(point)
        insert_all([point for touch in touches for point in touch.points])
        for touch in touches:
            if touch.diff.contacts is not None:
                self._show(touch)
        ContactPoint.objects.filter(pk__in=self.shown).update(is_current=True)
        ContactPoint.objects.filter(pk__in=self.hidden).update(is_current=False)

    def _show(self, touch: _Touch) -> None:
        """Known contacts that the record names now are current, those that nobody names any more are not."""
        now = set(touch.diff.contacts or ())
        before = set(touch.record.said["contacts"][0]) if "contacts" in touch.record.said else set()
        for pk in now - before:
            retired = self.held.holders(touch.person, "retired", pk)
            if not self.held.current.get(pk, True) and not retired:
                self.shown.append(pk)
        for pk in before - now:
            others = [one for one in self.held.holders(touch.person, "contacts", pk) if one.pk != touch.record.pk]
            if self.held.current.get(pk) and not others:
                self.hidden.append(pk)

    def _places(self, touches: Sequence[_Touch]) -> None:
        run = self.run
        for touch in touches:
            if touch.diff.ended:
                self._end(touch)
            for spot in touch.diff.new_spots:
                place = fresh(
                    Assignment,
                    person_id=touch.person,
                    worksite_id=spot.worksite,
                    classification_id=run.title(spot.title),
                    shift=spot.shift,
                    hours=spot.hours,
                    starts_on=None if run.is_first else run.day,
                    source=run.imported.source,
                )
                touch.places.append(place)
        ended = [pk for pks in self.ended.values() for pk in pks]
        rows = Assignment.objects.filter(pk__in=ended)
        rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=run.day)).update(ends_on=run.day)
        rows.filter(ends_on=None).update(ends_on=F("starts_on"))
        insert_all([place for touch in touches for place in touch.places])

    def _end(self, touch: _Touch) -> None:
        """Places that the record names no more end, unless another list or one of us names them.

        What the person said when she joined gives way, at the same worksite.
        """
        stays = {spot.worksite for spot in touch.diff.new_spots}
        stays |= {place.worksite for place in self.held.places[touch.person] if place.pk in (touch.diff.places or ())}
        left = {place.worksite for place in self.held.places[touch.person] if place.pk in touch.diff.ended} - stays
        ended = []
        for place in self.held.places[touch.person]:
            holders = {
                one.source for one in self.held.holders(touch.person, "places", place.pk) if one is not touch.record
            }
            hers = place.worksite in left and holders == {JOIN}
            if hers or (place.pk in touch.diff.ended and not holders - {JOIN}):
                ended.append(place.pk)
        self.ended[touch.person] = ended
        touch.trace.end(ended, on=self.run.day)

    def _records(self, touches: Sequence[_Touch]) -> None:
        for touch in touches:
            self._say(touch)
        new = [touch.record for touch in touches if touch.record.pk is None]
        save_rows([touch.record for touch in touches if touch.record.pk is not None], RECORD_COLUMNS)
        insert_all(new)
        made = {record.pk for record in new}
        for touch in touches:
            touch.trace.made(
                records=[touch.record.pk] if touch.record.pk in made else [],
                contacts=[point.pk for point in touch.points],
                places=[place.pk for place in touch.places],
            )

    def _say(self, touch: _Touch) -> None:
        """The record says what the entry says, and remembers what it said before."""
        run, diff, record = self.run, touch.diff, touch.record
        said = dict(record.said)
        for name, text in diff.texts.items():
            said[name] = run.entry(text)
        for name in diff.dropped:
            del said[name]
        if diff.contacts is not None or touch.points:
            said["contacts"] = run.entry(sorted({*(diff.contacts or ()), *(point.pk for point in touch.points)}))
        if diff.places is not None or touch.places:
            said["places"] = run.entry(sorted({*(diff.places or ()), *(place.pk for place in touch.places)}))
        touch.trace.note_said(record, said)
        record.said = said
        record.first_seen_on = min(record.first_seen_on, run.day)
        if record.last_seen_on <= run.day:
            record.last_seen_on, record.missing_since, record.missing_lists = run.day, None, 0


def write_absences(run: Run, absences: Sequence[tuple[int, int]]) -> None:
    """These records are lacking from the list. absences: numbers of records, and the step: 1 missing, 2 separated."""
    steps = dict(absences)
    records = list(PersonRecord.objects.filter(pk__in=steps).select_related("person").order_by("pk"))
    held = read_held(record.person_id for record in records)
    traces: dict[int, Trace] = {}
    ended: list[int] = []
    for record in records:
        trace = traces.setdefault(
            record.person_id, Trace(ChangeKind.CHANGED, record.person_id, record.person.name, None)
        )
        trace.note_seen(record)
        record.missing_since = record.missing_since or run.day
        record.missing_lists = steps[record.pk]
        said = dict(record.said)
        if steps[record.pk] == 2:
            said[ABSENT] = run.entry("")
            ids = set(said["places"][0]) if "places" in said else set()
            gone = [
                place.pk for place in held.places[record.person_id] if place.pk in ids and _may_end(held, record, place)
            ]
            said["places"] = run.entry([])
            trace.end(gone, on=run.day)
            ended += gone
        trace.note_said(record, said)
        record.said = said
    rows = Assignment.objects.filter(pk__in=ended)
    rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=run.day)).update(ends_on=run.day)
    rows.filter(ends_on=None).update(ends_on=F("starts_on"))
    save_rows(records, RECORD_COLUMNS)
    keep_traces(run.imported, list(traces.values()))
    refresh(traces)


def _may_end(held: Held, record: PersonRecord, place: Place) -> bool:
    """Whether a place that a lacking record names is named by no other list, nor by one of us."""
    others = {one.source for one in held.holders(record.person_id, "places", place.pk) if one.pk != record.pk}
    return not others - {JOIN}


def write_seen(run: Run, records: Sequence[tuple[int, str]]) -> None:
    """These records stand in the list as they stood before.

    records: their numbers, each with the day it was last seen.
    """
    days: dict[str, list[int]] = defaultdict(list)
    for pk, day in records:
        days[day].append(pk)
    ImportChange.objects.create(
        imported=run.imported,
        kind=ChangeKind.CHANGED,
        record="seen",
        record_pk=min(pk for pk, _day in records),
        label="",
        before=days,
    )
    today = run.day.isoformat()
    ids = [pk for pk, day in records if day < today]
    for start in range(0, len(ids), BATCH):
        PersonRecord.objects.filter(pk__in=ids[start : start + BATCH]).update(last_seen_on=run.day)
