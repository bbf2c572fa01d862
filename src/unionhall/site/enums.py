"""Choices of the pages that editors write."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionhall.ui.pictures import PICTURES


class Stream(models.TextChoices):
    """What is told in a stream: bargaining apart from the rest of the campaign."""

    UPDATES = "updates", _("bargaining updates")
    BLOG = "blog", _("campaign blog")


class ByLine(models.TextChoices):
    """Who speaks in a post: a body of the union, or somebody by name."""

    TEAM = "team", _("the bargaining team")
    CAT = "cat", _("the Contract Action Team")
    BOARD = "board", _("the executive board")
    STAFF = "staff", _("the campaign’s staff")
    MEMBER = "member", _("a member, by name")


class Faces(models.TextChoices):
    """Whether somebody can be recognized in a photo. Nobody has looked: then it is shown nowhere."""

    UNKNOWN = "unknown", _("nobody has looked yet: not shown")
    NONE = "none", _("nobody can be recognized")
    AGREED = "agreed", _("people can be recognized, and each has agreed")


class ResourceKind(models.TextChoices):
    """What a resource is."""

    FLYER = "flyer", _("flyer")
    POSTER = "poster", _("poster or sign")
    FACTS = "facts", _("fact sheet")
    GUIDE = "guide", _("guide")
    FORM = "form", _("form")
    VIDEO = "video", _("video")
    LINK = "link", _("link")


class Audience(models.TextChoices):
    """For whom a resource is meant."""

    EVERYBODY = "everybody", _("everybody")
    MEMBERS = "members", pgettext_lazy("an audience", "members")
    STEWARDS = "stewards", _("stewards and the CAT")
    FAMILIES = "families", _("families")
    PRESS = "press", _("press")


class Speech(models.TextChoices):
    """The language in which somebody told a story, or a resource is written."""

    ENGLISH = "en", pgettext_lazy("written in", "English")
    SPANISH = "es", pgettext_lazy("written in", "Spanish")
    BOTH = "both", _("English and Spanish")


class MovedState(models.TextChoices):
    """What became of a page or post of the old site."""

    LIVE = "live", _("public")
    DRAFT = "draft", _("draft")


class KeptAct(models.TextChoices):
    """What the archive says of a page from a moment on."""

    SHOWN = "shown", _("shown")
    GONE = "gone", _("taken down")


# The linocut pictures an editor may choose from.
DRAWN: Final = [(name, name.replace("-", " ").capitalize()) for name in PICTURES]
