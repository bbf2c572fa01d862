"""The two model campaigns, from their texts to the record."""

from __future__ import annotations

from datetime import date, datetime
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
DAYS = frozenset({"opens_on", "starts_on", "ends_on", "as_of", "on"})


def make_campaign(*, slug: str, actor: Actor, at: datetime) -> Campaign:
    """One model campaign with its phases, facts, focus areas and days at the table. slug: ewu or wof."""
    text = dict(queries.content(slug))
    parts = {name: text.pop(name) for name in ("phases", "facts", "sessions", "focus_areas")}
    campaign = campaigns.create_campaign(actor=actor, at=at, **_values(text))
    for row in parts["phases"]:
        campaigns.record_phase(campaign=campaign, actor=actor, at=at, **_values(row))
    for order, row in enumerate(parts["facts"]):
        campaigns.record_fact(campaign=campaign, order=order, actor=actor, at=at, **_values(row))
    for order, row in enumerate(parts["focus_areas"]):
        campaigns.add_focus_area(campaign=campaign, order=order, actor=actor, at=at, **_values(row))
    for row in parts["sessions"]:
        campaigns.record_date(campaign=campaign, kind="session", actor=actor, at=at, **_values(row))
    return campaign


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its texts as Bilingual, its days as dates, its figures exact and its step named."""
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    if name in BOTH:
        return as_bilingual(value) if value else Bilingual()
    if name in DAYS:
        return date.fromisoformat(value) if value else None
    if name == "value":
        return Decimal(value)
    return Step(value) if name == "step" else value
