"""What `unionhall check` says of the campaigns: what is left to write down before their pages are whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import override

from unionhall.campaigns.queries import campaigns_on
from unionhall.campaigns.queries.keeping import get_overview
from unionhall.cli.doctor import Finding
from unionhall.foundation.installation import find_installation


def campaigns(*, on: date) -> Iterator[Finding]:
    """Each campaign under way with what is missing on its record; that none is open, where a local stands."""
    if find_installation() is None:
        return
    rooms = f"{settings.BASE_URL}/hall/campaigns/"
    found = [campaign for campaign in campaigns_on(on) if campaign.is_open(on)]
    if not found:
        yield Finding("campaigns", "look", "none is open", f"Open the first one at {rooms}new/")
    for campaign in found:
        with override("en"):
            missing = [str(sentence) for _part, sentence in get_overview(campaign, on=on).missing]
        about = f"campaign {campaign.slug}"
        if missing:
            yield Finding(about, "look", " ".join(missing), f"Keep its record at {rooms}{campaign.slug}/")
        else:
            yield Finding(about, "ok", "its page has all it needs")
