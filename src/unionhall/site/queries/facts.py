"""Numbers on pages: what the record says of each, which are stale, and which somebody typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from wagtail.models import Page

from unionhall.campaigns.models import Campaign, Fact
from unionhall.campaigns.phrases import day_and_year_words, figure_words, is_sign
from unionhall.rulebook import fact_tags
from unionhall.site.models import CampaignContent


@dataclass(frozen=True, slots=True)
class FactLine:
    """A number as a page shows it, in the reader's language. value: without, figure: with the sign of its unit."""

    key: str
    label: str
    figure: str
    unit: str
    line: str
    value: str
    day: str
    source: str
    source_url: str

    @property
    def words(self) -> str:
        """Figure and unit as they stand in a sentence."""
        return f"{self.figure} {self.unit}".strip()


class FactsOf:
    """The numbers of a campaign that hold on a day, read when the first is asked for. One query at most."""

    def __init__(self, campaign: Campaign, on: date) -> None:
        self.campaign, self.on = campaign, on

    @cached_property
    def by_key(self) -> dict[str, FactLine]:
        """The newest of each key that is true by the day, in the order of the record."""
        newest: dict[str, Fact] = {}
        for fact in Fact.objects.filter(campaign=self.campaign, as_of__lte=self.on):
            held = newest.get(fact.key)
            if held is None or fact.as_of > held.as_of:
                newest[fact.key] = fact
        ordered = sorted(newest.values(), key=lambda fact: (fact.order, fact.key))
        return {fact.key: _line(fact) for fact in ordered}

    def plain(self, text: str) -> str:
        """Plain text, each [[key]] in it replaced by its number alone."""
        return fact_tags.put_in(text, lambda key: self.by_key[key].words if key in self.by_key else "…")

    def find(self, key: str) -> FactLine | None:
        """The number of that key, or None."""
        return self.by_key.get(key)


def _line(fact: Fact) -> FactLine:
    unit = str(fact.unit)
    return FactLine(
        key=fact.key,
        label=str(fact.label),
        figure=figure_words(fact.value, unit),
        unit="" if is_sign(unit) else unit,
        line=str(fact.line),
        value=format(fact.value.normalize(), "f"),
        day=day_and_year_words(fact.as_of),
        source=str(fact.source),
        source_url=fact.source_url,
    )


@dataclass(frozen=True, slots=True)
class StaleFact:
    """A number that somebody ought to check again: its campaign and key, since when, and the pages that show it."""

    campaign: str
    fact: Fact
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """Numbers that somebody typed into a page instead of drawing them from the record."""

    page: Page
    numbers: tuple[str, ...]


def stale_facts(on: date) -> list[StaleFact]:
    """The numbers to be checked again, the oldest first, each with the pages that show it."""
    stale = [
        fact
        for fact in Fact.objects.select_related("campaign").filter(stale_after__lt=on).order_by("stale_after", "key")
        if not Fact.objects.filter(campaign=fact.campaign, key=fact.key, as_of__gt=fact.as_of, as_of__lte=on).exists()
    ]
    shown = _shown_on() if stale else {}
    return [StaleFact(str(fact.campaign), fact, tuple(shown.get((fact.campaign.slug, fact.key), ()))) for fact in stale]


def typed_numbers(page: Page) -> TypedNumber:
    """What somebody typed into a page."""
    found = [number for text in texts_of(page) for number in fact_tags.typed_numbers(text)]
    return TypedNumber(page, tuple(dict.fromkeys(found)))


def texts_of(page: Page) -> Iterable[str]:
    """Every text of a page: title, summary, and what its parts say."""
    yield page.title
    yield getattr(page, "summary", "")
    for name in ("body", "questions", "demands"):
        if hasattr(page, name):
            yield from _strings(getattr(page, name).get_prep_value())


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        if value.get("type") != "markup":
            yield from _strings(value.get("value", [item for key, item in value.items() if key not in {"id", "type"}]))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _shown_on() -> dict[tuple[str, str], list[str]]:
    """(campaign, key) → titles of the published pages that draw it."""
    found: dict[tuple[str, str], list[str]] = {}
    for model in (*CampaignContent.__subclasses__(),):
        for page in model.objects.live():
            campaign = page.url_path.split("/")[2]
            for key in _drawn(page):
                found.setdefault((campaign, key), []).append(page.title)
    return found


def _drawn(page: Page) -> set[str]:
    keys = {key for text in texts_of(page) for key in fact_tags.tags_in(text)}
    for name in ("body", "demands"):
        parts = getattr(page, name, None) or []
        keys |= {part.value["fact"] for part in parts if part.block_type == "figure"}
    return keys


def pages_with_typed_numbers() -> list[TypedNumber]:
    """The published pages in which somebody typed numbers, by their titles."""
    found = [typed_numbers(page) for model in CampaignContent.__subclasses__() for page in model.objects.live()]
    return sorted((one for one in found if one.numbers), key=lambda one: one.page.title)
