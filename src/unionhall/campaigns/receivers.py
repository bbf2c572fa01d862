"""What a campaign does when people come, go or take a role."""

from __future__ import annotations

from unionhall.accounts.events import InvitationAccepted, RoleEnded
from unionhall.campaigns import operations
from unionhall.campaigns.operations.former import forget_entries_of
from unionhall.foundation.access import Role, system_actor
from unionhall.foundation.clock import now
from unionhall.foundation.events import subscribe
from unionhall.roster.enums import ImportKind
from unionhall.roster.events import (
    FormerShrunk,
    ImportApplied,
    ImportUndone,
    PeopleMerged,
    PeopleParted,
    PersonBecameManagement,
    WorksitesMerged,
    WorksitesParted,
)

TURF = system_actor("turf")


@subscribe(InvitationAccepted)
def hand_over_the_promised(event: InvitationAccepted) -> None:
    """Whoever accepted to be a CAT member has the people she was promised."""
    operations.take_up_turf(invitation_id=event.invitation_id, actor=TURF, at=now())


@subscribe(RoleEnded)
def give_back_the_turf(event: RoleEnded) -> None:
    """The people of a CAT member whose role was ended by hand are in nobody's turf."""
    if event.role == Role.CAT_MEMBER:
        operations.end_turf_of(user_id=event.user_id, actor=TURF, at=now())


@subscribe(ImportApplied)
def follow_those_who_came_and_went(event: ImportApplied) -> None:
    """After a list of people each CAT member reaches those of her people who work there now."""
    if event.kind == ImportKind.PEOPLE:
        operations.keep_grants(actor=TURF, at=now())


@subscribe(ImportUndone)
def follow_those_who_are_back(event: ImportUndone) -> None:
    """After a list was taken back, too."""
    if event.kind == ImportKind.PEOPLE:
        operations.keep_grants(actor=TURF, at=now())


def follow_one_person(_event: object) -> None:
    """After a merge, a parting, or somebody's step to the employer's side, turfs reach whom they name."""
    operations.keep_grants(actor=TURF, at=now())


for one in (PeopleMerged, PeopleParted, WorksitesMerged, WorksitesParted, PersonBecameManagement):
    subscribe(one)(follow_one_person)


@subscribe(FormerShrunk)
def forget_former_members(event: FormerShrunk) -> None:
    """Somebody was cut down to the minimal record: what was noted about her goes too."""
    forget_entries_of(public_ids=event.public_ids, actor=system_actor("clock"), at=now())
