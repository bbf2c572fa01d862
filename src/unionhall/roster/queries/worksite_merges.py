"""Two worksites that may be one, side by side, before anybody merges them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import NotFound
from unionhall.roster.access import worksites_visible_to
from unionhall.roster.models import (
    Assignment,
    BellTime,
    Chapter,
    Shift,
    UnionOffice,
    Worksite,
    WorksiteCode,
    WorksiteMerge,
    WorksiteUnit,
)
from unionhall.rulebook.names import asked_words

MOST_OTHERS: Final = 12


class NoSuchMerge(NotFound):
    """No merge of worksites of that number that this viewer may take back."""

    code = "no_such_worksite_merge"


@dataclass(frozen=True, slots=True)
class BothRow:
    """One field of both. goes, stays: as text, one line for each value."""

    field: str
    goes: Sequence[str]
    stays: Sequence[str]

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.goes and self.stays) and set(self.goes) != set(self.stays)


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would do. moves: what goes over, kind → how many. twice: people who have the same job at both."""

    goes: Worksite
    stays: Worksite
    rows: Sequence[BothRow]
    moves: Mapping[str, int]
    twice: int


def worksites_to_merge(viewer: Viewer, site: Worksite, text: str) -> QuerySet[Worksite]:
    """Other worksites of the viewer that fit what was typed; with nothing typed those at the same ZIP code."""
    sites = worksites_visible_to(viewer).filter(merged_into=None).exclude(pk=site.pk).order_by("name", "pk")
    words = asked_words(text)
    if not words:
        return sites.filter(zip__startswith=site.zip[:5])[:MOST_OTHERS] if site.zip else sites.none()
    for spellings in words:
        fits = Q()
        for word in spellings:
            fits |= Q(search__contains=f" {word}")
        sites = sites.filter(fits)
    return sites[:MOST_OTHERS]


def merge_preview(goes: Worksite, stays: Worksite) -> MergePreview:
    """Both worksites field by field, and what would go over. The same number of queries, however much hangs on them."""
    both = [goes.pk, stays.pk]
    said: dict[int, dict[str, list[str]]] = {pk: {} for pk in both}
    for site in (goes, stays):
        point = "" if site.latitude is None else f"{site.latitude}, {site.longitude}"
        said[site.pk] = {
            "name": [site.name],
            "status": [str(site.get_status_display())],
            "street": [site.address] if site.address else [],
            "city": [f"{site.city} {site.zip}".strip()] if site.city or site.zip else [],
            "point": [point] if point else [],
            "area": [str(site.area)] if site.area else [],
        }
    for name, found in _many(both).items():
        for pk, value in found:
            said[pk].setdefault(name, []).append(value)
    names = dict.fromkeys(name for values in said.values() for name in values)
    return MergePreview(
        goes=goes,
        stays=stays,
        rows=[
            BothRow(name, said[goes.pk].get(name, []), said[stays.pk].get(name, []))
            for name in names
            if said[goes.pk].get(name) or said[stays.pk].get(name)
        ],
        moves=_moves(goes),
        twice=_twice(goes, stays),
    )


def get_worksite_merge(viewer: Viewer, pk: int) -> WorksiteMerge:
    """A merge whose kept worksite is one of the viewer's. Raises NoSuchMerge."""
    mine = worksites_visible_to(viewer).values("pk")
    found = WorksiteMerge.objects.filter(pk=pk, kept__in=mine).select_related("kept", "absorbed").first()
    if found is None:
        raise NoSuchMerge
    return found


def _many(both: Sequence[int]) -> dict[str, list[tuple[int, str]]]:
    """What either has several of, as (worksite, text)."""
    units = WorksiteUnit.objects.filter(worksite__in=both).select_related("unit")
    codes = WorksiteCode.objects.filter(worksite__in=both, code__startswith="=")
    return {
        "units": [(row.worksite_id, str(row.unit)) for row in units],
        "shifts": [
            (row.worksite_id, f"{row.name} {row.starts_at:%H:%M}–{row.ends_at:%H:%M}")
            for row in Shift.objects.filter(worksite__in=both)
        ],
        "bells": [(row.worksite_id, str(row)) for row in BellTime.objects.filter(worksite__in=both)],
        "codes": [(row.worksite_id, f"{row.source} {row.code[1:]}") for row in codes],
    }


def _moves(goes: Worksite) -> dict[str, int]:
    """How much of each kind hangs on the worksite that goes."""
    people = Assignment.objects.filter(worksite=goes).aggregate(count=Count("person", distinct=True))["count"]
    found = {
        "people": people,
        "offices": UnionOffice.objects.filter(worksite=goes).count(),
        "chapters": Chapter.objects.filter(worksites=goes).count(),
        "codes": WorksiteCode.objects.filter(worksite=goes).count(),
    }
    return {name: count for name, count in found.items() if count}


def _twice(goes: Worksite, stays: Worksite) -> int:
    """How many assignments end, since the person has the same one at the worksite that stays."""
    key = ("person", "classification", "shift")
    there = set(Assignment.objects.filter(worksite=stays, ends_on=None).values_list(*key))
    return sum(row in there for row in Assignment.objects.filter(worksite=goes, ends_on=None).values_list(*key))
