"""What the templates of editors' pages ask for."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from wagtail.models import Page

register = template.Library()


@dataclass(frozen=True, slots=True)
class Twin:
    """The same page in the other language: its language code, path and full address."""

    code: str
    url: str
    full_url: str


@register.simple_tag
def twin_of(page: Page) -> Twin | None:
    """The published translation of a page, or None where nobody has written one. One query."""
    other = page.get_translations().live().select_related("locale").first()
    if other is None:
        return None
    return Twin(code=other.locale.language_code, url=other.url, full_url=other.full_url)
