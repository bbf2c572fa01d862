"""What the pages of a local stand on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Page, Site

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.site import queries
from unionhall.site.models import LocalPage, TextPage
from unionhall.site.operations.editors import let_edit


@transaction.atomic
def ensure_ground(*, name: str, base_url: str, actor: Actor, at: datetime) -> int:
    """Make what a local's site stands on, where it is missing: languages, roots, and the starter pages; give how many.

    name: the local's own name. base_url: the address members type. Safe to repeat: a page that stands, edited or not,
    is left as it is. Writes one audit entry when something was made.
    """
    english = queries.find_ground("en") or _first_ground(name)
    spanish = queries.find_ground("es") or _twin(english, title=name, slug="base")
    _ensure_site(english, name=name, base_url=base_url)
    let_edit()
    made = sum(_ensure_page(english, spanish, spec) for spec in queries.starter_pages())
    if made:
        audit.record(actor=actor, verb="site.ground_made", at=at, label=name, detail={"pages": made})
    return made


def _first_ground(name: str) -> LocalPage:
    """The English root, in place of the page that Wagtail puts there at its first start."""
    top = Page.objects.get(depth=1)
    ground: LocalPage = top.add_child(instance=LocalPage(title=name, slug="ground", locale=queries.get_locale("en")))
    return ground


def _twin(page: Page, *, title: str, slug: str) -> Any:
    """The Spanish translation of a page, published under its own title and address."""
    twin = page.copy_for_translation(queries.get_locale("es"))
    twin.title = twin.draft_title = title
    twin.slug = slug
    twin.save_revision().publish()
    return twin


def _ensure_site(ground: LocalPage, *, name: str, base_url: str) -> None:
    """Point Wagtail's default site at our root, and remove its welcome page."""
    parts = urlsplit(base_url)
    site = queries.find_site() or Site(is_default_site=True)
    site.hostname = parts.hostname or "localhost"
    site.port = parts.port or (443 if parts.scheme == "https" else 80)
    site.site_name, site.root_page = name, ground
    site.save()
    for welcome in Page.objects.filter(depth=2).exclude(pk__in=LocalPage.objects.values("pk")):
        if welcome.specific_class is Page:
            welcome.delete()


def _ensure_page(english: LocalPage, spanish: LocalPage, spec: dict[str, Any]) -> int:
    """One starter page in both languages: 1 when made, 0 when its English address is taken."""
    if english.get_children().filter(slug=spec["en"]["slug"]).exists():
        return 0
    page = english.add_child(instance=_text_page(spec["en"], TextPage(locale=english.locale, live=False)))
    page.save_revision().publish()
    twin = page.copy_for_translation(spanish.locale)
    _text_page(spec["es"], twin).save_revision().publish()
    return 1


def _text_page(text: dict[str, Any], page: TextPage) -> TextPage:
    """Fill a page with one language of a starter text."""
    page.title = page.draft_title = text["title"]
    page.slug, page.summary = text["slug"], text["summary"]
    page.body = [(kind, value) for kind, value in text["body"]]  # type: ignore[assignment] # Wagtail takes pairs
    return page
