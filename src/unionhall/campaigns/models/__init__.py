"""Tables of a campaign."""

from unionhall.campaigns.models.changes import RecordChange
from unionhall.campaigns.models.entries import Entry, EntryNote, EntryQuerySet
from unionhall.campaigns.models.holding import Letter, Slip, SlipQuerySet, Subscription
from unionhall.campaigns.models.member import Leaving
from unionhall.campaigns.models.record import (
    LANGUAGES,
    Banner,
    CalendarDate,
    Campaign,
    CampaignQuerySet,
    Fact,
    FocusArea,
    Participation,
    PhaseRecord,
    both_languages,
)
from unionhall.campaigns.models.turf import Cover, CoverQuerySet, Talk, TalkQuerySet

__all__ = [
    "LANGUAGES",
    "Banner",
    "CalendarDate",
    "Campaign",
    "CampaignQuerySet",
    "Cover",
    "CoverQuerySet",
    "Entry",
    "EntryNote",
    "EntryQuerySet",
    "Fact",
    "FocusArea",
    "Leaving",
    "Letter",
    "Participation",
    "PhaseRecord",
    "RecordChange",
    "Slip",
    "SlipQuerySet",
    "Subscription",
    "Talk",
    "TalkQuerySet",
    "both_languages",
]
