"""Who is looking. Every door takes a Viewer; slices decide in their own `access.py` what that viewer may see.

Roles are those of docs/reference/access.md. A scope is where a role holds: everywhere, in areas, at worksites, or for
a list of persons (a CAT member's turf); its codes are public ids, resolved by the slice that owns them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import NotAllowed, SignInNeeded


class Role(StrEnum):
    """The roles of the product, as printed in the access table."""

    MEMBER = "member"
    CAT_MEMBER = "cat_member"
    STEWARD = "steward"
    ORGANIZER = "organizer"
    BARGAINING_TEAM = "bargaining_team"
    COMMUNICATIONS = "communications"
    DATA_ADMINISTRATOR = "data_administrator"
    ELECTION_COMMITTEE = "election_committee"
    ELECTION_OBSERVER = "election_observer"
    OFFICER = "officer"
    COUNSEL = "counsel"


class Reach(StrEnum):
    """Where a grant holds."""

    ALL = "all"
    AREA = "area"
    WORKSITE = "worksite"
    TURF = "turf"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one scope. codes: public ids of areas, worksites or persons; empty for ALL and OWN."""

    role: Role
    reach: Reach
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody in front of the screen, with what they were granted at this instant.

    user_id: the account, None for the public. strong: signed in with a second factor or a passkey.
    """

    user_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = field(default=())
    strong: bool = False

    def has(self, *roles: Role) -> bool:
        """Whether any of the roles is held, wherever."""
        return any(grant.role in roles for grant in self.grants)

    def reach_of(self, *roles: Role) -> dict[Reach, frozenset[str]]:
        """Where the viewer holds any of the roles: reach → codes, those of several grants joined."""
        found: dict[Reach, frozenset[str]] = {}
        for grant in self.grants:
            if grant.role in roles:
                found[grant.reach] = found.get(grant.reach, frozenset()) | grant.codes
        return found


PUBLIC: Final = Viewer()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does an act, for the audit trail: an account, or a named part of the system (`import`, `demo`, `task`)."""

    user_id: int | None = None
    label: str = ""


def system_actor(label: str) -> Actor:
    """An actor that is no person, such as a scheduled task or a command typed by the operator."""
    return Actor(label=label)


class SecondFactorNeeded(NotAllowed):
    """The role fits, the sign-in was too weak for this door."""

    code = "second_factor_needed"
    message = _("This page needs a second factor. Sign in with your passkey or authenticator app, then come back.")


def require_signed_in(viewer: Viewer) -> None:
    """Let anybody pass who is signed in. Raises SignInNeeded for the public."""
    if viewer.user_id is None:
        raise SignInNeeded


def require_role(viewer: Viewer, *roles: Role, strong: bool = False) -> None:
    """Let a viewer pass who holds one of the roles, wherever it holds.

    strong: a second factor or passkey is asked for too. Raises SignInNeeded, NotAllowed or SecondFactorNeeded.
    """
    require_signed_in(viewer)
    if not viewer.has(*roles):
        raise NotAllowed
    if strong and not viewer.strong:
        raise SecondFactorNeeded
