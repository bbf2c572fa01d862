"""Taking a list of people back, in portions: what it wrote goes, and what came after stands.

A record that a later list has seen rests on that list from then on: what the undone one wrote of it is handed on to the
later one, whose own undo then leads back past both.
Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, models, transaction

from unionhall.roster.enums import ChangeKind, ImportState
from unionhall.roster.models import (
    Apart,
    Assignment,
    Classification,
    ContactPoint,
    Import,
    ImportChange,
    LookAlike,
    Person,
    PersonRecord,
)
from unionhall.roster.operations.files.looked import Progress
from unionhall.roster.operations.files.undone import Stands
from unionhall.roster.operations.people.records import BATCH, refresh, save_rows
from unionhall.roster.operations.people_lists.trail import PERSON
from unionhall.rulebook.best import HAND

PORTION: Final = 1_000
SEEN: Final = "seen"
_OWN: Final = (PersonRecord, ContactPoint, Assignment, Apart, LookAlike)
_SEEN_FIELDS: Final = ("code", "first_seen_on", "last_seen_on", "missing_since", "missing_lists")


@dataclass(slots=True)
class Back:
    """What taking back comes to: persons removed, persons put back, and what stands."""

    removed: int = 0
    restored: int = 0
    stands: list[Stands] = field(default_factory=list)


@dataclass(slots=True)
class Later:
    """What lists since did: record → the first of them that saw it. days: import → the day of which it speaks."""

    saw: dict[int, int]
    days: dict[int, date]


def read_later(imported: Import) -> Later:
    """The lists of this source since, that stand, and which records each of them saw unchanged."""
    lists = Import.objects.filter(pk__gt=imported.pk, kind=imported.kind, source=imported.source)
    days = dict(lists.filter(state__in=(ImportState.APPLIED, ImportState.APPLYING)).values_list("pk", "as_of"))
    saw: dict[int, int] = {}
    rows = ImportChange.objects.filter(imported__in=days, record=SEEN).order_by("imported", "pk")
    for pk, before in rows.values_list("imported_id", "before"):
        for records in before.values():
            for record in records:
                saw.setdefault(record, pk)
    return Later(saw=saw, days=days)


def preview_people_undo(imported: Import) -> Back:
    """What taking the list back comes to; nothing is written."""
    back, later = Back(), read_later(imported)
    for changes in _portions(imported):
        portion = _Portion(imported, later, changes, back)
        portion.plan()
    return back


def undo_people(imported: Import, progress: Progress) -> Back:
    """The list is taken back, portion by portion; killed anywhere, the same call goes on where it was."""
    back, later = Back(), read_later(imported)
    rows = ImportChange.objects.filter(imported=imported, record=PERSON)
    total, done = rows.count(), rows.filter(is_undone=True).count()
    progress(done, total)
    for changes in _portions(imported):
        with transaction.atomic():
            portion = _Portion(imported, later, changes, back)
            portion.plan()
            portion.write()
        done += len(changes)
        progress(done, total)
    with transaction.atomic():
        _unsee(imported, later)
        _remove_titles(imported)
    return back


def _portions(imported: Import) -> Iterator[list[ImportChange]]:
    """What is still to be taken back, the last first."""
    rows = ImportChange.objects.filter(imported=imported, record=PERSON, is_undone=False)
    ids = list(rows.order_by("-pk").values_list("pk", flat=True))
    for start in range(0, len(ids), PORTION):
        part = ids[start : start + PORTION]
        yield list(ImportChange.objects.filter(pk__in=part).order_by("-pk"))


@dataclass(slots=True)
class _Portion:
    """Some changes of an import on their way back."""

    imported: Import
    later: Later
    changes: Sequence[ImportChange]
    back: Back
    persons: dict[int, Person] = field(default_factory=dict)
    records: dict[int, PersonRecord] = field(default_factory=dict)
    by_person: dict[int, list[PersonRecord]] = field(default_factory=lambda: defaultdict(list))
    heirs: dict[tuple[int, int], ImportChange] = field(default_factory=dict)
    attached: frozenset[int] = frozenset()
    remove: list[int] = field(default_factory=list)
    take: list[ImportChange] = field(default_factory=list)
    hand_on: list[tuple[ImportChange, int]] = field(default_factory=list)

    def plan(self) -> None:
        """Decide what becomes of each change, and count it."""
        self._read()
        for change in self.changes:
            person = self.persons.get(change.record_pk)
            if person is None:
                continue
            heir = self._heir(change)
            if heir is not None:
                self.hand_on.append((change, heir))
                self._stand(change, person, "later_import", self._fields(change))
            elif change.kind == ChangeKind.NEW:
                self._plan_new(change, person)
            else:
                self.take.append(change)
                self.back.restored += 1
                by_hand = self._by_hand(change, person)
                if by_hand:
                    self._stand(change, person, "edited", by_hand)

    def _plan_new(self, change: ImportChange, person: Person) -> None:
        made = change.after.get("records", ())
        sources = {one.source for one in self.by_person[person.pk] if one.pk not in made}
        reason = "edited" if HAND in sources else "later_import" if sources else ""
        reason = reason or ("attached" if person.pk in self.attached or person.user_id else "")
        if reason:
            self._stand(change, person, reason, ())
        else:
            self.remove.append(person.pk)
            self.back.removed += 1

    def _stand(self, change: ImportChange, person: Person, reason: str, fields: tuple[str, ...]) -> None:
        change.stands = reason
        self.back.stands.append(Stands(public_id=person.public_id, name=person.name, reason=reason, fields=fields))

    def _heir(self, change: ImportChange) -> int | None:
        """The first later list that has seen or changed what this change touched."""
        touched = _records_of(change)
        found = [self.later.saw[pk] for pk in touched if pk in self.later.saw]
        later = [self.heirs.get((pk, change.record_pk)) for pk in self.later.days]
        found += [heir.imported_id for heir in later if heir is not None and touched & _records_of(heir)]
        return min(found, default=None)

    def _by_hand(self, change: ImportChange, person: Person) -> tuple[str, ...]:
        """The fields of a change of which one of us says otherwise."""
        said: dict[str, Any] = next((one.said for one in self.by_person[person.pk] if one.source == HAND), {})
        return tuple(name for name in self._fields(change) if name in said)

    def _fields(self, change: ImportChange) -> tuple[str, ...]:
        return tuple(sorted({name for fields in change.before.get("said", {}).values() for name in fields}))

    def _read(self) -> None:
        ids = [change.record_pk for change in self.changes]
        self.persons = Person.objects.in_bulk(ids)
        pks = {pk for change in self.changes for pk in _records_of(change)}
        rows = PersonRecord.objects.filter(models.Q(person__in=ids) | models.Q(pk__in=pks))
        self.records = {one.pk: one for one in rows}
        for one in self.records.values():
            self.by_person[one.person_id].append(one)
        later = ImportChange.objects.filter(
            imported__in=self.later.days, record=PERSON, record_pk__in=ids, is_undone=False
        ).order_by()
        self.heirs = {(one.imported_id, one.record_pk): one for one in later}
        made = [change for change in self.changes if change.kind == ChangeKind.NEW]
        self.attached = _attached(made)

    def write(self) -> None:
        """Do what was decided, within the caller's transaction."""
        settled = list(self.changes)
        for change, heir in self.hand_on:
            self._hand_on(change, heir)
        _remove_people(self.remove)
        self._take_back()
        for change in settled:
            change.is_undone = True
        save_rows(settled, ("stands", "is_undone"))

    def _hand_on(self, change: ImportChange, heir: int) -> None:
        """A later list takes over what this change did: its own undo will take both back."""
        later = self.heirs.get((heir, change.record_pk))
        if later is None:
            later = ImportChange(
                imported_id=heir,
                kind=ChangeKind.CHANGED,
                record=PERSON,
                record_pk=change.record_pk,
                label=change.label,
                line=None,
            )
        self._take_over(later, change, day=self.later.days[heir])
        later.save()
        self.heirs[heir, change.record_pk] = later

    def _take_over(self, later: ImportChange, change: ImportChange, *, day: date) -> None:
        made = set(change.after.get("records", ()))
        said: dict[str, dict[str, Any]] = {pk: dict(one) for pk, one in later.before.get("said", {}).items()}
        for pk, fields in change.before.get("said", {}).items():
            said[pk] = {**said.get(pk, {}), **fields}
        seen = {**later.before.get("seen", {}), **change.before.get("seen", {})}
        for pk in _records_of(change):
            if pk in self.records:
                self._rename(self.records[pk], later.imported_id, day, is_made=pk in made)
        before = {
            "said": {pk: fields for pk, fields in said.items() if int(pk) not in made},
            "seen": {pk: one for pk, one in seen.items() if int(pk) not in made},
        }
        after = {
            name: sorted({*later.after.get(name, ()), *change.after.get(name, ())})
            for name in ("records", "contacts", "places")
        }
        ended = {**later.after.get("ended", {}), **change.after.get("ended", {})}
        later.before = {name: value for name, value in before.items() if value}
        later.after = {name: value for name, value in {**after, "ended": ended}.items() if value}
        if change.kind == ChangeKind.NEW:
            later.kind = ChangeKind.NEW

    def _rename(self, record: PersonRecord, heir: int, day: date, *, is_made: bool) -> None:
        """What the undone list said first, the later one said first now."""
        said = {
            name: [entry[0], day.isoformat(), heir] if entry[2] == self.imported.pk else entry
            for name, entry in record.said.items()
        }
        first = day if is_made else record.first_seen_on
        if said != record.said or first != record.first_seen_on:
            record.said, record.first_seen_on = said, min(first, record.last_seen_on)
            record.save(update_fields=["said", "first_seen_on"])

    def _take_back(self) -> None:
        """Records say again what they said; places and contacts follow."""
        taking = [change for change in self.take if change.record_pk in self.persons]
        made = {pk for change in taking for pk in change.after.get("records", ())}
        PersonRecord.objects.filter(pk__in=made).delete()
        named = {pk for one in self.records.values() for pk in one.said.get("contacts", [()])[0]}
        restored = [one for change in taking for one in self._restored(change)]
        save_rows(restored, ("said", *_SEEN_FIELDS))
        left = [one for pk, one in self.records.items() if pk not in made]
        _Rows(taking, left, named).put_back()
        refresh({change.record_pk for change in taking} | {one.person_id for one in restored})

    def _restored(self, change: ImportChange) -> Iterator[PersonRecord]:
        for pk, seen in change.before.get("seen", {}).items():
            record = self.records.get(int(pk))
            if record is None:
                continue
            said = dict(record.said)
            for name, entry in change.before.get("said", {}).get(pk, {}).items():
                # A field that holds no more what the import wrote was said anew by somebody: it stands.
                if name not in said or said[name][2] == self.imported.pk:
                    said.pop(name, None)
                    if entry is not None:
                        said[name] = entry
            record.said = said
            for name, value in zip(_SEEN_FIELDS, seen, strict=True):
                is_day = name in ("first_seen_on", "last_seen_on", "missing_since")
                setattr(record, name, date.fromisoformat(value) if is_day and value else value)
            yield record


@dataclass(slots=True)
class _Rows:
    """Places and contacts after the records of their persons were put back.

    records: as they now are. were_named: the contacts that they named until now.
    """

    changes: Sequence[ImportChange]
    records: Sequence[PersonRecord]
    were_named: set[int]

    def put_back(self) -> None:
        """Places that the import ended are open again, what it made and nobody names goes, what is named is current."""
        named = self._named("places")
        made = {pk for change in self.changes for pk in change.after.get("places", ())}
        Assignment.objects.filter(pk__in=made - named).delete()
        self._reopen()
        self._contacts()

    def _named(self, what: str) -> set[int]:
        return {pk for one in self.records if what in one.said for pk in one.said[what][0]}

    def _reopen(self) -> None:
        ended = {int(pk): day for change in self.changes for pk, day in change.after.get("ended", {}).items()}
        rows = list(Assignment.objects.filter(pk__in=ended))
        people = {row.person_id for row in rows}
        taken = {_key(row) for row in Assignment.objects.filter(person__in=people, ends_on=None)}
        again = []
        for row in rows:
            if row.ends_on is not None and row.ends_on.isoformat() >= ended[row.pk] and _key(row) not in taken:
                row.ends_on = None
                taken.add(_key(row))
                again.append(row)
        save_rows(again, ("ends_on",))

    def _contacts(self) -> None:
        made = {pk for change in self.changes for pk in change.after.get("contacts", ())}
        named = self._named("contacts")
        held = _attached_contacts(made - named)
        ContactPoint.objects.filter(pk__in=made - named - held).delete()
        persons = {change.record_pk for change in self.changes} | {one.person_id for one in self.records}
        touched = self.were_named | (made & held)
        shown = named - self._named("retired")
        points = ContactPoint.objects.filter(person__in=persons)
        ids = [pk for pk, now in points.values_list("pk", "is_current") if not now and pk in shown]
        points.filter(pk__in=ids).update(is_current=True)
        points.filter(pk__in=touched - named).update(is_current=False)


def _remove_people(ids: Sequence[int]) -> None:
    """The persons with what is theirs alone are gone. Nothing else refers to them: that was looked at."""
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        for pairs in (Apart, LookAlike):
            pairs._base_manager.filter(models.Q(first__in=part) | models.Q(second__in=part)).delete()
        for rows in (PersonRecord, ContactPoint, Assignment):
            # Straight to the table: Django would read every row first, to ask once more what refers to it.
            rows._base_manager.filter(person__in=part)._raw_delete(DEFAULT_DB_ALIAS)
        Person._base_manager.filter(pk__in=part)._raw_delete(DEFAULT_DB_ALIAS)


def _key(row: Assignment) -> tuple[int, int, int | None, str]:
    return row.person_id, row.worksite_id, row.classification_id, row.shift


def _records_of(change: ImportChange) -> set[int]:
    """The records that a change touched or made."""
    return {int(pk) for pk in change.before.get("seen", {})} | set(change.after.get("records", ()))


def _attached(made: Sequence[ImportChange]) -> frozenset[int]:
    """The persons that any other record of the house refers to, or who have contacts or places from elsewhere."""
    ids = [change.record_pk for change in made]
    found = _referring(Person, ids, but=_OWN)
    own = {name: {pk for change in made for pk in change.after.get(name, ())} for name in ("contacts", "places")}
    for rows, name in ((ContactPoint, "contacts"), (Assignment, "places")):
        for start in range(0, len(ids), BATCH):
            held = rows._base_manager.filter(person__in=ids[start : start + BATCH]).values_list("pk", "person_id")
            found.update(person for pk, person in held if pk not in own[name])
    return frozenset(found)


def _attached_contacts(ids: set[int]) -> set[int]:
    """The contacts that any other record refers to, or whose owner has proved them hers."""
    verified = ContactPoint.objects.filter(pk__in=ids, verified_at__isnull=False).values_list("pk", flat=True)
    return _referring(ContactPoint, sorted(ids), but=()) | set(verified)


def others_point_at(*, persons: Sequence[int], contacts: Sequence[int]) -> bool:
    """Whether any other record of the house refers to one of these persons or contacts, or an account is hers."""
    if Person.objects.filter(pk__in=persons).exclude(user=None).exists():
        return True
    return bool(_referring(Person, persons, but=_OWN) or _attached_contacts(set(contacts)))


def _referring(model: type[models.Model], ids: Sequence[int], *, but: tuple[type[models.Model], ...]) -> set[int]:
    """Which of the rows any other table refers to."""
    found: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.related_model in but:
            continue
        column = relation.field.attname
        rows = relation.related_model._base_manager
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            found.update(rows.filter(**{f"{column}__in": part}).values_list(column, flat=True).distinct())
    return found


def _unsee(imported: Import, later: Later) -> None:
    """Records that the list saw unchanged were last seen when they were before; later lists remember it so."""
    days: dict[int, str] = {}
    for before in ImportChange.objects.filter(imported=imported, record=SEEN).values_list("before", flat=True):
        days |= {pk: day for day, pks in before.items() for pk in pks}
    by_day: dict[str, list[int]] = defaultdict(list)
    for pk, day in days.items():
        if pk not in later.saw:
            by_day[day].append(pk)
    for day, pks in by_day.items():
        for start in range(0, len(pks), BATCH):
            rows = PersonRecord.objects.filter(pk__in=pks[start : start + BATCH], last_seen_on=imported.as_of)
            rows.update(last_seen_on=date.fromisoformat(day))
    _tell_later(imported, later, days)


def _tell_later(imported: Import, later: Later, days: Mapping[int, str]) -> None:
    """Later lists found the records as the undone one had found them."""
    own = imported.as_of.isoformat()
    for row in ImportChange.objects.filter(imported__in=later.days, record__in=(SEEN, PERSON)):
        before = _seen_rows(row.before, own, days) if row.record == SEEN else _seen_in_change(row.before, own, days)
        if before != row.before:
            row.before = before
            row.save(update_fields=["before"])


def _seen_rows(before: Mapping[str, list[int]], own: str, days: Mapping[int, str]) -> dict[str, list[int]]:
    moved: dict[str, list[int]] = defaultdict(list)
    for day, pks in before.items():
        for pk in pks:
            moved[days.get(pk, own) if day == own else day].append(pk)
    return dict(moved)


def _seen_in_change(before: Mapping[str, Any], own: str, days: Mapping[int, str]) -> dict[str, Any]:
    seen = {
        pk: [*one[:2], days.get(int(pk), own) if one[2] == own else one[2], *one[3:]]
        for pk, one in before.get("seen", {}).items()
    }
    return {**before, "seen": seen} if seen else dict(before)


def _remove_titles(imported: Import) -> None:
    """Job titles that the list brought go where nobody has them."""
    made = ImportChange.objects.filter(imported=imported, record="classification", is_undone=False)
    ids = list(made.values_list("record_pk", flat=True))
    held = _referring(Classification, ids, but=())
    Classification.objects.filter(pk__in=set(ids) - held).delete()
    made.filter(record_pk__in=held).update(stands="attached")
    made.update(is_undone=True)
