"""What accounts forget by themselves: codes, links, contacts of invitations that ran out, places long signed out."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from unionhall.accounts.enums import DEVICE_LIFE, PLACES_KEPT, TOKENS_KEPT
from unionhall.accounts.models import Device, Invitation, SignInCode, SignInToken, Slowdown
from unionhall.accounts.operations.codes import KEPT, forget_old_askings
from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.hooks import ClockStand


def forget_codes(*, actor: Actor, at: datetime) -> int:
    """Codes asked for a day ago, failed tries, and links and paper codes a month past their end; gives how many."""
    due = stand_of_codes(at).due
    forget_old_askings(at=at)
    _old_tokens(at).delete()
    return due


def stand_of_codes(at: datetime) -> ClockStand:
    """How many codes, tries and links are to go now, and how many wait."""
    askings = SignInCode.objects.filter(asked_at__lt=at - KEPT).count()
    tries = Slowdown.objects.filter(last_at__lt=at - KEPT).count()
    old = _old_tokens(at).count()
    every = SignInCode.objects.count() + Slowdown.objects.count() + SignInToken.objects.count()
    due = askings + tries + old
    return ClockStand(due=due, waiting=every - due)


@transaction.atomic
def forget_invited(*, actor: Actor, at: datetime) -> int:
    """The phone or mail of invitations that ran out unanswered; the invitations stay. Gives how many."""
    due = _ran_out(at)
    count = due.update(value="", forgotten_at=at)
    if count:
        audit.record(actor=actor, verb="accounts.invited_forgotten", at=at, detail={"invitations": count})
    return count


def stand_of_invited(at: datetime) -> ClockStand:
    """How many invitations still hold a contact that is to go now, and how many run."""
    running = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, caught_at=None, expires_at__gt=at)
    next_at = running.order_by("expires_at").values_list("expires_at", flat=True).first()
    return ClockStand(
        due=_ran_out(at).count(), waiting=running.count(), next_on=next_at.date() if next_at is not None else None
    )


@transaction.atomic
def forget_places(*, actor: Actor, at: datetime) -> int:
    """Places signed out half a year ago, browsers no longer remembered, and sessions that ran out; gives how many."""
    sessions, _tables = Session.objects.filter(expire_date__lte=at).delete()
    places, _tables = _old_places(at).delete()
    return sessions + places


def stand_of_places(at: datetime) -> ClockStand:
    """How many places and sessions are to go now, and how many wait."""
    due = Session.objects.filter(expire_date__lte=at).count() + _old_places(at).count()
    every = Session.objects.count() + Device.objects.count()
    return ClockStand(due=due, waiting=every - due)


def _old_tokens(at: datetime) -> QuerySet[SignInToken]:
    return SignInToken.objects.filter(expires_at__lt=at - TOKENS_KEPT)


def _ran_out(at: datetime) -> QuerySet[Invitation]:
    unsettled = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, caught_at=None, forgotten_at=None)
    return unsettled.filter(expires_at__lte=at)


def _old_places(at: datetime) -> QuerySet[Device]:
    ended = Q(ended_at__lt=at - PLACES_KEPT)
    silent = Q(ended_at=None, seen_at__lt=at - DEVICE_LIFE - PLACES_KEPT)
    return Device.objects.filter(ended | silent)
