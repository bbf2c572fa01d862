"""What those who keep the record of a campaign see of it: its parts, what is missing, and what was changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import DateKind, FactPlace, Part, Skin
from unionhall.campaigns.models import (
    Banner,
    CalendarDate,
    Campaign,
    Fact,
    FocusArea,
    PhaseRecord,
    RecordChange,
)
from unionhall.campaigns.phrases import STEP_WORDS, TRACK_WORDS, day_and_year_words, number_words
from unionhall.campaigns.queries.record import Home, Rows, home_of, read_rows
from unionhall.foundation.bilingual import Bilingual, BilingualField
from unionhall.foundation.errors import NotFound
from unionhall.foundation.vocabulary import Word, words
from unionhall.roster.models import Worksite
from unionhall.rulebook.phases import Step
from unionhall.rulebook.stages import Block

TABLES: Final[dict[str, type[models.Model]]] = {
    Part.IDENTITY: Campaign,
    Part.PHASES: PhaseRecord,
    Part.DATES: CalendarDate,
    Part.FACTS: Fact,
    Part.AREAS: FocusArea,
    Part.BANNERS: Banner,
}
SHOWN: Final = 12
UNSAVED: Final = 2**62  # a step looked at before it is written counts as the one recorded last


class NoSuchRow(NotFound):
    """An address that names nothing on the record."""

    code = "no_such_row"
    message = _("That is not on record any more. Look at what was changed: it can be taken back.")


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One of the four tracks with its steps, newest first. now: those under way on the day."""

    name: str
    title: str
    line: str
    steps: tuple[PhaseRecord, ...]
    now: tuple[PhaseRecord, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """The newest value of a fact, its older ones, whether somebody ought to check it, and where it is shown."""

    fact: Fact
    older: tuple[Fact, ...]
    stale: bool
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place where a fact is used. now: whether that part of the page is to be seen on the day."""

    label: str
    now: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that a change touched, in the reader's language."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the history. may_undo: no later change rests on it."""

    change: RecordChange
    differences: tuple[Difference, ...]
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The record at a glance. missing: what would make the page whole, each with the part to go to."""

    home: Home
    counts: dict[str, int]
    stale: int
    missing: tuple[tuple[str, Promise], ...]
    history: tuple[ChangeRow, ...]


def get_row(campaign: Campaign, part: str, pk: int) -> Any:
    """One row of a part of this campaign. Raises NoSuchRow."""
    row = TABLES[part]._default_manager.filter(campaign=campaign, pk=pk).first()
    if row is None:
        raise NoSuchRow
    return row


def get_change(public_id: str) -> RecordChange:
    """A change of the record. Raises NoSuchRow."""
    change = RecordChange.objects.select_related("campaign").filter(public_id=public_id).first()
    if change is None:
        raise NoSuchRow
    return change


def texts_of(*saids: Any) -> Iterator[str]:
    """Every text within values of a row or of a change, in both languages."""
    for said in saids:
        if isinstance(said, Bilingual):
            yield from (said.en, said.es)
        elif isinstance(said, str):
            yield said
        elif isinstance(said, dict):
            yield from texts_of(*said.values())
        elif isinstance(said, models.Model):
            yield from texts_of(*(getattr(said, field.name) for field in said._meta.concrete_fields if _says(field)))


def get_overview(campaign: Campaign, *, on: date) -> Overview:
    """The record at a glance; six queries whatever it holds. on: today."""
    rows = read_rows(campaign)
    home = home_of(campaign, rows, on=on)
    stale = sum(fact.is_stale(home.on) for fact in home.facts)
    counts = {
        Part.PHASES.value: len(rows.phases),
        Part.DATES.value: len(rows.dates),
        Part.FACTS.value: len(home.facts),
        Part.AREAS.value: len(rows.areas),
        Part.BANNERS.value: len(rows.banners),
    }
    return Overview(home, counts, stale, tuple(_missing(home, rows, stale)), history(campaign, shown=6))


def tracks(campaign: Campaign, *, on: date) -> list[TrackRow]:
    """The four tracks with their steps, newest first; one query."""
    rows = list(PhaseRecord.objects.filter(campaign=campaign).order_by("-starts_on", "-pk"))
    found = []
    for track, (title, line) in TRACK_WORDS.items():
        steps = tuple(row for row in rows if row.track == track)
        now = tuple(row for row in steps if row.as_phase().covers(campaign.day(on)))
        found.append(TrackRow(track.value, str(title), str(line), steps, now))
    return found


def dates_around(campaign: Campaign, *, on: date) -> tuple[list[CalendarDate], list[CalendarDate]]:
    """What is to come, the day itself counted, soonest first; and what was, newest first. One query."""
    rows = list(CalendarDate.objects.filter(campaign=campaign))
    day = campaign.day(on)
    return [row for row in rows if row.on >= day], [row for row in reversed(rows) if row.on < day]


def fact_rows(campaign: Campaign, *, on: date) -> list[FactRow]:
    """Every fact by its newest value, those to be checked again first. Two queries."""
    by_key: dict[str, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(campaign=campaign):
        by_key[fact.key].append(fact)
    home = home_of(campaign, Rows(phases=tuple(PhaseRecord.objects.filter(campaign=campaign))), on=on)
    found = [
        FactRow(facts[0], tuple(facts[1:]), facts[0].is_stale(home.on), tuple(_places(facts[0], home.blocks)))
        for facts in by_key.values()
    ]
    return sorted(found, key=lambda row: (not row.stale, row.fact.order, row.fact.key))


def plain_rows(campaign: Campaign, part: str) -> list[Any]:
    """The rows of a part in their order; one query."""
    return list(TABLES[part]._default_manager.filter(campaign=campaign))


def history(campaign: Campaign | None, part: str = "", *, shown: int = SHOWN) -> tuple[ChangeRow, ...]:
    """What was changed, newest first; of one part where one is named. campaign: none for the words. One query."""
    changes = RecordChange.objects.filter(campaign=campaign)
    if part:
        changes = changes.filter(part=part)
    seen: set[tuple[str, int]] = set()
    found = []
    for change in changes[:shown]:
        place = (change.part, change.row_id)
        standing = change.taken_back_at is None
        opened = change.part == Part.IDENTITY and change.before is None
        found.append(ChangeRow(change, tuple(_differences(change)), standing and place not in seen and not opened))
        if standing:
            seen.add(place)
    return tuple(found)


def preview_phase(campaign: Campaign, phase: PhaseRecord, *, on: date) -> list[tuple[str, Home]]:
    """The page in each language as it would be with that step; nothing is written. Five queries.

    phase: new, or one that stands with other values. Each language's home is made in that language.
    """
    rows = read_rows(campaign)
    others = [row for row in rows.phases if row.pk != phase.pk]
    phase.pk = phase.pk or UNSAVED
    phases = tuple(sorted([*others, phase], key=lambda row: (row.starts_on, row.pk)))
    found = []
    for language in ("en", "es"):
        with override(language):
            found.append((language, home_of(campaign, replace(rows, phases=phases), on=on)))
    return found


def _missing(home: Home, rows: Rows, stale: int) -> Iterable[tuple[str, Promise]]:
    if not rows.phases:
        yield Part.PHASES, _("No phase is on record: the page does not know what goes on.")
    elif home.phase is None:
        yield Part.PHASES, _("No public phase fits what goes on now: the page uses our plain words.")
    if not home.upcoming:
        yield Part.DATES, _("Nothing is to come in the calendar.")
    if not home.facts:
        yield Part.FACTS, _("No fact is on record. Begin with how many people the contract covers.")
    if stale:
        yield Part.FACTS, _("Some facts ought to be checked again.")
    if not rows.areas:
        yield Part.AREAS, _("Nobody has written down what we fight for.")
    if not home.campaign.picture:
        yield Part.IDENTITY, _("The page has no picture yet.")


def _places(fact: Fact, blocks: Sequence[Block]) -> Iterator[PlaceRow]:
    seen = {
        FactPlace.HOME: True,
        FactPlace.OFFERS: Block.TABLE in blocks,
        FactPlace.PLATFORM: Block.PLATFORM in blocks,
        FactPlace.WINS: Block.AGREEMENT in blocks or Block.ENFORCEMENT in blocks,
    }
    for place in FactPlace:
        if place in fact.used_on:
            yield PlaceRow(str(place.label), seen[place])


def _says(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, BilingualField | models.TextField | models.CharField)


def _differences(change: RecordChange) -> Iterator[Difference]:
    before, after = change.before or {}, change.after or {}
    if not before or not after:
        return
    if change.part == Part.WORDS:
        yield from _of_words(before, after)
        return
    meta: Any = TABLES[change.part]._meta
    for name, value in after.items():
        if before.get(name) != value and name not in ("slug", "track"):
            label = str(capfirst(meta.get_field(name).verbose_name))
            yield Difference(label, *_pair(name, before.get(name), value))


def _of_words(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    if "pack" in after:
        yield Difference(str(_("Pack")), before["pack"], after["pack"])
    else:
        sides = [" | ".join(said["en"] + said["es"]) if said else "–" for said in (before["said"], after["said"])]
        yield Difference(after["key"], *sides)


def _pair(name: str, before: Any, after: Any) -> tuple[str, str]:
    """Both values as words; of words in two languages those that differ, the reader's own first."""
    if isinstance(before, dict) and isinstance(after, dict):
        own = (get_language() or "en")[:2]
        code = own if before.get(own) != after.get(own) else {"en": "es", "es": "en"}[own]
        return before.get(code) or "–", after.get(code) or "–"
    return _words(name, before), _words(name, after)


def _words(name: str, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name in ("starts_at", "ends_at"):
        return str(time_format(time.fromisoformat(value)))
    if name in ("on", "as_of", "stale_after") or (name.endswith("_on") and isinstance(value, str)):
        return day_and_year_words(date.fromisoformat(value))
    if name == "worksite":
        return str(Worksite.objects.filter(public_id=value).values_list("name", flat=True).first() or "–")
    if name == "value":
        return number_words(Decimal(value))
    if name == "used_on":
        return ", ".join(str(FactPlace(place).label) for place in value if place in FactPlace.values)
    choices = {"step": STEP_WORDS, "kind": dict(DateKind.choices), "skin": dict(Skin.choices)}.get(name, {})
    keyed: Any = Step(value) if name == "step" else value
    return str(choices.get(keyed, ", ".join(value) if isinstance(value, list) else value))  # type: ignore[attr-defined]


def get_word(key: str) -> Word:
    """What the local calls that one thing. Raises NoSuchRow for a key no pack knows."""
    found = words().get(key)
    if found is None:
        raise NoSuchRow
    return found
