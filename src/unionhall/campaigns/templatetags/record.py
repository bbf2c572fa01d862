"""What the home pages say of a stage: the ribbon, the poster line, the second button; and the words of dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns import access, phrases
from unionhall.campaigns.enums import Part
from unionhall.campaigns.models import Banner, CalendarDate, Campaign, RecordChange
from unionhall.campaigns.queries import CalendarOf, Home, Ribbon, keeping
from unionhall.foundation import vocabulary
from unionhall.foundation.access import Viewer
from unionhall.foundation.bilingual import Bilingual
from unionhall.rulebook.phases import Step
from unionhall.rulebook.stages import Block, Stage
from unionhall.rulebook.strike_words import speaks_of_a_strike
from unionhall.ui import contrast

register = template.Library()
ANSWER_FIRST: Final = frozenset({Stage.ESCALATING, Stage.IMPASSE, Stage.STRIKE_VOTE, Stage.STRIKE})
PART_ICONS: Final = {
    Part.IDENTITY: "flag",
    Part.PHASES: "chart",
    Part.DATES: "calendar",
    Part.FACTS: "list",
    Part.AREAS: "talk",
    Part.BANNERS: "sign",
}
ADD_WORDS: Final[dict[str, Any]] = {
    Part.DATES: _("Add a day"),
    Part.FACTS: _("Add a fact"),
    Part.AREAS: _("Add one"),
    Part.BANNERS: _("Hang a banner"),
}
# Of every pair of inks, those people meet most.
PAIRS_SHOWN: Final = ("text/paper", "ink1-text/paper", "on-ink1/ink1", "on-ink2/ink2", "ink2/ink1")
PAIR_WORDS: Final = {
    "text/paper": _("Text on paper"),
    "ink1-text/paper": _("Links on paper"),
    "on-ink1/ink1": _("Buttons"),
    "on-ink2/ink2": _("The ribbon"),
    "ink2/ink1": _("Great figures (3 is enough)"),
}
ACTS: Final[dict[Block, Promise]] = {
    Block.LISTEN: _("How it works"),
    Block.PLATFORM: _("What members decided"),
    Block.TABLE: _("What happens at the table"),
    Block.PICKETS: _("Where and when"),
    Block.IMPASSE: _("What impasse means"),
    Block.STRIKE_VOTE: _("What the vote means"),
    Block.STRIKE: _("Find your line"),
    Block.AGREEMENT: _("What we won"),
    Block.ENFORCEMENT: _("What holds now"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the ribbon says: a title and a line."""

    title: str
    line: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Where the second button of the hero leads and what it says; whether the strike answer comes before the parts."""

    anchor: str
    act: str
    answer_first: bool


@register.simple_tag
def ribbon_words(ribbon: Ribbon | Home) -> Said:
    """The public phase by its own words; else the stage by ours; before the beginning, the slogan."""
    if ribbon.phase:
        return Said(str(ribbon.phase.title), str(ribbon.phase.line))
    if ribbon.stage in phrases.STAGES:
        title, line, _headline = phrases.STAGES[ribbon.stage]
        return Said(str(title), str(line))
    return Said(str(ribbon.campaign.slogan), "")


@register.simple_tag
def poster(home: Home) -> str:
    """The one poster line: the phase's own; on strike, that; else the slogan."""
    if home.phase and str(home.phase.headline):
        return str(home.phase.headline)
    if home.stage in (Stage.STRIKE, Stage.AGREEMENT, Stage.RATIFIED) and not home.phase:
        return str(phrases.STAGES[home.stage][2])
    return str(home.campaign.slogan)


@register.simple_tag
def lead(home: Home | Ribbon) -> Lead:
    """What the page leads with."""
    first = home.blocks[0]
    return Lead(first.value, str(ACTS[first]), home.stage in ANSWER_FIRST)


@register.simple_tag
def block_template(block: Block) -> str:
    """The template of one part of the home page."""
    return f"campaigns/home_{block.value}.html"


@register.filter
def when_words(date: CalendarDate) -> str:
    """What kind of day it is and at what hour: Action, 6:45 a.m."""
    kind = str(capfirst(date.get_kind_display()))
    return f"{kind}, {time_format(date.starts_at)}" if date.starts_at else kind


@register.filter
def hours_words(date: CalendarDate) -> str:
    """Its hours: 6:45 a.m., or 6:45 a.m. to 8 a.m.; blank where none is set."""
    if not date.starts_at:
        return ""
    if not date.ends_at:
        return str(time_format(date.starts_at))
    return gettext("%(starts)s to %(ends)s") % {
        "starts": time_format(date.starts_at),
        "ends": time_format(date.ends_at),
    }


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """Where a calendar is fetched. subscribe: the same address as calendar programs open it."""

    address: str
    subscribe: str


@register.simple_tag
def calendar_file(calendar: CalendarOf) -> CalendarFile:
    """The file of a calendar in the reader's language."""
    query = ""
    if calendar.worksite is not None:
        query = f"?worksite={calendar.worksite.public_id}"
    elif calendar.area is not None:
        query = f"?area={calendar.area.code}"
    address = f"{settings.BASE_URL}{reverse('campaign_calendar_file', args=[calendar.campaign.slug])}{query}"
    return CalendarFile(address, f"webcal://{address.partition('://')[2]}")


@register.filter
def event_data(date: CalendarDate, campaign: Campaign) -> dict[str, Any]:
    """The day for search engines, as schema.org has it."""
    place = date.place or (str(date.worksite) if date.worksite else "")
    state = "EventCancelled" if date.called_off else "EventScheduled"
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": str(date.title),
        "description": str(date.line),
        "startDate": _instant(date.on, date.starts_at),
        "endDate": _instant(date.on, date.ends_at) if date.ends_at else None,
        "eventStatus": f"https://schema.org/{state}",
        "location": {"@type": "Place", "name": place, "address": place} if place else None,
        "organizer": {"@type": "WorkersUnion", "name": campaign.union_name, "url": settings.BASE_URL},
        "url": f"{settings.BASE_URL}{reverse('campaign_date', args=[campaign.slug, date.slug])}",
        "inLanguage": get_language(),
    }
    return {name: value for name, value in said.items() if value}


def _instant(day: date, hour: time | None) -> str:
    return datetime.combine(day, hour, tzinfo=timezone.get_default_timezone()).isoformat() if hour else day.isoformat()


@dataclass(frozen=True, slots=True)
class Room:
    """One part of a campaign's record in the line above its rooms."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class InkPair:
    """A pair of inks: where one sees it, its weaker contrast, and whether that is enough."""

    where: str
    ratio: float
    passes: bool


@dataclass(frozen=True, slots=True)
class Ink:
    """A skin with the pairs people meet most."""

    name: str
    pairs: tuple[InkPair, ...]


@register.simple_tag
def record_rooms(campaign: Campaign, part: str = "") -> list[Room]:
    """The parts of the record, each with its door; the overview first."""
    rooms = [Room(str(_("Overview")), reverse("record", args=[campaign.slug]), not part)]
    for one in Part:
        if one != Part.WORDS:
            rooms.append(Room(str(one.label), part_address(campaign, one), part == one))
    return rooms


@register.simple_tag
def part_address(campaign: Campaign, part: str) -> str:
    """Where a part of the record is kept."""
    own = {Part.IDENTITY: "record_identity", Part.PHASES: "record_phases"}
    if part in own:
        return reverse(own[Part(part)], args=[campaign.slug])
    return reverse("record_part", args=[campaign.slug, part])


@register.simple_tag
def inks() -> list[Ink]:
    """Every skin with its contrast as it is measured now."""
    return [Ink(skin, tuple(_pairs(skin))) for skin in contrast.SKINS]


@register.simple_tag
def sounds(key: str = "") -> list[tuple[str, list[str]]]:
    """A word, or the four most used, in sentences of both languages as the local speaks now."""
    keys = [key] if key else ["worksite", "steward", "area", "chapter"]
    found = []
    for code in ("en", "es"):
        lines = [
            f"{vocabulary.word(one, form='the', language=code)}, {vocabulary.word(one, form='a', language=code)}, "
            f"{vocabulary.word(one, count=3, form='the', language=code)}"
            for one in keys
        ]
        found.append((code, [capfirst(line) for line in lines]))
    return found


@register.filter
def part_icon(part: str) -> str:
    """The sign of a part of the record."""
    return PART_ICONS.get(Part(part), "flag")


@register.filter
def add_words(part: str) -> str:
    """What the button says that adds a row."""
    return str(ADD_WORDS.get(part, ""))


@register.filter
def block_words(block: Block) -> str:
    """A part of the home page by its name."""
    return str(ACTS[block])


@register.filter
def step_words(step: str) -> str:
    """A step of a track by its name."""
    return str(phrases.STEP_WORDS[Step(step)])


@register.filter
def hangs(banner: Banner, day: date) -> bool:
    """Whether a banner hangs on that day."""
    return banner.covers(day)


@register.filter
def titled(title: Bilingual, change: RecordChange) -> str:
    """What a change is about: its own title, else its step or its part."""
    said = str(title)
    if not said and change.part == Part.PHASES:
        return step_words((change.after or change.before or {})["step"])
    return said or str(change.get_part_display())


@register.filter
def change_words(change: RecordChange) -> str:
    """What a change did."""
    if change.before is None:
        return str(_("was added"))
    return str(_("was taken off") if change.after is None else _("was changed"))


@register.filter
def may_undo(change: RecordChange, viewer: Viewer) -> bool:
    """Whether the viewer may take that change back; whether a later one rests on it is not asked here."""
    if access.may_record_phases(viewer):
        return True
    texts = keeping.texts_of(change.before, change.after)
    return change.part != Part.PHASES and not speaks_of_a_strike(texts)


def _pairs(skin: str) -> list[InkPair]:
    found = {f"{it.pair.over}/{it.pair.under}": it for it in contrast.measures(contrast.tokens_of(skin))}
    return [
        InkPair(str(PAIR_WORDS[name]), min(found[name].light, found[name].dark), found[name].passes)
        for name in PAIRS_SHOWN
    ]
