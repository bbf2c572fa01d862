"""Every public address, with its twin in the other language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page

from unionhall.site.models import CampaignPage, LocalPage
from unionhall.site.queries.ground import address_of


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the sitemap. twins: the address in each language that has the page, by its code."""

    address: str
    changed_at: datetime | None
    twins: dict[str, str]


def site_addresses() -> Iterator[Address]:
    """Every published page of the editors and the homes of their campaigns. One query."""
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale", "content_type")
    held: list[tuple[Any, str, str]] = []
    twins: dict[Any, dict[str, str]] = {}
    homes = {LocalPage.__name__.lower(), CampaignPage.__name__.lower()}
    for page in pages.order_by("path"):
        code = page.locale.language_code
        address = f"/{code}/" if page.content_type.model == "localpage" else address_of(page, code)
        held.append((page, code, address))
        twins.setdefault(page.translation_key, {})[code] = address
    for page, _code, address in held:
        changed = None if page.content_type.model in homes else page.last_published_at
        yield Address(address, changed, twins[page.translation_key])
