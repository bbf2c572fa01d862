"""The pages a campaign begins with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from unionhall.campaigns.models import Campaign, FocusArea
from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.site import queries
from unionhall.site.models import CampaignPage, FightPage
from unionhall.site.operations.pages import PageWords, put_pages


@transaction.atomic
def ensure_campaign_pages(*, campaign: Campaign, actor: Actor, at: datetime) -> int:
    """Make what is missing of a campaign's pages at their lasting addresses, in both languages; give how many.

    Sections that have something to show from the record are public, the others are drafts that wait for an editor. A
    page that stands, edited or not, is left as it is. 0 before the local itself has its ground. Writes one audit entry
    when something was made.
    """
    english, spanish = queries.find_ground("en"), queries.find_ground("es")
    if english is None or spanish is None:
        return 0
    roots, made = _roots(campaign, english, spanish)
    standing = queries.addresses_below(roots[0])
    for row in queries.starter_sections():
        if row["en"]["slug"] in standing:
            continue
        words = {code: PageWords(row[code]["slug"], row[code]["title"], row[code]["summary"]) for code in ("en", "es")}
        pair = put_pages(
            kind=row["kind"],
            above=roots,
            english=words["en"],
            spanish=words["es"],
            at=at,
            live=row["live"],
            menu=row["menu"],
            fields=row["fields"],
        )
        made += 2 if pair else 0
    made += _areas(campaign, roots, at)
    if made:
        audit.record(actor=actor, verb="site.campaign_pages_made", at=at, obj=campaign, detail={"pages": made})
    return made


def _roots(campaign: Campaign, english: Page, spanish: Page) -> tuple[tuple[Any, Any], int]:
    """The grounds of the campaign in both languages, made where missing; and how many were."""
    held = queries.find_campaign_page(campaign.slug, "en")
    if held is not None:
        return (held, queries.find_campaign_page(campaign.slug, "es")), 0
    root = CampaignPage(title=campaign.name.en, slug=campaign.slug, campaign=campaign, locale=english.locale)
    english.add_child(instance=root)
    twin = root.copy_for_translation(spanish.locale)
    twin.title = twin.draft_title = campaign.name.in_language("es")
    twin.slug = campaign.slug
    twin.save_revision().publish()
    return (root, twin), 2


def _areas(campaign: Campaign, roots: tuple[Any, Any], at: datetime) -> int:
    """A page for each focus area that has none yet."""
    fights = [FightPage.objects.child_of(root).select_related("locale").first() for root in roots]
    if not all(fights):
        return 0
    made = 0
    for area in FocusArea.objects.filter(campaign=campaign).exclude(slug__in=queries.addresses_below(fights[0])):
        english = PageWords(area.slug, area.title.en)
        spanish = PageWords(slugify(area.title.in_language("es"))[:50], area.title.in_language("es"))
        pair = put_pages(
            kind="area", above=(fights[0], fights[1]), english=english, spanish=spanish, at=at, fields={"area": area}
        )
        made += 2 if pair else 0
    return made
