"""What section pages list: posts, stories, resources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from taggit.models import Tag
from wagtail.models import Page

from unionhall.campaigns.models import Campaign, FocusArea
from unionhall.site.enums import ResourceKind
from unionhall.site.models import (
    AreaPage,
    FightPage,
    PostPage,
    ResourcePage,
    ResourcesPage,
    StoriesPage,
    StoryPage,
    StreamPage,
)
from unionhall.site.queries.ground import Link, address_of

POSTS_A_PAGE: Final = 10
RESOURCES_A_PAGE: Final = 30
MOST_IN_A_FEED: Final = 30


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as a list shows it."""

    page: StoryPage
    address: str


def posts_of(stream: StreamPage, *, tag: str = "", number: str = "1") -> Sheet[PostPage]:
    """One page of a stream, newest first. tag: only posts about it. number: as the address has it; the last if too far.

    Three queries.
    """
    return Paginator(_posts(stream, tag), POSTS_A_PAGE).get_page(number)


def latest_posts(stream: StreamPage, *, tag: str = "") -> list[PostPage]:
    """The newest posts of a stream, for its feed. Two queries."""
    return list(_posts(stream, tag)[:MOST_IN_A_FEED])


def _posts(stream: StreamPage, tag: str) -> QuerySet[PostPage]:
    posts = PostPage.objects.live().child_of(stream).order_by("-first_published_at", "-pk")
    posts = posts.prefetch_related("tagged_items__tag")
    found: QuerySet[PostPage] = posts.filter(tags__slug=tag) if tag else posts
    return found


def tags_of(stream: StreamPage) -> list[Any]:
    """What the published posts of a stream are about, the most frequent first, each with its `count`. One query."""
    posts = PostPage.objects.live().child_of(stream)
    tags = Tag.objects.filter(unionhall_site_posttag_items__content_object__in=posts)
    return list(tags.annotate(count=Count("unionhall_site_posttag_items")).order_by("-count", "name"))


def find_stream(slug: str, campaign: str, language: str) -> StreamPage | None:
    """The stream at an address, or None. slug: its own, campaign: that of its campaign."""
    path = f"/{campaign}/{slug}/"
    found: StreamPage | None = (
        StreamPage.objects.live()
        .filter(slug=slug, locale__language_code=language, url_path__endswith=path)
        .select_related("locale")
        .first()
    )
    return found


def stories_of(campaign: Campaign, language: str, *, on: date, area: FocusArea | None = None) -> Sequence[StoryCard]:
    """The stories that may be shown on a day: published, and agreed to. area: only those about it. One query."""
    held = Q(release__withdrawn_on=None, release__given_on__lte=on)
    held &= Q(release__until=None) | Q(release__until__gte=on)
    stories = StoryPage.objects.live().filter(held, locale__language_code=language)
    stories = stories.filter(url_path__contains=f"/{campaign.slug}/").select_related("release", "photo", "area")
    if area is not None:
        stories = stories.filter(area=area)
    return [StoryCard(story, address_of(story, language)) for story in stories.order_by("path")]


def resources_of(library: ResourcesPage, *, kind: str = "", words: str = "", number: str = "1") -> Sheet[ResourcePage]:
    """One page of the library, newest first. kind: one of ResourceKind, else all. words: each must be found.

    In the title or the summary. Two queries.
    """
    found = ResourcePage.objects.live().child_of(library).select_related("document").order_by("-dated", "title")
    if kind in ResourceKind.values:
        found = found.filter(kind=kind)
    for word in words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return Paginator(found, RESOURCES_A_PAGE).get_page(number)


def find_stories(slug: str, campaign: str, language: str) -> StoriesPage | None:
    """The page of all stories at an address, or None. slug: its own, campaign: that of its campaign."""
    found: StoriesPage | None = (
        StoriesPage.objects.live()
        .filter(slug=slug, locale__language_code=language, url_path__endswith=f"/{campaign}/{slug}/")
        .first()
    )
    return found


@dataclass(frozen=True, slots=True)
class AreaCard:
    """A focus area as a list shows it: its words from the record, and its page."""

    area: FocusArea
    address: str
    summary: str


def areas_of(fight: FightPage, language: str) -> list[AreaCard]:
    """The published focus areas below a page, in the members' order. One query."""
    pages = AreaPage.objects.live().child_of(fight).select_related("area").order_by("area__order")
    return [AreaCard(page.area, address_of(page, language), page.summary or str(page.area.summary)) for page in pages]


def parent_of(page: Page, language: str) -> Link:
    """The page above, as a link. One query."""
    above = page.get_parent()
    return Link(above.title, address_of(above, language))
