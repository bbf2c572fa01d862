"""How the worksites of an organizer stand, counted where they lie: no row of a person leaves the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from unionhall.campaigns.access import worksites_of_areas
from unionhall.campaigns.enums import HEARD, REPLIES, EntryState
from unionhall.campaigns.models import Cover, Entry, EntryNote, Talk
from unionhall.campaigns.queries.turf import NOT_REPRESENTED, current
from unionhall.foundation.access import Viewer
from unionhall.roster.models import Assignment, Worksite
from unionhall.rulebook.coverage import LATE_AFTER, SILENT_AFTER, Stand, by_gap, total

SORTS: Final = ("gap", "coverage", "waiting", "silent")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The organizer's worksites in an order, and all of them as one."""

    rows: Sequence[tuple[Worksite, Stand]]
    total: Stand


def get_ranking(viewer: Viewer, sort: str, *, now: datetime) -> Ranking:
    """The worksites of the viewer's areas where people work or somebody waits, the worst first. Three queries.

    sort: one of SORTS: what is missing in all, the lowest coverage, who waits longest, who heard from nobody.
    """
    sites = worksites_of_areas(viewer)
    stands = stands_of(sites, now=now)
    names = sites.filter(pk__in=list(stands)).select_related("area").order_by("name", "pk")
    rows = by_gap((site, stands[site.pk]) for site in names)
    return Ranking(_sorted(rows, sort), total(stand for _site, stand in rows))


def stands_of(sites: QuerySet[Worksite], *, now: datetime) -> dict[int, Stand]:
    """How each of these worksites stands, by database number; none where nobody works or waits. Two queries."""
    counted: dict[int, Mapping[str, int]] = {row["worksite"]: row for row in _people(sites, now)}
    waits = Entry.objects.filter(state=EntryState.OPEN, worksite__in=sites).order_by().values("worksite")
    late = Count("pk", filter=Q(received_at__lte=now - LATE_AFTER))
    waiting: dict[int, Any] = {row["worksite"]: row for row in waits.annotate(waiting=Count("pk"), late=late)}
    found = {}
    for pk in counted.keys() | waiting.keys():
        people: Mapping[str, int] = counted.get(pk, {})
        entries: Mapping[str, int] = waiting.get(pk, {})
        found[pk] = Stand(
            people=people.get("people", 0),
            covered=people.get("covered", 0),
            heard=people.get("heard", 0),
            waiting=entries.get("waiting", 0),
            late=entries.get("late", 0),
        )
    return found


def _people(sites: QuerySet[Worksite], now: datetime) -> Iterable[Any]:
    since = now - SILENT_AFTER
    mine = {"person": OuterRef("person")}
    covered = Exists(Cover.objects.standing().filter(worksite=OuterRef("worksite"), **mine))
    talked = Exists(Talk.objects.standing().filter(kind__in=HEARD, at__gte=since, **mine))
    replied = Exists(
        EntryNote.objects.filter(kind__in=REPLIES, taken_back_at=None, at__gte=since, entry__person=OuterRef("person"))
    )
    rows = Assignment.objects.filter(current(timezone.localdate(now)), worksite__in=sites)
    rows = rows.filter(person__merged_into=None, person__shrunk_at=None)
    rows = rows.exclude(person__employment__in=NOT_REPRESENTED).order_by()
    return rows.values("worksite").annotate(
        people=Count("person", distinct=True),
        covered=Count("person", distinct=True, filter=covered),
        heard=Count("person", distinct=True, filter=talked | replied),
    )


def _sorted(rows: list[tuple[Worksite, Stand]], sort: str) -> list[tuple[Worksite, Stand]]:
    """The rows, which stand by gap, in another order; of equals the larger gap stays first."""
    if sort == "coverage":
        whole = Fraction(2)
        return sorted(rows, key=lambda row: whole if row[1].coverage is None else row[1].coverage)
    if sort == "waiting":
        return sorted(rows, key=lambda row: (-row[1].late, -row[1].waiting))
    if sort == "silent":
        return sorted(rows, key=lambda row: -row[1].silent)
    return rows
