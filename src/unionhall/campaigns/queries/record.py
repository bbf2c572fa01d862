"""What the public pages of a campaign show on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import DateKind
from unionhall.campaigns.models import CalendarDate, Campaign, Fact, FocusArea, PhaseRecord
from unionhall.campaigns.phrases import ground_words
from unionhall.foundation.errors import NotFound
from unionhall.rulebook.phases import StrikeAnswer, phase_on, strike_answer

Recorded = PhaseRecord | CalendarDate | Fact | FocusArea


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
