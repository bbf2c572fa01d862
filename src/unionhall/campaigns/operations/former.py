"""What campaigns forget of somebody who left: what was noted about her, and what she wrote beside the point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from unionhall.campaigns.enums import NoteKind
from unionhall.campaigns.models import Cover, Entry, EntryNote, Talk
from unionhall.campaigns.operations.talks import forget_contacts_of
from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.hooks import ClockStand
from unionhall.roster.models import Person

FREE_TEXT = (NoteKind.NOTE, NoteKind.AGAIN)


def forget_entries_of(*, public_ids: Sequence[str], actor: Actor, at: datetime) -> int:
    """Notes about these former members are gone; their entries stay as a fact, with the consent as it was shown.

    public_ids: of persons who were cut down to the minimal record. What a line said besides "called" or "wrote" goes
    too. Gives how many lines went or lost their words; a second time there is nothing to do.
    """
    persons = Person.objects.get_queryset().filter(
        Q(public_id__in=public_ids) | Q(merged_into__public_id__in=public_ids)
    )
    return _forget(persons, actor, at) + _forget_talks(persons, actor, at)


def forget_former(*, actor: Actor, at: datetime) -> int:
    """The same for everybody who was cut down, so that a round that was cut short is made good the next night."""
    return _forget(_shrunk(), actor, at) + _forget_talks(_shrunk(), actor, at)


def stand_of_former(at: datetime) -> ClockStand:
    """How many lines about former members are to go now; those of members who left wait for their clock."""
    return ClockStand(due=_lines(_shrunk()).count() + Talk.objects.filter(person__in=_shrunk()).count())


def _forget_talks(persons: QuerySet[Person], actor: Actor, at: datetime) -> int:
    """What was said with them goes, and nobody answers for them any more."""
    talked, covered = Talk.objects.values("person"), Cover.objects.filter(ended_at=None).values("person")
    due = persons.filter(Q(pk__in=talked) | Q(pk__in=covered)).order_by("pk")
    return sum(forget_contacts_of(person=person, actor=actor, at=at) for person in due)


@transaction.atomic
def _forget(persons: QuerySet[Person], actor: Actor, at: datetime) -> int:
    lines = _lines(persons)
    count = lines.count()
    if not count:
        return 0
    entries = list(Entry.objects.filter(pk__in=lines.values("entry")).order_by("pk"))
    lines.exclude(kind__in=FREE_TEXT).update(text="")
    EntryNote.objects.filter(entry__person__in=persons, kind__in=FREE_TEXT).delete()
    for entry in entries:
        audit.record(actor=actor, verb="campaigns.entry_notes_forgotten", at=at, obj=entry, label=entry.public_id)
    return count


def _shrunk() -> QuerySet[Person]:
    return Person.objects.get_queryset().exclude(shrunk_at=None)


def _lines(persons: QuerySet[Person]) -> QuerySet[EntryNote]:
    wordy = Q(kind__in=FREE_TEXT) | ~Q(text="")
    return EntryNote.objects.filter(wordy, entry__person__in=persons.values("pk"))
