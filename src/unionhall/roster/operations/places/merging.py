"""Making one worksite of two, and two of one again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.operations import follow_scopes
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor, Reach
from unionhall.foundation.errors import AlreadyDone, Refused
from unionhall.roster.enums import SiteStatus
from unionhall.roster.events import WorksitesMerged, WorksitesParted
from unionhall.roster.models import Assignment, Worksite, WorksiteDistrict, WorksiteMerge
from unionhall.roster.operations.people.merging import relations_of, repoint
from unionhall.roster.operations.worksite_lists.known import TEXTS, TOUCHABLE, values_of
from unionhall.roster.operations.worksite_lists.writes import put_values
from unionhall.rulebook.changes import Touched, difference, unwind

# History, and what follows from the point of each worksite.
_LEFT_ALONE: Final = (WorksiteMerge, WorksiteDistrict)


class SameWorksite(Refused):
    """A worksite that was to be merged into itself."""

    code = "same_worksite"
    message = _("These are one and the same worksite already.")


class WorksiteMergedAlready(AlreadyDone):
    """A worksite that stands for itself no longer."""

    code = "worksite_merged_already"
    message = _("One of the two was merged into another worksite in the meantime. Look again.")


class WorksitesPartedAlready(AlreadyDone):
    """A merge that was taken back, or whose kept worksite was merged on."""

    code = "worksites_parted_already"
    message = _("These two were parted already, or merged into a third one since. Part that later merge first.")


@transaction.atomic
def merge_worksites(*, kept: Worksite, absorbed: Worksite, actor: Actor, at: datetime) -> WorksiteMerge:
    """Two worksites are one: people, codes and all that hangs on the absorbed one go over to the kept one.

    The absorbed one stays in its table, marked. What the kept one does not know is filled in from it. An assignment
    that the person has at the kept one too ends. Raises SameWorksite or WorksiteMergedAlready.
    """
    if kept.pk == absorbed.pk:
        raise SameWorksite
    kept, absorbed = _locked(kept.pk, absorbed.pk)
    if kept.merged_into_id or absorbed.merged_into_id:
        raise WorksiteMergedAlready
    before: dict[str, Any] = {"kept": values_of(kept), "absorbed": values_of(absorbed)}
    moved = {name: ids for name, ids in _move_rows(absorbed, kept) if ids}
    ended = _end_twins(absorbed, timezone.localdate(at))
    _write(kept, _blanks_of(before["kept"], before["absorbed"]))
    _write(absorbed, {"status": SiteStatus.MERGED.value, "merged_into_id": kept.pk})
    before["after"] = {"kept": values_of(kept), "absorbed": values_of(absorbed)}
    merge = WorksiteMerge.objects.create(
        kept=kept, absorbed=absorbed, moved=moved, ended=ended, before=before, merged_at=at, merged_by=actor.label[:120]
    )
    follow_scopes(reach=Reach.WORKSITE, codes=(kept.public_id, absorbed.public_id), actor=actor, at=at)
    detail = {"absorbed": absorbed.public_id, "rows": sum(map(len, moved.values())), "ended": len(ended)}
    audit.record(actor=actor, verb="roster.worksites_merged", at=at, obj=kept, place=kept.public_id, detail=detail)
    events.publish(WorksitesMerged(kept=kept.public_id, absorbed=absorbed.public_id))
    return merge


@transaction.atomic
def part_worksites(*, merge: WorksiteMerge, actor: Actor, at: datetime) -> WorksiteMerge:
    """A merge is taken back: each row goes back to where it was; what came after stays with the kept worksite.

    Raises WorksitesPartedAlready.
    """
    merge = WorksiteMerge.objects.select_for_update().get(pk=merge.pk)
    kept, absorbed = _locked(merge.kept_id, merge.absorbed_id)
    if merge.parted_at is not None or kept.merged_into_id or absorbed.merged_into_id != kept.pk:
        raise WorksitesPartedAlready
    for name, ids in merge.moved.items():
        repoint(name, ids, kept.pk, absorbed.pk)
    for item in merge.ended:
        Assignment.objects.filter(pk=item["pk"], worksite=absorbed, ends_on=item["ends_on"]).update(ends_on=None)
    for site, name in ((kept, "kept"), (absorbed, "absorbed")):
        now = merge.before["after"][name]
        _write(site, unwind(values_of(site), _touched(merge.before[name], now)).restored)
    merge.parted_at, merge.parted_by = at, actor.label[:120]
    merge.save(update_fields=["parted_at", "parted_by"])
    follow_scopes(reach=Reach.WORKSITE, codes=(kept.public_id, absorbed.public_id), actor=actor, at=at)
    audit.record(
        actor=actor,
        verb="roster.worksites_parted",
        at=at,
        obj=kept,
        place=kept.public_id,
        detail={"absorbed": absorbed.public_id},
    )
    events.publish(WorksitesParted(kept=kept.public_id, absorbed=absorbed.public_id))
    return merge


def _locked(kept: int, absorbed: int) -> tuple[Worksite, Worksite]:
    """Both rows, locked in the order of their numbers, so that two merges at one instant wait for each other."""
    sites = Worksite.objects.select_for_update().filter(pk__in=(kept, absorbed)).order_by("pk")
    rows = {row.pk: row for row in sites}
    return rows[kept], rows[absorbed]


def _move_rows(absorbed: Worksite, kept: Worksite) -> Iterator[tuple[str, list[int]]]:
    """What hangs on the absorbed worksite and could go over, by column."""
    for name, table, field in relations_of(Worksite):
        if table not in _LEFT_ALONE:
            rows = table._base_manager.filter(**{field.name: absorbed.pk}).order_by("pk")
            yield name, repoint(name, list(rows.values_list("pk", flat=True)), absorbed.pk, kept.pk)


def _end_twins(absorbed: Worksite, day: date) -> list[dict[str, Any]]:
    """End the assignments that could not go over since the person has the same one at the kept worksite."""
    ended = []
    for row in Assignment.objects.filter(worksite=absorbed, ends_on=None).order_by("pk"):
        row.ends_on = max(day, row.starts_on) if row.starts_on else day
        row.save(update_fields=["ends_on"])
        ended.append({"pk": row.pk, "ends_on": row.ends_on.isoformat()})
    return ended


def _blanks_of(kept: dict[str, Any], absorbed: dict[str, Any]) -> dict[str, Any]:
    """What the kept worksite does not know and the absorbed one does: words, and a whole point."""
    found = {name: absorbed[name] for name in TEXTS if not kept[name] and absorbed[name]}
    if kept["latitude"] is None and absorbed["latitude"] is not None:
        found |= {name: absorbed[name] for name in ("latitude", "longitude")}
    return found


def _write(site: Worksite, values: dict[str, Any] | Any) -> None:
    if values:
        put_values(site, values=values)
        site.save()


def _touched(before: dict[str, Any], after: dict[str, Any]) -> Touched:
    return difference({name: before[name] for name in TOUCHABLE}, {name: after[name] for name in TOUCHABLE})
