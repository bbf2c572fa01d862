"""Who was shown how to reach whom: written while a page is shown, forgotten after its months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from unionhall.foundation.access import Actor
from unionhall.foundation.hooks import ClockStand
from unionhall.roster.models import Person, Sight
from unionhall.roster.queries.retention import held_persons, hold_on_everybody
from unionhall.rulebook.retention import months_after

MONTHS: Final = 12
MOST: Final = 2_000


def note_seen(*, viewer_id: int | None, person_ids: Iterable[int], at: datetime) -> None:
    """Write down that an account was shown contacts of these persons: a line a viewer, person and day, in one query.

    To be called by every page that shows contacts of others, with those it shows; a second time that day changes
    nothing. viewer_id: none for nobody. person_ids: a page of them; beyond 2,000 none is written.
    """
    ids = list(dict.fromkeys(person_ids))[:MOST]
    if viewer_id is None or not ids:
        return
    day = timezone.localdate(at)
    rows = [Sight(viewer_id=viewer_id, person_id=pk, day=day, at=at) for pk in ids]
    Sight.objects.bulk_create(rows, ignore_conflicts=True)


def forget_sights(*, actor: Actor, at: datetime) -> int:
    """Lines of a year ago are gone, but for persons whom a legal hold covers; gives how many went."""
    if hold_on_everybody():
        return 0
    count, _tables = _old(at).exclude(person__in=_held()).delete()
    return count


def stand_of_sights(at: datetime) -> ClockStand:
    """How many lines are to go now, are held, and wait."""
    old = _old(at).count()
    held = old if hold_on_everybody() else _old(at).filter(person__in=_held()).count()
    first = Sight.objects.exclude(pk__in=_old(at).values("pk")).order_by("at").values_list("day", flat=True).first()
    next_on = months_after(first, MONTHS) if first is not None else None
    return ClockStand(due=old - held, held=held, waiting=Sight.objects.count() - old, next_on=next_on)


def _held() -> QuerySet[Person]:
    return Person.objects.get_queryset().filter(held_persons())


def _old(at: datetime) -> QuerySet[Sight]:
    today = timezone.localdate(at)
    return Sight.objects.filter(day__lte=months_after(today, -MONTHS))
