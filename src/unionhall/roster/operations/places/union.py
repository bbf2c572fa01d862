"""Chapters, who belongs to them, and who holds which office in the union."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.errors import AlreadyDone, Invalid
from unionhall.roster.enums import ChosenBy, OfficeKind
from unionhall.roster.models import Area, Chapter, ChapterPerson, Person, UnionOffice, Worksite
from unionhall.roster.operations.places.putting import put_row


class OfficeInTwoPlaces(Invalid):
    """An office that was to hold in several places, or to end before it starts."""

    code = "office_in_two_places"
    message = _("An office holds at one worksite, in one chapter or in one area, and ends after it starts.")


class OfficeHeldAlready(AlreadyDone):
    """The person holds that very office there already."""

    code = "office_held_already"
    message = _("%(name)s holds this office there already.")


@transaction.atomic
def put_chapter(
    *,
    code: str,
    name: Bilingual,
    worksites: Iterable[Worksite] = (),
    is_roving: bool = False,
    area: Area | None = None,
    actor: Actor,
    at: datetime,
) -> Chapter:
    """The chapter of that code has that name, that area and exactly those worksites; made where it is new."""
    chapter = put_row(
        Chapter, {"code": code}, {"name": name, "is_roving": is_roving, "area": area}, "roster.chapter_put", actor, at
    )
    wanted = {site.pk for site in worksites}
    if wanted != set(chapter.worksites.values_list("pk", flat=True)):
        chapter.worksites.set(wanted)
        audit.record(
            actor=actor, verb="roster.chapter_worksites_put", at=at, obj=chapter, detail={"worksites": len(wanted)}
        )
    return chapter


@transaction.atomic
def join_chapter(*, chapter: Chapter, person: Person, starts_on: date, actor: Actor, at: datetime) -> ChapterPerson:
    """The person belongs to the chapter, whatever their worksites; twice it changes nothing."""
    row, new = ChapterPerson.objects.get_or_create(
        chapter=chapter, person=person, ends_on=None, defaults={"starts_on": starts_on}
    )
    if new:
        _record("roster.chapter_joined", chapter, person, actor, at)
    return row


@transaction.atomic
def leave_chapter(*, chapter: Chapter, person: Person, ends_on: date, actor: Actor, at: datetime) -> None:
    """The person belongs to the chapter until that day."""
    if ChapterPerson.objects.filter(chapter=chapter, person=person, ends_on=None).update(ends_on=ends_on):
        _record("roster.chapter_left", chapter, person, actor, at)


@transaction.atomic
def give_office(
    *,
    person: Person,
    kind: OfficeKind,
    worksite: Worksite | None = None,
    chapter: Chapter | None = None,
    area: Area | None = None,
    chosen_by: ChosenBy = ChosenBy.UNKNOWN,
    starts_on: date,
    ends_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> UnionOffice:
    """The person holds the office from that day: at a worksite, in a chapter, in an area, or for the whole local.

    It opens no door by itself; `accounts.operations.grant_role` does. Raises OfficeInTwoPlaces or OfficeHeldAlready.
    """
    places = {"worksite": worksite, "chapter": chapter, "area": area}
    if sum(place is not None for place in places.values()) > 1 or (ends_on is not None and ends_on < starts_on):
        raise OfficeInTwoPlaces
    still = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    if UnionOffice.objects.filter(still, person=person, kind=kind, **places).exists():
        raise OfficeHeldAlready(name=str(person))
    office = UnionOffice.objects.create(
        person=person, kind=kind, chosen_by=chosen_by, starts_on=starts_on, ends_on=ends_on, **places
    )
    _record_office("roster.office_given", office, actor, at)
    return office


@transaction.atomic
def end_office(*, office: UnionOffice, ends_on: date, actor: Actor, at: datetime) -> UnionOffice:
    """The office was held until that day. Raises OfficeInTwoPlaces where that is before it began."""
    if ends_on < office.starts_on:
        raise OfficeInTwoPlaces
    if office.ends_on != ends_on:
        office.ends_on = ends_on
        office.save(update_fields=["ends_on"])
        _record_office("roster.office_ended", office, actor, at)
    return office


def _record(verb: str, chapter: Chapter, person: Person, actor: Actor, at: datetime) -> None:
    audit.record(actor=actor, verb=verb, at=at, obj=chapter, detail={"person": person.public_id})


def _record_office(verb: str, office: UnionOffice, actor: Actor, at: datetime) -> None:
    place = office.worksite.public_id if office.worksite else ""
    detail = {"person": office.person.public_id, "kind": office.kind}
    audit.record(actor=actor, verb=verb, at=at, obj=office, label=office.public_id, place=place, detail=detail)
