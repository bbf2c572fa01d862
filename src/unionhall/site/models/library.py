"""The library of a campaign: flyers, guides, forms and links, by kind, language and audience."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from unionhall.site.enums import Audience, ResourceKind, Speech
from unionhall.site.models.ground import CampaignContent


class ResourcesPage(CampaignContent):
    """The library: everything, by kind, and searched."""

    subpage_types: ClassVar[list[str]] = ["unionhall_site.ResourcePage"]
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.CampaignPage"]
    template = "site/resources_page.html"

    class Meta:
        verbose_name = _("library")


class ResourcePage(CampaignContent):
    """One resource: what it is, in which language, for whom, of which day, and where it lies."""

    kind = models.CharField(_("kind"), max_length=10, choices=ResourceKind.choices)
    written_in = models.CharField(_("language"), max_length=5, choices=Speech.choices)
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    dated = models.DateField(_("of"))
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.CharField(_("address"), max_length=250, blank=True, help_text=_("Where it lies on these pages."))

    content_panels: ClassVar[list[FieldPanel]] = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("kind", "written_in", "audience", "dated", "summary", "document", "link")),
        FieldPanel("body"),
    ]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["unionhall_site.ResourcesPage"]
    template = "site/resource_page.html"

    class Meta:
        verbose_name = _("resource")
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="/") | Q(link__startswith="https://"),
                name="resource_link_is_an_address",
            ),
        ]
