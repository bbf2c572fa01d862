"""Settling doubtful lines of worksite lists: the same as one we hold, a new one, or left out."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import AlreadyDone, Invalid
from unionhall.roster.enums import ChangeKind, Decision
from unionhall.roster.events import SiteDoubtSettled
from unionhall.roster.models import Doubt, Import, ImportChange, Worksite
from unionhall.roster.operations.worksite_lists.known import read_roster, row_from_json
from unionhall.roster.operations.worksite_lists.plans import Planner, SiteChange
from unionhall.roster.operations.worksite_lists.writes import terms_of, write_changes
from unionhall.rulebook.pairing import Pair


class DoubtSettled(AlreadyDone):
    """A line of which somebody has said already what it is, or whose list was taken back."""

    code = "doubt_settled"
    message = _("Somebody has settled this line already, or its list was taken back. Nothing was changed.")


class WhichWorksite(Invalid):
    """“The same” was said without saying as which worksite."""

    code = "which_worksite"
    message = _("Say which of our worksites this line means.")


@transaction.atomic
def settle_site_doubt(
    *, doubt: Doubt, decision: Decision, worksite: Worksite | None = None, actor: Actor, at: datetime
) -> Worksite | None:
    """The doubtful line is settled, and written as if its import had known; gives the worksite it speaks of.

    decision: same, with the worksite meant; new; or skip, and then the line is left out of this and every later copy of
    the list. Undoing the import takes it back. Raises DoubtSettled or WhichWorksite.
    """
    doubt = Doubt.objects.select_for_update().get(pk=doubt.pk, record="worksite")
    imported = Import.objects.select_for_update().get(pk=doubt.imported_id)
    if doubt.decision or imported.undone_at is not None:
        raise DoubtSettled
    if decision == Decision.OPEN or (decision == Decision.SAME and worksite is None):
        raise WhichWorksite
    meant = (
        None if decision == Decision.SKIP else _write(doubt, imported, worksite if decision == Decision.SAME else None)
    )
    doubt.decision, doubt.decided_pk = decision, meant.pk if meant else None
    doubt.decided_at, doubt.decided_by = at, actor.label
    if meant is not None:
        doubt.written_at, doubt.row = at, ""
    doubt.save()
    place = meant.public_id if meant else ""
    detail = {"decision": decision.value, "import": imported.pk, "line": doubt.line}
    audit.record(
        actor=actor, verb="roster.site_doubt_settled", at=at, obj=meant or imported, place=place, detail=detail
    )
    events.publish(SiteDoubtSettled(import_id=imported.pk, line=doubt.line, decision=decision.value))
    return meant


def _write(doubt: Doubt, imported: Import, worksite: Worksite | None) -> Worksite:
    """The line as a change of its import."""
    row, terms = row_from_json(doubt.row), terms_of(imported)
    planner = Planner(roster=read_roster(terms, ids=[worksite.pk] if worksite else []), terms=terms)
    change = planner.change(row, Pair(id=worksite.pk, why="code") if worksite else None)
    if change is None:
        return cast(Worksite, worksite)
    if worksite is None and not change.codes:
        raise DoubtSettled
    earlier = _earlier(imported, worksite)
    if earlier is not None:
        return _joined(earlier, change, imported)
    return write_changes([change], imported)[0]


def _earlier(imported: Import, worksite: Worksite | None) -> ImportChange | None:
    """What the import did to the worksite by another line, if anything."""
    if worksite is None:
        return None
    return ImportChange.objects.filter(imported=imported, record="worksite", record_pk=worksite.pk).first()


def _joined(earlier: ImportChange, change: SiteChange, imported: Import) -> Worksite:
    """The second line of a list about one worksite: both are one change, since an import touches a record once."""
    before = {**change.touched.before, **earlier.before}
    after = {**earlier.after, **change.touched.after}
    codes, kind = list(earlier.codes), earlier.kind
    earlier.delete()
    site = write_changes([change], imported)[0]
    kept = ImportChange.objects.get(imported=imported, record="worksite", record_pk=site.pk)
    kept.kind = kind if kind == ChangeKind.NEW or not after else ChangeKind.CHANGED
    kept.before, kept.after = ({} if kind == ChangeKind.NEW else before), after
    kept.codes = [*codes, *kept.codes]
    kept.save()
    return site
