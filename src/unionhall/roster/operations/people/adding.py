"""Adding persons, and keeping what they agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import User
from unionhall.accounts.operations import ensure_member
from unionhall.foundation import events
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import Contact, lookup
from unionhall.foundation.errors import Invalid, Refused
from unionhall.roster.enums import ConsentPurpose, ContactKind, ContactOwner
from unionhall.roster.events import PersonAdded
from unionhall.roster.models import Assignment, Consent, ContactPoint, OptOut, Person, Worksite
from unionhall.roster.operations.people.by_hand import new_point, note
from unionhall.roster.operations.people.records import say_of
from unionhall.roster.queries import way_of
from unionhall.rulebook.directory import clean
from unionhall.rulebook.names import are_compatible, fold


class NamelessPerson(Invalid):
    """A person without a single letter in their name."""

    code = "nameless_person"
    message = _("Write your name, so that your organizer knows whom to ask for.")


class EmployerChannel(Refused):
    """Consent to be written to through the employer's own mail."""

    code = "employer_channel"
    message = _("This address belongs to the employer, who can read it. Give your own mail or cell phone.")


@transaction.atomic
def add_person(
    *, name: str, worksite: Worksite | None, language: str, contact: Contact, source: str, actor: Actor, at: datetime
) -> Person:
    """Somebody is on the roster, at that worksite, reachable there: found again, or new.

    name: as typed. language: "en" or "es". source: who says so, such as "join". The same contact with a compatible name
    from the same source is the same person, so that a second click changes nothing; another name on one phone is
    another member of the household. A worksite not known of the person yet is added beside the others; one that our
    list lacks is left out.
    Raises NamelessPerson.
    """
    name = clean(name)[:200]
    if not fold(name):
        raise NamelessPerson
    # Two clicks at one instant wait for each other here; SQLite lets one writer in at a time anyway.
    if worksite is not None:
        Worksite.objects.select_for_update().get(pk=worksite.pk)
    person = _find_again(name, contact, source) or _new_person(
        name=name, language=language, contact=contact, source=source, actor=actor, at=at
    )
    if worksite is not None:
        place, new = Assignment.objects.get_or_create(
            person=person,
            worksite=worksite,
            classification=None,
            shift="",
            ends_on=None,
            defaults={"starts_on": None, "source": source},
        )
        say_of(person, source=source, day=timezone.localdate(at), values={}, places=[place.pk] if new else [])
    return person


@transaction.atomic
def record_consent(
    *,
    person: Person,
    contact_point: ContactPoint | None,
    channel: str,
    purpose: str,
    wording: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> Consent:
    """The person has agreed to be written to: channel, purpose, the words shown and their language are kept.

    channel: "sms" or "mail". purpose: of ConsentPurpose. A consent that stands for the same contact and purpose is
    given back unchanged. Raises EmployerChannel for a contact that is the employer's.
    """
    if contact_point is not None and contact_point.owner == ContactOwner.EMPLOYER:
        raise EmployerChannel
    standing = Consent.objects.filter(
        person=person, contact_point=contact_point, channel=channel, purpose=purpose, withdrawn_at=None
    ).first()
    if standing is not None:
        return standing
    consent = Consent.objects.create(
        person=person,
        contact_point=contact_point,
        channel=channel,
        purpose=purpose,
        wording=wording,
        language=language,
        given_at=at,
    )
    if purpose != ConsentPurpose.SHOWN:
        _lift_opt_outs(contact_point, at)
    note(actor, "roster.consent_given", at, consent, person, {"channel": channel, "purpose": purpose})
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, actor: Actor, at: datetime) -> Consent:
    """The consent no longer stands; the record of it stays. One withdrawn already is given back unchanged."""
    if consent.withdrawn_at is None:
        Consent.objects.filter(pk=consent.pk).update(withdrawn_at=at)
        consent.withdrawn_at = at
        note(actor, "roster.consent_withdrawn", at, consent, consent.person, {"channel": consent.channel})
    return consent


@transaction.atomic
def verify_contact(*, contact_point: ContactPoint, actor: Actor, at: datetime) -> ContactPoint:
    """The person has shown that the contact is theirs. Raises EmployerChannel: the employer's is nobody's own."""
    if contact_point.owner == ContactOwner.EMPLOYER:
        raise EmployerChannel
    if contact_point.verified_at is None:
        ContactPoint.objects.filter(pk=contact_point.pk).update(verified_at=at)
        contact_point.verified_at = at
        note(actor, "roster.contact_verified", at, contact_point, contact_point.person, {"kind": contact_point.kind})
    return contact_point


@transaction.atomic
def link_user(*, person: Person, user: User, actor: Actor, at: datetime) -> Person:
    """The account is this person's own, so that they see what is held about them."""
    if person.user_id != user.pk:
        Person.objects.filter(pk=person.pk).update(user=user)
        person.user = user
        note(actor, "roster.person_linked", at, person, person, {"user": user.pk})
    return person


@transaction.atomic
def open_account(*, person: Person, actor: Actor, at: datetime) -> User | None:
    """The account by which a person signs in: by code or link to her own contacts. None where she has no such contact.

    Her own account a second time changes nothing. Where the roster holds her twice, the account stays with the record
    that had it first, until the two are merged.
    """
    own = person.contact_points.filter(owner=ContactOwner.PERSONAL)
    contacts = [Contact(kind=_kind_of(point.kind), value=point.value) for point in own]
    if not contacts:
        return None
    user = ensure_member(name=person.name, language=person.language, contacts=contacts, actor=actor, at=at)
    if person.user_id is None and not Person.objects.filter(user=user).exists():
        link_user(person=person, user=user, actor=actor, at=at)
    return user


def _lift_opt_outs(contact_point: ContactPoint | None, at: datetime) -> None:
    """Whoever agrees in new words may be written to again, whatever she asked before."""
    if contact_point is not None:
        standing = OptOut.objects.filter(kind=way_of(contact_point.kind), lifted_at=None, opted_out_at__lte=at)
        standing.filter(index_full=contact_point.index_full).update(lifted_at=at)


def _kind_of(kind: str) -> Literal["sms", "mail"]:
    return "mail" if kind == ContactKind.MAIL else "sms"


def _find_again(name: str, contact: Contact, source: str) -> Person | None:
    """The person from that source who has this contact and whose name can be the one given; the oldest of several."""
    known = Person.objects.filter(
        source=source, contact_points__kind=contact.kind, contact_points__index_full__in=lookup(contact)
    )
    return next((person for person in known.order_by("pk") if are_compatible(person.name, name)), None)


def _new_person(*, name: str, language: str, contact: Contact, source: str, actor: Actor, at: datetime) -> Person:
    person = Person.objects.create(
        name=name, name_key=fold(name)[:400], search=f" {fold(name)}", language=language, source=source, added_at=at
    )
    point = new_point(person=person.pk, contact=contact, owner=ContactOwner.PERSONAL, source=source, at=at)
    point.save(force_insert=True)
    values = {"name": name, "language": language}
    say_of(person, source=source, day=timezone.localdate(at), values=values, contacts=[point.pk])
    note(actor, "roster.person_added", at, person, person, {"source": source})
    events.publish(PersonAdded(public_id=person.public_id))
    return person
