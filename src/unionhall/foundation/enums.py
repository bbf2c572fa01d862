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
