"""A part of the trail taken along: a file of its entries as they stand, whose digest stays in the trail."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.operations import require_rooms_open
from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Invalid
from unionhall.foundation.models import AuditEntry
from unionhall.rulebook.cells_out import marked

MOST: Final = 20_000
HEADS: Final = (
    "entry",
    "at",
    "actor",
    "actor_label",
    "verb",
    "object_type",
    "object_id",
    "object_label",
    "place",
    "why",
    "detail",
)


class TooMuchEvidence(Invalid):
    """More entries than one file holds."""

    code = "too_much_evidence"
    message = _("This is more than one file holds. Narrow it to a span of days, and take several files.")


@transaction.atomic
def take_evidence(*, entries: Iterable[AuditEntry], why: str, actor: Actor, at: datetime) -> bytes:
    """The entries as a CSV file, the latest first, as they stand in the trail: ids, labels, counts, never a contact.

    entries: what the taker may read and asked for; 20,000 at most. why: stands in the trail, with the number of lines
    and the digest of the file. Raises LockedDown, TooMuchEvidence.
    """
    require_rooms_open()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADS)
    count = 0
    for count, entry in enumerate(entries, start=1):
        if count > MOST:
            raise TooMuchEvidence
        writer.writerow(_line(entry))
    data = out.getvalue().encode("utf-8")
    detail = {"rows": count, "sha256": sha256(data).hexdigest()}
    audit.record(actor=actor, verb="roster.trail_taken", at=at, why=" ".join(why.split())[:250], detail=detail)
    return data


def _line(entry: AuditEntry) -> list[str]:
    cells = (
        entry.pk,
        entry.at.isoformat(),
        entry.actor_id or "",
        entry.actor_label,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.place,
        entry.why,
        json.dumps(entry.detail, sort_keys=True, ensure_ascii=False),
    )
    return [marked(str(cell)) for cell in cells]
