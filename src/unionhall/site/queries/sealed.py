"""What lies sealed in the archive because somebody took her leave back: for counsel, under a legal hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, QuerySet

from unionhall.foundation.errors import NotFound
from unionhall.roster.queries.retention import holds
from unionhall.site.models import KeptPart

MOST: Final = 200


class NoSuchPart(NotFound):
    """No part of that hash lies in the archive."""

    code = "no_such_part"


@dataclass(frozen=True, slots=True)
class SealedLine:
    """One part that is not shown any more. covers: what the release said it covers, never whose it is."""

    digest: str
    covers: str
    withdrawn_on: date
    is_photo: bool
    destroyed_on: date | None


def sealed_parts() -> list[SealedLine]:
    """What somebody took back, the latest first. Two queries."""
    rows = _withdrawn().prefetch_related("releases")[:MOST]
    return [
        SealedLine(
            part.digest,
            ", ".join(sorted({release.covers for release in part.releases.all()})),
            part.withdrawn_on,  # type: ignore[attr-defined] # annotated
            part.is_photo,
            part.destroyed_on,
        )
        for part in rows
    ]


def get_sealed(digest: str) -> KeptPart:
    """The part of that hash that somebody took back. Raises NoSuchPart."""
    found = _withdrawn().filter(digest=digest).first()
    if found is None:
        raise NoSuchPart
    return found


def hold_stands() -> bool:
    """Whether any legal hold stands. One query."""
    return holds().exists()


def _withdrawn() -> QuerySet[KeptPart]:
    rows = KeptPart.objects.filter(releases__withdrawn_on__isnull=False)
    return rows.annotate(withdrawn_on=F("releases__withdrawn_on")).order_by("-withdrawn_on", "pk").distinct()
