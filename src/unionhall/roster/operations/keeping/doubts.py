"""Doubtful lines of lists of people: they hold contacts, and are forgotten with what would take their answers back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.hooks import ClockStand
from unionhall.roster.enums import Decision
from unionhall.roster.models import Doubt, Person
from unionhall.roster.queries.retention import held_persons, hold_on_everybody
from unionhall.rulebook.retention import months_after

MONTHS: Final = 6


@transaction.atomic
def forget_doubts(*, actor: Actor, at: datetime) -> int:
    """The lines whose months are over are forgotten, with the names they give; gives how many.

    One that nobody has settled until then is left out.
    """
    due = _due(at)
    ids = [doubt.pk for doubt in due]
    rows = Doubt.objects.filter(pk__in=ids)
    rows.filter(decision=Decision.OPEN).update(decision=Decision.SKIP, decided_at=at, decided_by=actor.label[:120])
    rows.update(row="", way_back=None, label="")
    if ids:
        audit.record(actor=actor, verb="roster.doubts_forgotten", at=at, detail={"count": len(ids)})
    return len(ids)


def stand_of_doubts(at: datetime) -> ClockStand:
    """How many lines are to go now, are held, and wait."""
    old, due = _old(at).count(), len(_due(at))
    young = _kept().exclude(pk__in=_old(at).values("pk")).order_by("came")
    first = young.values_list("came", flat=True).first()
    next_on = months_after(timezone.localdate(first), MONTHS) if first is not None else None
    return ClockStand(due=due, held=old - due, waiting=young.count(), next_on=next_on)


def _due(at: datetime) -> list[Doubt]:
    """Those whose months are over and that no legal hold covers."""
    if hold_on_everybody():
        return []
    held = set(Person.objects.get_queryset().filter(held_persons()).values_list("pk", flat=True))
    return [doubt for doubt in _old(at).defer("row", "way_back") if not _people_of(doubt) & held]


def _people_of(doubt: Doubt) -> set[int]:
    """Those whom a line may be, or was said to be."""
    return {one["pk"] for one in doubt.candidates} | ({doubt.decided_pk} if doubt.decided_pk else set())


def _kept() -> QuerySet[Any]:
    """The lines about people that still hold contacts, each with the instant its list came."""
    holding = Q(decision=Decision.OPEN) | Q(way_back__isnull=False)
    came = Coalesce("imported__received_at", "imported__applied_at")
    return Doubt.objects.filter(holding, record="person").annotate(came=came)


def _old(at: datetime) -> QuerySet[Any]:
    day = months_after(timezone.localdate(at), -MONTHS)
    return _kept().filter(came__date__lte=day)
