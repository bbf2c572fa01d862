"""Mails about exports: an id and an address, never what is in the file."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import User
from unionhall.foundation import gateways
from unionhall.foundation.gateways import Message
from unionhall.roster.access import DECIDE_EXPORTS
from unionhall.roster.models import Export
from unionhall.roster.queries.exports import deciders

SUBJECTS: Final[dict[str, str | Promise]] = {
    "asked": _("An export waits for a second person"),
    "refused": _("Your export was refused"),
    "ready": _("Your export is ready for one day"),
}
BODIES: Final[dict[str, str | Promise]] = {
    "asked": _(
        "%(asker)s asks to take a file out of Unionhall: %(kind)s. Reason: %(reason)s\n\n"
        "Look at it and decide: %(address)s"
    ),
    "refused": _("%(decider)s refused the file you asked for: %(kind)s.\n\n%(address)s"),
    "ready": _("The file you asked for can be fetched once, within 24 hours: %(kind)s.\n\n%(address)s"),
}
PURPOSE: Final = "export"


def tell_about_export(*, export_id: int, what: str, at: datetime) -> int:
    """Mail those whom it concerns, each in their language; gives how many mails went.

    what: "asked" goes to everybody who may be the second person; "refused" and "ready" to the asker.
    """
    export = Export.objects.defer("sealed").get(pk=export_id)
    if what == "asked":
        readers = deciders(asker=export.asked_by_id, roles=DECIDE_EXPORTS)
    else:
        readers = list(User.objects.filter(pk=export.asked_by_id or 0, is_active=True))
    sent = [_send(export, what, reader, at) for reader in readers if reader.email]
    return sum(sent)


def _send(export: Export, what: str, reader: User, at: datetime) -> bool:
    with translation.override(reader.language):
        fields = {
            "asker": export.asked_by,
            "decider": export.decided_by,
            "kind": export.get_kind_display(),
            "reason": export.reason,
            "address": f"{settings.BASE_URL}/hall/exports/{export.public_id}/",
        }
        body, subject = str(BODIES[what]) % fields, str(SUBJECTS[what])
    message = Message("mail", reader.email or "", body, subject=subject, language=reader.language, purpose=PURPOSE)
    return gateways.deliver(message, at=at).went
