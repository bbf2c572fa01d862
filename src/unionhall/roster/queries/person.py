"""Everything held about one person, each value with who said it and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, cast

from django.db.models import Q, QuerySet

from unionhall.foundation.access import Viewer
from unionhall.foundation.contacts import Contact, Kind
from unionhall.foundation.errors import NotFound
from unionhall.foundation.models import AuditEntry
from unionhall.roster import access
from unionhall.roster.enums import ContactKind, ContactOwner
from unionhall.roster.models import (
    Assignment,
    Consent,
    ContactPoint,
    Import,
    ImportChange,
    Merge,
    OptOut,
    Person,
    PersonRecord,
)
from unionhall.rulebook.best import FIELDS, HAND, Says, source_of

SHOWN: Final = tuple(name for name in FIELDS if name not in ("given_name", "family_name", "suffix"))
MOST_TRAIL: Final = 30


class NoSuchPerson(NotFound):
    """Nobody of that public id whom this viewer may know."""

    code = "no_such_person"


@dataclass(frozen=True, slots=True)
class SaidOnce:
    """What one source says of a field. value: text. on: the day it first said so. imported: the import, if one did."""

    source: str
    value: str
    on: date
    imported: Import | None
    is_missing: bool


@dataclass(frozen=True, slots=True)
class BestValue:
    """One field. why: "hand", "alone", "newest", "agreed" or "unsaid". said: who says what, the deciding one first."""

    field: str
    value: str
    why: str
    said: Sequence[SaidOnce]


@dataclass(frozen=True, slots=True)
class Reach:
    """One contact of a person and where it comes from. said: which sources name it; opted_out: nobody writes there."""

    point: ContactPoint
    said: Sequence[SaidOnce]
    opted_out: OptOut | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person as her page shows her; what the viewer may not see is empty."""

    person: Person
    values: Sequence[BestValue]
    ids: Sequence[PersonRecord]
    reaches: Sequence[Reach]
    places: Sequence[Assignment]
    places_before: Sequence[Assignment]
    consents: Sequence[Consent]
    changes: Sequence[ImportChange]
    merges: Sequence[Merge]
    trail: Sequence[AuditEntry]
    may_reach: bool
    may_edit: bool
    hand: Mapping[str, str] = field(default_factory=dict)


def get_person(viewer: Viewer, public_id: str, *, on: date) -> Person:
    """The person of that public id, whom the viewer may know. Raises NoSuchPerson.

    One who was merged into another record is given as she was, for whom the other one is known.
    """
    found = Person.objects.get_queryset().filter(public_id=public_id).select_related("merged_into").first()
    if found is None:
        raise NoSuchPerson
    known = found.merged_into or found
    if not access.persons_visible_to(viewer, on=on).filter(pk=known.pk).exists():
        raise NoSuchPerson
    return found


def get_person_to_edit(viewer: Viewer, public_id: str, *, on: date) -> Person:
    """The person of that public id, whose record the viewer may put right. Raises NoSuchPerson."""
    found = access.persons_edited_by(viewer, on=on).filter(public_id=public_id, merged_into=None).first()
    if found is None:
        raise NoSuchPerson
    return found


def get_contact(person: Person, number: str) -> ContactPoint:
    """A contact of that person, by its number in the database. Raises NoSuchPerson for another's."""
    pk = int(number) if number.isdecimal() and number.isascii() else 0
    found = person.contact_points.select_related("person").filter(pk=pk).first()
    if found is None:
        raise NoSuchPerson
    return found


def contact_of(point: ContactPoint) -> Contact:
    """A contact point as its plain value, to be said again."""
    return Contact(kind=cast(Kind, point.kind), value=str(point.value))


def person_page(viewer: Viewer, person: Person, *, on: date) -> PersonPage:
    """All that the viewer may see of a person. The same number of queries, however much is held."""
    may_reach = access.may_see_contact(viewer, person, on=on)
    may_edit = access.may_edit(viewer, person, on=on)
    records = list(person.records.all())
    imports = _imports_of(records)
    places = list(person.assignments.select_related("worksite", "classification"))
    merged = list(Merge.objects.filter(kept=person, parted_at=None).select_related("absorbed"))
    reaches = _reaches(person, records, imports) if may_reach else []
    consents = list(person.consents.select_related("contact_point")) if may_reach else []
    return PersonPage(
        person=person,
        values=_values(person, records, imports),
        ids=[record for record in records if record.code.startswith("=")],
        reaches=reaches,
        places=[place for place in places if place.ends_on is None or place.ends_on >= on],
        places_before=[place for place in places if place.ends_on is not None and place.ends_on < on],
        consents=consents,
        changes=_changes(person, merged) if may_edit else (),
        merges=merged if may_edit else (),
        trail=list(_trail(person, [reach.point for reach in reaches], consents)[:MOST_TRAIL]) if may_edit else (),
        may_reach=may_reach,
        may_edit=may_edit,
        hand=_by_hand(records),
    )


def values_of(person: Person) -> list[BestValue]:
    """What holds of a person, field by field, with who says it. Two queries."""
    records = list(person.records.all())
    return _values(person, records, _imports_of(records))


def reaches_of(person: Person) -> list[Reach]:
    """Every contact of a person, current ones first, with who named it. Four queries."""
    records = list(person.records.all())
    return _reaches(person, records, _imports_of(records))


def hand_values(person: Person) -> dict[str, str]:
    """What one of us has written of a person, field by field."""
    return _by_hand(list(person.records.filter(source=HAND)))


def _by_hand(records: Sequence[PersonRecord]) -> dict[str, str]:
    said = [record.said for record in records if record.source == HAND]
    return {name: str(one[name][0]) for one in said for name in FIELDS if name in one}


def _imports_of(records: Sequence[PersonRecord]) -> Mapping[int, Import]:
    ids = {entry[2] for record in records for entry in record.said.values() if len(entry) > 2 and entry[2]}
    return Import.objects.in_bulk(ids)


def _said(record: PersonRecord, name: str, imports: Mapping[int, Import]) -> SaidOnce:
    value, day, imported = (*record.said[name], None)[:3]
    return SaidOnce(
        source=record.source,
        value=str(value),
        on=date.fromisoformat(day),
        imported=imports.get(imported) if imported else None,
        is_missing=record.missing_since is not None,
    )


def _values(person: Person, records: Sequence[PersonRecord], imports: Mapping[int, Import]) -> list[BestValue]:
    says = [
        Says(
            source=record.source,
            said=record.said,
            missing_since=record.missing_since.isoformat() if record.missing_since else None,
            code=record.code,
        )
        for record in records
    ]
    found = []
    for name in SHOWN:
        said = [_said(record, name, imports) for record in records if name in record.said]
        source = source_of(name, says)
        said.sort(key=lambda one: (one.source != source, -one.on.toordinal(), one.source))
        found.append(BestValue(name, _shown(person, name), _why(source, said), said))
    return found


def _shown(person: Person, name: str) -> str:
    value: Any = getattr(person, name)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _why(source: str, said: Sequence[SaidOnce]) -> str:
    """Why the value is the one that holds."""
    if not said:
        return "unsaid"
    if source == HAND:
        return "hand"
    if len({one.source for one in said}) == 1:
        return "alone"
    return "agreed" if len({one.value for one in said}) == 1 else "newest"


def _reaches(person: Person, records: Sequence[PersonRecord], imports: Mapping[int, Import]) -> list[Reach]:
    """The contacts, current ones first, each with who named it."""
    points = sorted(person.contact_points.order_by("-added_at", "-pk"), key=_usefulness)
    stopped = Q(pk__in=[])
    for point in points:
        stopped |= Q(kind=point.kind, index_full=point.index_full)
    outs = {(out.kind, out.index_full): out for out in OptOut.objects.filter(stopped, lifted_at=None)}
    named: dict[int, list[SaidOnce]] = defaultdict(list)
    for record in records:
        for pk in record.said.get("contacts", [[]])[0]:
            named[pk].append(_said(record, "contacts", imports))
    return [Reach(point, named.get(point.pk, ()), outs.get((point.kind, point.index_full))) for point in points]


def _usefulness(point: ContactPoint) -> tuple[bool, bool, int]:
    """Where a contact stands on the page: current ones first, one's own before the employer's, then by what it is."""
    return (
        not point.is_current,
        point.owner == ContactOwner.EMPLOYER,
        list(ContactKind).index(ContactKind(point.kind)),
    )


def _changes(person: Person, merged: Sequence[Merge]) -> list[ImportChange]:
    """What imports did to the person, the latest first; to those merged into her too."""
    ids = [person.pk, *(merge.absorbed_id for merge in merged)]
    rows = ImportChange.objects.filter(record="person", record_pk__in=ids)
    return list(rows.select_related("imported").order_by("-imported", "-pk")[:MOST_TRAIL])


def _trail(person: Person, reaches: Sequence[ContactPoint], consents: Sequence[Consent]) -> QuerySet[AuditEntry]:
    """What people of ours did to the record, its contacts and consents, the latest first."""
    wanted = Q(object_type="roster.person", object_id=str(person.pk))
    wanted |= Q(object_type="roster.contactpoint", object_id__in=[str(point.pk) for point in reaches])
    wanted |= Q(object_type="roster.consent", object_id__in=[str(consent.pk) for consent in consents])
    return AuditEntry.objects.filter(wanted).order_by("-at", "-pk")
