"""Slips that wait, who reads updates, and letters that did not go: for the data desk and for `unionhall check`."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import Audience, SlipState
from unionhall.campaigns.models import Campaign, Letter, Slip, Subscription
from unionhall.campaigns.queries.sealing import SignUp, open_slip
from unionhall.foundation import crypto
from unionhall.foundation.contacts import Contact
from unionhall.foundation.errors import NotFound
from unionhall.foundation.ids import LENGTH

HELD_PAGE: Final = 50
# What nobody has done by then, nobody does: its task was lost, or no worker runs.
LATE: Final = timedelta(minutes=5)
SWEPT_AT_ONCE: Final = 50
TOLD_FOR: Final = timedelta(days=7)
_SIGNATURE: Final = 20


class NoSuchSlip(NotFound):
    """A sign-up that waits for nothing: let in, forgotten, or never there."""

    code = "no_such_slip"
    message = _("No sign-up waits at this address any more. Sign up again: twice does no harm.")


class NoSuchSubscription(NotFound):
    """A link to preferences that opens nothing."""

    code = "no_such_subscription"
    message = _("This link opens nothing any more. The newest message from us has one that does.")


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One held slip as the data desk sees it. sent: what was written; told_at: when a code last went out, if ever."""

    slip: Slip
    sent: SignUp
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A page of what waits. total: of all pages. readers: how many get updates, by audience. more: a next page."""

    rows: tuple[HeldRow, ...]
    total: int
    readers: dict[str, int]
    more: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """How the letters and slips stand. late: due and not sent; given_up: of a week, by reason; stuck: ready slips."""

    late: int
    given_up: dict[str, int]
    stuck: int


def find_slip(*, slug: str, public_id: str) -> Slip | None:
    """The slip at that address of a campaign, or none."""
    return Slip.objects.select_related("campaign").filter(campaign__slug=slug, public_id=public_id).first()


def get_slip(*, slug: str, public_id: str) -> Slip:
    """The slip at that address of a campaign. Raises NoSuchSlip."""
    slip = find_slip(slug=slug, public_id=public_id)
    if slip is None:
        raise NoSuchSlip
    return slip


def contact_of_slip(slip: Slip) -> Contact:
    """Where her code goes. Only of a slip that waits."""
    return open_slip(slip, place=False).contact


def get_held_slip(public_id: str) -> Slip:
    """A slip for the data desk. Raises NoSuchSlip."""
    slip = Slip.objects.select_related("campaign").filter(public_id=public_id).first()
    if slip is None:
        raise NoSuchSlip
    return slip


def held_slips(*, page: int = 1) -> Held:
    """What waits for its code, the oldest first; four queries. page: from 1."""
    waiting = Slip.objects.held()
    start = (page - 1) * HELD_PAGE
    told = waiting.annotate(told_at=Max("letters__sent_at")).values_list("pk", "told_at")
    times = dict(told[start : start + HELD_PAGE + 1])
    found = list(Slip.objects.select_related("campaign").filter(pk__in=times))
    rows = tuple(HeldRow(slip, open_slip(slip, place=False), times[slip.pk]) for slip in found[:HELD_PAGE])
    running = Subscription.objects.filter(stopped_at=None).order_by()
    counts = dict(running.values_list("audience").annotate(number=Count("pk")))
    readers = {audience: counts.get(audience, 0) for audience in Audience.values}
    return Held(rows, waiting.count(), readers, more=len(found) > HELD_PAGE)


def preferences_token(subscription: Subscription) -> str:
    """What opens the page of a subscription: its public id and our signature, the same in every letter."""
    signature = crypto.blind_index(subscription.public_id, purpose="preferences")
    return subscription.public_id + signature[:_SIGNATURE]


def get_subscription(*, slug: str, token: str) -> Subscription:
    """The subscription whose letter had that link. Raises NoSuchSubscription."""
    public_id, signature = token[:LENGTH], token[LENGTH:]
    ours = [index[:_SIGNATURE] for index in crypto.blind_indexes(public_id, purpose="preferences")]
    known = any(hmac.compare_digest(signature.encode(), one.encode()) for one in ours)
    rows = Subscription.objects.select_related("campaign").filter(campaign__slug=slug)
    found = rows.filter(public_id=public_id).first() if known else None
    if found is None:
        raise NoSuchSubscription
    return found


def subscribers(campaign: Campaign, *, audience: str, language: str = "") -> QuerySet[Subscription]:
    """Those who hear from the campaign now. audience: of Audience; language: blank for both."""
    running = Subscription.objects.filter(campaign=campaign, audience=audience, stopped_at=None)
    return running.filter(language=language) if language else running


def ready_slips(*, at: datetime) -> list[int]:
    """Slips that should have been taken in by now, as database numbers, the oldest first."""
    late = Slip.objects.filter(state=SlipState.READY, received_at__lt=at - LATE)
    return list(late.values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def late_letters(*, at: datetime) -> list[int]:
    """Letters that should have gone by now, as database numbers, the oldest first."""
    late = Letter.objects.filter(sent_at=None, ended_at=None, due_at__lt=at - LATE)
    return list(late.values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def owed(*, at: datetime) -> Owed:
    """What did not go as it should; three queries."""
    late = Letter.objects.filter(sent_at=None, ended_at=None, due_at__lt=at - LATE).count()
    ended = Letter.objects.filter(ended_at__gt=at - TOLD_FOR).exclude(outcome__in=["settled", "opted_out"]).order_by()
    given_up = dict(ended.values_list("outcome").annotate(number=Count("pk")))
    stuck = Slip.objects.filter(state=SlipState.READY, received_at__lt=at - LATE).count()
    return Owed(late=late, given_up=given_up, stuck=stuck)
