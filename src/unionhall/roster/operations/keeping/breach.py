"""Looking up who was exposed stands in the trail: what was asked for, and how many persons it gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from unionhall.foundation import audit
from unionhall.foundation.access import Actor


@transaction.atomic
def note_breach_asked(*, asked: Mapping[str, Any], persons: int, actor: Actor, at: datetime) -> None:
    """Somebody drew up the list. asked: as `BreachAsked.to_json` gives it: ids and days, no name."""
    audit.record(actor=actor, verb="roster.breach_asked", at=at, detail={"asked": dict(asked), "persons": persons})
