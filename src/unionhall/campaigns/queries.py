"""Reads of a campaign: what its public page shows on a day, and how the queue of a viewer stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.access import entries_visible_to, may_see_notes
from unionhall.campaigns.enums import DateKind, EntryState, NoteKind
from unionhall.campaigns.models import CalendarDate, Campaign, Entry, EntryNote, Fact, FocusArea, PhaseRecord
from unionhall.campaigns.phrases import ground_words
from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import NotFound
from unionhall.rulebook.phases import StrikeAnswer, phase_on, strike_answer
from unionhall.rulebook.waiting import Wait, WaitSummary, seconds_to_reply, summarize

Recorded = PhaseRecord | CalendarDate | Fact | FocusArea
MEDIAN_OVER: Final = timedelta(days=30)
PAGE: Final = 50


class NoSuchCampaign(NotFound):
    """An address that names no campaign of this local."""

    code = "no_such_campaign"
    message = _("There is no campaign at this address. It may have another name now; start from the front page.")


class NoSuchEntry(NotFound):
    """An entry that is not there, or not for this viewer to know of."""

    code = "no_such_entry"
    message = _("There is no such entry in your queue. Somebody may have moved it to another area.")


@dataclass(frozen=True, slots=True)
class GroundWords:
    """One reason for the strike answer, ready to be shown. happened: a check mark, else a cross."""

    happened: bool
    sentence: str
    line: str


@dataclass(frozen=True, slots=True)
class Home:
    """All that the public page of a campaign shows on a day, read once.

    phase: the public phase, if one has begun. grounds: why the strike answer is what it is. facts: the newest of each
    key, in their order. last_session, next_session: at the table. changed_at: the newest change of any of these.
    """

    campaign: Campaign
    on: date
    phase: PhaseRecord | None
    answer: StrikeAnswer
    grounds: tuple[GroundWords, ...]
    facts: tuple[Fact, ...]
    areas: tuple[FocusArea, ...]
    last_session: CalendarDate | None
    next_session: CalendarDate | None
    changed_at: datetime

    def strip(self) -> list[Fact]:
        """The facts that stand on the home page."""
        return [fact for fact in self.facts if "home" in fact.used_on]

    def fact(self, key: str) -> Fact | None:
        """The fact of that key, if it is on record."""
        return next((fact for fact in self.facts if fact.key == key), None)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What stands above every page of a campaign: its phase, and whether there is a strike."""

    campaign: Campaign
    phase: PhaseRecord | None
    answer: StrikeAnswer


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


def get_campaign(slug: str) -> Campaign:
    """The campaign of that address. Raises NoSuchCampaign."""
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        raise NoSuchCampaign
    return campaign


def is_campaign(slug: str) -> bool:
    """Whether a campaign has that address."""
    return Campaign.objects.filter(slug=slug).exists()


def campaign_slugs() -> list[str]:
    """The addresses of all campaigns, in the order of the alphabet."""
    return list(Campaign.objects.values_list("slug", flat=True))


def campaigns_on(day: date) -> list[Campaign]:
    """The local's campaigns, those under way first, by their addresses."""
    under_way = {campaign.pk for campaign in Campaign.objects.open_on(day)}
    return sorted(Campaign.objects.all(), key=lambda campaign: (campaign.pk not in under_way, campaign.slug))


def get_home(campaign: Campaign, *, on: date) -> Home:
    """What the campaign's page shows on a day; four queries whatever it holds."""
    phases = list(PhaseRecord.objects.filter(campaign=campaign))
    dates = list(CalendarDate.objects.filter(campaign=campaign))
    facts = list(Fact.objects.filter(campaign=campaign))
    areas = tuple(FocusArea.objects.filter(campaign=campaign))
    sessions = [row for row in dates if row.kind == DateKind.SESSION]
    last = next((row for row in reversed(sessions) if row.on <= on), None)
    answer = strike_answer([row.as_phase() for row in phases], on=on, last_session_on=last.on if last else None)
    return Home(
        campaign=campaign,
        on=on,
        phase=_shown(phases, on),
        answer=answer,
        grounds=tuple(GroundWords(ground.happened, *ground_words(ground, on)) for ground in answer.grounds),
        facts=_newest(facts, on),
        areas=areas,
        last_session=last,
        next_session=next((row for row in sessions if row.on > on), None),
        changed_at=max(_changes(campaign, phases, dates, facts, areas)),
    )


def get_ribbon(campaign: Campaign, *, on: date) -> Ribbon:
    """Phase and strike answer for the pages that show no more than these; one query."""
    phases = list(PhaseRecord.objects.filter(campaign=campaign))
    return Ribbon(campaign, _shown(phases, on), strike_answer([row.as_phase() for row in phases], on=on))


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


def _changes(campaign: Campaign, *parts: Sequence[Recorded]) -> Iterator[datetime]:
    yield campaign.changed_at
    for part in parts:
        yield from (row.changed_at for row in part)


def _shown(phases: Sequence[PhaseRecord], on: date) -> PhaseRecord | None:
    shown = phase_on((row.as_phase() for row in phases), on)
    return next((row for row in phases if shown and row.pk == shown.key), None)


def _newest(facts: Sequence[Fact], on: date) -> tuple[Fact, ...]:
    """The newest fact of each key that is true by the day, in the order of the facts."""
    newest: dict[str, Fact] = {}
    for fact in facts:
        held = newest.get(fact.key)
        if fact.as_of <= on and (held is None or fact.as_of > held.as_of):
            newest[fact.key] = fact
    return tuple(sorted(newest.values(), key=lambda fact: (fact.order, fact.key)))
