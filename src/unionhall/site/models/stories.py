"""Members' own stories, each on a dated release."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from unionhall.campaigns.models import FocusArea
from unionhall.site.enums import DRAWN, Speech
from unionhall.site.models.ground import CampaignContent
from unionhall.site.models.people import Photo, Release


class StoriesPage(CampaignContent):
    """All stories of a campaign."""

    subpage_types: ClassVar[list[str]] = ["unionhall_site.StoryPage"]
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.CampaignPage"]
    template = "site/stories_page.html"

    class Meta:
        verbose_name = _("stories")


class StoryPage(CampaignContent):
    """One member's story: who, which job, where, in which language; shown only while her release holds."""

    job = models.CharField(_("job"), max_length=120)
    worksite = models.CharField(_("where"), max_length=120, blank=True, help_text=_("As she wants it named, or blank."))
    quote = models.CharField(_("one sentence of hers"), max_length=250)
    told_in = models.CharField(_("told in"), max_length=5, choices=Speech.choices, default=Speech.SPANISH)
    area = models.ForeignKey(
        FocusArea,
        verbose_name=_("focus area"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    drawing = models.CharField(_("picture"), max_length=20, choices=DRAWN, blank=True)
    photo = models.ForeignKey(
        Photo, verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.PROTECT, related_name="+")

    content_panels: ClassVar[list[FieldPanel]] = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("release", "job", "worksite", "told_in", "area", "quote", "summary")),
        *(FieldPanel(name) for name in ("photo", "drawing", "body")),
    ]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.StoriesPage"]
    template = "site/story_page.html"

    class Meta:
        verbose_name = _("story")
