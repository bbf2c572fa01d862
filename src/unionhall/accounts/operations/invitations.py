"""A role offered to somebody by link, and taken there by a button within a minute."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts import access, queries
from unionhall.accounts.enums import GIVEN_BY_TWO, INVITATION_LIFE, Caught, InvitationState
from unionhall.accounts.events import InvitationAccepted
from unionhall.accounts.hookspecs import member_directory
from unionhall.accounts.models import Invitation, User
from unionhall.accounts.operations.people import ensure_member
from unionhall.accounts.operations.roles import SCOPED, ScopeUnclear, grant_role
from unionhall.accounts.phrases import role_word
from unionhall.foundation import audit, crypto, events, gateways
from unionhall.foundation.access import Actor, Grant, Reach, Role, Viewer, system_actor
from unionhall.foundation.contacts import Contact, is_employer_mail
from unionhall.foundation.errors import AlreadyDone, Invalid, NotAllowed, Refused
from unionhall.foundation.gateways import Message


class InvitationWorn(Refused):
    """A link that is unknown, used, withdrawn, past its day, or waits for a second person: never said which."""

    code = "invitation_worn"
    status = 410
    message = _("This invitation does not work any more. Ask whoever sent it for a new one.")


class EmployersChannel(Invalid):
    """An invitation to a mail that the employer reads."""

    code = "employers_channel"
    message = _("This mail belongs to the employer, who may read it. Ask for a cell phone or a mail of their own.")


class ReasonWanted(Invalid):
    """Letting somebody in whom the list calls management, without a word on why."""

    code = "reason_wanted"
    message = _("Say why, in a few words: the list speaks against it, and whoever comes after you will ask.")


class InvitationSettled(AlreadyDone):
    """An invitation that was accepted or withdrawn."""

    code = "invitation_settled"
    message = _("This invitation is settled already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to whom. contact: normalized, the person's own. ends_on: last day of the role, or none."""

    name: str
    contact: Contact
    language: str
    grant: Grant
    place: str
    ends_on: date | None = None


@transaction.atomic
def invite(*, offer: Offer, viewer: Viewer, actor: Actor, at: datetime) -> tuple[Invitation, str]:
    """The invitation, and the secret of its link, shown here once and never again.

    For a role that two must give it waits for the second person; `agree_to_invitation` gives a new secret then.
    Raises NotAllowed, ScopeUnclear, EmployersChannel.
    """
    grant = offer.grant
    if not access.may_invite(viewer, grant):
        raise NotAllowed
    turfless = grant.role is Role.CAT_MEMBER and grant.reach is not Reach.TURF
    if turfless or bool(grant.codes) != (grant.reach in SCOPED):
        raise ScopeUnclear
    if offer.contact.kind == "mail" and is_employer_mail(offer.contact.value):
        raise EmployersChannel
    token = secrets.token_urlsafe(16)
    invitation = Invitation.objects.create(
        name=offer.name.strip(),
        language=offer.language,
        kind=offer.contact.kind,
        value=offer.contact.value,
        role=grant.role.value,
        reach=grant.reach.value,
        codes=sorted(grant.codes),
        place=offer.place[:250],
        ends_on=offer.ends_on,
        token=_hash(token),
        invited_by_id=actor.user_id,
        invited_at=at,
        expires_at=at + INVITATION_LIFE,
        wants_second=grant.role in GIVEN_BY_TWO,
    )
    _note(invitation, "accounts.invited", actor, at)
    return invitation, token


@transaction.atomic
def agree_to_invitation(*, invitation: Invitation, viewer: Viewer, actor: Actor, at: datetime) -> str:
    """The second person agrees; gives the secret of the link that may now be sent.

    Raises NotAllowed for the one who invited, InvitationSettled.
    """
    row = _open_row(invitation, at, InvitationState.WAITS_FOR_SECOND)
    if not access.may_agree(viewer, row):
        raise NotAllowed
    token = secrets.token_urlsafe(16)
    row.agreed_by_id, row.agreed_at, row.token = actor.user_id, at, _hash(token)
    row.save(update_fields=["agreed_by", "agreed_at", "token"])
    _note(row, "accounts.invitation_agreed", actor, at)
    return token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: Actor, at: datetime) -> Invitation:
    """The link opens nothing any more, and the contact is forgotten. Raises InvitationSettled."""
    row = _open_row(invitation, at, *set(InvitationState) - {InvitationState.ACCEPTED, InvitationState.WITHDRAWN})
    row.withdrawn_at, row.value = at, ""
    row.save(update_fields=["withdrawn_at", "value"])
    _note(row, "accounts.invitation_withdrawn", actor, at)
    return row


@transaction.atomic
def narrow_invitation(*, invitation: Invitation, codes: Sequence[str], actor: Actor, at: datetime) -> Invitation:
    """An open offer reaches these from now on, as somebody decided before it was accepted.

    codes: public ids as in the offer; with none left the offer is withdrawn. The very same ones change nothing.
    Raises InvitationSettled.
    """
    if not codes:
        return withdraw_invitation(invitation=invitation, actor=actor, at=at)
    row = _open_row(invitation, at, InvitationState.WAITS_FOR_SECOND, InvitationState.SENT, InvitationState.EXPIRED)
    if set(row.codes) != set(codes):
        row.codes = sorted(set(codes))
        row.save(update_fields=["codes"])
        _note(row, "accounts.invitation_narrowed", actor, at)
    return row


def accept_invitation(*, token: str, at: datetime) -> User:
    """Whoever holds the link has the role from now on; gives the account, to be signed in.

    The link went to a channel of the person's own, so that holding it proves the channel, as a code would. The same
    person with the same contact keeps the account they have. Whoever stands on the employer's side is let in nowhere,
    and hears what everybody hears whose link is worn; whoever invited sees why. Raises InvitationWorn.
    """
    user = _take(token, at)
    if user is None:
        raise InvitationWorn
    return user


@transaction.atomic
def clear_invitation(*, invitation: Invitation, viewer: Viewer, reason: str, actor: Actor, at: datetime) -> str:
    """It may be taken all the same, since a parent may be a manager elsewhere; gives the secret of a fresh link.

    reason: stands in the trail. Raises NotAllowed, ReasonWanted, InvitationSettled.
    """
    row = _open_row(invitation, at, InvitationState.CAUGHT)
    if not access.may_clear(viewer, row):
        raise NotAllowed
    why = " ".join(reason.split())[:250]
    if not why:
        raise ReasonWanted
    token = secrets.token_urlsafe(16)
    row.caught_at, row.cleared_at, row.token, row.expires_at = None, at, _hash(token), at + INVITATION_LIFE
    row.save(update_fields=["caught_at", "cleared_at", "token", "expires_at"])
    _note(row, "accounts.invitation_cleared", actor, at, why=why)
    return token


@transaction.atomic
def _take(token: str, at: datetime) -> User | None:
    """The account that has the role now; none where the link opens nothing, or was stopped just here."""
    row = queries.find_invitation(token=token)
    row = Invitation.objects.select_for_update().get(pk=row.pk) if row else None
    if row is None or row.state(at) is not InvitationState.SENT:
        return None
    contact = Contact(kind="mail" if row.kind == "mail" else "sms", value=row.value)
    if caught := _caught(row, contact):
        row.caught_at, row.caught_why = at, caught
        row.save(update_fields=["caught_at", "caught_why"])
        _note(row, "accounts.invitation_caught", system_actor("entrance"), at, why=caught)
        return None
    giver = Actor(user_id=row.invited_by_id, label=row.invited_by.trail_label if row.invited_by else "")
    user = ensure_member(name=row.name, language=row.language, contacts=[contact], actor=giver, at=at)
    grant = queries.grant_of(row)
    grant_role(
        user=user, role=grant.role, reach=grant.reach, codes=grant.codes, actor=giver, at=at, ends_on=row.ends_on
    )
    row.accepted_at, row.user, row.value = at, user, ""
    row.save(update_fields=["accepted_at", "user", "value"])
    _note(row, "accounts.invitation_accepted", user.as_actor(), at)
    events.publish(InvitationAccepted(invitation_id=row.pk, user_id=user.pk))
    return user


def send_invitation(*, invitation: Invitation, token: str, at: datetime) -> bool:
    """Send the link, in the language of the invited; gives whether a message went. Never inside a transaction."""
    with translation.override(invitation.language):
        address = settings.BASE_URL + reverse("invitation", args=[token])
        days = INVITATION_LIFE.days
        body = gettext("%(name)s, you are asked to be %(role)s%(place)s. See what it means and accept: %(address)s") % {
            "name": invitation.name.split(" ", 1)[0],
            "role": role_word(invitation.role),
            "place": f" ({invitation.place})" if invitation.place else "",
            "address": address,
        }
        lasts = ngettext("The link works for %(days)s day.", "The link works for %(days)s days.", days) % {"days": days}
        message = Message(
            channel="mail" if invitation.kind == "mail" else "sms",
            to=invitation.value,
            subject=gettext("You are asked to take a role in your union"),
            body=f"{body} {lasts}",
            language=invitation.language,
            purpose="invitation",
        )
    return gateways.deliver(message, at=at).went


def _open_row(invitation: Invitation, at: datetime, *states: InvitationState) -> Invitation:
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.state(at) not in states:
        raise InvitationSettled
    return row


def _caught(row: Invitation, contact: Contact) -> str:
    """Why nobody may come in by this invitation; "" where nothing speaks against it."""
    if contact.kind == "mail" and is_employer_mail(contact.value):
        return Caught.MAIL
    theirs = any(one.stands_with_employer(name=row.name, contact=contact) for one in member_directory)
    return Caught.MANAGEMENT if theirs and row.cleared_at is None else ""


def _hash(token: str) -> str:
    return crypto.blind_index(f"invitation:{token}", purpose="token")


def _note(invitation: Invitation, verb: str, actor: Actor, at: datetime, why: str = "") -> None:
    detail: dict[str, object] = {"role": invitation.role, "reach": invitation.reach, "codes": invitation.codes}
    audit.record(actor=actor, verb=verb, at=at, obj=invitation, label=invitation.public_id, why=why, detail=detail)
