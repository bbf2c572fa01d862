"""The pages of both model campaigns: written anew for the demonstration, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from wagtail.models import Page

from unionhall.campaigns.models import Campaign, FocusArea
from unionhall.demo import queries
from unionhall.foundation.access import Actor
from unionhall.site import operations as site
from unionhall.site import queries as site_queries
from unionhall.site.models import Release
from unionhall.site.operations import PageWords

LANGUAGES = ("en", "es")
DAYS = frozenset({"event_on", "dated"})


@transaction.atomic  # together, so that the archive reads them once afterwards and not after each
def make_pages(*, campaign: Campaign, actor: Actor, at: datetime) -> int:
    """Every page of the campaign that the demonstration tells of; give how many, each language counted."""
    content = queries.content(f"pages_{campaign.slug}")
    site.ensure_campaign_pages(campaign=campaign, actor=actor, at=at)
    areas = {area.slug: area for area in FocusArea.objects.filter(campaign=campaign)}
    given = {name: _release(name, campaign, actor, at) for name in content["releases"]}
    return sum(2 for row in content["pages"] if _page(campaign.slug, row, areas, given))


def _release(name: str, campaign: Campaign, actor: Actor, at: datetime) -> Release:
    first = campaign.opens_on or at.date()
    return site.give_release(
        name=name,
        covers="story, quote and picture",
        evidence="invented for the demonstration",
        given_on=first,
        actor=actor,
        at=at,
    )


def _page(slug: str, row: Mapping[str, Any], areas: Mapping[str, FocusArea], given: Mapping[str, Release]) -> bool:
    """Fill a section, or put a page below one."""
    row = _with_releases(row, given)
    if "fill" in row:
        pages = _found(slug, row["fill"])
        words = [
            PageWords(page.slug, page.title, parts=row[code]["parts"])
            for page, code in zip(pages, LANGUAGES, strict=True)
        ]
        site.fill_pages(pages=pages, words=(words[0], words[1]), fields=row["fields"])
        return True
    fields = {name: _value(name, value, areas, given) for name, value in row["fields"].items()}
    words = [PageWords(**{"fields": {}, **row[code]}) for code in LANGUAGES]
    day = datetime.combine(date.fromisoformat(row["at"]), time(17, 0), tzinfo=UTC)
    above = _found(slug, row["above"])
    made = site.put_pages(kind=row["kind"], above=above, english=words[0], spanish=words[1], at=day, fields=fields)
    return made is not None


def _found(slug: str, below: str) -> tuple[Page, Page]:
    """A section in both languages, by its English address below the campaign."""
    page: Page = site_queries.find_campaign_page(slug, "en")
    for step in below.split("/"):
        page = page.get_children().get(slug=step)
    english = page.specific
    return english, english.get_translation(site_queries.get_locale("es")).specific


def _value(name: str, value: Any, areas: Mapping[str, FocusArea], given: Mapping[str, Release]) -> Any:
    if name in DAYS:
        return date.fromisoformat(value)
    if name == "area":
        return areas[value]
    return Release.objects.get(pk=value) if name == "release" else value


def _with_releases(value: Any, given: Mapping[str, Release]) -> Any:
    """The content with each "release:NAME" as the number of that release."""
    if isinstance(value, str) and value.startswith("release:"):
        return given[value.removeprefix("release:")].pk
    if isinstance(value, Mapping):
        return {name: _with_releases(item, given) for name, item in value.items()}
    return [_with_releases(item, given) for item in value] if isinstance(value, list) else value
