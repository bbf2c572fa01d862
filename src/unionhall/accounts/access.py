"""Which accounts' matters a viewer may see and touch."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from unionhall.accounts.enums import MAY_BRING, Caught
from unionhall.accounts.hookspecs import member_directory, scope_directory
from unionhall.accounts.models import Device, Invitation, User
from unionhall.foundation.access import Grant, Reach, Role, Viewer, require_role


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


def may_invite(viewer: Viewer, grant: Grant) -> bool:
    """Whether the viewer may offer that grant to somebody.

    Data administrators and officers offer any role, with a second factor; an organizer brings stewards and CAT members
    within her areas, a steward CAT members at his worksite. A plain member's role is nobody's to offer.
    """
    if grant.role is Role.MEMBER or viewer.user_id is None:
        return False
    if _gives_any_role(viewer):
        return True
    bringers = [role for role, brought in MAY_BRING.items() if grant.role in brought]
    return viewer.has(*bringers) and any(
        directory.lies_within(viewer=viewer, grant=grant) for directory in scope_directory
    )


def roles_to_offer(viewer: Viewer) -> list[Role]:
    """The roles the viewer may offer to somebody, in the order of the access table; none for most."""
    if _gives_any_role(viewer):
        return [role for role in Role if role is not Role.MEMBER]
    brought = {role for bringer, roles in MAY_BRING.items() if viewer.has(bringer) for role in roles}
    return [role for role in Role if role in brought]


def may_agree(viewer: Viewer, invitation: Invitation) -> bool:
    """Whether the viewer may be the second person for an invitation: not the first, and entitled to it alike."""
    return viewer.user_id not in (None, invitation.invited_by_id) and _gives_any_role(viewer)


def may_clear(viewer: Viewer, invitation: Invitation) -> bool:
    """Whether the viewer may let somebody take a role whom the list calls management: who gives any, or her organizer.

    What the employer could read itself is nobody's to clear.
    """
    if invitation.caught_why != Caught.MANAGEMENT:
        return False
    mine = viewer.user_id is not None and viewer.user_id == invitation.invited_by_id
    return _gives_any_role(viewer) or (mine and viewer.strong and viewer.has(Role.ORGANIZER))


def invitations_visible_to(viewer: Viewer) -> QuerySet[Invitation]:
    """The invitations the viewer sent; all of them for data administrators and officers."""
    if _gives_any_role(viewer):
        return Invitation.objects.all()
    return Invitation.objects.filter(invited_by=viewer.user_id) if viewer.user_id else Invitation.objects.none()


def _gives_any_role(viewer: Viewer) -> bool:
    return viewer.strong and Reach.ALL in viewer.reach_of(Role.DATA_ADMINISTRATOR, Role.OFFICER)
