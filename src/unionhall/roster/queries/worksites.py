"""The Hall's list of worksites, and all that is known of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from unionhall.foundation.access import Viewer
from unionhall.roster.access import persons_visible_to, worksites_visible_to
from unionhall.roster.enums import Employment, SiteStatus
from unionhall.roster.models import (
    Area,
    Assignment,
    BellTime,
    Chapter,
    District,
    ImportChange,
    Person,
    Shift,
    UnionOffice,
    Worksite,
    WorksiteCode,
    WorksiteMerge,
    WorksiteUnit,
)
from unionhall.roster.queries.districts import districts_of
from unionhall.roster.queries.places import NoSuchWorksite
from unionhall.roster.queries.union import offices_at
from unionhall.rulebook.names import asked_words

MOST_NAMES: Final = 60
MOST_CHANGES: Final = 20
CHARTER: Final = "charter"


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """What the list shows. text: as typed. area: public id. status: of SiteStatus, or "charter" for charter schools."""

    text: str = ""
    area: str = ""
    status: str = SiteStatus.LIVE.value


@dataclass(frozen=True, slots=True)
class SitePage:
    """All that is known of one worksite, as far as the viewer may know it.

    employment: how many people of each state work there, and `people`: those of them whose names the viewer may know,
    at most MOST_NAMES. absorbed: what was merged into it.
    """

    site: Worksite
    codes: list[WorksiteCode]
    units: list[WorksiteUnit]
    shifts: list[Shift]
    bells: list[BellTime]
    chapters: list[Chapter]
    offices: list[UnionOffice]
    employment: Mapping[str, int]
    people: list[Person]
    districts: list[District]
    changes: list[ImportChange]
    merges: list[WorksiteMerge]

    @property
    def total(self) -> int:
        """How many people work there."""
        return sum(self.employment.values())


def list_worksites(viewer: Viewer, wanted: SiteFilter) -> QuerySet[Worksite]:
    """The worksites of the viewer that fit, by name, each with `people`: how many work there now."""
    sites = worksites_visible_to(viewer).select_related("area")
    if wanted.status == CHARTER:
        sites = sites.filter(is_charter=True)
    elif wanted.status:
        sites = sites.filter(status=wanted.status, is_charter=False)
    if wanted.area:
        sites = sites.filter(area__public_id=wanted.area)
    for words in asked_words(wanted.text):
        sites = sites.filter(reduce(or_, (Q(search__contains=f" {word}") for word in words)))
    there = Assignment.objects.filter(worksite=OuterRef("pk"), ends_on=None).order_by().values("worksite")
    counted = there.annotate(people=Count("person", distinct=True)).values("people")
    people = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return sites.annotate(people=people).order_by("name", "pk")


def areas_of_viewer(viewer: Viewer) -> list[Area]:
    """The areas in which the viewer has worksites, by code."""
    return list(Area.objects.filter(pk__in=worksites_visible_to(viewer).values("area_id")).order_by("code"))


def get_worksite_page(viewer: Viewer, public_id: str, *, on: date) -> SitePage:
    """The worksite of a public id with all that is known of it. Raises NoSuchWorksite where it is not the viewer's."""
    site = find_own_worksite(viewer, public_id)
    here = Q(assignments__worksite=site) & (Q(assignments__ends_on=None) | Q(assignments__ends_on__gte=on))
    there = Person.objects.present().filter(here)
    known = persons_visible_to(viewer, on=on)
    states = there.order_by().values("employment").annotate(people=Count("pk", distinct=True))
    counts = {row["employment"]: row["people"] for row in states}
    return SitePage(
        site=site,
        codes=list(site.codes.all()),
        units=list(site.units.select_related("unit")),
        shifts=list(site.shifts.all()),
        bells=list(site.bells.all()),
        chapters=list(site.chapters.all()),
        offices=list(offices_at(site, on).filter(person__in=known)),
        employment={str(Employment(state).label): counts[state] for state in Employment.values if state in counts},
        people=list(known.filter(pk__in=there.values("pk")).order_by("name", "pk")[:MOST_NAMES]),
        districts=districts_of([site], on=on).get(site.pk, []),
        changes=list(
            ImportChange.objects.filter(record="worksite", record_pk=site.pk)
            .select_related("imported")
            .order_by("-imported", "-pk")[:MOST_CHANGES]
        ),
        merges=list(WorksiteMerge.objects.filter(kept=site, parted_at=None).select_related("absorbed")),
    )


def find_own_worksite(viewer: Viewer, public_id: str) -> Worksite:
    """The worksite of a public id, if it is one of the viewer's. Raises NoSuchWorksite."""
    found = worksites_visible_to(viewer).select_related("area", "employer", "merged_into").filter(public_id=public_id)
    site = found.first()
    if site is None:
        raise NoSuchWorksite
    return site
