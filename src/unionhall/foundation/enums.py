"""States and choices of the ground floor."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobStatus(models.TextChoices):
    """Where a long piece of work stands. STALLED is never stored: it is RUNNING without a sign of life."""

    WAITING = "waiting", _("waiting for its turn")
    RUNNING = "running", _("under way")
    STALLED = "stalled", _("stopped answering")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")
    DONE = "done", pgettext_lazy("job", "done")


class Channel(models.TextChoices):
    """How a message travels."""

    MAIL = "mail", _("mail")
    SMS = "sms", _("text message")


class Outcome(models.TextChoices):
    """What became of one message handed to a gateway."""

    SENT = "sent", _("handed to the provider")
    KEPT = "kept", _("kept here, sent to nobody")
    TRY_LATER = "try_later", _("not sent; trying again may help")
    REFUSED = "refused", _("not sent; trying again does not help")


class TrailGroup(models.TextChoices):
    """What an act of the trail is about, for a choice above its list."""

    PEOPLE = "people", _("People")
    DOORS = "doors", _("Sign-in and roles")
    LISTS = "lists", _("Lists that came in")
    EXPORTS = "exports", _("Files that went out")
    PLACES = "places", _("Places and offices")
    CAMPAIGN = "campaign", _("Campaign")
    VOTES = "votes", _("Votes and frozen lists")
    PAGES = "pages", _("Pages of the site")
    HOUSE = "house", _("The house itself")


class Loud(models.TextChoices):
    """Why an act stands out from the others: something left the house, a rule was overridden, two persons acted."""

    NO = "", ""
    EXPORT = "export", _("Went out")
    OVERRIDE = "override", _("Override")
    LOCKDOWN = "lockdown", _("Lockdown")
    TWO = "two", _("Two persons")
    FILE = "file", _("Subject file")
