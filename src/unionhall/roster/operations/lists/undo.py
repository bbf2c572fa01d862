"""Taking an import back: exactly what it wrote, and nothing that came after.

Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import models, transaction

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.roster.enums import AreaBy, ChangeKind, Decision, ImportKind, ImportState
from unionhall.roster.events import ImportUndone
from unionhall.roster.hookspecs import UndoWork, import_undoers
from unionhall.roster.models import (
    BellTime,
    Doubt,
    Import,
    ImportChange,
    Shift,
    Worksite,
    WorksiteCode,
    WorksiteDistrict,
    WorksiteUnit,
)
from unionhall.roster.operations.boundary_lists.undo import plan_boundary_undo
from unionhall.roster.operations.contact_lists.optouts import preview_optouts_undo, undo_optouts
from unionhall.roster.operations.files.looked import Progress
from unionhall.roster.operations.files.undone import AlreadyUndone, NothingToUndo, Stands, Undone
from unionhall.roster.operations.people_lists.undo import Back, preview_people_undo, undo_people
from unionhall.roster.operations.worksite_lists.known import TOUCHABLE, values_of
from unionhall.roster.operations.worksite_lists.within import WITHIN, held_within, write_within
from unionhall.roster.operations.worksite_lists.writes import BATCH, put_values
from unionhall.rulebook.changes import Touched, spliced, unwind

_BY_RULE: Final = ("area_id", "area_by")
_DERIVED: Final = (WorksiteCode, WorksiteDistrict, WorksiteUnit, Shift, BellTime)

IN_PORTIONS: Final = frozenset({ImportKind.PEOPLE, ImportKind.CONTACTS, ImportKind.OPTOUTS})


@dataclass(slots=True)
class _Undo:
    """The work of one undo, planned in memory. later: changes of the same records by imports since, oldest first."""

    imported: Import
    sites: dict[int, Worksite]
    later: dict[int, list[ImportChange]]
    attached: frozenset[int]
    within: Mapping[int, Mapping[str, Any]]
    put_within: list[tuple[Worksite, Mapping[str, Any]]] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    restore: list[Worksite] = field(default_factory=list)
    rewrite: list[ImportChange] = field(default_factory=list)
    settled: list[ImportChange] = field(default_factory=list)
    uncode: list[int] = field(default_factory=list)
    recode: list[tuple[int, int]] = field(default_factory=list)
    stands: list[Stands] = field(default_factory=list)

    def take_back(self, change: ImportChange) -> None:
        """Plan what becomes of one change."""
        site = self.sites.get(change.record_pk)
        if site is None:
            return
        if change.kind == ChangeKind.NEW:
            self._take_back_new(change, site)
        else:
            self._take_back_fields(change, site)

    def _take_back_new(self, change: ImportChange, site: Worksite) -> None:
        later = self.later.get(site.pk, [])
        reason = "later_import" if later else self._held(change, site)
        if not reason:
            self.remove.append(site.pk)
            return
        if later:
            # The record rests on the next import from now on, so that undoing that one removes it.
            heir = later[0]
            heir.kind, heir.codes = ChangeKind.NEW, [*change.codes, *heir.codes]
            heir.before, heir.after = {}, {**change.after, **heir.after}
            self.rewrite.append(heir)
            self.recode.append((site.pk, heir.imported_id))
        self._leave(change, site, reason, ())

    def _now(self, site: Worksite) -> dict[str, Any]:
        """What a worksite holds now, as undo records keep it."""
        return {**values_of(site), **self.within[site.pk]}

    def _held(self, change: ImportChange, site: Worksite) -> str:
        """Why a record that an import made must stay, "" where it may go."""
        if site.pk in self.attached:
            return "attached"
        current = self._now(site)
        if site.area_by != AreaBy.HAND:
            current = {name: value for name, value in current.items() if name not in _BY_RULE}
        written = Touched(before={}, after={**{name: [] for name in WITHIN}, **change.after})
        return "edited" if unwind(current, written).stands else ""

    def _take_back_fields(self, change: ImportChange, site: Worksite) -> None:
        result = unwind(self._now(site), _touched(change))
        stands = result.stands
        if site.area_by != AreaBy.HAND:
            stands = tuple(name for name in stands if name not in _BY_RULE)
        if result.restored:
            put_values(site, values=result.restored)
            self.restore.append(site)
            self.put_within.append((site, result.restored))
        self.uncode.append(site.pk)
        later = self.later.get(site.pk, [])
        for heir in later:
            mended = spliced(_touched(change), _touched(heir))
            if mended.before != heir.before:
                heir.before = dict(mended.before)
                self.rewrite.append(heir)
        if stands:
            by_import = any(name in heir.after for heir in later for name in stands)
            self._leave(change, site, "later_import" if by_import else "edited", stands)

    def _leave(self, change: ImportChange, site: Worksite, reason: str, fields: tuple[str, ...]) -> None:
        change.stands = reason
        self.settled.append(change)
        self.stands.append(Stands(public_id=site.public_id, name=site.name, reason=reason, fields=fields))

    def result(self) -> Undone:
        """What the plan does, in numbers."""
        return Undone(
            import_id=self.imported.pk,
            removed=len(self.remove),
            restored=len(self.restore),
            stands=tuple(self.stands),
        )

    def write(self, *, actor: Actor, at: datetime) -> None:
        """Do it, within the caller's transaction."""
        Worksite.objects.bulk_update(self.restore, [*TOUCHABLE, "name_key", "search"], batch_size=BATCH)
        ImportChange.objects.bulk_update(self.rewrite, ["kind", "before", "after", "codes"], batch_size=BATCH)
        ImportChange.objects.bulk_update(self.settled, ["stands"], batch_size=BATCH)
        write_within(self.put_within)
        _settle_codes(self)
        for start in range(0, len(self.remove), BATCH):
            Worksite.objects.filter(pk__in=self.remove[start : start + BATCH]).delete()


def preview_undo(*, imported: Import) -> Undone:
    """What undoing the import would do; nothing is written. Raises AlreadyUndone or NothingToUndo."""
    if imported.kind in IN_PORTIONS:
        _require_applied(imported)
        preview = preview_optouts_undo if imported.kind == ImportKind.OPTOUTS else preview_people_undo
        return _undone(imported, preview(imported))
    result: Undone = _planned(imported).result()
    return result


def undo_import(
    *, imported: Import, actor: Actor, at: datetime, progress: Progress = lambda done, total: None
) -> Undone:
    """The import is taken back: records it made go, fields it changed are as they were.

    What somebody changed since stands and is listed, and so does what a later import wrote; undoing that one afterwards
    leads back past both. A worksite or person on which others hang by now is kept and listed. Lists of people go back
    in portions: stopped or killed anywhere, the same call goes on where it was. progress: told after each portion how
    many people are done, of how many. Raises AlreadyUndone or NothingToUndo.
    """
    if imported.kind in IN_PORTIONS:
        with transaction.atomic():
            row = Import.objects.select_for_update().get(pk=imported.pk)
            _require_applied(row)
            Import.objects.filter(pk=row.pk).update(state=ImportState.UNDOING)
        take_back = undo_optouts if row.kind == ImportKind.OPTOUTS else undo_people
        result = _undone(row, take_back(row, progress))
        with transaction.atomic():
            Doubt.objects.filter(imported=row, decision=Decision.OPEN).delete()
            _close(row, result, actor, at)
        return result
    with transaction.atomic():
        row = Import.objects.select_for_update().get(pk=imported.pk)
        undo = _planned(row)
        done: Undone = undo.result()
        undo.write(actor=actor, at=at)
        _close(row, done, actor, at)
    return done


def _require_applied(imported: Import) -> None:
    if imported.undone_at is not None:
        raise AlreadyUndone(id=imported.pk)
    if imported.applied_at is None:
        raise NothingToUndo(id=imported.pk)


def _undone(imported: Import, back: Back) -> Undone:
    return Undone(import_id=imported.pk, removed=back.removed, restored=back.restored, stands=tuple(back.stands))


def _close(imported: Import, result: Undone, actor: Actor, at: datetime) -> None:
    """The import is undone, and everybody is told."""
    Import.objects.filter(pk=imported.pk).update(state=ImportState.UNDONE, undone_at=at, undone_by=actor.label[:120])
    detail = {"removed": result.removed, "restored": result.restored, "stands": len(result.stands)}
    audit.record(actor=actor, verb="roster.import_undone", at=at, obj=imported, detail=detail)
    events.publish(ImportUndone(import_id=imported.pk, kind=imported.kind, **detail))


def _planned(imported: Import) -> UndoWork:
    """The undo of an import, planned by the way of its kind. Raises AlreadyUndone."""
    if imported.undone_at is not None:
        raise AlreadyUndone(id=imported.pk)
    elsewhere = import_undoers.get(imported.kind)
    if elsewhere is not None:
        return elsewhere(imported)
    return _WAYS[ImportKind(imported.kind)](imported)


def _plan_worksites(imported: Import) -> _Undo:
    changes = list(ImportChange.objects.filter(imported=imported, record="worksite").order_by("-pk"))
    ids = [change.record_pk for change in changes]
    made = [change.record_pk for change in changes if change.kind == ChangeKind.NEW]
    undo = _Undo(
        imported=imported,
        sites=Worksite.objects.in_bulk(ids),
        later=_later_changes(imported),
        attached=_attached(made),
        within=held_within(ids),
    )
    for change in changes:
        undo.take_back(change)
    return undo


def _later_changes(imported: Import) -> dict[int, list[ImportChange]]:
    """What imports since, that stand, did to worksites: by worksite, oldest first."""
    found: dict[int, list[ImportChange]] = defaultdict(list)
    since = ImportChange.objects.filter(imported__gt=imported.pk, imported__undone_at=None, record="worksite")
    for change in since.order_by("imported", "pk"):
        found[change.record_pk].append(change)
    return found


def _attached(ids: list[int]) -> frozenset[int]:
    """The worksites that any other record of the house refers to: people, entries, other worksites."""
    found: set[int] = set()
    for relation in Worksite._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.related_model in _DERIVED:
            continue
        column = relation.field.attname
        rows = relation.related_model._base_manager
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            found.update(rows.filter(**{f"{column}__in": part}).values_list(column, flat=True).distinct())
    return frozenset(found)


def _settle_codes(undo: _Undo) -> None:
    """Codes that the import brought go with it; those of a worksite that stays rest on the import it now rests on."""
    brought = WorksiteCode.objects.filter(imported=undo.imported)
    for site, heir in undo.recode:
        brought.filter(worksite=site).update(imported=heir)
    for start in range(0, len(undo.uncode), BATCH):
        brought.filter(worksite__in=undo.uncode[start : start + BATCH]).delete()


def _touched(change: ImportChange) -> Touched:
    return Touched(before=change.before, after=change.after)


_WAYS: Final[Mapping[ImportKind, Callable[[Import], UndoWork]]] = {
    ImportKind.WORKSITES: _plan_worksites,
    ImportKind.BOUNDARIES: plan_boundary_undo,
}
