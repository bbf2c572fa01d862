"""What must hold between editors' pages and our own addresses."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from unionhall.campaigns import queries as campaigns
from unionhall.site import queries


@register(Tags.database)
def check_reserved_addresses(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of an editors' page that a campaign of the same address hides."""
    if not databases:
        return []
    try:
        taken, slugs = queries.top_slugs(), set(campaigns.campaign_slugs())
    except DatabaseError:
        return []
    return [
        Warning(
            f"The page “{title}” cannot be reached: a campaign has its address, {slug}.",
            hint="Give the page another slug in /admin/.",
            id="site.W001",
        )
        for slug, title in sorted(taken.items())
        if slug in slugs
    ]
