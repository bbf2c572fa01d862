"""The audit trail: who did what, to which record, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from unionhall.foundation.access import Actor
from unionhall.foundation.models import AuditEntry, AuditQuerySet


def record(
    *,
    actor: Actor,
    verb: str,
    at: datetime,
    obj: models.Model | None = None,
    label: str = "",
    place: str = "",
    why: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add one act to the trail, inside the caller's transaction, so that act and entry stand or fall together.

    verb: stable and dotted, `slice.act`, such as "roster.import_applied". obj: the record acted on. label: what the
    record is called, without contacts; else its own `trail_label`, where a name must not outlive the person's record,
    else its name. place: public id of the worksite or area concerned. detail: plain JSON values,
    ids and counts only, never a contact, a choice or a secret.
    """
    return AuditEntry.objects.create(
        at=at,
        actor_id=actor.user_id,
        actor_label=actor.label,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_label=(label or _called(obj))[:200],
        place=place,
        why=why,
        detail=dict(detail or {}),
    )


def _called(obj: models.Model | None) -> str:
    return "" if obj is None else str(getattr(obj, "trail_label", obj))


def search_trail(
    *,
    person: int | None = None,
    obj: models.Model | None = None,
    place: str = "",
    verb: str = "",
    first: date | None = None,
    last: date | None = None,
    words: str = "",
) -> AuditQuerySet:
    """The entries that fit every condition given, newest first; all of them where none is.

    person: account of the doer. obj: the record acted on. place: public id of a worksite or area. verb: the whole or
    the first parts, "roster" or "roster.import". first, last: days in the local's zone, both included. words: each
    must stand in the label, the reason, the doer's name or the verb. Whoever shows the result narrows it by access.
    """
    trail = AuditEntry.objects.all()
    if person is not None:
        trail = trail.filter(actor_id=person)
    if obj is not None:
        trail = trail.of(obj)
    if place:
        trail = trail.filter(place=place)
    if verb:
        trail = trail.filter(Q(verb=verb) | Q(verb__startswith=f"{verb.rstrip('.')}."))
    if first is not None:
        trail = trail.filter(at__gte=_midnight(first))
    if last is not None:
        trail = trail.filter(at__lt=_midnight(last + timedelta(days=1)))
    for word in words.split():
        trail = trail.filter(
            Q(object_label__icontains=word)
            | Q(why__icontains=word)
            | Q(actor_label__icontains=word)
            | Q(verb__icontains=word)
        )
    return trail


def verbs() -> list[str]:
    """Every verb the trail holds, in order, for a choice above its list."""
    return list(AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct())


def is_guarded() -> bool:
    """Whether the database itself refuses to change or remove an entry: the triggers of migration 0005 are there."""
    question = {
        "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_no_%'",
        "postgresql": (
            "SELECT COUNT(*) FROM pg_trigger WHERE tgname LIKE 'audit_no_%' AND tgenabled <> 'D' "
            "AND tgrelid = 'foundation_auditentry'::regclass"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        found: int = cursor.fetchone()[0]
    return found > 0


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
