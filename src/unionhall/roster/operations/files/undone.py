"""What an undo did, and what it left."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import AlreadyDone, Refused


class AlreadyUndone(AlreadyDone):
    """An import that was taken back before."""

    code = "already_undone"
    message = _("Import %(id)s was undone already. Nothing was changed.")


class NothingToUndo(Refused):
    """An import of which nothing was written."""

    code = "nothing_to_undo"
    message = _("Nothing of import %(id)s was written, so that there is nothing to take back.")


@dataclass(frozen=True, slots=True)
class Stands:
    """A record, or fields of it, that an undo leaves. reason: edited, later_import or attached."""

    public_id: str
    name: str
    reason: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import does. removed, restored: counts of records. stands: what is left, and why."""

    import_id: int
    removed: int
    restored: int
    stands: tuple[Stands, ...]
