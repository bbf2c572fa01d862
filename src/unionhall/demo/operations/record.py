"""The two model campaigns, from their texts to the record."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from unionhall.campaigns import operations as campaigns
from unionhall.campaigns.models import Campaign
from unionhall.demo import queries
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual, as_bilingual
from unionhall.rulebook.phases import Step

BOTH = frozenset(
    {
        "name",
        "employer",
        "slogan",
        "who_we_are",
        "picture_text",
        "title",
        "line",
        "headline",
        "label",
        "unit",
        "source",
        "summary",
    }
)
DAYS = frozenset({"opens_on", "starts_on", "ends_on", "as_of", "stale_after", "on"})


def make_campaign(*, slug: str, actor: Actor, at: datetime) -> Campaign:
    """One model campaign with its whole record, its page left to stand at the day the campaign is told of.

    slug: ewu or wof.
    """
    text = dict(queries.content(slug))
    parts = {name: text.pop(name) for name in ("phases", "facts", "dates", "focus_areas", "banners")}
    stands_at = text.pop("as_of")
    campaign = campaigns.create_campaign(actor=actor, at=at, **_values(text))
    for row in parts["phases"]:
        campaigns.record_phase(campaign=campaign, actor=actor, at=at, **_values(row))
    for order, row in enumerate(parts["facts"]):
        campaigns.record_fact(campaign=campaign, order=order, actor=actor, at=at, **_values(row))
    for order, row in enumerate(parts["focus_areas"], start=1):
        campaigns.add_focus_area(campaign=campaign, order=order, actor=actor, at=at, **_values(row))
    for row in parts["dates"]:
        campaigns.record_date(campaign=campaign, actor=actor, at=at, **_values(row))
    for row in parts["banners"]:
        campaigns.put_banner(campaign=campaign, actor=actor, at=at, **_values(row))
    return campaigns.create_campaign(actor=actor, at=at, **_values(text | {"as_of": stands_at}))


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its texts as Bilingual, its days as dates, its figures exact and its step named."""
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    if name in BOTH:
        return as_bilingual(value) if value else Bilingual()
    if name in DAYS:
        return date.fromisoformat(value) if value else None
    if name == "starts_at":
        return time.fromisoformat(value)
    if name == "value":
        return Decimal(value)
    return Step(value) if name == "step" else value
