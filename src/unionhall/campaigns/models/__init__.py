"""Tables of a campaign."""

from unionhall.campaigns.models.entries import Entry, EntryNote, EntryQuerySet
from unionhall.campaigns.models.record import (
    LANGUAGES,
    CalendarDate,
    Campaign,
    CampaignQuerySet,
    Fact,
    FocusArea,
    Participation,
    PhaseRecord,
    both_languages,
)

__all__ = [
    "LANGUAGES",
    "CalendarDate",
    "Campaign",
    "CampaignQuerySet",
    "Entry",
    "EntryNote",
    "EntryQuerySet",
    "Fact",
    "FocusArea",
    "Participation",
    "PhaseRecord",
    "both_languages",
]
