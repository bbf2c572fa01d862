"""Closing every inner room at once, and opening them again by the word of two officers.

The public site stays: it reads no session. Whoever is signed in is signed out, links and codes that were on their way
stop working, and until the rooms open again only officers come in, by their own password and second factor or passkey.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from unionhall.accounts import access, queries
from unionhall.accounts.events import LockdownBegun, LockdownLifted
from unionhall.accounts.models import Device, Lockdown, LockdownVoice, SignInCode, SignInToken, User
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import AlreadyDone, NotAllowed, Unavailable

VOICES_NEEDED: Final = 2


class LockedDown(Unavailable):
    """The inner rooms are closed."""

    code = "locked_down"
    message = _(
        "The local has closed its inner rooms for now. The public pages stay open. Your steward can tell you more."
    )


class LockdownStands(AlreadyDone):
    """The rooms are closed already."""

    code = "lockdown_stands"
    message = _("The rooms are closed already. Nothing was changed.")


class NoLockdown(AlreadyDone):
    """The rooms are open."""

    code = "no_lockdown"
    message = _("The rooms are open. Nothing was changed.")


class VoiceGiven(AlreadyDone):
    """The same officer a second time."""

    code = "voice_given"
    message = _("You have agreed already. A second officer must agree too.")


def require_open(user: User, *, at: datetime) -> None:
    """Let the account in unless the rooms are closed; an officer always, since two of them must open again.

    Raises LockedDown.
    """
    if queries.find_lockdown() is not None and not access.is_officer(user, on=at.date()):
        raise LockedDown


def require_rooms_open() -> None:
    """Let anybody pass while no lockdown stands; the same answer for every asker. Raises LockedDown."""
    if queries.find_lockdown() is not None:
        raise LockedDown


def begin_lockdown(*, why: str, actor: Actor, at: datetime) -> Lockdown:
    """Every inner room is closed from now on; who was in is out. why: one sentence. Raises LockdownStands."""
    try:
        with transaction.atomic():
            lockdown = Lockdown.objects.create(begun_at=at, begun_by=actor.label, why=" ".join(why.split())[:250])
            ended = _empty_the_rooms(at)
            audit.record(
                actor=actor,
                verb="accounts.lockdown_begun",
                at=at,
                obj=lockdown,
                why=lockdown.why,
                detail={"ended": ended},
            )
            events.publish(LockdownBegun(lockdown_id=lockdown.pk))
    except IntegrityError as error:
        raise LockdownStands from error
    return lockdown


@transaction.atomic
def agree_to_open(*, user: User, actor: Actor, at: datetime) -> Lockdown:
    """The officer agrees that the rooms open again; with the second officer's word they do.

    Raises NoLockdown, NotAllowed for whoever is no officer, VoiceGiven.
    """
    lockdown = Lockdown.objects.select_for_update().filter(stands="yes").first()
    if lockdown is None:
        raise NoLockdown
    if not access.is_officer(user, on=at.date()):
        raise NotAllowed
    _voice, is_new = LockdownVoice.objects.get_or_create(lockdown=lockdown, user=user, defaults={"said_at": at})
    if not is_new:
        raise VoiceGiven
    audit.record(actor=actor, verb="accounts.lockdown_voice", at=at, obj=lockdown, detail={"officer": user.pk})
    if lockdown.voices.count() >= VOICES_NEEDED:
        lockdown.stands, lockdown.lifted_at = None, at
        lockdown.save(update_fields=["stands", "lifted_at"])
        audit.record(actor=actor, verb="accounts.lockdown_lifted", at=at, obj=lockdown)
        events.publish(LockdownLifted(lockdown_id=lockdown.pk))
    return lockdown


def _empty_the_rooms(at: datetime) -> int:
    """End every session and remembered browser, void what is on its way; gives how many places were signed out."""
    SignInToken.objects.filter(expires_at__gt=at).update(uses_left=0)
    SignInCode.objects.filter(used_at=None).delete()
    Session.objects.all().delete()
    return Device.objects.filter(ended_at=None).update(ended_at=at, token="")
