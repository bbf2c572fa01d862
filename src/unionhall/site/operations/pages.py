"""Pages written in both languages at once, for starters, the demonstration and moves from another site."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, count
from typing import Any, Final

from django.db import transaction
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from unionhall.site.models import (
    AreaPage,
    ExplainerPage,
    FightPage,
    PlainPage,
    PostPage,
    ResourcePage,
    ResourcesPage,
    StoriesPage,
    StoryPage,
    StreamPage,
)

KINDS: Final[Mapping[str, type[Page]]] = {
    "plain": PlainPage,
    "explainer": ExplainerPage,
    "fight": FightPage,
    "area": AreaPage,
    "stream": StreamPage,
    "post": PostPage,
    "stories": StoriesPage,
    "story": StoryPage,
    "resources": ResourcesPage,
    "resource": ResourcePage,
}
BODIES: Final = ("body", "questions", "demands")


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page in one language. parts: of each body field its parts, (kind, value) with plain JSON. tags: by name."""

    slug: str
    title: str
    summary: str = ""
    parts: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    tags: Sequence[str] = ()


@transaction.atomic
def put_pages(
    *,
    kind: str,
    above: tuple[Page, Page],
    english: PageWords,
    spanish: PageWords,
    at: datetime,
    live: bool = True,
    menu: bool = False,
    fields: Mapping[str, Any] | None = None,
) -> tuple[Page, Page] | None:
    """A page in English with its twin in Spanish, or None where the English address is taken: then nothing is touched.

    kind: one of KINDS. above: the pages above, English first. at: when it counts as published. live: published, else a
    draft. menu: stands in the menu. fields: of the page, the same in both languages. No audit entry of its own:
    Wagtail's log is mirrored into the trail.
    """
    if Page.objects.child_of(above[0]).filter(slug=english.slug).exists():
        return None
    spanish = replace(spanish, slug=free_slug(above[1], spanish.slug))
    page = _filled(KINDS[kind](locale=above[0].locale), english, fields or {})
    twin = _filled(KINDS[kind](locale=above[1].locale, translation_key=page.translation_key), spanish, fields or {})
    for one, parent, words in ((page, above[0], english), (twin, above[1], spanish)):
        one.live, one.show_in_menus, one.first_published_at = False, menu, at if live else None
        _settle(parent, one, words, live=live)
    return page, twin


@transaction.atomic
def fill_pages(
    *, pages: tuple[Page, Page], words: tuple[PageWords, PageWords], fields: Mapping[str, Any] | None = None
) -> None:
    """A page and its twin get their parts and are published. pages, words: English first; a blank summary stays as is.

    fields: of the page, the same in both languages.
    """
    for page, one in zip(pages, words, strict=True):
        for name, value in {**(fields or {}), **one.fields}.items():
            setattr(page, name, value)
        for name, parts in one.parts.items():
            setattr(page, name, raw_body(parts))
        page.summary = one.summary or page.summary
        page.save_revision().publish()


def free_slug(above: Page, slug: str) -> str:
    """The address below a page, with a number behind it where another page has it."""
    taken = set(Page.objects.child_of(above).filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(name for name in chain([slug], numbered) if name not in taken)


def _filled(page: Any, words: PageWords, fields: Mapping[str, Any]) -> Any:
    page.title = page.draft_title = words.title
    page.slug, page.summary = words.slug, words.summary
    for name, value in {**fields, **words.fields}.items():
        setattr(page, name, value)
    for name in BODIES:
        if name in words.parts:
            setattr(page, name, raw_body(words.parts[name]))
    return page


def _settle(above: Page, page: Any, words: PageWords, *, live: bool) -> None:
    """The page in the tree, with its first revision. What it refers to is written down once, not at each saving."""
    with disable_reference_index_auto_update():
        above.add_child(instance=page)
        if words.tags:
            page.tags.set(words.tags)
        revision = page.save_revision()
    if live:
        revision.publish()
    else:
        ReferenceIndex.create_or_update_for_object(page)


def raw_body(parts: Sequence[Sequence[Any]]) -> str:
    """The parts of a body as Wagtail stores them. parts: (kind, value) with plain JSON."""
    return json.dumps([{"type": kind, "value": value} for kind, value in parts])
