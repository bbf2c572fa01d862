"""Somebody of ours reads all that is held about one person: never without a reason, and always in the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Invalid
from unionhall.roster.models import Person

LONGEST: Final = 250
SHORTEST: Final = 5


class FileReasonNeeded(Invalid):
    """A person's whole file asked for without saying why."""

    code = "file_reason_needed"
    message = _("Say why the whole file is read, such as: her written request of 3 March. It stands in the trail.")


@transaction.atomic
def read_file(*, person: Person, reason: str, format: str, actor: Actor, at: datetime) -> str:
    """The reading is in the trail before a line of it is shown; gives the reason as it is kept.

    format: how it is taken, such as "page" or "csv". Raises FileReasonNeeded.
    """
    text = " ".join(reason.split())[:LONGEST]
    if len(text) < SHORTEST:
        raise FileReasonNeeded
    audit.record(
        actor=actor,
        verb="roster.person_file_read",
        at=at,
        obj=person,
        label=person.public_id,
        why=text,
        detail={"person": person.public_id, "as": format},
    )
    return text
