"""Where pages stand: languages, the local, its campaigns, their sections and twins."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site

from unionhall.campaigns.hookspecs import CampaignLink
from unionhall.site.models import CampaignPage, LocalPage


@dataclass(frozen=True, slots=True)
class Link:
    """A page as a link: its title and address, and its language where that matters."""

    title: str
    address: str
    language: str = ""


@cache
def starter_pages() -> list[dict[str, Any]]:
    """The pages a new local starts with: key, and per language slug, title, summary and body (kind, value).

    They say only what the software does; a local's counsel and communications edit them from the first day.
    """
    return _data("starter_pages")


@cache
def starter_sections() -> list[dict[str, Any]]:
    """The sections a new campaign starts with: kind, whether live, and per language slug, title and summary."""
    return _data("starter_sections")


def _data(name: str) -> list[dict[str, Any]]:
    text = files("unionhall.site").joinpath(f"data/{name}.json").read_text("utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def find_ground(language: str) -> LocalPage | None:
    """The page under which editors' pages of a language stand, or None before the first start. language: en or es."""
    ground: LocalPage | None = LocalPage.objects.filter(locale__language_code=language).select_related("locale").first()
    return ground


def find_site() -> Site | None:
    """Wagtail's record of our host, or None before the first start."""
    return Site.objects.filter(is_default_site=True).first()


def editors_addresses() -> list[Link]:
    """Every page of the editors by its address, drafts too, but for homes, whose address is a campaign's. One query."""
    pages = Page.objects.filter(depth__gt=2).not_type(CampaignPage, LocalPage).select_related("locale").order_by("path")
    languages = [(page, page.locale.language_code) for page in pages]
    return [Link(page.title, address_of(page, code), code) for page, code in languages]


def get_locale(language: str) -> Locale:
    """Wagtail's record of a language, made when missing."""
    return Locale.objects.get_or_create(language_code=language)[0]


def find_campaign_page(slug: str, language: str) -> CampaignPage | None:
    """The ground of a campaign's pages in a language, or None. slug: the campaign's address."""
    pages = CampaignPage.objects.filter(campaign__slug=slug, locale__language_code=language)
    found: CampaignPage | None = pages.select_related("campaign", "locale").first()
    return found


def addresses_below(page: Page) -> frozenset[str]:
    """The last parts of the addresses of the pages right below one. One query."""
    return frozenset(Page.objects.child_of(page).values_list("slug", flat=True))


def campaign_pages() -> list[CampaignPage]:
    """The grounds of every campaign in every language, by their addresses."""
    return list(CampaignPage.objects.select_related("campaign", "locale").order_by("slug", "locale__language_code"))


def root_of(page: Page) -> CampaignPage:
    """The ground of the campaign that a page belongs to, with campaign and language. One query."""
    roots = CampaignPage.objects.ancestor_of(page, inclusive=True)
    root: CampaignPage = roots.select_related("campaign", "locale").get()
    return root


def address_of(page: Page, language: str) -> str:
    """The address of a page, without asking the database. language: that of the page."""
    return f"/{language}/{page.url_path.split('/', 2)[2]}"


def guarded_addresses() -> list[str]:
    """The addresses below which an editor let in only some: by password, by login or by group. One query."""
    guards = PageViewRestriction.objects.select_related("page__locale")
    return [address_of(guard.page, guard.page.locale.language_code) for guard in guards]


def find_twin(page: Page) -> Link | None:
    """The published translation of a page, or None where nobody has written one. One query."""
    other = page.get_translations().live().select_related("locale").first()
    if other is None:
        return None
    code = other.locale.language_code
    return Link(other.title, address_of(other, code), code)


def sections(root: CampaignPage) -> list[CampaignLink]:
    """The published sections of a campaign that stand in its menu, in their order. One query."""
    below = root.get_children().live().in_menu().only("title", "url_path", "path", "depth")
    return [CampaignLink(page.title, address_of(page, root.locale.language_code)) for page in below]


def menu_of(slug: str, language: str) -> Sequence[CampaignLink]:
    """The same for a campaign whose ground is not at hand, in two queries; none where it has no pages yet."""
    root = find_campaign_page(slug, language)
    return sections(root) if root else []


def has_scheduled(at: datetime) -> bool:
    """Whether a page is to be published or taken down by that instant. Two queries."""
    waiting = Revision.objects.filter(approved_go_live_at__lte=at)
    return bool(waiting.exists() or Page.objects.live().filter(expire_at__lte=at).exists())
