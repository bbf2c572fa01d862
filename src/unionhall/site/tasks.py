"""Work of the site that no visitor waits for: keeping what pages say, publishing at the hour an editor set."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, Final

from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from unionhall.campaigns.events import CampaignChanged
from unionhall.campaigns.models import Campaign
from unionhall.foundation import clock
from unionhall.foundation.events import subscribe
from unionhall.site import operations, queries
from unionhall.site.models import Photo, Release

logger = logging.getLogger(__name__)
# A move of a whole site is kept by the worker: nobody waits for hundreds of pages.
MANY_AT_ONCE: Final = 20


@task()
def keep_campaign(*, campaign_id: int, **_unknown: Any) -> None:
    """Keep what the pages of a campaign say. Running twice keeps once."""
    operations.keep_campaign(campaign=Campaign.objects.get(pk=campaign_id), at=clock.now())


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move, post_delete])
def page_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """A page came, went or has another address: what it says is kept at once, what others say of it soon."""
    if not isinstance(instance, Page):
        return
    if len(transaction.get_connection().run_on_commit) < MANY_AT_ONCE:
        transaction.on_commit(lambda: keep_changed(instance))


@receiver(post_save, sender=Release)
@receiver([post_save, post_delete], sender=Photo)
def leave_changed(sender: type, **kwargs: Any) -> None:
    """Somebody gave or took back her leave, or a photo changed."""
    transaction.on_commit(keep_all_soon)


@subscribe(CampaignChanged)
def campaign_changed(event: CampaignChanged) -> None:
    """A phase, a fact, a day or a banner was recorded or corrected."""
    keep_soon(campaign_id=event.campaign_id, at=event.at)


def keep_soon(*, campaign_id: int, at: datetime) -> None:
    """The pages of a campaign are read again in a moment; however often this is said meanwhile, once."""
    if operations.note_due(campaign_id=campaign_id, at=at):
        keep_campaign.enqueue(campaign_id=campaign_id)


def keep_all_soon() -> None:
    """The same for every campaign: a release or a photo may stand anywhere."""
    at = clock.now()
    for campaign_id in Campaign.objects.values_list("pk", flat=True):
        keep_soon(campaign_id=campaign_id, at=at)


def keep_changed(page: Page) -> None:
    """Keep one page as it is now, and what others say of it soon. A fault here undoes no publishing."""
    campaign, at = queries.campaign_of(page), clock.now()
    if campaign is None:
        return
    try:
        operations.keep_page(campaign=campaign, page=str(page.translation_key), at=at)
    except Exception:
        logger.exception("a page could not be kept at once; it is tried again with all of its campaign")
    keep_soon(campaign_id=campaign.pk, at=at)


def keep_what_is_due(at: datetime) -> bool:
    """Each minute: keep what was left lying, and once a day everything, since pages change with the day."""
    due = queries.campaigns_due(on=timezone.localdate(at), before=at)
    for campaign_id in due:
        operations.keep_campaign(campaign=Campaign.objects.get(pk=campaign_id), at=at)
    return bool(due)


def publish_what_is_due(at: datetime) -> bool:
    """Each minute: publish and take down what an editor set for an hour that has come."""
    if not queries.has_scheduled(at):
        return False
    call_command("publish_scheduled", verbosity=0)
    return True
