"""What the site listens to: acts of Wagtail and releases make finished pages old; campaigns get their ground."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from unionhall.campaigns.events import CampaignChanged
from unionhall.campaigns.models import Campaign
from unionhall.foundation import generation
from unionhall.foundation.access import system_actor
from unionhall.foundation.events import subscribe
from unionhall.site import operations
from unionhall.site.models import Photo, Release


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def pages_changed(sender: type[Page], **kwargs: Any) -> None:
    """A page came, went or has another address."""
    generation.advance()


@receiver(post_delete)
def page_deleted(sender: type, **kwargs: Any) -> None:
    """A page was deleted with all below it."""
    if issubclass(sender, Page):
        generation.advance()


@receiver([post_save, post_delete], sender=Redirect)
def redirect_changed(sender: type, **kwargs: Any) -> None:
    """An old address leads somewhere now, or no more: that nothing was there is no longer true."""
    generation.advance()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def guard_changed(sender: type, **kwargs: Any) -> None:
    """A page got a password or a login before it, or lost it: no finished copy of it goes on."""
    generation.advance()


@receiver(post_save, sender=Release)
def release_changed(sender: type, instance: Release, **kwargs: Any) -> None:
    """An editor wrote into a release: with a day of withdrawal, what rests on it goes."""
    if instance.withdrawn_on is not None:
        operations.take_down(release=instance)
    else:
        generation.advance()


@receiver([post_save, post_delete], sender=Photo)
def photo_changed(sender: type, **kwargs: Any) -> None:
    """A photo came, went, or shows other people now."""
    generation.advance()


@receiver(post_save, sender=Group)
def group_made(sender: type, instance: Group, created: bool = False, **kwargs: Any) -> None:
    """The group of a role was made: editors may edit."""
    if created:
        operations.let_edit(group=instance)


@subscribe(CampaignChanged)
def campaign_changed(event: CampaignChanged) -> None:
    """A campaign was opened or got another focus area: its pages stand."""
    campaign = Campaign.objects.get(pk=event.campaign_id)
    operations.ensure_campaign_pages(campaign=campaign, actor=system_actor("site"), at=event.at)
