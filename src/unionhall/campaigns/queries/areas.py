"""How the worksites of an organizer stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from unionhall.campaigns.access import worksites_of_areas
from unionhall.campaigns.enums import HEARD, REPLIES, EntryState
from unionhall.campaigns.models import Cover, Entry, EntryNote, Talk
from unionhall.campaigns.queries.turf import NOT_REPRESENTED, current
from unionhall.foundation.access import Viewer
from unionhall.roster.models import Area, Assignment, Worksite
from unionhall.rulebook.coverage import LATE_AFTER, SILENT_AFTER, Stand, by_gap, total

SORTS: Final = ("gap", "coverage", "waiting", "silent")


@dataclass(frozen=True, slots=True)
class Place:
    """A worksite of a ranking. public_id, name: its own; area: where it lies."""

    public_id: str
    name: str
    area: Area | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The organizer's worksites in an order, and all of them as one."""

    rows: Sequence[tuple[Place, Stand]]
    total: Stand


def get_ranking(viewer: Viewer, sort: str, *, now: datetime) -> Ranking:
    """The worksites of the viewer's areas where people work or somebody waits, the worst first. Seven queries.

    sort: one of SORTS: what is missing in all, the lowest coverage, who waits longest, who heard from nobody.
    """
    sites = worksites_of_areas(viewer)
    stands = stands_of(sites, now=now)
    areas = Area.objects.in_bulk()
    names = sites.filter(pk__in=list(stands)).order_by("name", "pk").values_list("pk", "public_id", "name", "area_id")
    rows = by_gap((Place(code, name, areas.get(area or 0)), stands[pk]) for pk, code, name, area in names)
    return Ranking(_sorted(rows, sort), total(stand for _site, stand in rows))


def stands_of(sites: QuerySet[Worksite], *, now: datetime) -> dict[int, Stand]:
    """How each of these worksites stands, by database number; none where nobody works or waits. Five queries.

    Only numbers leave the database, and they are counted here: faster than three look-ups for each person.
    """
    people = set(_there(sites, timezone.localdate(now)))
    covered = people.intersection(
        Cover.objects.standing().filter(worksite__in=sites).order_by().values_list("worksite_id", "person_id")
    )
    heard = _heard(now - SILENT_AFTER)
    waits = Entry.objects.filter(state=EntryState.OPEN, worksite__in=sites)
    waiting, late = Counter[int](), Counter[int]()
    for pk, received in waits.order_by().values_list("worksite_id", "received_at"):
        waiting[pk or 0] += 1
        late[pk or 0] += received <= now - LATE_AFTER
    counts = [
        Counter(site for site, _person in pairs)
        for pairs in (people, covered, (pair for pair in people if pair[1] in heard))
    ]
    return {
        pk: Stand(counts[0][pk], counts[1][pk], counts[2][pk], waiting[pk], late[pk])
        for pk in counts[0].keys() | waiting.keys()
    }


def _there(sites: QuerySet[Worksite], on: date) -> QuerySet[Assignment, tuple[int, int]]:
    """Worksite and person of everybody represented who works there."""
    rows = Assignment.objects.filter(current(on), worksite__in=sites)
    rows = rows.filter(person__merged_into=None, person__shrunk_at=None)
    rows = rows.exclude(person__employment__in=NOT_REPRESENTED)
    return rows.order_by().values_list("worksite_id", "person_id")


def _heard(since: datetime) -> set[int]:
    """Everybody who heard from one of us since then, wherever."""
    talks = Talk.objects.standing().filter(kind__in=HEARD, at__gte=since).order_by()
    notes = EntryNote.objects.filter(kind__in=REPLIES, taken_back_at=None, at__gte=since).order_by()
    return {
        *talks.values_list("person_id", flat=True),
        *notes.values_list("entry__person_id", flat=True),
    }


def _sorted(rows: list[tuple[Place, Stand]], sort: str) -> list[tuple[Place, Stand]]:
    """The rows, which stand by gap, in another order; of equals the larger gap stays first."""
    if sort == "coverage":
        whole = Fraction(2)
        return sorted(rows, key=lambda row: whole if row[1].coverage is None else row[1].coverage)
    if sort == "waiting":
        return sorted(rows, key=lambda row: (-row[1].late, -row[1].waiting))
    if sort == "silent":
        return sorted(rows, key=lambda row: -row[1].silent)
    return rows
