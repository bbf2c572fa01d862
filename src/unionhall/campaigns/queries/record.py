"""What the public pages of a campaign show on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import DateKind, FactPlace
from unionhall.campaigns.models import Banner, CalendarDate, Campaign, Fact, FocusArea, PhaseRecord
from unionhall.campaigns.phrases import ground_words, law_words
from unionhall.foundation.errors import NotFound
from unionhall.rulebook.phases import Step, StrikeAnswer, round_begins_on, strike_answer
from unionhall.rulebook.stages import Block, Stage, blocks_on, shown_phase, stage_on

Recorded = PhaseRecord | CalendarDate | Fact | FocusArea | Banner
NEXT = 3


class NoSuchCampaign(NotFound):
    """An address that names no campaign of this local."""

    code = "no_such_campaign"
    message = _("There is no campaign at this address. It may have another name now; start from the front page.")


@dataclass(frozen=True, slots=True)
class GroundWords:
    """One reason for the strike answer, ready to be shown. happened: a check mark, else a cross."""

    happened: bool
    sentence: str
    line: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The whole record of a campaign as it stands, each part in its order."""

    phases: tuple[PhaseRecord, ...] = ()
    dates: tuple[CalendarDate, ...] = ()
    facts: tuple[Fact, ...] = ()
    areas: tuple[FocusArea, ...] = ()
    banners: tuple[Banner, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """All that the public page of a campaign shows on a day, read once.

    phase: the public phase it is named after, if one fits. stage: what the campaign is doing; blocks: the parts that
    speak of it, the most pressing first. grounds: why the strike answer is what it is. law: how far the help from
    outside has come. facts: the newest of each key, in their order. last_session, next_session: at the table.
    upcoming: what is still to come, the day itself counted. banners: those that hang on that day.
    changed_at: the newest change of any of these.
    """

    campaign: Campaign
    on: date
    phase: PhaseRecord | None
    stage: Stage
    blocks: tuple[Block, ...]
    answer: StrikeAnswer
    grounds: tuple[GroundWords, ...]
    law: tuple[GroundWords, ...]
    facts: tuple[Fact, ...]
    areas: tuple[FocusArea, ...]
    last_session: CalendarDate | None
    next_session: CalendarDate | None
    upcoming: tuple[CalendarDate, ...]
    banners: tuple[Banner, ...]
    ratifying: bool
    changed_at: datetime

    def strip(self) -> list[Fact]:
        """The facts that stand on the home page in any case."""
        return self._used(FactPlace.HOME)

    def offers(self) -> list[Fact]:
        """What lies on the table, theirs and ours."""
        return self._used(FactPlace.OFFERS)

    def decided(self) -> list[Fact]:
        """What members decided about the platform."""
        return self._used(FactPlace.PLATFORM)

    def wins(self) -> list[Fact]:
        """What was won."""
        return self._used(FactPlace.WINS)

    def next_dates(self) -> tuple[CalendarDate, ...]:
        """The next three days of the calendar."""
        return self.upcoming[:NEXT]

    def actions(self) -> list[CalendarDate]:
        """The next three actions: pickets, lines, rallies."""
        return [row for row in self.upcoming if row.kind == DateKind.ACTION][:NEXT]

    def later(self) -> list[CalendarDate]:
        """The next three days of the calendar that no other part of the page shows."""
        if Block.STRIKE_VOTE in self.blocks:
            return []
        shown = self.actions() if {Block.PICKETS, Block.STRIKE} & set(self.blocks) else []
        return [row for row in self.upcoming if row not in shown][:NEXT]

    def fact(self, key: str) -> Fact | None:
        """The fact of that key, if it is on record."""
        return next((fact for fact in self.facts if fact.key == key), None)

    def _used(self, place: str) -> list[Fact]:
        return [fact for fact in self.facts if place in fact.used_on]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What stands above every page of a campaign: its phase, whether there is a strike, and what hangs there today."""

    campaign: Campaign
    on: date
    phase: PhaseRecord | None
    stage: Stage
    blocks: tuple[Block, ...]
    answer: StrikeAnswer
    banners: tuple[Banner, ...]


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
    """The local's campaigns, those under way first, by their addresses. One query."""
    return sorted(Campaign.objects.all(), key=lambda campaign: (not campaign.is_open(day), campaign.slug))


def campaign_cards(day: date) -> list[Ribbon]:
    """Each campaign of the local with where it stands, those under way first; two queries however many."""
    campaigns = campaigns_on(day)
    phases = defaultdict(list)
    for row in PhaseRecord.objects.filter(campaign__in=campaigns) if campaigns else ():
        phases[row.campaign_id].append(row)
    return [_ribbon(campaign, phases[campaign.pk], (), campaign.day(day)) for campaign in campaigns]


def read_rows(campaign: Campaign) -> Rows:
    """The whole record; five queries whatever it holds."""
    return Rows(
        phases=tuple(PhaseRecord.objects.filter(campaign=campaign)),
        dates=tuple(CalendarDate.objects.filter(campaign=campaign)),
        facts=tuple(Fact.objects.filter(campaign=campaign)),
        areas=tuple(FocusArea.objects.filter(campaign=campaign)),
        banners=tuple(Banner.objects.filter(campaign=campaign)),
    )


def get_home(campaign: Campaign, *, on: date) -> Home:
    """What the campaign's page shows on a day; five queries whatever it holds."""
    return home_of(campaign, read_rows(campaign), on=on)


def home_of(campaign: Campaign, rows: Rows, *, on: date) -> Home:
    """What the page shows of these rows, written or not, in the language now active; asks the database nothing.

    on: today; a campaign that was let stand at a past day speaks of that one.
    """
    on = campaign.day(on)
    sessions = [row for row in rows.dates if row.kind == DateKind.SESSION]
    last = next((row for row in reversed(sessions) if row.on <= on), None)
    phases = [row.as_phase() for row in rows.phases]
    answer = strike_answer(phases, on=on, last_session_on=last.on if last else None)
    parts = (rows.phases, rows.dates, rows.facts, rows.areas, rows.banners)
    return Home(
        campaign=campaign,
        on=on,
        phase=_shown(rows.phases, on),
        stage=stage_on(phases, on),
        blocks=blocks_on(phases, on),
        answer=answer,
        grounds=tuple(GroundWords(ground.happened, *ground_words(ground, on)) for ground in answer.grounds),
        law=tuple(_law(rows.phases, on)),
        facts=_newest(rows.facts, on),
        areas=rows.areas,
        last_session=last,
        next_session=next((row for row in sessions if row.on > on), None),
        upcoming=tuple(row for row in rows.dates if row.on >= on),
        banners=tuple(row for row in rows.banners if row.covers(on)),
        ratifying=any(phase.step is Step.RATIFICATION and phase.covers(on) for phase in phases),
        changed_at=max(_changes(campaign, *parts)),
    )


def get_ribbon(campaign: Campaign, *, on: date) -> Ribbon:
    """Phase, strike answer and banners for the pages that show no more than these; two queries."""
    phases = list(PhaseRecord.objects.filter(campaign=campaign))
    on = campaign.day(on)
    return _ribbon(campaign, phases, tuple(Banner.objects.filter(campaign=campaign)), on)


def _ribbon(campaign: Campaign, phases: Sequence[PhaseRecord], banners: Sequence[Banner], on: date) -> Ribbon:
    read = [row.as_phase() for row in phases]
    hanging = tuple(row for row in banners if row.covers(on))
    answer = strike_answer(read, on=on)
    return Ribbon(campaign, on, _shown(phases, on), stage_on(read, on), blocks_on(read, on), answer, hanging)


def _law(phases: Sequence[PhaseRecord], on: date) -> Iterator[GroundWords]:
    """How far the help from outside has come: each of its steps, begun or not, with its day."""
    since = round_begins_on([row.as_phase() for row in phases], on) or date.min
    for step in (Step.IMPASSE, Step.MEDIATION, Step.FACTFINDING, Step.AFTER_FACTFINDING):
        begun = [row.starts_on for row in phases if row.step == step and since <= row.starts_on <= on]
        yield GroundWords(bool(begun), *law_words(step, max(begun, default=None), on))


def _changes(campaign: Campaign, *parts: Sequence[Recorded]) -> Iterator[datetime]:
    yield campaign.changed_at
    for part in parts:
        yield from (row.changed_at for row in part)


def _shown(phases: Sequence[PhaseRecord], on: date) -> PhaseRecord | None:
    shown = shown_phase([row.as_phase() for row in phases], on)
    return next((row for row in phases if shown and row.pk == shown.key), None)


def _newest(facts: Sequence[Fact], on: date) -> tuple[Fact, ...]:
    """The newest fact of each key that is true by the day, in the order of the facts."""
    newest: dict[str, Fact] = {}
    for fact in facts:
        held = newest.get(fact.key)
        if fact.as_of <= on and (held is None or fact.as_of > held.as_of):
            newest[fact.key] = fact
    return tuple(sorted(newest.values(), key=lambda fact: (fact.order, fact.key)))
