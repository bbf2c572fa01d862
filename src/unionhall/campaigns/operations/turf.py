"""Turfs: people are given to a CAT member, moved, taken back; and each act is taken back whole.

The lines (Cover) say who answers for whom. From them follows what a CAT member may see: the codes of her grant in
accounts, written anew in the same transaction whenever a line changes, and after an import, a merge or the like. So a
person who left the worksite is out of reach at once, and within it again when she is back (docs/decisions/0055).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts import operations as accounts
from unionhall.accounts.models import Invitation, RoleGrant, User
from unionhall.accounts.operations import Offer
from unionhall.campaigns.events import TurfChanged
from unionhall.campaigns.models import Cover
from unionhall.campaigns.queries.turf import at_the_site, reached_by_covers
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor, Grant, Reach, Role, Viewer
from unionhall.foundation.contacts import Contact
from unionhall.foundation.errors import Invalid, Refused
from unionhall.foundation.ids import new_public_id
from unionhall.roster.models import Merge, Person, Worksite


class NobodyTicked(Invalid):
    """A turf was to be given without people, or with people who are not there."""

    code = "nobody_ticked"
    message = _("Tick at least one person first. Whoever left in the meantime cannot be given to anybody.")


class NothingToUndo(Refused):
    """Undo of a giving that was taken back, or overtaken by a later one."""

    code = "nothing_to_undo"
    message = _("This was taken back already, or somebody gave these people on since. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Given:
    """What an act did. act: by which it is taken back, blank where nothing changed. people: how many lines changed."""

    act: str = ""
    people: int = 0


@transaction.atomic
def give_turf(*, worksite: Worksite, people: Sequence[str], to: User | Invitation, actor: Actor, at: datetime) -> Given:
    """From now on that CAT member answers for these people of the worksite, and nobody else there does.

    people: public ids. to: an account, or an invitation that is not accepted yet. Those whom she has already are left
    as they are. Raises NobodyTicked.
    """
    act, persons = new_public_id(), _ticked(worksite, people, at)
    before = {cover.person_id: cover for cover in _locked(worksite, persons)}
    same = {pk for pk, cover in before.items() if _holder(cover) == to}
    moved = [person for person in persons if person.pk not in same]
    if not moved:
        return Given()
    ended = [before[person.pk] for person in moved if person.pk in before]
    _end(ended, act, at)
    held = {"invitation": to} if isinstance(to, Invitation) else {"user": to}
    Cover.objects.bulk_create(
        Cover(person=person, worksite=worksite, given_by_id=actor.user_id, given_at=at, given_in=act, **held)
        for person in moved
    )
    detail = {"act": act, "to": to.public_id, "people": [person.public_id for person in moved]}
    _settle(worksite, [*ended, Cover(**held)], "campaigns.turf_given", detail, actor, at)
    return Given(act, len(moved))


@transaction.atomic
def invite_with_turf(
    *, worksite: Worksite, people: Sequence[str], name: str, contact: Contact, language: str, viewer: Viewer,
    actor: Actor, at: datetime,
) -> tuple[Invitation, str, Given]:  # fmt: skip
    """Ask somebody to become a CAT member for these people: the invitation, the secret of its link, what was done.

    Until it is accepted the people are promised to her, and reached by nobody through it. contact: her own, normalized.
    The link is sent by the caller after this. Raises NobodyTicked, NotAllowed or EmployersChannel.
    """
    codes = frozenset(person.public_id for person in _ticked(worksite, people, at))
    grant = Grant(Role.CAT_MEMBER, Reach.TURF, codes)
    offer = Offer(name=name, contact=contact, language=language, grant=grant, place=worksite.name)
    invitation, token = accounts.invite(offer=offer, viewer=viewer, actor=actor, at=at)
    given = give_turf(worksite=worksite, people=sorted(codes), to=invitation, actor=actor, at=at)
    return invitation, token, given


@transaction.atomic
def take_turf(*, worksite: Worksite, people: Sequence[str], actor: Actor, at: datetime) -> Given:
    """Nobody answers for these people of the worksite any more. people: public ids. Raises NobodyTicked."""
    persons, act = _ticked(worksite, people, at), new_public_id()
    ended = _locked(worksite, persons)
    if not ended:
        return Given()
    _end(ended, act, at)
    codes = {person.pk: person.public_id for person in persons}
    detail = {"act": act, "people": [codes[cover.person_id] for cover in ended]}
    _settle(worksite, ended, "campaigns.turf_taken", detail, actor, at)
    return Given(act, len(ended))


@transaction.atomic
def undo_turf(*, worksite: Worksite, act: str, actor: Actor, at: datetime) -> Given:
    """Take one act back whole: who was given is with whom she was before. Who was given on since stays there.

    Raises NothingToUndo.
    """
    Worksite.objects.select_for_update().filter(pk=worksite.pk).first()
    rows = Cover.objects.filter(worksite=worksite)
    begun = list(rows.filter(given_in=act, ended_at=None)) if act else []
    _end(begun, new_public_id(), at)
    held = set(rows.filter(ended_at=None).values_list("person_id", flat=True))
    back = [cover for cover in rows.filter(ended_in=act) if cover.person_id not in held] if act else []
    if not begun and not back:
        raise NothingToUndo
    Cover.objects.filter(pk__in=[cover.pk for cover in back]).update(ended_at=None, ended_in="")
    for invitation in _invitations(begun):
        if not Cover.objects.filter(invitation=invitation, ended_at=None).exists():
            accounts.withdraw_invitation(invitation=invitation, actor=actor, at=at)
    detail = {"act": act, "people": sorted(_codes([*begun, *back]))}
    _settle(worksite, [*begun, *back], "campaigns.turf_undone", detail, actor, at)
    return Given(act, len(begun) or len(back))


@transaction.atomic
def take_up_turf(*, invitation_id: int, actor: Actor, at: datetime) -> int:
    """The people who were promised with an accepted invitation are the CAT member's own now; gives how many."""
    invitation = Invitation.objects.filter(pk=invitation_id).exclude(user=None).first()
    if invitation is None:
        return 0
    taken = Cover.objects.filter(invitation=invitation, user=None, ended_at=None).update(user=invitation.user_id)
    if taken and invitation.user_id:
        keep_grants(user_ids=[invitation.user_id], actor=actor, at=at)
    return taken


@transaction.atomic
def end_turf_of(*, user_id: int, actor: Actor, at: datetime) -> int:
    """Give back the whole turf of somebody whose role was ended by hand; gives how many lines ended.

    Nothing where a role still holds, and nothing where none of her people are at their worksites just now: then the
    role went with them, and comes back with them.
    """
    reached = reached_by_covers([user_id], on=timezone.localdate(at)).get(user_id)
    if not reached or _grants([user_id], at):
        return 0
    rows = list(Cover.objects.filter(user=user_id, ended_at=None).select_related("worksite"))
    _end(rows, new_public_id(), at)
    audit.record(
        actor=actor, verb="campaigns.turf_ended", at=at, obj=User.objects.get(pk=user_id), detail={"people": len(rows)}
    )
    return len(rows)


@transaction.atomic
def keep_grants(*, user_ids: Iterable[int] | None = None, actor: Actor, at: datetime) -> int:
    """Let each CAT member reach exactly the people her lines name who are there now; gives how many grants changed.

    user_ids: whose; without it, everybody's. A role that reaches nobody any more ends; people in a grant who never
    stood on a line, given by hand, stay in it.
    """
    ids = sorted(set(user_ids)) if user_ids is not None else _everybody()
    wanted = reached_by_covers(ids, on=timezone.localdate(at))
    lined = _ever_lined(ids)
    held: dict[int, list[RoleGrant]] = {}
    for grant in _grants(ids, at):
        held.setdefault(grant.user_id, []).append(grant)
    changed = 0
    for user_id in ids:
        mine = held.get(user_id, [])
        by_hand = {code for grant in mine for code in grant.codes} - lined.get(user_id, set())
        changed += _write_grant(user_id, mine, wanted.get(user_id, set()) | by_hand, actor, at)
    return changed


def _write_grant(user_id: int, held: Sequence[RoleGrant], codes: set[str], actor: Actor, at: datetime) -> bool:
    """One grant with exactly these people. The older ones end, so that who saw whom when stays on record."""
    if [set(grant.codes) for grant in held] == ([codes] if codes else []):
        return False
    last_days = [grant.ends_on for grant in held]
    for grant in held:
        accounts.end_role(grant=grant, actor=actor, at=at, why="turf changed")
    if codes:
        ends_on = None if not held or None in last_days else max(day for day in last_days if day)
        user = User.objects.get(pk=user_id)
        accounts.grant_role(
            user=user, role=Role.CAT_MEMBER, reach=Reach.TURF, codes=codes, actor=actor, at=at, ends_on=ends_on
        )
    return True


def _ticked(worksite: Worksite, people: Sequence[str], at: datetime) -> list[Person]:
    """The persons of these public ids who work there now, with the worksite locked against a second giver."""
    Worksite.objects.select_for_update().filter(pk=worksite.pk).first()
    persons = list(at_the_site(worksite, on=timezone.localdate(at)).filter(public_id__in=set(people)))
    if not persons:
        raise NobodyTicked
    return persons


def _locked(worksite: Worksite, persons: Sequence[Person]) -> list[Cover]:
    rows = Cover.objects.select_related("user", "invitation").filter(worksite=worksite, person__in=persons)
    return list(rows.filter(ended_at=None))


def _holder(cover: Cover) -> User | Invitation | None:
    return cover.user or cover.invitation


def _end(covers: Sequence[Cover], act: str, at: datetime) -> None:
    Cover.objects.filter(pk__in=[cover.pk for cover in covers]).update(ended_at=at, ended_in=act)


def _settle(
    worksite: Worksite, covers: Sequence[Cover], verb: str, detail: dict[str, Any], actor: Actor, at: datetime
) -> None:
    """What follows from changed lines: grants, open invitations, the trail, the event."""
    keep_grants(user_ids=[cover.user_id for cover in covers if cover.user_id], actor=actor, at=at)
    for invitation in _invitations(covers):
        codes = Cover.objects.filter(invitation=invitation, ended_at=None).values_list("person__public_id", flat=True)
        accounts.narrow_invitation(invitation=invitation, codes=list(codes), actor=actor, at=at)
    audit.record(actor=actor, verb=verb, at=at, obj=worksite, place=worksite.public_id, detail=detail)
    events.publish(TurfChanged(worksite_id=worksite.pk, people=len(detail["people"]), at=at))


def _invitations(covers: Iterable[Cover]) -> list[Invitation]:
    """The invitations behind these lines that are neither accepted nor withdrawn."""
    ids = {cover.invitation_id for cover in covers if cover.invitation_id and cover.user_id is None}
    return list(Invitation.objects.filter(pk__in=ids, accepted_at=None, withdrawn_at=None))


def _codes(covers: Sequence[Cover]) -> set[str]:
    ids = [cover.person_id for cover in covers]
    return set(Person.objects.filter(pk__in=ids).values_list("public_id", flat=True))


def _grants(user_ids: Sequence[int], at: datetime) -> list[RoleGrant]:
    held = RoleGrant.objects.holding(timezone.localdate(at)).filter(role=Role.CAT_MEMBER, reach=Reach.TURF)
    return list(held.filter(user__in=user_ids).order_by("pk"))


def _everybody() -> list[int]:
    covers = Cover.objects.filter(Q(ended_at=None) & ~Q(user=None))
    return sorted(set(covers.values_list("user_id", flat=True)))


def _ever_lined(user_ids: Sequence[int]) -> dict[int, set[str]]:
    """Who ever stood on a line of each account, and whoever was one record with her, then or now."""
    rows = list(Cover.objects.filter(user__in=user_ids).values_list("user_id", "person__public_id"))
    twins: dict[str, set[str]] = {}
    for kept, absorbed in Merge.objects.values_list("kept__public_id", "absorbed__public_id"):
        twins.setdefault(kept, set()).add(absorbed)
        twins.setdefault(absorbed, set()).add(kept)
    found: dict[int, set[str]] = {}
    for user_id, code in rows:
        found.setdefault(user_id or 0, set()).update({code}, twins.get(code, ()))
    return found
