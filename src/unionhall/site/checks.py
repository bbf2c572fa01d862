"""What must hold between editors' pages and our own addresses."""

from __future__ import annotations

from typing import Any, Final

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.urls import Resolver404, resolve
from django.utils import translation

from unionhall.site import queries

EDITORS_DOOR: Final = "wagtail_serve"


@register(Tags.database)
def check_reserved_addresses(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of an editors' page, at whatever level, that a campaign or an address of ours hides."""
    if not databases:
        return []
    try:
        return [
            Warning(
                f"The page “{link.title}” cannot be reached: {link.address} is an address of the house.",
                hint="Give the page another slug in /admin/.",
                id="site.W001",
            )
            for link in queries.editors_addresses()
            if _is_hidden(link)
        ]
    except DatabaseError:
        return []


def _is_hidden(link: queries.Link) -> bool:
    """Whether another door than the editors' own answers at the address of a page."""
    try:
        with translation.override(link.language):
            return resolve(link.address).url_name != EDITORS_DOOR
    except Resolver404:
        return True
