"""Atom feeds of the streams, in each language, whole or of one tag; and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from unionhall.campaigns.queries import get_campaign
from unionhall.foundation import clock
from unionhall.foundation.public import public_page
from unionhall.site import queries
from unionhall.site.phrases import by_words


@public_page("tag")
@require_safe
def stream_feed(request: HttpRequest, slug: str, stream: str) -> HttpResponse:
    """The newest posts of a stream, or its stories, as Atom. tag: only what is about it."""
    language, tag = get_language() or "en", request.GET.get("tag", "")[:100]
    facts = queries.FactsOf(get_campaign(slug), clock.today())
    page = queries.find_stream(stream, slug, language)
    if page is not None:
        posts = queries.latest_posts(page, tag=tag)
        return _feed(page, language, [_entry(post, facts, by_words(post)) for post in posts])
    stories = queries.find_stories(stream, slug, language)
    if stories is None:
        raise Http404
    cards = queries.stories_of(facts.campaign, language, on=facts.on)
    return _feed(stories, language, [_entry(card.page, facts, card.page.release.name) for card in cards])


@require_safe
@cache_control(public=True, max_age=300)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address in both languages."""
    context = {"addresses": list(queries.site_addresses()), "base_url": settings.BASE_URL}
    return render(request, "site/sitemap.xml", context, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=300)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all public pages, none in the demonstration."""
    rule = "Disallow: /" if settings.DEMO else "Disallow: /admin/\nDisallow: /hall/\nDisallow: /me/"
    text = f"User-agent: *\n{rule}\nSitemap: {settings.BASE_URL}{reverse('sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _entry(page: Any, facts: queries.FactsOf, author: str) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "title": page.title,
        "link": f"{settings.BASE_URL}{queries.address_of(page, language)}",
        "description": facts.plain(page.summary),
        "author_name": author,
        "pubdate": page.first_published_at,
        "updateddate": page.last_published_at,
        "unique_id": f"urn:uuid:{page.translation_key}:{language}",
        "categories": [item.tag.name for item in page.tagged_items.all()] if hasattr(page, "tagged_items") else (),
    }


def _feed(page: Any, language: str, entries: Iterable[dict[str, Any]]) -> HttpResponse:
    address = f"{settings.BASE_URL}{queries.address_of(page, language)}"
    feed = Atom1Feed(
        title=page.title,
        link=address,
        description=page.summary,
        subtitle=page.summary,
        language=language,
        feed_url=f"{address}feed.xml",
    )
    for entry in entries:
        feed.add_item(**entry)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
