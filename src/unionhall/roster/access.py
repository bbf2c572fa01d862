"""Who may see which worksites and persons, and do what with them. See docs/reference/access.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from unionhall.accounts.access import roles_to_offer
from unionhall.accounts.enums import MAY_BRING
from unionhall.foundation.access import Grant, Reach, Role, Viewer, require_role, require_signed_in
from unionhall.foundation.contacts import Contact, lookup
from unionhall.foundation.enums import TrailGroup
from unionhall.foundation.errors import NotAllowed
from unionhall.foundation.trail import verbs_of
from unionhall.roster.enums import Employment
from unionhall.roster.models import Area, Assignment, Doubt, Export, Person, Sight, Worksite
from unionhall.rulebook.names import are_compatible, fold

SEE_NAMES: Final = (
    Role.CAT_MEMBER,
    Role.STEWARD,
    Role.ORGANIZER,
    Role.DATA_ADMINISTRATOR,
    Role.OFFICER,
    Role.COUNSEL,
)
DESK: Final = (Role.ORGANIZER, Role.DATA_ADMINISTRATOR)
SEE_ROLLS: Final = (
    Role.DATA_ADMINISTRATOR,
    Role.OFFICER,
    Role.COUNSEL,
    Role.ELECTION_COMMITTEE,
    Role.ELECTION_OBSERVER,
)
# Who reads the trail: all of it, of the own areas, what concerns votes, what concerns pages.
TRAIL_WHOLE: Final = (Role.DATA_ADMINISTRATOR, Role.OFFICER, Role.COUNSEL)
TRAIL_VOTES: Final = (Role.ELECTION_COMMITTEE, Role.ELECTION_OBSERVER)
TRAIL_READERS: Final = (*TRAIL_WHOLE, *TRAIL_VOTES, Role.ORGANIZER, Role.COMMUNICATIONS)
KEEPERS: Final = (Role.DATA_ADMINISTRATOR, Role.OFFICER, Role.COUNSEL)
DECIDE_EXPORTS: Final = (Role.DATA_ADMINISTRATOR, Role.OFFICER)
SEE_CONTACTS: Final = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER, Role.DATA_ADMINISTRATOR)


def area_ids_of(viewer: Viewer) -> frozenset[int]:
    """The areas the viewer works as an organizer, as database numbers; all of them for a lead organizer."""
    reach = viewer.reach_of(Role.ORGANIZER)
    if Reach.ALL in reach:
        return frozenset(Area.objects.values_list("pk", flat=True))
    codes = reach.get(Reach.AREA)
    return frozenset(Area.objects.filter(public_id__in=codes).values_list("pk", flat=True)) if codes else frozenset()


def worksites_visible_to(viewer: Viewer) -> QuerySet[Worksite]:
    """The worksites whose people the viewer may know: of their areas, their worksites, their turf, or all.

    The public directory, which the type-ahead of the join form reads, is no secret and comes from `queries`.
    """
    reach = viewer.reach_of(*SEE_NAMES)
    if Reach.ALL in reach:
        return Worksite.objects.all()
    allowed = _sites_in(reach)
    if turf := reach.get(Reach.TURF):
        allowed |= Q(pk__in=_open_assignments().filter(person__public_id__in=turf).values("worksite_id"))
    return Worksite.objects.filter(allowed)


def persons_visible_to(viewer: Viewer, *, on: date | None = None) -> QuerySet[Person]:
    """The persons whose names the viewer may know: themselves, and those of their areas, worksites or turf.

    on: the day by which an assignment counts as current; without it, only one without an end does.
    """
    return _persons(viewer, SEE_NAMES, on)


def persons_reached_by(viewer: Viewer, *, on: date | None = None) -> QuerySet[Person]:
    """The persons whose contacts the viewer may read, and by whose contacts the viewer may find them.

    on: as in `persons_visible_to`.
    """
    return _persons(viewer, SEE_CONTACTS, on)


def persons_within(viewer: Viewer, *roles: Role, on: date | None = None) -> QuerySet[Person]:
    """The persons within reach of these roles of the viewer alone; oneself is not among them by that alone.

    on: as in `persons_visible_to`.
    """
    return _persons(viewer, roles, on, own=False)


def worksites_within(viewer: Viewer, *roles: Role) -> QuerySet[Worksite]:
    """The worksites that these roles of the viewer reach as areas or worksites, or all; a turf names none."""
    reach = viewer.reach_of(*roles)
    return Worksite.objects.all() if Reach.ALL in reach else Worksite.objects.filter(_sites_in(reach))


def may_see_contact(viewer: Viewer, person: Person, *, on: date | None = None) -> bool:
    """Whether the viewer may read how to reach this person: their own turf, worksite or area, or it is themselves."""
    return _persons(viewer, SEE_CONTACTS, on).filter(pk=person.pk).exists()


def may_import(viewer: Viewer) -> bool:
    """Whether the viewer may bring in a list or take one back: data administrators, with a second factor."""
    return viewer.strong and Reach.ALL in viewer.reach_of(Role.DATA_ADMINISTRATOR)


def require_import(viewer: Viewer) -> None:
    """Let pass whoever may bring in lists. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, Role.DATA_ADMINISTRATOR, strong=True)
    if not may_import(viewer):
        raise NotAllowed


def require_people(viewer: Viewer) -> None:
    """Let those pass who know anybody's name. Raises SignInNeeded, NotAllowed or SecondFactorNeeded.

    A role over more than one worksite asks for a second factor; a steward of one site and a CAT member do not.
    """
    reach = viewer.reach_of(*SEE_NAMES)
    wide = bool({Reach.ALL, Reach.AREA} & reach.keys()) or len(reach.get(Reach.WORKSITE, ())) > 1
    require_role(viewer, *SEE_NAMES, strong=wide)


def require_desk(viewer: Viewer) -> None:
    """Let those pass who put people's records right: organizers and data administrators, with a second factor.

    Raises SignInNeeded, NotAllowed or SecondFactorNeeded.
    """
    require_role(viewer, *DESK, strong=True)


def require_administrator(viewer: Viewer) -> None:
    """Let data administrators pass, with a second factor. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, Role.DATA_ADMINISTRATOR, strong=True)


def require_rolls(viewer: Viewer) -> None:
    """Let those pass who may look at frozen lists. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, *SEE_ROLLS, strong=True)


def may_read_file(viewer: Viewer) -> bool:
    """Whether the viewer hands out a person's whole file: an officer or data administrator, with a second factor."""
    return viewer.strong and Reach.ALL in viewer.reach_of(Role.OFFICER, Role.DATA_ADMINISTRATOR)


def require_subject_file(viewer: Viewer) -> None:
    """Let pass whoever hands out whole files. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, Role.OFFICER, Role.DATA_ADMINISTRATOR, strong=True)
    if not may_read_file(viewer):
        raise NotAllowed


def require_holds(viewer: Viewer) -> None:
    """Let officers and counsel pass, who stop the clocks. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, Role.OFFICER, Role.COUNSEL, strong=True)


def require_keeping(viewer: Viewer) -> None:
    """Let those pass who answer for what is kept. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, *KEEPERS, strong=True)


def require_breach(viewer: Viewer) -> None:
    """Let those pass who look up who was exposed: data desk, officers, counsel, over the whole local.

    Raises SignInNeeded, NotAllowed or SecondFactorNeeded.
    """
    require_role(viewer, *KEEPERS, strong=True)
    if not may_read_whole_trail(viewer):
        raise NotAllowed


def may_hold(viewer: Viewer) -> bool:
    """Whether the viewer may place a legal hold, or lift another's: officers and counsel, with a second factor."""
    return viewer.strong and viewer.has(Role.OFFICER, Role.COUNSEL)


def may_review_access(viewer: Viewer) -> bool:
    """Whether the viewer looks through who has access: data administrators and officers, with a second factor."""
    return viewer.strong and Reach.ALL in viewer.reach_of(*DECIDE_EXPORTS)


def require_access_review(viewer: Viewer) -> None:
    """Let those pass who look through who has access. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, *DECIDE_EXPORTS, strong=True)
    if not may_review_access(viewer):
        raise NotAllowed


def require_trail(viewer: Viewer) -> None:
    """Let those pass who may read any of the trail. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, *TRAIL_READERS, strong=True)


def may_read_whole_trail(viewer: Viewer) -> bool:
    """Whether nothing of the trail is hidden from the viewer: data administrators, officers, counsel."""
    return viewer.strong and Reach.ALL in viewer.reach_of(*TRAIL_WHOLE)


def may_take_evidence(viewer: Viewer) -> bool:
    """Whether the viewer may take a part of the trail along, with a reason that stands in it."""
    return viewer.strong and Reach.ALL in viewer.reach_of(*TRAIL_WHOLE)


def trail_visible_to(viewer: Viewer) -> Q:
    """The condition on entries of the trail that the viewer may read them, as the access table says.

    All for data administrators, officers and counsel; what happened at places of the own areas for organizers; what
    concerns votes for the election, pages for communications; one's own acts for nobody else: they stand on /me/.
    """
    allowed = Q(pk__in=[])
    if not viewer.strong:
        return allowed
    reach = viewer.reach_of(Role.ORGANIZER)
    if may_read_whole_trail(viewer) or Reach.ALL in reach:
        return Q()
    if areas := reach.get(Reach.AREA):
        sites = Worksite.objects.filter(area__public_id__in=areas).values_list("public_id", flat=True)
        allowed |= Q(place__in=[*areas, *sites])
    groups = [TrailGroup.VOTES] if viewer.has(*TRAIL_VOTES) else []
    groups += [TrailGroup.PAGES] if viewer.has(Role.COMMUNICATIONS) else []
    if groups:
        allowed |= Q(verb__in=verbs_of(groups=groups))
    if TrailGroup.PAGES in groups:
        allowed |= Q(verb__startswith="wagtail")
    return allowed


def sights_visible_to(viewer: Viewer, *, on: date | None = None) -> QuerySet[Sight]:
    """Who was shown whose contacts, of the persons whom the viewer answers for."""
    if may_read_whole_trail(viewer):
        return Sight.objects.all()
    if not viewer.strong or not viewer.has(Role.ORGANIZER):
        return Sight.objects.none()
    return Sight.objects.filter(person__in=_persons(viewer, (Role.ORGANIZER,), on, own=False))


def persons_edited_by(viewer: Viewer, *, on: date | None = None) -> QuerySet[Person]:
    """The persons whose records the viewer may put right, merge and part: an organizer of the own areas, the data desk.

    on: as in `persons_visible_to`.
    """
    return _persons(viewer, DESK, on, own=False) if viewer.strong else Person.objects.none()


def may_edit(viewer: Viewer, person: Person, *, on: date | None = None) -> bool:
    """Whether the viewer may write into this person's record."""
    return persons_edited_by(viewer, on=on).filter(pk=person.pk).exists()


def doubts_visible_to(viewer: Viewer) -> QuerySet[Doubt]:
    """The doubtful rows the viewer may settle: an organizer those of worksites of the own areas, the data desk all."""
    if not viewer.strong:
        return Doubt.objects.none()
    reach = viewer.reach_of(*DESK)
    if Reach.ALL in reach:
        return Doubt.objects.all()
    return Doubt.objects.filter(site__in=Worksite.objects.filter(_sites_in(reach)))


def may_administer(viewer: Viewer) -> bool:
    """Whether the viewer runs the data desk, with a second factor: freezes lists, sees what the clocks would delete."""
    return viewer.strong and Reach.ALL in viewer.reach_of(Role.DATA_ADMINISTRATOR)


def may_see_rolls(viewer: Viewer) -> bool:
    """Whether the viewer may look at frozen lists, by public id: the data desk, officers, counsel, the election."""
    return viewer.strong and viewer.has(*SEE_ROLLS)


def _persons(viewer: Viewer, roles: tuple[Role, ...], on: date | None, *, own: bool = True) -> QuerySet[Person]:
    """The persons within reach of the roles, and oneself where `own`; somebody merged counts as whom she became."""
    if viewer.user_id is None:
        return Person.objects.none()
    reach = viewer.reach_of(*roles)
    if Reach.ALL in reach:
        return Person.objects.all()
    allowed = Q(user_id=viewer.user_id) if own else Q(pk__in=[])
    if turf := reach.get(Reach.TURF):
        merged = Person.objects.exclude(merged_into=None).filter(public_id__in=turf)
        allowed |= Q(public_id__in=turf) | Q(pk__in=merged.values("merged_into"))
    if Reach.AREA in reach or Reach.WORKSITE in reach:
        sites = Worksite.objects.filter(_sites_in(reach))
        allowed |= Q(pk__in=_open_assignments(on).filter(worksite__in=sites).values("person_id"))
    return Person.objects.filter(allowed)


def _sites_in(reach: dict[Reach, frozenset[str]]) -> Q:
    """The condition on worksites that areas and worksites of a reach make; nothing where it names none."""
    allowed = Q(pk__in=[])
    if areas := reach.get(Reach.AREA):
        allowed |= Q(area__public_id__in=areas)
    if sites := reach.get(Reach.WORKSITE):
        allowed |= Q(public_id__in=sites)
    return allowed


def _open_assignments(on: date | None = None) -> QuerySet[Assignment]:
    current = Q(ends_on__isnull=True)
    return Assignment.objects.filter(current | Q(ends_on__gte=on) if on else current)


def may_ask_export(viewer: Viewer) -> bool:
    """Whether the viewer may ask for a file with the data of many: data administrators, with a second factor."""
    return viewer.strong and Reach.ALL in viewer.reach_of(Role.DATA_ADMINISTRATOR)


def may_decide_exports(viewer: Viewer) -> bool:
    """Whether the viewer may be the second person: a data administrator or an officer, with a second factor."""
    return viewer.strong and Reach.ALL in viewer.reach_of(*DECIDE_EXPORTS)


def require_exports(viewer: Viewer) -> None:
    """Let those pass who ask for exports or decide about them. Raises SignInNeeded, NotAllowed, SecondFactorNeeded."""
    require_role(viewer, *DECIDE_EXPORTS, strong=True)
    if not may_decide_exports(viewer):
        raise NotAllowed


def may_decide_export(viewer: Viewer, export: Export) -> bool:
    """Whether the viewer may be the second person for this export: never for their own."""
    return may_decide_exports(viewer) and export.asked_by_id != viewer.user_id


def may_fetch_export(viewer: Viewer, export: Export) -> bool:
    """Whether the viewer may fetch the file: who asked for it, as long as they are a data administrator."""
    return may_ask_export(viewer) and export.asked_by_id == viewer.user_id


def exports_visible_to(viewer: Viewer) -> QuerySet[Export]:
    """All exports, the operator's too, for those who may be the second person; none for everybody else."""
    return Export.objects.all() if may_decide_exports(viewer) else Export.objects.none()


def require_inviting(viewer: Viewer) -> None:
    """Let those pass who may offer somebody a role. Raises SignInNeeded or NotAllowed.

    A wide role shows itself only after its second factor.
    """
    require_signed_in(viewer)
    if not roles_to_offer(viewer):
        raise NotAllowed


def in_management(*, name: str, contact: Contact, worksite: Worksite | None = None) -> Person | None:
    """Somebody in management with that contact and a name that can be this one, or of the very name there; else none.

    Told to nobody who knocks: only to those who answer for the worksite.
    """
    people = Person.objects.get_queryset().filter(employment=Employment.MANAGEMENT)
    same = people.filter(contact_points__index_full__in=lookup(contact)).order_by("pk").distinct()
    found = next((one for one in same if are_compatible(one.name, name)), None)
    if found is not None or worksite is None:
        return found
    there = _open_assignments().filter(worksite=worksite).values("person_id")
    return people.filter(name_key=fold(name)[:400], pk__in=there).order_by("pk").first()


class ScopeDirectory:
    """Tells accounts where a role holds: the roster's side of `accounts.hookspecs`."""

    def lies_within(self, *, viewer: Viewer, grant: Grant) -> bool:
        """Whether every code of the grant lies where the viewer's own roles reach; never where it names none.

        Only the roles by which the viewer may bring that role in count: a turf elsewhere does not widen a steward's.
        """
        roles = tuple(role for role, brought in MAY_BRING.items() if grant.role in brought)
        reach = viewer.reach_of(*roles)
        if not grant.codes or not reach:
            return False
        mine: set[str] = set()
        if grant.reach is Reach.WORKSITE:
            sites = Worksite.objects.all() if Reach.ALL in reach else Worksite.objects.filter(_sites_in(reach))
            mine = set(sites.filter(public_id__in=grant.codes).values_list("public_id", flat=True))
        elif grant.reach is Reach.TURF:
            people = _persons(viewer, roles, None, own=False)
            mine = set(people.filter(public_id__in=grant.codes).values_list("public_id", flat=True))
        return mine == grant.codes

    def in_words(self, grant: Grant) -> str:
        """Where the grant holds, in words: names of worksites or areas, or how many persons."""
        if grant.reach is Reach.TURF:
            count = len(grant.codes)
            return ngettext("%(count)s person", "%(count)s persons", count) % {"count": count}
        places = Area.objects if grant.reach is Reach.AREA else Worksite.objects
        return ", ".join(str(place) for place in places.filter(public_id__in=grant.codes).order_by("name", "pk"))

    def where_now(self, *, reach: Reach, codes: Collection[str]) -> dict[str, str]:
        """Of these worksites or persons those that were merged, each with the one it was merged into. One query."""
        tables: dict[Reach, type[Worksite] | type[Person]] = {Reach.WORKSITE: Worksite, Reach.TURF: Person}
        if reach not in tables:
            return {}
        rows = tables[reach]._base_manager.filter(public_id__in=codes).exclude(merged_into=None)
        return dict(rows.values_list("public_id", "merged_into__public_id"))


class MemberDirectory:
    """Tells accounts which person stands behind one: the roster's side of `accounts.hookspecs`."""

    def find_account(self, *, user_ids: Sequence[int], first_name: str, site_text: str) -> int | None:
        """The one account among user_ids of a person with that first name at that worksite, as typed; else none."""
        asked, wanted = fold(first_name), fold(site_text).split()
        sites: dict[int, str] = defaultdict(str)
        rows = _open_assignments().filter(person__user_id__in=user_ids)
        for user_id, name, search in rows.values_list("person__user_id", "person__name", "worksite__search"):
            if asked and f"{fold(name)} ".startswith(f"{asked} "):
                sites[user_id] += search
        found = [
            user_id for user_id, search in sites.items() if wanted and all(f" {word}" in search for word in wanted)
        ]
        return found[0] if len(found) == 1 else None

    def stands_with_employer(self, *, name: str, contact: Contact) -> bool:
        """Whether somebody in management has that contact and a name that can be this one."""
        return in_management(name=name, contact=contact) is not None

    def may_vouch(self, *, viewer: Viewer, user_id: int) -> bool:
        """Whether the account's person is of the viewer's own turf, worksite or area."""
        roles = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER)
        return _persons(viewer, roles, None).filter(user_id=user_id).exists()
