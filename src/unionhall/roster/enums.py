"""Choices and states of the roster."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteKind(models.TextChoices):
    """What kind of place a worksite is."""

    SCHOOL = "school", _("school")
    OFFICE = "office", _("office")
    YARD = "yard", _("yard or depot")
    OTHER = "other", _("other workplace")


class SiteStatus(models.TextChoices):
    """Whether people work there now. Only a live worksite is offered to anybody; the others are kept and marked."""

    LIVE = "live", _("live")
    PENDING = "pending", _("not open yet")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged into another")


class AreaBy(models.TextChoices):
    """How a worksite came into its area."""

    NONE = "", _("in no area")
    ZIP = "zip", _("by its ZIP code")
    CENTRE = "centre", _("by the nearest centre")
    HAND = "hand", _("by hand")


class ContactKind(models.TextChoices):
    """What a contact point is good for."""

    SMS = "sms", _("cell phone")
    MAIL = "mail", _("mail")


class ContactOwner(models.TextChoices):
    """Whose the channel is. What belongs to the employer is never written to, and nobody signs in with it."""

    PERSONAL = "personal", _("the member's own")
    EMPLOYER = "employer", _("the employer's")


class ConsentPurpose(models.TextChoices):
    """What a person agreed to hear about."""

    CAMPAIGN = "campaign", _("news and asks of the campaign")
    SERVICE = "service", _("notices about votes and meetings")


class ImportKind(models.TextChoices):
    """What a file brought."""

    WORKSITES = "worksites", _("worksites")


class ChangeKind(models.TextChoices):
    """What an import did to one record."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    CLAIMED = "claimed", _("recognized under another source")
