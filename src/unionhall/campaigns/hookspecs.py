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


@dataclass(frozen=True, slots=True)
class PageFoot:
    """What a public page says of itself at its foot. code: as it is printed; the rest are addresses."""

    code: str
    check: str
    archive: str
    share: str


# Slug of a campaign, page as the archive names it ("home"), language → its foot; None before the page was kept.
PageFeet = Callable[[str, str, str], PageFoot | None]

page_feet: Hook[PageFeet] = Hook(
    "page_feet", says="What stands at the foot of a public page of a campaign about the page itself, such as its code."
)
