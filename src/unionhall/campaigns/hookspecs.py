"""Where higher slices add to the public pages of a campaign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from unionhall.foundation.hooks import Hook


@dataclass(frozen=True, slots=True)
class CampaignLink:
    """One link of a campaign's menu: its words in the reader's language, and where it leads."""

    title: str
    address: str


# Slug of a campaign and language → its links, in their order.
CampaignLinks = Callable[[str, str], Sequence[CampaignLink]]

campaign_links: Hook[CampaignLinks] = Hook(
    "campaign_links", says="Links in the menu of a campaign’s public pages, such as its sections."
)
