"""Which worksite lies in which district, kept up to date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.roster.events import DistrictsAssigned
from unionhall.roster.models import WorksiteDistrict
from unionhall.roster.queries import worksites_in_outlines

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Reassigned:
    """How many times a worksite came into a district, or left one."""

    came: int
    left: int


def preview_districts() -> Reassigned:
    """What `assign_districts` would do; nothing is written."""
    come, leave = _difference()
    return Reassigned(came=len(come), left=len(leave))


@transaction.atomic
def assign_districts(*, actor: Actor, at: datetime) -> Reassigned:
    """Every live worksite with a map point lies in each district, of any day, whose outline holds the point.

    Worked out anew from the outlines and points of now; what is right already is left. A point on a border belongs to
    both sides. Source: docs/rules/boundaries.md, section 5.
    """
    come, leave = _difference()
    for start in range(0, len(leave), BATCH):
        WorksiteDistrict.objects.filter(pk__in=leave[start : start + BATCH]).delete()
    WorksiteDistrict.objects.bulk_create(
        (WorksiteDistrict(worksite_id=site, district_id=district) for site, district in come), batch_size=BATCH
    )
    if come or leave:
        detail = {"came": len(come), "left": len(leave)}
        audit.record(actor=actor, verb="roster.districts_assigned", at=at, detail=detail)
        events.publish(DistrictsAssigned(**detail))
    return Reassigned(came=len(come), left=len(leave))


def _difference() -> tuple[list[tuple[int, int]], list[int]]:
    """The pairs that are missing, and the rows that are wrong."""
    wanted = worksites_in_outlines()
    held = {
        (site, district): pk
        for pk, site, district in WorksiteDistrict.objects.values_list("pk", "worksite_id", "district_id")
    }
    return sorted(wanted - held.keys()), sorted(pk for pair, pk in held.items() if pair not in wanted)
