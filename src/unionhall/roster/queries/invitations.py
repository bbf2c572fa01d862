"""Roles that are offered, as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from unionhall.accounts import access as accounts
from unionhall.accounts.enums import InvitationState
from unionhall.accounts.models import Invitation
from unionhall.foundation.access import Role, Viewer
from unionhall.foundation.errors import NotFound
from unionhall.roster import access
from unionhall.roster.queries.persons import choices_of

OPEN = frozenset(InvitationState) - {InvitationState.ACCEPTED, InvitationState.WITHDRAWN}


class NoSuchInvitation(NotFound):
    """No invitation of that public id is the viewer's to see."""

    code = "no_such_invitation"


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One offer on the page. state: value of InvitationState."""

    invitation: Invitation
    state: InvitationState
    may_agree: bool
    may_withdraw: bool
    may_clear: bool


def sent_by(viewer: Viewer) -> QuerySet[Invitation]:
    """The offers the viewer may see, the latest first."""
    return accounts.invitations_visible_to(viewer).select_related("invited_by").order_by("-invited_at", "-pk")


def rows_of(viewer: Viewer, invitations: Sequence[Invitation], *, at: datetime) -> list[InvitationRow]:
    """The offers with how far each has come by then. No query."""
    return [_row(viewer, invitation, at) for invitation in invitations]


def waiting_for(viewer: Viewer, *, at: datetime) -> list[InvitationRow]:
    """The offers that wait for this viewer as their second person, the oldest first."""
    rows = sent_by(viewer).filter(wants_second=True, agreed_at=None, accepted_at=None, withdrawn_at=None)
    return [row for row in rows_of(viewer, list(rows.order_by("invited_at", "pk")), at=at) if row.may_agree]


def get_invitation(viewer: Viewer, public_id: str) -> Invitation:
    """The offer of that public id. Raises NoSuchInvitation."""
    found = sent_by(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchInvitation
    return found


def waits(invitation: Invitation, *, at: datetime) -> bool:
    """Whether a second person must agree before the link may go out."""
    return invitation.state(at) is InvitationState.WAITS_FOR_SECOND


def choices_for(viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """What the form offers this viewer: roles, areas by public id, and the day that is today.

    A member of the Contract Action Team is asked where her people are ticked, so that she reaches nobody else.
    """
    areas, _sites = choices_of(access.worksites_visible_to(viewer))
    roles = [role for role in accounts.roles_to_offer(viewer) if role is not Role.CAT_MEMBER]
    return {"roles": roles, "areas": areas, "today": timezone.localdate(at)}


def _row(viewer: Viewer, invitation: Invitation, at: datetime) -> InvitationRow:
    state = invitation.state(at)
    may_agree = state is InvitationState.WAITS_FOR_SECOND and accounts.may_agree(viewer, invitation)
    return InvitationRow(
        invitation=invitation,
        state=state,
        may_agree=may_agree,
        may_withdraw=state in OPEN,
        may_clear=state is InvitationState.CAUGHT and accounts.may_clear(viewer, invitation),
    )
