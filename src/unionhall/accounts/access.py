"""Which accounts' matters a viewer may see and touch."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from unionhall.accounts.hookspecs import member_directory
from unionhall.accounts.models import Device, User
from unionhall.foundation.access import Reach, Role, Viewer, require_role


def devices_visible_to(user: User) -> QuerySet[Device]:
    """The account's own places; nobody sees another's."""
    return Device.objects.filter(user=user, ended_at=None)


def may_issue_paper_code(viewer: Viewer, member: User) -> bool:
    """Whether the viewer may hand that member a paper code: a steward, CAT member or organizer who stands for her.

    Never for staff, nor for oneself, nor for anybody whose role wants a second factor.
    """
    if viewer.user_id in (None, member.pk) or member.is_staff or member.is_superuser:
        return False
    if not viewer.has(Role.STEWARD, Role.CAT_MEMBER, Role.ORGANIZER):
        return False
    return any(directory.may_vouch(viewer=viewer, user_id=member.pk) for directory in member_directory)


def find_vouched(viewer: Viewer, public_id: str) -> User | None:
    """The member of that public id, if the viewer may hand her or him a paper code; else none."""
    member = User.objects.filter(public_id=public_id, is_active=True).first()
    return member if member is not None and may_issue_paper_code(viewer, member) else None


def is_officer(user: User, *, on: date) -> bool:
    """Whether the account holds an officer's role everywhere on that day."""
    return user.is_active and user.role_grants.holding(on).filter(role=Role.OFFICER, reach=Reach.ALL).exists()


def require_lockdown_room(viewer: Viewer) -> None:
    """Let pass whoever may close every inner room: officers and data administrators, by a second factor.

    Raises SignInNeeded, NotAllowed or SecondFactorNeeded.
    """
    require_role(viewer, Role.OFFICER, Role.DATA_ADMINISTRATOR, strong=True)
