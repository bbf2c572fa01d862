"""Employers, units, job titles and areas, and which worksite lies in which area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.errors import Invalid
from unionhall.roster.enums import AreaBy, SiteStatus
from unionhall.roster.events import AreasAssigned
from unionhall.roster.models import Area, Classification, Employer, Unit, Worksite
from unionhall.roster.queries import area_rules
from unionhall.rulebook.places import AreaChoice, Point, area_for, judge_point

M = TypeVar("M", bound=models.Model)


class NoSuchPlace(Invalid):
    """A centre that is no point of the country, or a ZIP code that is none."""

    code = "no_such_place"
    message = _("%(value)s is not a place in the United States. Check the center and the ZIP codes of the area.")


@transaction.atomic
def put_employer(*, code: str, name: str, actor: Actor, at: datetime) -> Employer:
    """The employer of that code has that name; made where it is new."""
    return put_row(Employer, {"code": code}, {"name": name}, "roster.employer_put", actor, at)


@transaction.atomic
def put_unit(*, employer: Employer, code: str, name: Bilingual, actor: Actor, at: datetime) -> Unit:
    """The employer's unit of that code has that name; made where it is new."""
    return put_row(Unit, {"employer": employer, "code": code}, {"name": name}, "roster.unit_put", actor, at)


@transaction.atomic
def put_classification(*, unit: Unit, code: str, name: Bilingual, actor: Actor, at: datetime) -> Classification:
    """The unit's job title of that code has that name; made where it is new."""
    key = {"unit": unit, "code": code}
    return put_row(Classification, key, {"name": name}, "roster.classification_put", actor, at)


@transaction.atomic
def put_area(
    *, code: str, name: Bilingual, centre: Point | None, zips: Iterable[str], actor: Actor, at: datetime
) -> Area:
    """The area of that code has that name, centre and list of five-digit ZIP codes; made where it is new.

    Worksites move at the next `assign_areas`, not by this. Raises NoSuchPlace.
    """
    listed = sorted({text.strip() for text in zips})
    for text in listed:
        if len(text) != 5 or not (text.isascii() and text.isdigit()):
            raise NoSuchPlace(value=text)
    if centre is not None and judge_point(centre.latitude, centre.longitude) != "ok":
        raise NoSuchPlace(value=f"{centre.latitude}, {centre.longitude}")
    values = {
        "name": name,
        "latitude": centre.latitude if centre else None,
        "longitude": centre.longitude if centre else None,
        "zips": listed,
    }
    return put_row(Area, {"code": code}, values, "roster.area_put", actor, at)


@dataclass(frozen=True, slots=True)
class AreaMove:
    """A worksite that comes into another area. before, after: codes of the areas, "" for none."""

    public_id: str
    name: str
    before: str
    after: str


def preview_areas() -> tuple[AreaMove, ...]:
    """What `assign_areas` would move, by name; a worksite that only comes by another rule stays where it is."""
    codes = dict(Area.objects.values_list("pk", "code"))
    moves = [(site, choice) for site, choice in _area_moves() if site.area_id != choice.id]
    return tuple(
        AreaMove(site.public_id, site.name, codes.get(site.area_id or 0, ""), codes.get(choice.id or 0, ""))
        for site, choice in sorted(moves, key=lambda move: (move[0].name, move[0].pk))
    )


@transaction.atomic
def assign_areas(*, actor: Actor, at: datetime) -> int:
    """Every live worksite lies in the area of its ZIP code, else of the nearest centre; gives how many moved.

    A worksite put into its area by hand stays there; one that is not live keeps what it has.
    Source: docs/rules/places.md, section 2.
    """
    moved = []
    for site, choice in _area_moves():
        site.area_id, site.area_by = choice.id, choice.by
        moved.append(site)
    if moved:
        Worksite.objects.bulk_update(moved, ["area", "area_by"], batch_size=500)
        audit.record(actor=actor, verb="roster.areas_assigned", at=at, detail={"moved": len(moved)})
        events.publish(AreasAssigned(moved=len(moved)))
    return len(moved)


@transaction.atomic
def set_area(*, worksite: Worksite, area: Area, actor: Actor, at: datetime) -> Worksite:
    """The worksite lies in that area because somebody said so; no rule and no import moves it again."""
    if (worksite.area_id, worksite.area_by) != (area.pk, AreaBy.HAND):
        before = worksite.area_id
        Worksite.objects.filter(pk=worksite.pk).update(area=area, area_by=AreaBy.HAND)
        worksite.area, worksite.area_by = area, AreaBy.HAND
        detail = {"before": before, "after": area.pk}
        audit.record(actor=actor, verb="roster.area_set", at=at, obj=worksite, place=worksite.public_id, detail=detail)
        events.publish(AreasAssigned(moved=1))
    return worksite


def point_of(site: Worksite) -> Point | None:
    """Where the worksite lies, or none where that is not known."""
    if site.latitude is None or site.longitude is None or site.status != SiteStatus.LIVE:
        return None
    return Point(site.latitude, site.longitude)


def _area_moves() -> list[tuple[Worksite, AreaChoice]]:
    """The worksites that the rule puts elsewhere, or there for another reason, with where and why."""
    rules = area_rules()
    sites = Worksite.objects.live().exclude(area_by=AreaBy.HAND).order_by("pk")
    choices = [(site, area_for(point_of(site), site.zip, rules)) for site in sites]
    return [(site, choice) for site, choice in choices if (site.area_id, site.area_by) != (choice.id, choice.by)]


def put_row(model: type[M], key: dict[str, Any], values: dict[str, Any], verb: str, actor: Actor, at: datetime) -> M:
    """The row of that key with those values; written, and noted in the trail, only where something differs."""
    row = model._default_manager.filter(**key).first()
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return row
    row = row or model(**key)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    audit.record(actor=actor, verb=verb, at=at, obj=row)
    return row
