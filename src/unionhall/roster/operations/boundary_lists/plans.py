"""What a file of outlines would change: worked out in memory, written by nobody.

The outlines of one kind, source and first day are a vintage. Each vintage is whole, and holds until the next begins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from unionhall.roster.models import District
from unionhall.rulebook.districts import DistrictRow


@dataclass(frozen=True, slots=True)
class DistrictChange:
    """What one outline would do. sha256: of its bytes. district: the one it corrects, None for a new one."""

    row: DistrictRow
    sha256: str
    district: District | None = None


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """What a whole file would do.

    unchanged: rows that say nothing new. gone: districts that held and are not in the file. until: the first day of the
    next vintage, on which those of the file end. replaced: how many districts end on the day on which these begin;
    since: their first day. others: sources that hold outlines of the same kind on that day.
    """

    kind: str
    source: str
    day: date
    changes: tuple[DistrictChange, ...]
    unchanged: int
    gone: int
    until: date | None = None
    replaced: int = 0
    since: date | None = None
    others: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        """How many districts would be made."""
        return sum(change.district is None for change in self.changes)


def plan_districts(rows: Sequence[DistrictRow], *, kind: str, source: str, day: date) -> DistrictPlan:
    """What the outlines would change, if they hold from that day.

    Where they are those that hold on the day, in every code, name and point, nothing. Where the source has a vintage of
    that very day, the districts that differ are corrected and missing ones made. Else they are a vintage of their own.
    Source: docs/rules/boundaries.md, section 4.
    """
    held = District.objects.filter(kind=kind, source=source).select_related("outline")
    days = sorted({district.valid_from for district in held.defer("outline__wkb")})
    until = next((later for later in days if later > day), None)
    since = next((earlier for earlier in reversed(days) if earlier <= day), None)
    before = {item.code: item for item in held.filter(valid_from=since).defer("outline__wkb")} if since else {}
    news = [DistrictChange(row=row, sha256=digest(row.outline.wkb)) for row in rows]
    gone = len(before.keys() - {row.code for row in rows})
    same = [change for change in news if _is_same(before.get(change.row.code), change)]
    others = District.objects.on(day).filter(kind=kind).exclude(source=source).order_by("source")
    plan = DistrictPlan(
        kind=kind,
        source=source,
        day=day,
        changes=tuple(news),
        unchanged=0,
        gone=gone,
        until=until,
        others=tuple(others.values_list("source", flat=True).distinct()),
    )
    if since == day or (len(same) == len(news) and not gone):
        changes = tuple(_corrected(before, [change for change in news if change not in same]))
        return replace(plan, changes=changes, unchanged=len(same))
    return replace(plan, replaced=len(before), since=since)


def digest(wkb: bytes) -> str:
    """By what an outline is known again."""
    return hashlib.sha256(wkb).hexdigest()


def _is_same(held: District | None, change: DistrictChange) -> bool:
    return held is not None and (held.name, held.outline.sha256) == (change.row.name, change.sha256)


def _corrected(before: dict[str, District], changes: Iterable[DistrictChange]) -> Iterable[DistrictChange]:
    for change in changes:
        yield DistrictChange(row=change.row, sha256=change.sha256, district=before.get(change.row.code))
