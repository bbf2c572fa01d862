"""What editors' pages are made of."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from unionhall.campaigns.models import Fact
from unionhall.site.enums import DRAWN

TEXT_FEATURES: Final = ["bold", "italic", "link", "document-link", "ol", "ul", "blockquote", "hr"]
RELEASE: Final = "unionhall_site.Release"


def fact_choices() -> list[tuple[str, str]]:
    """Every number on the record by its key, as an editor finds it in a list."""
    seen = {fact.key: f"{fact.label} ({fact.key})" for fact in Fact.objects.order_by("key", "as_of")}
    return sorted(seen.items())


class Heading(blocks.CharBlock):
    """A section head; the page's title is the only head above it."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "site/blocks/heading.html"


class Paragraph(blocks.RichTextBlock):
    """Running text with links and lists; [[key]] puts in a number from the record, with its date and source."""

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


class Figure(blocks.StructBlock):
    """A number from the record, large, with its date and source. Nobody types it."""

    fact = blocks.ChoiceBlock(label=_("Number from the record"), choices=fact_choices)

    class Meta:
        icon = "order"
        label = _("Number")
        template = "site/blocks/figure.html"


class FactSheet(blocks.StaticBlock):
    """Every number of the campaign that holds today."""

    class Meta:
        icon = "list-ul"
        label = _("Fact sheet")
        admin_text = _("Every number on the campaign’s record, with date and source.")
        template = "site/blocks/fact_sheet.html"


class Quote(blocks.StructBlock):
    """What somebody said, while she agrees to it."""

    text = blocks.TextBlock(label=_("Her words"))
    role = blocks.CharBlock(label=_("Job and place"), required=False)
    release = SnippetChooserBlock(RELEASE, label=_("Release"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "site/blocks/quote.html"


class Drawing(blocks.StructBlock):
    """One of the linocut pictures."""

    name = blocks.ChoiceBlock(label=_("Picture"), choices=DRAWN)
    shows = blocks.CharBlock(label=_("What it shows"), max_length=250)

    class Meta:
        icon = "image"
        label = _("Drawn picture")
        template = "site/blocks/drawing.html"


class Shot(blocks.StructBlock):
    """One photo of a gallery."""

    photo = ImageChooserBlock(label=_("Photo"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)


class Gallery(blocks.StructBlock):
    """Photos side by side. One whose people have not agreed, or agree no longer, is left out."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    photos = blocks.ListBlock(Shot(), label=_("Photos"))

    class Meta:
        icon = "image"
        label = _("Photos")
        template = "site/blocks/gallery.html"


class Film(blocks.StructBlock):
    """A film of ours: captions, transcript, and nothing is fetched before somebody plays it."""

    title = blocks.CharBlock(label=_("Title"))
    line = blocks.CharBlock(label=_("In one line"), required=False)
    film = DocumentChooserBlock(label=_("Film (MP4)"), required=False)
    captions_en = DocumentChooserBlock(label=_("English captions (VTT)"), required=False)
    captions_es = DocumentChooserBlock(label=_("Spanish captions (VTT)"), required=False)
    elsewhere = blocks.URLBlock(label=_("Or its address elsewhere"), required=False)
    drawing = blocks.ChoiceBlock(label=_("Picture before it plays"), choices=DRAWN, default="corridor")
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=["bold", "italic"])

    class Meta:
        icon = "media"
        label = _("Film")
        template = "site/blocks/film.html"


class Win(blocks.StructBlock):
    """Something won, with its year and where it stands written."""

    year = blocks.CharBlock(label=_("Year"), max_length=9)
    title = blocks.CharBlock(label=_("What was won"))
    text = blocks.TextBlock(label=_("How"))
    link = blocks.CharBlock(label=_("Address of the words won"), required=False, max_length=250)


class Wins(blocks.StructBlock):
    """Past wins, in their order."""

    wins = blocks.ListBlock(Win(), label=_("Wins"))

    class Meta:
        icon = "date"
        label = _("Past wins")
        template = "site/blocks/wins.html"


class TeamMember(blocks.StructBlock):
    """Somebody who sits at the table: name, job, place, languages. Never a contact."""

    name = blocks.CharBlock(label=_("Name"))
    job = blocks.CharBlock(label=pgettext_lazy("at work", "Job"))
    worksite = blocks.CharBlock(label=_("Where"), required=False)
    languages = blocks.CharBlock(label=_("Speaks"), required=False)
    release = SnippetChooserBlock(RELEASE, label=_("Release"), required=False)


class Team(blocks.StructBlock):
    """The people of a team."""

    people = blocks.ListBlock(TeamMember(), label=_("People"))

    class Meta:
        icon = "group"
        label = _("Team")
        template = "site/blocks/team.html"


class PressContact(blocks.StructBlock):
    """Whom the press may call."""

    name = blocks.CharBlock(label=_("Name"))
    role = blocks.CharBlock(label=pgettext_lazy("for the press", "Role"))
    languages = blocks.CharBlock(label=_("Speaks"))
    phone = blocks.CharBlock(label=_("Telephone"), required=False)
    mail = blocks.EmailBlock(label=_("Mail"), required=False)


class PressContacts(blocks.StructBlock):
    """Contacts for the press, in the languages they speak."""

    contacts = blocks.ListBlock(PressContact(), label=_("Contacts"))

    class Meta:
        icon = "mail"
        label = _("Press contacts")
        template = "site/blocks/press_contacts.html"


class Group(blocks.StructBlock):
    """A group of lines under one title, such as one part of a platform; opens and closes, and prints open."""

    title = blocks.CharBlock(label=_("Title"))
    lines = blocks.ListBlock(blocks.CharBlock(label=_("Line")), label=pgettext_lazy("of a group", "Lines"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Group of lines")
        template = "site/blocks/group.html"


class Question(blocks.StructBlock):
    """A question with its short answer, and what a longer one adds."""

    question = blocks.CharBlock(label=_("Question"))
    short = blocks.TextBlock(label=_("Short answer"))
    long = blocks.RichTextBlock(label=_("What the long version adds"), features=TEXT_FEATURES, required=False)

    class Meta:
        icon = "help"
        label = _("Question")
        template = "site/blocks/question.html"


class Way(blocks.StructBlock):
    """One way on: a label, a line, an address."""

    label = blocks.CharBlock(label=_("Label"))
    line = blocks.CharBlock(label=_("In one line"), required=False)
    link = blocks.CharBlock(label=_("Address"), max_length=250)


class Ways(blocks.StructBlock):
    """Where to go on from here."""

    ways = blocks.ListBlock(Way(), label=_("Ways on"))

    class Meta:
        icon = "link"
        label = _("Ways on")
        template = "site/blocks/ways.html"


class Markup(blocks.TextBlock):
    """Text from another site that our own parts cannot hold, such as a table; cleaned whenever it is shown."""

    class Meta:
        icon = "code"
        label = _("Text from another site")
        template = "site/blocks/markup.html"


def parts() -> list[tuple[str, blocks.Block]]:
    """Every part a page may be composed of."""
    return [
        ("heading", Heading()),
        ("paragraph", Paragraph()),
        ("promise", Promise()),
        ("figure", Figure()),
        ("fact_sheet", FactSheet()),
        ("quote", Quote()),
        ("drawing", Drawing()),
        ("gallery", Gallery()),
        ("film", Film()),
        ("wins", Wins()),
        ("team", Team()),
        ("press_contacts", PressContacts()),
        ("group", Group()),
        ("question", Question()),
        ("ways", Ways()),
        ("markup", Markup()),
    ]


class BodyField(StreamField):
    """The body of a page; its blocks stay out of migrations, so that a new block costs none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        blocks_given = args[0] if args else kwargs.pop("block_types", None)
        kwargs.setdefault("blank", True)
        super().__init__(blocks_given or self.blocks(), **kwargs)

    def blocks(self) -> list[tuple[str, blocks.Block]]:
        """What the field may hold."""
        return parts()

    def deconstruct(self) -> Any:
        """The field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        return name, path, [[]], kwargs


class QuestionsField(BodyField):
    """Questions and answers alone."""

    def blocks(self) -> list[tuple[str, blocks.Block]]:
        """Questions."""
        return [("question", Question())]
