"""The audit trail repeats what other software's logs write: Wagtail's, so that pages and settings are in one trail."""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.db.models.signals import post_save
from wagtail.models import BaseLogEntry

from unionhall.foundation.access import Actor
from unionhall.foundation.hooks import AuditMirror, MirroredAct, audit_mirrors
from unionhall.foundation.models import AuditEntry

LABEL_LENGTH: Final = 200
VERB_LENGTH: Final = 60


def read_wagtail(row: Any) -> MirroredAct:
    """The act of one row of Wagtail's logs. row: a ModelLogEntry or PageLogEntry. Its free data is left where it is."""
    verb = row.action if row.action.startswith("wagtail") else f"wagtail.{row.action}"
    return MirroredAct(
        at=row.timestamp,
        actor=Actor(user_id=row.user_id, label=str(row.user_display_name) if row.user_id else "wagtail"),
        verb=verb,
        object_type=f"{row.content_type.app_label}.{row.content_type.model}" if row.content_type else "",
        object_id=str(row.object_id),
        object_label=row.label,
    )


def mirror(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Add the act of a new row to the trail, in the transaction that wrote it; rows of other tables are no log."""
    for item in audit_mirrors:
        if kwargs.get("created") and issubclass(sender, item.model):
            _add(item.read(instance))


def start() -> None:
    """Begin to listen. Called when every app is loaded, and again where a test changes the list of apps."""
    if audit_mirrors.get("foundation.wagtail") is None:
        audit_mirrors.register("foundation.wagtail", AuditMirror(model=BaseLogEntry, read=read_wagtail))
    post_save.connect(mirror, dispatch_uid="unionhall.foundation.mirrors")


def _add(act: MirroredAct) -> None:
    AuditEntry.objects.create(
        at=act.at,
        actor_id=act.actor.user_id,
        actor_label=act.actor.label[:120],
        verb=act.verb[:VERB_LENGTH],
        object_type=act.object_type[:VERB_LENGTH],
        object_id=act.object_id[:40],
        object_label=act.object_label[:LABEL_LENGTH],
    )
