"""The sections of a campaign at their lasting addresses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from unionhall.campaigns.models import FocusArea
from unionhall.site.blocks import BodyField, QuestionsField
from unionhall.site.enums import DRAWN
from unionhall.site.models.ground import CampaignContent

BELOW_CAMPAIGN = ["unionhall_site.CampaignPage"]


class PlainPage(CampaignContent):
    """A page composed by an editor: platform, table, team, press and whatever a campaign needs."""

    drawing = models.CharField(_("picture"), max_length=20, choices=DRAWN, blank=True)
    wide = models.BooleanField(_("parts take the whole width"), default=False)

    content_panels: ClassVar[list[FieldPanel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("drawing"),
        FieldPanel("body"),
        FieldPanel("wide"),
    ]
    subpage_types: ClassVar[list[str]] = ["unionhall_site.PlainPage"]
    parent_page_types: ClassVar[list[str]] = [*BELOW_CAMPAIGN, "unionhall_site.PlainPage"]
    template = "site/plain_page.html"

    class Meta:
        verbose_name = _("page")


class ExplainerPage(RoutablePageMixin, CampaignContent):
    """The campaign in questions: a short page and a long one, drawn from the same answers."""

    questions = QuestionsField(verbose_name=_("questions"))

    content_panels: ClassVar[list[FieldPanel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("questions"),
        FieldPanel("body"),
    ]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = BELOW_CAMPAIGN
    template = "site/explainer_page.html"

    class Meta:
        verbose_name = _("explainer")

    @path("full/", name="full_en")
    @path("completa/", name="full_es")
    def full(self, request: HttpRequest) -> HttpResponse:
        """The long version: the same questions, each with all that belongs to its answer."""
        response: HttpResponse = self.render(
            request, context_overrides={"long": True, "archive_key": f"{self.translation_key}:full"}
        )
        return response


class FightPage(CampaignContent):
    """What we are fighting for: the problem, then the focus areas in the members' order."""

    subpage_types: ClassVar[list[str]] = ["unionhall_site.AreaPage"]
    parent_page_types: ClassVar[list[str]] = BELOW_CAMPAIGN
    template = "site/fight_page.html"

    class Meta:
        verbose_name = _("what we are fighting for")


class AreaPage(CampaignContent):
    """One focus area: its words from the record, its stories, and what an editor adds."""

    area = models.ForeignKey(FocusArea, verbose_name=_("focus area"), on_delete=models.PROTECT, related_name="+")
    demands = BodyField(verbose_name=_("what we propose"))

    content_panels: ClassVar[list[FieldPanel]] = [
        *Page.content_panels,
        FieldPanel("area"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("demands"),
    ]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.FightPage"]
    template = "site/area_page.html"

    class Meta:
        verbose_name = _("focus area")
