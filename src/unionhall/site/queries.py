"""Reads of the site."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from wagtail.models import Locale, Page, Site

from unionhall.site.models import LocalPage


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
