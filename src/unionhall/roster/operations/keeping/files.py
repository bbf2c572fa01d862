"""How the clocks of files stand: lists that came in, and copies that went out and were not fetched."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from unionhall.foundation.access import Actor
from unionhall.foundation.hooks import ClockStand
from unionhall.roster.enums import ExportState
from unionhall.roster.models import Export, ImportFile
from unionhall.roster.operations.exports.asking import forget_expired
from unionhall.roster.operations.files.received import forget_files
from unionhall.roster.queries.retention import files_held, hold_on_everybody


def forget_lists(*, actor: Actor, at: datetime) -> int:
    """The files of lists whose days are over, but for those a legal hold covers; gives how many."""
    return 0 if hold_on_everybody() else forget_files(actor=actor, at=at)


def stand_of_lists(at: datetime) -> ClockStand:
    """How many files of lists are to go now, are held, and wait."""
    today = timezone.localdate(at)
    old = ImportFile.objects.filter(delete_on__lte=today).count()
    waiting = ImportFile.objects.filter(delete_on__gt=today).order_by("delete_on")
    every = ImportFile.objects.filter(delete_on__lte=today)
    held = old if hold_on_everybody() else every.filter(files_held()).count()
    next_on = waiting.values_list("delete_on", flat=True).first()
    return ClockStand(due=old - held, held=held, waiting=waiting.count(), next_on=next_on)


def forget_copies(*, actor: Actor, at: datetime) -> int:
    """Copies made for somebody who did not fetch them within the day; gives how many."""
    return forget_expired(at=at)


def stand_of_copies(at: datetime) -> ClockStand:
    """How many copies are to go now, and how many may still be fetched."""
    ready = Export.objects.filter(state=ExportState.READY)
    due = ready.filter(expires_at__lte=at).count()
    return ClockStand(due=due, waiting=ready.count() - due)
