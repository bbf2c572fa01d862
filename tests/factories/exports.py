"""Exports in each of their states, and the persons around them: Alma asks, Marcus agrees, Olga is an officer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from unionhall.foundation.access import Actor
from unionhall.roster import operations
from unionhall.roster.enums import ExportState
from unionhall.roster.models import Export
from unionhall.roster.queries import ExportFilter

AT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
ALMA = Actor(user_id=90_001, label="Alma Reyes")
MARCUS = Actor(user_id=90_002, label="Marcus Hill")
WHY = "List for the January school visits"


def asked(kind: str = "worksites", *, by: Actor = ALMA, at: datetime = AT, **wanted: Any) -> Export:
    """An export that waits for a second person."""
    return operations.ask_export(kind=kind, format="csv", wanted=ExportFilter(**wanted), reason=WHY, actor=by, at=at)


def ready(data: bytes = b"a,b\r\n", *, by: Actor = ALMA, at: datetime = AT) -> Export:
    """An export whose file lies here, made without the worker."""
    export = asked(by=by, at=at)
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.AGREED, decided_by_id=MARCUS.user_id, decided_by=MARCUS.label, decided_at=at
    )
    return operations.keep_made(export=export, data=data, rows=1, actor=by, at=at)
