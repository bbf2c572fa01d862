"""Who may see which entries, and whose contact (docs/reference/access.md).

An entry lies where its worksite lies: with the steward of that site, with the organizer of its area. One without a
worksite on our list, or at a worksite of no area, lies with those alone whose role reaches everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.models import Entry, EntryQuerySet
from unionhall.foundation.access import Reach, Role, Viewer, require_role
from unionhall.foundation.errors import NotAllowed
from unionhall.roster import access as roster
from unionhall.roster.models import Person, Worksite
from unionhall.rulebook.strike_words import speaks_of_a_strike

CONTACT_ROLES: Final = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER, Role.DATA_ADMINISTRATOR)
NOTE_ROLES: Final = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER)
QUEUE_ROLES: Final = (*CONTACT_ROLES, Role.OFFICER)
LEADS: Final = (Role.STEWARD, Role.ORGANIZER)
_WIDE: Final = frozenset({Reach.ALL, Reach.AREA})


def require_queue(viewer: Viewer) -> None:
    """Let those pass who have a queue. Raises SignInNeeded, NotAllowed or SecondFactorNeeded.

    A role over more than one worksite asks for a second factor; a steward of one site and a CAT member do not.
    """
    _require(viewer, *QUEUE_ROLES)


def require_held_desk(viewer: Viewer) -> None:
    """Let data administrators pass, with a second factor: what is held lies with nobody's worksite yet.

    Raises SignInNeeded, NotAllowed or SecondFactorNeeded.
    """
    require_role(viewer, Role.DATA_ADMINISTRATOR, strong=True)
    if Reach.ALL not in viewer.reach_of(Role.DATA_ADMINISTRATOR):
        raise NotAllowed


def entries_visible_to(viewer: Viewer) -> EntryQuerySet:
    """The entries of the viewer's own turf, worksites and areas; none for everybody else."""
    entries = EntryQuerySet(Entry)
    reach = viewer.reach_of(*QUEUE_ROLES)
    if Reach.ALL in reach:
        return entries
    mine = Q(pk__in=[])
    for where, path in _PATHS.items():
        if where in reach:
            mine |= Q(**{f"{path}__in": reach[where]})
    return entries.filter(mine)


def may_see_contact(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer may read the number or address, and so call. entry: with worksite, area and person."""
    return _reaches(viewer.reach_of(*CONTACT_ROLES), entry)


def may_answer(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer may record a reply, or that all is done: whoever may see the contact."""
    return may_see_contact(viewer, entry)


def may_clear(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer may let somebody in whom the list calls management: her organizer, or the data desk."""
    return viewer.strong and _reaches(viewer.reach_of(Role.ORGANIZER, Role.DATA_ADMINISTRATOR), entry)


def may_see_notes(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer may read and add notes. entry: with worksite, area and person."""
    return _reaches(viewer.reach_of(*NOTE_ROLES), entry)


def may_place(viewer: Viewer) -> bool:
    """Whether the viewer may say which worksite an entry means: organizers and the data desk, where they reach all."""
    return Reach.ALL in viewer.reach_of(Role.ORGANIZER, Role.DATA_ADMINISTRATOR)


def require_turf(viewer: Viewer) -> None:
    """Let CAT members pass to their people. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    _require(viewer, Role.CAT_MEMBER)


def require_team(viewer: Viewer) -> None:
    """Let those pass who lead a worksite and give out its people: stewards and organizers.

    Raises SignInNeeded, NotAllowed or SecondFactorNeeded.
    """
    _require(viewer, *LEADS)


def require_own_site(viewer: Viewer) -> None:
    """Let stewards pass to their own worksite. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    _require(viewer, Role.STEWARD)


def require_areas(viewer: Viewer) -> None:
    """Let organizers pass, by a second factor. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, Role.ORGANIZER, strong=True)


def require_talks(viewer: Viewer) -> None:
    """Let those pass who talk with people and read what was said.

    Raises SignInNeeded, NotAllowed or SecondFactorNeeded.
    """
    _require(viewer, *NOTE_ROLES)


def turf_of(viewer: Viewer, *, on: date) -> QuerySet[Person]:
    """The people the viewer answers for as a CAT member; those of another role of hers are not among them."""
    return roster.persons_within(viewer, Role.CAT_MEMBER, on=on).filter(merged_into=None)


def persons_talked_with_by(viewer: Viewer, *, on: date) -> QuerySet[Person]:
    """The persons with whom the viewer talks, and of whom the viewer reads what was said: turf, worksite or area."""
    return roster.persons_within(viewer, *NOTE_ROLES, on=on).filter(merged_into=None)


def persons_led_by(viewer: Viewer, *, on: date) -> QuerySet[Person]:
    """The persons to whom the viewer may have their own link sent: a steward's worksite, an organizer's areas."""
    return roster.persons_within(viewer, *LEADS, on=on).filter(merged_into=None)


def worksites_led_by(viewer: Viewer) -> QuerySet[Worksite]:
    """The worksites whose people the viewer may give out: a steward's own, an organizer's areas."""
    return roster.worksites_within(viewer, *LEADS)


def worksites_of_areas(viewer: Viewer) -> QuerySet[Worksite]:
    """The worksites that the viewer works as an organizer."""
    return roster.worksites_within(viewer, Role.ORGANIZER)


def _require(viewer: Viewer, *roles: Role) -> None:
    """A role over more than one worksite asks for a second factor; a steward of one site and a CAT member do not."""
    reach = viewer.reach_of(*roles)
    wide = bool(_WIDE & reach.keys()) or len(reach.get(Reach.WORKSITE, ())) > 1
    require_role(viewer, *roles, strong=wide)


_PATHS: Final = {
    Reach.AREA: "worksite__area__public_id",
    Reach.WORKSITE: "worksite__public_id",
    Reach.TURF: "person__public_id",
}


def _reaches(reach: Mapping[Reach, frozenset[str]], entry: Entry) -> bool:
    site = entry.worksite
    return (
        Reach.ALL in reach
        or (site is not None and site.public_id in reach.get(Reach.WORKSITE, ()))
        or (site is not None and site.area is not None and site.area.public_id in reach.get(Reach.AREA, ()))
        or entry.person.public_id in reach.get(Reach.TURF, ())
    )


# The record of a campaign (docs/decisions/0052-who-keeps-the-record.md).
RECORD_ROLES: Final = (Role.COMMUNICATIONS, Role.DATA_ADMINISTRATOR, Role.OFFICER, Role.COUNSEL)
PHASE_ROLES: Final = (Role.OFFICER, Role.COUNSEL)


class WaitsForAnOfficer(NotAllowed):
    """Words about a strike, from somebody who may not put them out."""

    code = "waits_for_an_officer"
    message = _("This speaks of a strike or an impasse: an officer or counsel has to do it. Nothing was changed.")


def require_record(viewer: Viewer) -> None:
    """Let those pass who keep the record. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, *RECORD_ROLES, strong=True)


def require_phases(viewer: Viewer) -> None:
    """Let those pass who may record a phase. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, *PHASE_ROLES, strong=True)


def may_record_phases(viewer: Viewer) -> bool:
    """Whether the viewer may record a phase, and put out words about a strike."""
    return viewer.has(*PHASE_ROLES)


def require_words(viewer: Viewer, texts: Iterable[str]) -> None:
    """Let words about a strike pass for officers and counsel only. Raises WaitsForAnOfficer."""
    if not may_record_phases(viewer) and speaks_of_a_strike(texts):
        raise WaitsForAnOfficer
