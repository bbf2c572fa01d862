"""What editors' pages are made of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class Heading(blocks.CharBlock):
    """A section head; the page's title is the only head above it."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "site/blocks/heading.html"


class Paragraph(blocks.RichTextBlock):
    """Running text with links and lists, and nothing that a pasted page may bring along."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "site/blocks/paragraph.html"


class Promise(blocks.StructBlock):
    """One promise and what it means, set apart from the running text."""

    title = blocks.CharBlock(label=_("Promise"))
    text = blocks.TextBlock(label=_("What it means"))

    class Meta:
        icon = "tick-inverse"
        label = _("Promise")
        template = "site/blocks/promise.html"


class BodyField(StreamField):
    """The body of a page; its blocks stay out of migrations, so that a new block costs none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        blocks_given = args[0] if args else kwargs.pop("block_types", None)
        kwargs.setdefault("blank", True)
        super().__init__(
            blocks_given or [("heading", Heading()), ("paragraph", Paragraph()), ("promise", Promise())], **kwargs
        )

    def deconstruct(self) -> Any:
        """The field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        return name, path, [[]], kwargs
