"""Codes of accounts as words."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role

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
    "caught": _("stopped: the list says management"),
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
