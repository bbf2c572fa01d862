"""What can happen in a campaign. Slices above listen; the ids are database numbers, never names or contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class CampaignChanged:
    """Something the public page of a campaign shows was recorded or corrected."""

    changes_pages: ClassVar[bool] = True
    campaign_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PhaseRecorded:
    """A step of one of the four tracks was recorded."""

    campaign_id: int
    phase_id: int
    step: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class SlipReady:
    """A form came in and may be taken in: its proof was good, or its code was entered, or the data desk let it in."""

    slip_id: int


@dataclass(frozen=True, slots=True)
class LetterOwed:
    """A letter is to go out, not before due_at."""

    letter_id: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Somebody asked for the updates of a campaign, or asked again after she had stopped them."""

    subscription_id: int
    campaign_id: int


@dataclass(frozen=True, slots=True)
class SubscriptionStopped:
    """Somebody wants no more updates."""

    subscription_id: int
    campaign_id: int


@dataclass(frozen=True, slots=True)
class EntryReceived:
    """Somebody signed up. Told once an entry: the same person a second time is the same entry."""

    entry_id: int
    campaign_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkSent:
    """Somebody who leads her place has a member's own link sent to her. person_id: the member."""

    person_id: int


@dataclass(frozen=True, slots=True)
class MemberAsked:
    """A member asked for something on her own page. kind: "call", "fix" or "leave"."""

    entry_id: int
    campaign_id: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryAnswered:
    """Somebody of ours replied to an entry for the first time."""

    entry_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TookPart:
    """A person took part in an act of the campaign. A day and no time of day."""

    campaign_id: int
    person_id: int
    act: str
    on: date


@dataclass(frozen=True, slots=True)
class TurfChanged:
    """People of a worksite were given to a CAT member, or taken back. people: how many."""

    worksite_id: int
    people: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TalkNoted:
    """A talk with a person was written down, or taken back. kind: value of TalkKind, never what was said."""

    person_id: int
    kind: str
    at: datetime
