"""Reads of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.html import format_html
from wagtail.models import Locale, Page, Site

from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.hooks import OpenFile
from unionhall.site.models import LocalPage, TextPage


@cache
def starter_pages() -> list[dict[str, Any]]:
    """The pages a new local starts with: key, and per language slug, title, summary and body (kind, value).

    They say only what the software does; a local's counsel and communications edit them from the first day.
    """
    text = files("unionhall.site").joinpath("data/starter_pages.json").read_text("utf-8")
    pages: list[dict[str, Any]] = json.loads(text)
    return pages


def find_ground(language: str) -> LocalPage | None:
    """The page under which editors' pages of a language stand, or None before the first start. language: en or es."""
    ground: LocalPage | None = LocalPage.objects.filter(locale__language_code=language).select_related("locale").first()
    return ground


def find_site() -> Site | None:
    """Wagtail's record of our host, or None before the first start."""
    return Site.objects.filter(is_default_site=True).first()


def top_slugs() -> dict[str, str]:
    """Addresses taken by editors' pages just below a language: slug → title."""
    grounds = LocalPage.objects.values_list("path", "depth")
    rows: dict[str, str] = {}
    for path, depth in grounds:
        rows |= dict(Page.objects.filter(path__startswith=path, depth=depth + 1).values_list("slug", "title"))
    return rows


def get_locale(language: str) -> Locale:
    """Wagtail's record of a language, made when missing."""
    return Locale.objects.get_or_create(language_code=language)[0]


def page_files() -> Iterator[OpenFile]:
    """Every page that editors wrote, drafts too, for the export of everything: as HTML and as JSON, by language."""
    for page in TextPage.objects.select_related("locale").order_by("path"):
        place = f"pages/{page.locale.language_code}/{page.slug}"
        says = Bilingual(en=f"page “{page.title}”", es=f"página «{page.title}»")
        yield OpenFile(f"{place}.html", says, lambda page=page: iter([_page_html(page)]))  # type: ignore[misc]
        yield OpenFile(f"{place}.json", says, lambda page=page: iter([_page_json(page)]))  # type: ignore[misc]


def _page_html(page: TextPage) -> bytes:
    return format_html(
        '<!DOCTYPE html>\n<html lang="{}">\n<head><meta charset="utf-8"><title>{}</title></head>\n'
        "<body>\n<h1>{}</h1>\n<p>{}</p>\n{}\n</body>\n</html>\n",
        page.locale.language_code,
        page.title,
        page.title,
        page.summary,
        page.body,
    ).encode()


def _page_json(page: TextPage) -> bytes:
    about = {
        "title": page.title,
        "slug": page.slug,
        "language": page.locale.language_code,
        "is_live": page.live,
        "published_at": page.last_published_at,
        "summary": page.summary,
        "body": page.body.get_prep_value(),
    }
    return json.dumps(about, ensure_ascii=False, indent=2, default=str).encode()
