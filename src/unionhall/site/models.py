"""Pages that editors write. Fields only: what a template needs beside them comes from template tags."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from unionhall.site.blocks import BodyField


class LocalPage(Page):
    """The ground under the editors' pages of one language. Its own address is answered by the campaigns."""

    subpage_types: ClassVar[list[str]] = ["unionhall_site.TextPage"]
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
