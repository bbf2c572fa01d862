"""What the reader of a report on outlines should know beside its counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from unionhall.roster.operations.boundary_lists.plans import DistrictPlan
from unionhall.roster.queries import count_inside
from unionhall.rulebook.districts import DistrictRow
from unionhall.rulebook.outlines import OutlineFile
from unionhall.rulebook.reports import Notice

MOST_SOURCES: Final = 5


def notices_of_districts(
    plan: DistrictPlan, *, rows: Sequence[DistrictRow], file: OutlineFile, first: Sequence[Notice]
) -> tuple[Notice, ...]:
    """The notices on a file: the sums first, then feature by feature. first: what was noticed when it was read."""
    found = list(first) if plan.changes else [Notice("no_new_outlines"), *first]
    inside, all_of_them = count_inside([row.outline.wkb for row in rows])
    if all_of_them:
        found.append(Notice("sites_inside", fields={"inside": inside, "all": all_of_them}))
    found += _about_days(plan)
    if plan.others:
        found.append(Notice("other_sources", fields={"names": ", ".join(plan.others[:MOST_SOURCES])}))
    if plan.gone:
        found.append(Notice("districts_gone", fields={"count": plan.gone}))
    if file.grid:
        found.append(Notice("grid", fields={"grid": file.grid}))
    if file.encoding:
        found.append(Notice("encoding", fields={"encoding": file.encoding}))
    return tuple(found + [notice for row in rows for notice in _about_row(row)])


def _about_days(plan: DistrictPlan) -> list[Notice]:
    found = []
    if plan.replaced and plan.since is not None:
        days = {"since": plan.since.isoformat(), "day": plan.day.isoformat()}
        found.append(Notice("replaces", fields={"count": plan.replaced, **days}))
    if plan.until is not None and plan.changes:
        found.append(Notice("until_later", fields={"day": plan.until.isoformat()}))
    return found


def _about_row(row: DistrictRow) -> list[Notice]:
    found = []
    if row.outline.mended:
        fields = {"name": row.name, "where": _place(row.outline.where)}
        found.append(Notice(f"mended_{row.outline.mended}", line=row.line, fields=fields))
    found += [
        Notice(remark.code, line=remark.line, fields={"value": remark.value, "other": remark.other})
        for remark in row.remarks
    ]
    return found


def _place(where: str) -> str:
    """A point as people write it, latitude first; "" where it is not known."""
    try:
        across, up = map(float, where.split())
    except ValueError:
        return ""
    return f"{up:.5f}, {across:.5f}"
