"""What people of ours write by hand about a person. It stands before every list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import Contact, indexes_of, is_employer_mail, lookup
from unionhall.foundation.errors import Invalid
from unionhall.roster.enums import ContactOwner, Employment, Membership, Standing
from unionhall.roster.models import ContactPoint, Person, PersonRecord
from unionhall.roster.models.people import LANGUAGES
from unionhall.roster.operations.inserting import fresh
from unionhall.roster.operations.people.doors import shut_doors
from unionhall.roster.operations.people.records import hand_record, refresh
from unionhall.rulebook.best import FIELDS, HAND
from unionhall.rulebook.directory import clean
from unionhall.rulebook.names import fold

LONGEST: Final = {"name": 200, "given_name": 120, "family_name": 120, "suffix": 20, "chosen_name": 120}
_CHOICES: Final = {
    "language": frozenset(code for code, _label in LANGUAGES),
    "employment": frozenset(Employment.values),
    "membership": frozenset(Membership.values),
    "standing": frozenset(Standing.values),
}
_BIRTH: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class NoSuchValue(Invalid):
    """A field of a person that cannot hold what was written."""

    code = "no_such_value"
    message = _("“%(value)s” cannot stand there. Nothing was changed.")


@transaction.atomic
def edit_person(*, person: Person, values: Mapping[str, str | None], actor: Actor, at: datetime) -> Person:
    """What one of us says of a person, before every list; gives the person as she now is.

    values: field of `rulebook.best.FIELDS` → text; "" says that there is none, None takes our own word back, so that
    the lists decide again. birth: "MM-DD". hired_on: "2026-11-22". What is said already changes nothing.
    Raises NoSuchValue.
    """
    day = timezone.localdate(at)
    record = hand_record(person, source=HAND, code=person.public_id, day=day)
    said = dict(record.said)
    for field, value in values.items():
        text = _checked(field, value)
        if text is None:
            said.pop(field, None)
        elif field not in said or said[field][0] != text:
            said[field] = [text, day.isoformat(), None]
    touched = sorted(field for field in FIELDS if said.get(field) != record.said.get(field))
    if not touched:
        _drop_if_empty(record.pk)
        return person
    PersonRecord.objects.filter(pk=record.pk).update(said=said, last_seen_on=max(day, record.last_seen_on))
    _drop_if_empty(record.pk)
    before = Person.objects.values_list("employment", flat=True).get(pk=person.pk)
    refresh([person.pk])
    fresh = Person.objects.get(pk=person.pk)
    detail = {"person": person.public_id, "fields": touched}
    audit.record(actor=actor, verb="roster.person_edited", at=at, obj=fresh, label=fresh.public_id, detail=detail)
    if before != Employment.MANAGEMENT and fresh.employment == Employment.MANAGEMENT:
        shut_doors(persons=[fresh], actor=actor, at=at)
    return fresh


@transaction.atomic
def add_contact(
    *, person: Person, contact: Contact, owner: str, source: str = HAND, actor: Actor, at: datetime
) -> ContactPoint:
    """The person can be reached there; a contact she has had before is current again.

    owner: of ContactOwner; an address in a domain of the employer is the employer's whatever is said. source: who says
    so. A current contact that the source has said before is given back unchanged.
    """
    day = timezone.localdate(at)
    record = hand_record(person, source=source, code=person.public_id, day=day)
    known = ContactPoint.objects.filter(person=person, kind=contact.kind, index_full__in=lookup(contact)).first()
    point = known or new_point(person=person.pk, contact=contact, owner=owner, source=source, at=at)
    if known is None:
        point.save(force_insert=True)
    elif not known.is_current:
        ContactPoint.objects.filter(pk=known.pk).update(is_current=True)
        known.is_current = True
    ids = record.said.get("contacts", [[]])[0]
    if point.pk in ids and point.pk not in record.said.get("retired", [[]])[0]:
        return point
    said = {**record.said, "contacts": [sorted({*ids, point.pk}), day.isoformat(), None]}
    _take_out(said, "retired", point.pk, day)
    PersonRecord.objects.filter(pk=record.pk).update(said=said, last_seen_on=max(day, record.last_seen_on))
    note(actor, "roster.contact_added", at, point, person, {"kind": point.kind, "source": source})
    return point


@transaction.atomic
def retire_contact(*, contact_point: ContactPoint, actor: Actor, at: datetime) -> ContactPoint:
    """The person is no longer reached there, whatever a list repeats; the value is kept beside the others.

    One retired already is given back unchanged.
    """
    day = timezone.localdate(at)
    person = contact_point.person
    record = hand_record(person, source=HAND, code=person.public_id, day=day)
    retired = record.said.get("retired", [[]])[0]
    if contact_point.pk in retired and not contact_point.is_current:
        return contact_point
    said = {**record.said, "retired": [sorted({*retired, contact_point.pk}), day.isoformat(), None]}
    _take_out(said, "contacts", contact_point.pk, day)
    PersonRecord.objects.filter(pk=record.pk).update(said=said, last_seen_on=max(day, record.last_seen_on))
    ContactPoint.objects.filter(pk=contact_point.pk).update(is_current=False)
    contact_point.is_current = False
    note(actor, "roster.contact_retired", at, contact_point, person, {"kind": contact_point.kind})
    return contact_point


def new_point(*, person: int, contact: Contact, owner: str, source: str, at: datetime) -> ContactPoint:
    """A contact point that is not saved yet, with the hashes it is found by. person: her database number."""
    indexes = indexes_of(contact)
    employers = contact.kind == "mail" and is_employer_mail(contact.value)
    return fresh(
        ContactPoint,
        person_id=person,
        kind=contact.kind,
        value=contact.value,
        index_full=indexes.full,
        index_last7=indexes.last7,
        index_last4=indexes.last4,
        owner=ContactOwner.EMPLOYER if employers else owner,
        source=source,
        added_at=at,
    )


def note(
    actor: Actor, verb: str, at: datetime, obj: models.Model, person: Person, detail: Mapping[str, object]
) -> None:
    """An entry of the trail that names the person by public id only."""
    audit.record(
        actor=actor, verb=verb, at=at, obj=obj, label=person.public_id, detail={"person": person.public_id, **detail}
    )


def _checked(field: str, value: str | None) -> str | None:
    """The value as it is kept, None to take it back. Raises NoSuchValue."""
    if field not in FIELDS:
        raise NoSuchValue(value=field)
    if value is None:
        return None
    text = clean(value)
    if not _fits(field, text):
        raise NoSuchValue(value=text[:40])
    return text


def _fits(field: str, text: str) -> bool:
    if field in LONGEST:
        return len(text) <= LONGEST[field] and (field != "name" or bool(fold(text)))
    if field in _CHOICES:
        return text in _CHOICES[field]
    if not text:
        return True
    return bool(_BIRTH.fullmatch(text)) if field == "birth" else _is_day(text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _take_out(said: dict[str, Any], field: str, pk: int, day: date) -> None:
    """The id no longer among those that a field of a record names."""
    ids = [item for item in said.pop(field, [[]])[0] if item != pk]
    if ids:
        said[field] = [ids, day.isoformat(), None]


def _drop_if_empty(pk: int) -> None:
    PersonRecord.objects.filter(pk=pk, said={}).delete()
