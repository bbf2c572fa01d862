"""Streams of posts: bargaining updates and the campaign's blog."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from unionhall.site.enums import DRAWN, ByLine, Stream
from unionhall.site.models.ground import CampaignContent


class StreamPage(CampaignContent):
    """A stream of posts, newest first, with its own feed."""

    stream = models.CharField(_("stream"), max_length=10, choices=Stream.choices, default=Stream.BLOG)

    content_panels: ClassVar[list[FieldPanel]] = [*CampaignContent.content_panels, FieldPanel("stream")]
    subpage_types: ClassVar[list[str]] = ["unionhall_site.PostPage"]
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.CampaignPage"]
    template = "site/stream_page.html"

    class Meta:
        verbose_name = _("stream of posts")


class PostTag(TaggedItemBase):
    """That a post is about something."""

    content_object = ParentalKey("unionhall_site.PostPage", on_delete=models.CASCADE, related_name="tagged_items")


class PostPage(CampaignContent):
    """A post: who says it, when it happened apart from when it was published, what it is about."""

    by_line = models.CharField(_("who speaks"), max_length=10, choices=ByLine.choices, default=ByLine.STAFF)
    author = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("A member by name, first name or job, as she wants it.")
    )
    event_on = models.DateField(
        _("day it is about"), null=True, blank=True, help_text=_("Where it happened on another day than today.")
    )
    tags = ClusterTaggableManager(through=PostTag, blank=True, verbose_name=_("tags"))
    drawing = models.CharField(_("picture"), max_length=20, choices=DRAWN, blank=True)
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A newer post that says what holds now."),
    )

    content_panels: ClassVar[list[FieldPanel]] = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("by_line", "author", "event_on", "summary", "drawing", "body", "tags")),
        FieldPanel("superseded_by"),
    ]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.StreamPage"]
    template = "site/post_page.html"

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.CheckConstraint(
                condition=~Q(by_line=ByLine.MEMBER) | ~Q(author=""), name="post_by_a_member_names_her"
            ),
        ]
