"""Codes of accounts as words."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role
from unionhall.foundation.enums import Loud, TrailGroup
from unionhall.foundation.trail import Told

ROLES: Final[dict[Role, Promise]] = {
    Role.MEMBER: _("member"),
    Role.CAT_MEMBER: _("member of the Contract Action Team"),
    Role.STEWARD: _("steward"),
    Role.ORGANIZER: _("organizer"),
    Role.BARGAINING_TEAM: _("member of the bargaining team"),
    Role.COMMUNICATIONS: _("communications"),
    Role.DATA_ADMINISTRATOR: _("data administrator"),
    Role.ELECTION_COMMITTEE: _("member of the election committee"),
    Role.ELECTION_OBSERVER: _("election observer"),
    Role.OFFICER: _("officer"),
    Role.COUNSEL: _("counsel"),
}

# What somebody who is asked to take a role should know before saying yes.
MEANS: Final[dict[Role, Promise]] = {
    Role.MEMBER: _("You see what is held about you."),
    Role.CAT_MEMBER: _("You answer for a short list of coworkers: their names and how to reach them, nobody else’s."),
    Role.STEWARD: _("You see the people of your worksite, how to reach them, and who took part."),
    Role.ORGANIZER: _("You see the people of your areas, answer who signs up, and note what was said."),
    Role.BARGAINING_TEAM: _("You read and write what is on the table before it is public."),
    Role.COMMUNICATIONS: _("You write the public pages."),
    Role.DATA_ADMINISTRATOR: _("You bring in lists and mend them. You see everybody’s contacts: guard them."),
    Role.ELECTION_COMMITTEE: _("You run votes and see who is on the roll, never a choice."),
    Role.ELECTION_OBSERVER: _("You watch a vote: counts, custody and evidence, never a choice."),
    Role.OFFICER: _("You see names and the trail of what was done, and stand for the local."),
    Role.COUNSEL: _("You review pages before they go out, and read the trail of what was done."),
}

STATES: Final[dict[str, Promise]] = {
    "waits": _("waits for a second person"),
    "sent": _("sent, not accepted yet"),
    "accepted": _("accepted"),
    "withdrawn": _("withdrawn"),
    "expired": _("ran out"),
    "caught": _("stopped at the door"),
}
CAUGHT: Final[dict[str, Promise]] = {
    "management": _("The list says management. Nobody was let in, and the link said no more than a worn one."),
    "mail": _("The mail belongs to the employer, who may read it. Take this back, and ask for a contact of their own."),
}


def role_word(role: str) -> str:
    """A role as people call it. role: value of foundation.access.Role."""
    return str(ROLES[Role(role)])


def role_means(role: str) -> str:
    """What the role opens, in one sentence."""
    return str(MEANS[Role(role)])


def state_word(state: str) -> str:
    """How far an invitation has come. state: value of InvitationState."""
    return str(STATES[state])


def caught_words(why: str) -> str:
    """Why an invitation was stopped. why: value of Caught."""
    return str(CAUGHT[why]) if why else ""


# Each verb of ours in the trail, as a sentence.
TRAIL: Final[dict[str, Told]] = {
    "accounts.member_created": Told(_("%(who)s opened the account of a member: %(what)s."), TrailGroup.DOORS),
    "accounts.staff_created": Told(_("%(who)s opened the account of somebody on staff: %(what)s."), TrailGroup.DOORS),
    "accounts.sign_in_contact_added": Told(_("%(who)s added a way to sign in for %(what)s."), TrailGroup.DOORS),
    "accounts.account_closed": Told(_("%(who)s closed the account of %(what)s, with all roles."), TrailGroup.DOORS),
    "accounts.account_opened_again": Told(
        _("%(who)s opened the account of %(what)s again."), TrailGroup.DOORS, Loud.OVERRIDE
    ),
    "accounts.language_set": Told(_("%(who)s chose a language."), TrailGroup.DOORS),
    "accounts.role_granted": Told(_("%(who)s gave a role: %(what)s."), TrailGroup.DOORS),
    "accounts.role_ended": Told(_("%(who)s ended a role: %(what)s."), TrailGroup.DOORS),
    "accounts.role_followed": Told(_("%(who)s let a role follow its people: %(what)s."), TrailGroup.DOORS),
    "accounts.view_link_asked": Told(_("%(who)s asked for a link to the own page."), TrailGroup.DOORS),
    "accounts.view_links_ended": Told(_("%(who)s ended the links to the own page."), TrailGroup.DOORS),
    "accounts.me_link_made": Told(_("%(who)s made a link to the own page of %(what)s."), TrailGroup.DOORS),
    "accounts.invited": Told(_("%(who)s offered a role to somebody."), TrailGroup.DOORS),
    "accounts.invitation_agreed": Told(_("%(who)s agreed to a role as the second person."), TrailGroup.DOORS, Loud.TWO),
    "accounts.invitation_withdrawn": Told(_("%(who)s took an invitation back."), TrailGroup.DOORS),
    "accounts.invitation_accepted": Told(_("%(who)s took the role that was offered."), TrailGroup.DOORS),
    "accounts.invitation_narrowed": Told(_("%(who)s narrowed an invitation."), TrailGroup.DOORS),
    "accounts.invitation_caught": Told(
        _("%(who)s stopped an invitation at the door."), TrailGroup.DOORS, Loud.OVERRIDE
    ),
    "accounts.invitation_cleared": Told(
        _("%(who)s let an invitation be taken that was stopped."), TrailGroup.DOORS, Loud.OVERRIDE
    ),
    "accounts.invited_forgotten": Told(_("%(who)s forgot the contacts of invitations that ran out."), TrailGroup.HOUSE),
    "accounts.lockdown_begun": Told(_("%(who)s closed every inner room."), TrailGroup.DOORS, Loud.LOCKDOWN),
    "accounts.lockdown_voice": Told(_("%(who)s agreed that the rooms open again."), TrailGroup.DOORS, Loud.LOCKDOWN),
    "accounts.lockdown_lifted": Told(
        _("%(who)s opened the rooms again, by the word of two officers."), TrailGroup.DOORS, Loud.LOCKDOWN
    ),
    "accounts.device_ended": Told(_("%(who)s signed a place out: %(what)s."), TrailGroup.DOORS),
    "accounts.totp_enrolled": Told(_("%(who)s set up an authenticator app for %(what)s."), TrailGroup.DOORS),
    "accounts.signed_in_by_password": Told(_("%(who)s signed in by password."), TrailGroup.DOORS),
    "accounts.signed_in_by_passkey": Told(_("%(who)s signed in by passkey."), TrailGroup.DOORS),
    "accounts.signed_in_by_code": Told(_("%(who)s signed in by a code."), TrailGroup.DOORS),
    "accounts.signed_in_by_link": Told(_("%(who)s signed in by a personal link."), TrailGroup.DOORS),
    "accounts.signed_in_by_paper": Told(_("%(who)s signed in by a paper code."), TrailGroup.DOORS),
    "accounts.signed_in_by_device": Told(_("%(who)s signed in on a remembered browser."), TrailGroup.DOORS),
    "accounts.signed_in_by_view": Told(_("%(who)s opened the own page by its link."), TrailGroup.DOORS),
    "accounts.view_made": Told(_("%(who)s made a link to the own page of %(what)s."), TrailGroup.DOORS),
    "accounts.link_made": Told(_("%(who)s made a personal link for %(what)s."), TrailGroup.DOORS),
    "accounts.paper_made": Told(_("%(who)s gave a paper code to %(what)s."), TrailGroup.DOORS),
    "accounts.password_changed": Told(_("%(who)s changed the own password."), TrailGroup.DOORS),
    "accounts.password_set": Told(_("%(who)s set a password."), TrailGroup.DOORS),
    "accounts.password_reset": Told(_("%(who)s reset the own password."), TrailGroup.DOORS),
    "accounts.totp_activated": Told(_("%(who)s added an authenticator app."), TrailGroup.DOORS),
    "accounts.totp_deactivated": Told(_("%(who)s removed the authenticator app."), TrailGroup.DOORS),
    "accounts.webauthn_added": Told(_("%(who)s added a passkey."), TrailGroup.DOORS),
    "accounts.webauthn_removed": Told(_("%(who)s removed a passkey."), TrailGroup.DOORS),
    "accounts.recovery_codes_generated": Told(_("%(who)s made new recovery codes."), TrailGroup.DOORS),
}
