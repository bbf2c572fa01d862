"""What the roster does when something happened on it."""

from __future__ import annotations

from unionhall.accounts.events import InvitationAccepted
from unionhall.foundation.access import system_actor
from unionhall.foundation.clock import now
from unionhall.foundation.events import subscribe
from unionhall.roster import operations
from unionhall.roster.enums import ImportKind
from unionhall.roster.events import ImportApplied, ImportUndone
from unionhall.roster.operations.people.invited import link_invited


@subscribe(InvitationAccepted)
def know_whom_it_meant(event: InvitationAccepted) -> None:
    """Whoever took a role stands on the roster, mostly: the account is hers."""
    link_invited(invitation_id=event.invitation_id, actor=system_actor("invitations"), at=now())


@subscribe(ImportApplied)
def find_districts_of_new_worksites(event: ImportApplied) -> None:
    """Worksites that came, moved or closed lie in the districts of their map points."""
    if event.kind == ImportKind.WORKSITES and (event.new or event.changed):
        operations.assign_districts(actor=system_actor("districts"), at=now())


@subscribe(ImportUndone)
def find_districts_after_undo(event: ImportUndone) -> None:
    """Worksites that went back to where they were lie in the districts of there."""
    if event.kind == ImportKind.WORKSITES and event.restored:
        operations.assign_districts(actor=system_actor("districts"), at=now())
