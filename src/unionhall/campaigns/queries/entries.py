"""How the queue of a viewer stands, and one entry of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.access import entries_visible_to, may_see_notes
from unionhall.campaigns.enums import EntryState, NoteKind
from unionhall.campaigns.models import Entry, EntryNote
from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import NotFound
from unionhall.rulebook.waiting import Wait, WaitSummary, seconds_to_reply, summarize

MEDIAN_OVER: Final = timedelta(days=30)


PAGE: Final = 50


class NoSuchEntry(NotFound):
    """An entry that is not there, or not for this viewer to know of."""

    code = "no_such_entry"
    message = _("There is no such entry in your queue. Somebody may have moved it to another area.")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the viewer asked to see. state: one of EntryState; language: "en", "es" or blank for both."""

    state: str = EntryState.OPEN
    language: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue. waited: seconds to the first reply, or to now, as the rulebook counts."""

    entry: Entry
    waited: int


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the viewer's queue and how the whole of it stands.

    counts: entries by state. summary: waits of the last 30 days and all that are open. answered_today: first replies
    since midnight in the local's zone. more: whether there is a next page.
    """

    rows: tuple[QueueRow, ...]
    counts: dict[str, int]
    summary: WaitSummary
    answered_today: int
    more: bool


def get_queue(viewer: Viewer, wanted: QueueFilter, *, now: datetime) -> Queue:
    """The viewer's entries in one state, those who waited longest first; of the answered, the latest reply first."""
    mine = entries_visible_to(viewer)
    rows = mine.in_state(wanted.state).with_rows()
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.state != EntryState.OPEN:
        rows = rows.order_by("-first_reply_at", "-received_at")
    start = (wanted.page - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    counts = dict(mine.order_by().values_list("state").annotate(number=Count("pk")))
    waits = list(_waits(viewer, now))
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Queue(
        rows=tuple(row_of(entry, now=now) for entry in found[:PAGE]),
        counts={state: counts.get(state, 0) for state in EntryState.values},
        summary=summarize(waits, now=now),
        answered_today=sum(1 for wait in waits if wait.first_reply_at and wait.first_reply_at >= midnight),
        more=len(found) > PAGE,
    )


def row_of(entry: Entry, *, now: datetime) -> QueueRow:
    """One entry as a line of the queue."""
    return QueueRow(entry, int(seconds_to_reply(Wait(entry.received_at, entry.first_reply_at), now=now)))


def get_entry(viewer: Viewer, public_id: str) -> Entry:
    """The entry of that public id, if it is the viewer's to see. Raises NoSuchEntry otherwise, whichever it is."""
    entry = entries_visible_to(viewer).with_rows().filter(public_id=public_id).first()
    if entry is None:
        raise NoSuchEntry
    return entry


def lines_of(viewer: Viewer, entry: Entry) -> list[EntryNote]:
    """The lines under an entry, newest first, with who wrote them; those taken back are left out.

    Who may not read notes sees that somebody called or wrote, never what was noted.
    """
    lines = entry.notes.filter(taken_back_at=None).select_related("by").order_by("-at", "-pk")
    return list(lines if may_see_notes(viewer, entry) else lines.exclude(kind=NoteKind.NOTE).defer("text"))


def find_act(viewer: Viewer, public_id: str) -> EntryNote | None:
    """A line the viewer wrote and may still take back; none for anything else."""
    if not public_id or viewer.user_id is None:
        return None
    mine = EntryNote.objects.filter(public_id=public_id, by_id=viewer.user_id, taken_back_at=None)
    return mine.select_related("entry__person").first()


def get_note(entry: Entry, public_id: str) -> EntryNote:
    """One line under an entry. Raises NoSuchEntry."""
    note = entry.notes.filter(public_id=public_id).first()
    if note is None:
        raise NoSuchEntry
    return note


def entries_of_user(viewer: Viewer) -> list[Entry]:
    """What the person behind the viewer's account sent us, the newest first."""
    if viewer.user_id is None:
        return []
    return list(Entry.objects.with_rows().filter(person__user_id=viewer.user_id).order_by("-received_at"))


def _waits(viewer: Viewer, now: datetime) -> Sequence[Wait]:
    mine = entries_visible_to(viewer).order_by()
    recent = mine.filter(first_reply_at__gte=now - MEDIAN_OVER) | mine.in_state(EntryState.OPEN)
    return [Wait(*pair) for pair in recent.values_list("received_at", "first_reply_at")]
