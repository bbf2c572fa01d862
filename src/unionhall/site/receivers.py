"""What the site listens to: whatever Wagtail publishes, moves or takes down makes the finished pages old."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from unionhall.foundation import generation


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def pages_changed(sender: type[Page], **kwargs: Any) -> None:
    """A page came, went or has another address."""
    generation.advance()


@receiver(post_delete)
def page_deleted(sender: type, **kwargs: Any) -> None:
    """A page was deleted with all below it."""
    if issubclass(sender, Page):
        generation.advance()
