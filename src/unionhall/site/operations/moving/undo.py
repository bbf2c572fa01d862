"""A move from another site taken back: pages it made go, pages it corrected are as they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from wagtail.models import Page, Revision

from unionhall.foundation.access import Actor
from unionhall.roster.enums import ChangeKind
from unionhall.roster.models import Import, ImportChange
from unionhall.roster.operations import Stands, Undone
from unionhall.site.models import MovedItem


@dataclass(slots=True)
class MoveUndo:
    """The undo of one move, planned. remove: pages, the deepest first. restore: pages with what they were."""

    imported: Import
    remove: list[Page] = field(default_factory=list)
    restore: list[tuple[Page, MovedItem, ImportChange]] = field(default_factory=list)
    stands: list[Stands] = field(default_factory=list)

    def result(self) -> Undone:
        """What it does, in numbers."""
        return Undone(self.imported.pk, len(self.remove), len(self.restore), tuple(self.stands))

    def write(self, *, actor: Actor, at: datetime) -> None:
        """Do it, within the caller's transaction."""
        for page, row, change in self.restore:
            revision = Revision.objects.get(pk=change.before["revision"])
            if change.before["live"]:
                revision.publish()
            elif page.live:
                page.specific.unpublish()
            row.digest, row.state = change.before["digest"], change.before["state"]
            row.revision_id = Page.objects.get(pk=page.pk).latest_revision_id
            row.save()
        MovedItem.objects.filter(page__in=self.remove).delete()
        for page in self.remove:
            Page.objects.get(pk=page.pk).specific.delete()


def plan_move_undo(imported: Import) -> MoveUndo:
    """What taking a move back would do. A page that somebody edited here since stands, and so does one that holds pages
    which stand.
    """
    undo = MoveUndo(imported)
    changes = list(imported.changes.filter(record="page"))
    pages = Page.objects.in_bulk([change.record_pk for change in changes])
    rows = {row.page_id: row for row in MovedItem.objects.filter(page__in=pages)}
    held = [(change, pages[change.record_pk]) for change in changes if change.record_pk in pages]
    going: set[int] = set()
    for change, page in sorted(held, key=lambda pair: pair[1].depth, reverse=True):
        row = rows.get(page.pk)
        below = set(page.get_children().values_list("pk", flat=True))
        if row is None or row.revision_id != page.latest_revision_id:
            undo.stands.append(Stands(str(page.pk), page.title, "edited"))
        elif change.kind == ChangeKind.CHANGED:
            undo.restore.append((page, row, change))
        elif below - going:
            undo.stands.append(Stands(str(page.pk), page.title, "attached"))
        else:
            going.add(page.pk)
            undo.remove.append(page)
    return undo
