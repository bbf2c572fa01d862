"""The ground under the pages: the local, its campaigns, and what every page of a campaign has."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from unionhall.campaigns.models import Campaign
from unionhall.site.blocks import BodyField
from unionhall.site.hookspecs import page_contexts


class LocalPage(Page):
    """The ground under the editors' pages of one language. Its own address is answered by the campaigns."""

    subpage_types: ClassVar[list[str]] = ["unionhall_site.TextPage", "unionhall_site.CampaignPage"]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = _("local")


class TextPage(Page):
    """A page of running text at a lasting address: privacy, accessibility, terms."""

    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences under the title."))
    body = BodyField(verbose_name=_("text"))

    content_panels: ClassVar[list[FieldPanel]] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.LocalPage"]
    template = "site/text_page.html"

    class Meta:
        verbose_name = _("text page")


class CampaignPage(Page):
    """The ground under one campaign's pages in one language. Its own address is the campaign's home."""

    campaign = models.ForeignKey(Campaign, verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="+")

    content_panels: ClassVar[list[FieldPanel]] = [*Page.content_panels, FieldPanel("campaign")]
    subpage_types: ClassVar[list[str]] = [
        "unionhall_site.PlainPage",
        "unionhall_site.ExplainerPage",
        "unionhall_site.FightPage",
        "unionhall_site.StreamPage",
        "unionhall_site.StoriesPage",
        "unionhall_site.ResourcesPage",
    ]
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.LocalPage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = _("campaign")


class CampaignContent(Page):
    """What every page below a campaign has: a summary and a body."""

    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences under the title."))
    body = BodyField(verbose_name=_("text"))

    content_panels: ClassVar[list[FieldPanel]] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template may name: the page, and whatever is registered for it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        for compose in page_contexts:
            context.update(compose(self, request))
        return context
