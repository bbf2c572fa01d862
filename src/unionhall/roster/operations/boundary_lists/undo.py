"""Taking outlines back: what the import made goes, what it corrected is as it was, what it ended holds again.

Source: docs/rules/boundaries.md, section 6.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, Final

from django.db import models

from unionhall.foundation.access import Actor
from unionhall.roster.enums import ChangeKind
from unionhall.roster.models import District, Import, ImportChange, Outline, WorksiteDistrict
from unionhall.roster.operations.boundary_lists.applying import BATCH, settle_days
from unionhall.roster.operations.boundary_lists.districts import assign_districts
from unionhall.roster.operations.files.undone import Stands, Undone
from unionhall.rulebook.changes import Touched, spliced, unwind

_FIELDS: Final = ("name", "outline_id")


@dataclass(slots=True)
class BoundaryUndo:
    """The work of one undo, planned in memory. later: changes of the same districts by imports since, oldest first."""

    imported: Import
    districts: dict[int, District]
    later: dict[int, list[ImportChange]]
    attached: frozenset[int]
    remove: list[int] = field(default_factory=list)
    restore: list[District] = field(default_factory=list)
    rewrite: list[ImportChange] = field(default_factory=list)
    settled: list[ImportChange] = field(default_factory=list)
    stands: list[Stands] = field(default_factory=list)

    def result(self) -> Undone:
        """What the plan does, in numbers; districts that hold again count as restored."""
        return Undone(
            import_id=self.imported.pk,
            removed=len(self.remove),
            restored=len({district.pk for district in self.restore} | self._reopened()),
            stands=tuple(self.stands),
        )

    def write(self, *, actor: Actor, at: datetime) -> None:
        """Do it, within the caller's transaction."""
        District.objects.bulk_update(self.restore, ["name", "outline"], batch_size=BATCH)
        ImportChange.objects.bulk_update(self.rewrite, ["kind", "before", "after"], batch_size=BATCH)
        ImportChange.objects.bulk_update(self.settled, ["stands"], batch_size=BATCH)
        for start in range(0, len(self.remove), BATCH):
            District.objects.filter(pk__in=self.remove[start : start + BATCH]).delete()
        for kind, source in sorted(self._vintages()):
            settle_days(kind=kind, source=source)
        self._sweep()
        assign_districts(actor=actor, at=at)

    def take_back(self, change: ImportChange) -> None:
        """Plan what becomes of one change."""
        district = self.districts.get(change.record_pk)
        if district is None:
            return
        result = unwind(_values(district), _touched(change))
        if change.kind == ChangeKind.NEW:
            self._take_back_new(change, district, is_edited=bool(result.stands))
            return
        if result.restored:
            for name, value in result.restored.items():
                setattr(district, name, value)
            self.restore.append(district)
        later = self.later.get(district.pk, [])
        for heir in later:
            mended = spliced(_touched(change), _touched(heir))
            if mended.before != heir.before:
                heir.before = dict(mended.before)
                self.rewrite.append(heir)
        if result.stands:
            by_import = any(name in heir.after for heir in later for name in result.stands)
            self._leave(change, district, "later_import" if by_import else "edited", result.stands)

    def _take_back_new(self, change: ImportChange, district: District, *, is_edited: bool) -> None:
        later = self.later.get(district.pk, [])
        if not later and not is_edited and district.pk not in self.attached:
            self.remove.append(district.pk)
            return
        if later:
            # The district rests on the next import from now on, so that undoing that one removes it.
            heir = later[0]
            heir.kind, heir.before, heir.after = ChangeKind.NEW, {}, {**change.after, **heir.after}
            self.rewrite.append(heir)
        self._leave(change, district, "later_import" if later else "edited" if is_edited else "attached", ())

    def _leave(self, change: ImportChange, district: District, reason: str, fields: tuple[str, ...]) -> None:
        change.stands = reason
        self.settled.append(change)
        self.stands.append(Stands(public_id=district.public_id, name=district.name, reason=reason, fields=fields))

    def _vintages(self) -> set[tuple[str, str]]:
        return {(district.kind, district.source) for district in self.districts.values()}

    def _reopened(self) -> set[int]:
        """The districts that will end on another day than now."""
        found: set[int] = set()
        gone = set(self.remove)
        for kind, source in self._vintages():
            rows = District.objects.filter(kind=kind, source=source).values_list("pk", "valid_from", "valid_until")
            left = [row for row in rows if row[0] not in gone]
            days = sorted({row[1] for row in left})
            ends: dict[date, date | None] = dict(zip_longest(days, days[1:]))
            found |= {pk for pk, since, until in left if ends[since] != until}
        return found

    def _sweep(self) -> None:
        """Outlines go that no district has and no import may yet put back."""
        others = ImportChange.objects.filter(record="district", imported__undone_at=None).exclude(
            imported=self.imported.pk
        )
        wanted = {
            values.get("outline_id") for pair in others.values_list("before", "after") for values in pair if values
        }
        unused = [pk for pk in Outline.objects.filter(districts=None).values_list("pk", flat=True) if pk not in wanted]
        for start in range(0, len(unused), BATCH):
            Outline.objects.filter(pk__in=unused[start : start + BATCH]).delete()


def plan_boundary_undo(imported: Import) -> BoundaryUndo:
    """What undoing an import of outlines would do; nothing is written."""
    changes = list(ImportChange.objects.filter(imported=imported, record="district").order_by("-pk"))
    ids = [change.record_pk for change in changes]
    later: dict[int, list[ImportChange]] = defaultdict(list)
    since = ImportChange.objects.filter(imported__gt=imported.pk, imported__undone_at=None, record="district")
    for change in since.order_by("imported", "pk"):
        later[change.record_pk].append(change)
    undo = BoundaryUndo(
        imported=imported, districts=District.objects.in_bulk(ids), later=later, attached=_attached(ids)
    )
    for change in changes:
        undo.take_back(change)
    return undo


def _attached(ids: list[int]) -> frozenset[int]:
    """The districts that any record of the house refers to, beside what is worked out from their outlines."""
    found: set[int] = set()
    for relation in District._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.related_model is WorksiteDistrict:
            continue
        column = relation.field.attname
        rows = relation.related_model._base_manager
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            found.update(rows.filter(**{f"{column}__in": part}).values_list(column, flat=True).distinct())
    return frozenset(found)


def _values(district: District) -> dict[str, Any]:
    return {name: getattr(district, name) for name in _FIELDS}


def _touched(change: ImportChange) -> Touched:
    return Touched(before=change.before, after=change.after)
