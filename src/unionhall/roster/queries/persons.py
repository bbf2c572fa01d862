"""Lists of people as pages show them, narrowed by what the viewer asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from unionhall.roster.enums import ContactOwner, Employment
from unionhall.roster.models import Area, Assignment, ContactPoint, Person, Worksite

PHONES: Final = ("sms", "phone")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of people is narrowed to; each blank where it is not.

    area, worksite: public ids. phone: "yes" or "no", an own number that is current. gone: "" for those who are here,
    "missing" for those the last list lacked, "former" for those who left.
    """

    area: str = ""
    worksite: str = ""
    employment: str = ""
    membership: str = ""
    language: str = ""
    phone: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list. sites: names of the worksites now. has_phone: whether an own number is current."""

    person: Person
    sites: Sequence[str]
    has_phone: bool


def narrowed(persons: QuerySet[Person], wanted: Wanted) -> QuerySet[Person]:
    """Those persons, of whom the list is asked for; records that were merged away are never in it."""
    rows = persons.filter(merged_into=None)
    exact = {"employment": wanted.employment, "membership": wanted.membership, "language": wanted.language}
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if wanted.gone == "missing":
        rows = rows.exclude(missing_since=None)
    if wanted.gone == "former":
        rows = rows.filter(employment=Employment.SEPARATED)
    elif not wanted.employment:
        rows = rows.exclude(employment=Employment.SEPARATED)
    if wanted.area or wanted.worksite:
        places = Assignment.objects.filter(ends_on=None)
        places = places.filter(worksite__area__public_id=wanted.area) if wanted.area else places
        places = places.filter(worksite__public_id=wanted.worksite) if wanted.worksite else places
        rows = rows.filter(pk__in=places.values("person_id"))
    if wanted.phone in ("yes", "no"):
        held = Exists(_own_phones().filter(person=OuterRef("pk")))
        rows = rows.filter(held if wanted.phone == "yes" else ~held)
    return rows.order_by("name_key", "pk")


def rows_of(persons: Sequence[Person]) -> list[PersonRow]:
    """The lines of one page. Three queries, however many lines."""
    ids = [person.pk for person in persons]
    sites: dict[int, list[str]] = {}
    places = Assignment.objects.filter(person__in=ids, ends_on=None).order_by("person", "worksite__name")
    for pk, name in places.values_list("person_id", "worksite__name"):
        known = sites.setdefault(pk, [])
        if name not in known:
            known.append(name)
    phones = set(_own_phones().filter(person__in=ids).values_list("person_id", flat=True))
    return [PersonRow(person, sites.get(person.pk, ()), person.pk in phones) for person in persons]


def choices_of(sites: QuerySet[Worksite]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The areas and worksites that a viewer may narrow a list to: public id → name, each in order of name."""
    rows = sites.live().order_by("name", "pk")  # type: ignore[attr-defined]
    areas = Area.objects.filter(pk__in=sites.order_by().values("area_id")).order_by("code")
    return {area.public_id: str(area) for area in areas}, dict(rows.values_list("public_id", "name"))


def with_places(persons: QuerySet[Person]) -> QuerySet[Person]:
    """The persons, each with the places where she works now, for pages that show two side by side."""
    now = Assignment.objects.filter(ends_on=None).select_related("worksite", "classification")
    return persons.prefetch_related(Prefetch("assignments", queryset=now, to_attr="places_now"))


def _own_phones() -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(kind__in=PHONES, owner=ContactOwner.PERSONAL, is_current=True)
