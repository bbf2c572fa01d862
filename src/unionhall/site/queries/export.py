"""Every page that editors wrote, as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from wagtail.fields import StreamField
from wagtail.models import Page

from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.hooks import OpenFile
from unionhall.site.models import CampaignContent, TextPage

KINDS: tuple[Any, ...] = (TextPage, *CampaignContent.__subclasses__())


def page_files() -> Iterator[OpenFile]:
    """Every page that editors wrote, drafts too, for the export of everything: as HTML and as JSON, by language."""
    for model in KINDS:
        for page in model.objects.select_related("locale").order_by("path").iterator(chunk_size=200):
            below = page.url_path.split("/", 2)[2].strip("/")
            place = f"pages/{page.locale.language_code}/{below}"
            says = Bilingual(en=f"page “{page.title}”", es=f"página «{page.title}»")
            yield OpenFile(f"{place}.html", says, lambda page=page: iter([_page_html(page)]))  # type: ignore[misc]
            yield OpenFile(f"{place}.json", says, lambda page=page: iter([_page_json(page)]))  # type: ignore[misc]


def _bodies(page: Page) -> dict[str, Any]:
    names = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return {name: getattr(page, name) for name in names}


def _page_html(page: Any) -> bytes:
    return format_html(
        '<!DOCTYPE html>\n<html lang="{}">\n<head><meta charset="utf-8"><title>{}</title></head>\n'
        "<body>\n<h1>{}</h1>\n<p>{}</p>\n{}\n</body>\n</html>\n",
        page.locale.language_code,
        page.title,
        page.title,
        page.summary,
        format_html_join("\n", "{}", ((body,) for body in _bodies(page).values())),
    ).encode()


def _page_json(page: Any) -> bytes:
    about = {
        "title": page.title,
        "slug": page.slug,
        "language": page.locale.language_code,
        "is_live": page.live,
        "published_at": page.last_published_at,
        "summary": page.summary,
    }
    about |= {name: body.get_prep_value() for name, body in _bodies(page).items()}
    return json.dumps(about, ensure_ascii=False, indent=2, default=str).encode()
