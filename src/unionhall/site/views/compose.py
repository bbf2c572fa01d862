"""What each kind of page shows beside its own fields; registered for Wagtail's one door in `wagtail_hooks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from unionhall.campaigns.queries import get_ribbon
from unionhall.foundation import clock
from unionhall.site import queries
from unionhall.site.enums import ResourceKind
from unionhall.site.models import (
    AreaPage,
    CampaignPage,
    ExplainerPage,
    FightPage,
    PostPage,
    ResourcesPage,
    StoriesPage,
    StoryPage,
    StreamPage,
)
from unionhall.site.views import described

Names = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for: its campaign's ground, its language, the day, and the query it may read."""

    root: CampaignPage
    language: str
    on: date
    query: Mapping[str, str]


def compose(page: Any, request: HttpRequest) -> Names:
    """What every page of a campaign shows, and what belongs to its kind."""
    root = queries.root_of(page)
    asked = Asked(root, root.locale.language_code, clock.today(), request.GET)
    names: Names = {
        "campaign": root.campaign,
        "ribbon": get_ribbon(root.campaign, on=asked.on),
        "sections": queries.sections(root),
        "twin": queries.find_twin(page),
        "facts": queries.FactsOf(root.campaign, asked.on),
        "on": asked.on,
        "address": queries.address_of(page, asked.language),
        "base_url": settings.BASE_URL,
        "archive_key": str(page.translation_key),
    }
    return names | _of_its_kind(page, asked, names)


def _of_its_kind(page: Any, asked: Asked, names: Names) -> Names:
    more = _KINDS.get(type(page), _nothing)(page, asked)
    return more | {"described": described.page(page, names | more)}


def _nothing(page: Any, asked: Asked) -> Names:
    return {}


def _stream(page: StreamPage, asked: Asked) -> Names:
    tag = asked.query.get("tag", "")[:100]
    number = asked.query.get("page", "1")
    tags = queries.tags_of(page)
    return {
        "posts": queries.posts_of(page, tag=tag, number=number),
        "tags": tags,
        "tag": next((one for one in tags if one.slug == tag), None),
    }


def _post(page: PostPage, asked: Asked) -> Names:
    newer = page.superseded_by if page.superseded_by and page.superseded_by.live else None
    stream = queries.parent_of(page, asked.language)
    return {
        "stream": stream,
        "tags": list(page.tags.all()),
        "newer": queries.Link(newer.title, queries.address_of(newer, asked.language)) if newer else None,
    }


def _stories(page: StoriesPage, asked: Asked) -> Names:
    return {"stories": queries.stories_of(asked.root.campaign, asked.language, on=asked.on)}


def _story(page: StoryPage, asked: Asked) -> Names:
    photo = page.photo if page.photo and page.photo.may_show_on(asked.on) else None
    return {
        "holds": page.release.holds_on(asked.on),
        "portrait": queries.sized(photo) if photo else None,
        "stream": queries.parent_of(page, asked.language),
    }


def _fight(page: FightPage, asked: Asked) -> Names:
    return {"areas": queries.areas_of(page, asked.language)}


def _area(page: AreaPage, asked: Asked) -> Names:
    stories = queries.stories_of(asked.root.campaign, asked.language, on=asked.on, area=page.area)
    return {"stories": stories, "stream": queries.parent_of(page, asked.language)}


def _explainer(page: ExplainerPage, asked: Asked) -> Names:
    return {"long": False, "full_address": queries.long_address(asked.language)}


def _resources(page: ResourcesPage, asked: Asked) -> Names:
    kind, words = asked.query.get("tag", "")[:10], asked.query.get("q", "")[:100]
    number = asked.query.get("page", "1")
    return {
        "resources": queries.resources_of(page, kind=kind, words=words, number=number),
        "kinds": ResourceKind.choices,
        "kind": kind if kind in ResourceKind.values else "",
        "words": words,
    }


_KINDS: Final[Mapping[type, Callable[[Any, Asked], Names]]] = {
    StreamPage: _stream,
    PostPage: _post,
    StoriesPage: _stories,
    StoryPage: _story,
    FightPage: _fight,
    AreaPage: _area,
    ExplainerPage: _explainer,
    ResourcesPage: _resources,
}
