"""Finding those who stand twice on the roster, for the review queue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.roster.models import Apart, LookAlike
from unionhall.roster.queries.review import cards
from unionhall.rulebook.matching import Band, duplicates


def find_look_alikes(*, actor: Actor, at: datetime) -> int:
    """The pairs of the whole roster that look like one person's are found anew; gives how many wait.

    A pair that stands already keeps its number; one that looks alike no longer goes. Two who were said to be two people
    are never proposed. Nothing is merged. The comparing is done before anything is written.
    """
    found = {
        (twins.one, twins.other): LookAlike(
            first_id=twins.one,
            second_id=twins.other,
            score=twins.score,
            is_certain=twins.band is Band.CERTAIN,
            reasons=[[reason.code, reason.sign, reason.one, reason.other] for reason in twins.reasons],
            found_at=at,
        )
        for group in duplicates(cards())
        for twins in group.pairs
    }
    with transaction.atomic():
        for pair in Apart.objects.values_list("first_id", "second_id"):
            found.pop(pair, None)
        rows = LookAlike.objects.values_list("pk", "first_id", "second_id").order_by()
        LookAlike.objects.filter(pk__in=[pk for pk, *pair in rows if tuple(pair) not in found]).delete()
        LookAlike.objects.bulk_create(
            found.values(),
            batch_size=500,
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["score", "is_certain", "reasons", "found_at"],
        )
        audit.record(actor=actor, verb="roster.look_alikes_found", at=at, detail={"pairs": len(found)})
    return len(found)
