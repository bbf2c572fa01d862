"""Who holds which office in the union, and who belongs to which chapter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q, QuerySet

from unionhall.roster.enums import OfficeKind
from unionhall.roster.models import Chapter, Person, UnionOffice, Worksite

LEADERS_OF_A_WORKSITE = (OfficeKind.STEWARD, OfficeKind.CHAPTER_CHAIR, OfficeKind.CO_CHAIR, OfficeKind.VICE_CHAIR)


def offices_at(worksite: Worksite, on: date) -> QuerySet[UnionOffice]:
    """The offices held on that day at the worksite or in a chapter of it, with their persons."""
    here = Q(worksite=worksite) | Q(chapter__worksites=worksite)
    return _held(on).filter(here).select_related("person", "chapter").distinct()


def stewards_of(worksite: Worksite, on: date) -> list[Person]:
    """Those who lead the worksite on that day, as stewards or chairs, each once, by name."""
    found = {office.person for office in offices_at(worksite, on).filter(kind__in=LEADERS_OF_A_WORKSITE)}
    return sorted(found, key=lambda person: (person.name, person.pk))


def leaders_of(worksites: Collection[Worksite], on: date) -> list[Person]:
    """Those who lead any of the worksites on that day, as stewards or chairs, each once, by name. One query."""
    here = Q(worksite__in=worksites) | Q(chapter__worksites__in=worksites)
    offices = _held(on).filter(here, kind__in=LEADERS_OF_A_WORKSITE).select_related("person")
    return sorted({office.person for office in offices}, key=lambda person: (person.name, person.pk))


def offices_of(person: Person) -> QuerySet[UnionOffice]:
    """Every office of a person, present ones first, then the latest."""
    rows = UnionOffice.objects.filter(person=person).select_related("worksite", "chapter", "area")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")


def chapter_of(worksite: Worksite) -> Chapter | None:
    """The chapter of a worksite; of several the first by code."""
    return Chapter.objects.filter(worksites=worksite).order_by("code").first()


def people_of_chapter(chapter: Chapter, on: date) -> QuerySet[Person]:
    """Who belongs to a chapter on that day: by an assignment to one of its worksites, or person by person."""
    open_then = Q(ends_on=None) | Q(ends_on__gte=on)
    begun = Q(starts_on=None) | Q(starts_on__lte=on)
    by_name = chapter.people.filter(open_then, begun).values("person_id")
    by_site = Q(assignments__worksite__in=chapter.worksites.all()) & (
        Q(assignments__ends_on=None) | Q(assignments__ends_on__gte=on)
    )
    return Person.objects.present().filter(by_site | Q(pk__in=by_name)).distinct()


def _held(on: date) -> QuerySet[UnionOffice]:
    return UnionOffice.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
