"""Giving and ending roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.enums import ADMIN_ROLES
from unionhall.accounts.events import RoleEnded, RoleGranted, RolesFollowed
from unionhall.accounts.hookspecs import scope_directory
from unionhall.accounts.models import RoleGrant, User
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor, Reach, Role
from unionhall.foundation.errors import Invalid

SCOPED = frozenset({Reach.AREA, Reach.WORKSITE, Reach.TURF})


class ScopeUnclear(Invalid):
    """A role was given somewhere without saying where, or everywhere with a place."""

    code = "scope_unclear"
    message = _("Say where the role holds: name the areas, worksites or persons, or give it everywhere without any.")


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    reach: Reach,
    codes: Iterable[str] = (),
    actor: Actor,
    at: datetime,
    ends_on: date | None = None,
) -> RoleGrant:
    """The role, given from the day of `at` on; the very same grant a second time gives the first one back.

    codes: public ids of areas, worksites or persons, as the reach says; none for ALL and OWN. ends_on: the last day.
    Raises ScopeUnclear.
    """
    named = sorted(set(codes))
    if bool(named) != (reach in SCOPED):
        raise ScopeUnclear
    places = _stood_for(reach, named)
    day = timezone.localdate(at)
    same = RoleGrant.objects.filter(user=user, role=role, reach=reach, ends_on=ends_on, starts_on__lte=day)
    for held in same.filter(ended_at=None):
        if sorted(held.codes) == places:
            return held
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        reach=reach,
        codes=places,
        named=named if named != places else [],
        starts_on=day,
        ends_on=ends_on,
        given_by_id=actor.user_id,
    )
    _join_admin_group(user, role)
    detail = {"user": user.pk, "role": role.value, "reach": reach.value, "codes": places}
    audit.record(actor=actor, verb="accounts.role_granted", at=at, obj=grant, label=grant.role, detail=detail)
    events.publish(RoleGranted(user_id=user.pk, grant_id=grant.pk, role=role.value))
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, actor: Actor, at: datetime, why: str = "") -> RoleGrant:
    """The role holds no more from this moment. Ending what has ended changes nothing.

    why: the reason in a sentence, for the trail.
    """
    if grant.ended_at is not None:
        return grant
    grant.ended_at = at
    grant.save(update_fields=["ended_at"])
    _leave_admin_group(grant)
    detail = {"user": grant.user_id}
    audit.record(actor=actor, verb="accounts.role_ended", at=at, obj=grant, label=grant.role, why=why, detail=detail)
    events.publish(RoleEnded(user_id=grant.user_id, grant_id=grant.pk, role=grant.role))
    return grant


@transaction.atomic
def follow_scopes(*, reach: Reach, codes: Collection[str], actor: Actor, at: datetime) -> tuple[int, ...]:
    """Roles that name one of these places or persons hold where it is now; gives the grants that moved.

    To be called in the transaction in which places or persons become one, or their own again; codes: all of them. Where
    the two are parted, each role is back exactly where it was given.
    """
    touched = set(codes)
    rows = RoleGrant.objects.select_for_update().filter(reach=reach, ended_at=None).order_by("pk")
    held = [grant for grant in rows if touched.intersection(grant.codes) or touched.intersection(grant.named)]
    now = _where_now(reach, {code for grant in held for code in (grant.named or grant.codes)})
    moved = [grant for grant in held if _moved(grant, now)]
    for grant in moved:
        detail = {"user": grant.user_id, "codes": grant.codes, "named": grant.named}
        audit.record(actor=actor, verb="accounts.role_followed", at=at, obj=grant, label=grant.role, detail=detail)
    RoleGrant.objects.bulk_update(moved, ["codes", "named"])
    ids = tuple(grant.pk for grant in moved)
    if ids:
        events.publish(RolesFollowed(grant_ids=ids))
    return ids


def _moved(grant: RoleGrant, now: Mapping[str, str]) -> bool:
    """Let the grant hold where what it names is now; whether that is elsewhere than before. Not saved."""
    named, before = sorted(grant.named or grant.codes), grant.codes
    grant.codes = sorted({now.get(code, code) for code in named})
    grant.named = named if grant.codes != named else []
    return bool(sorted(before) != grant.codes)


def _stood_for(reach: Reach, named: Collection[str]) -> list[str]:
    """Where a role holds that names these codes."""
    now = _where_now(reach, named) if named else {}
    return sorted({now.get(code, code) for code in named})


def _where_now(reach: Reach, codes: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for directory in scope_directory:
        found |= directory.where_now(reach=reach, codes=codes)
    return found


def _join_admin_group(user: User, role: Role) -> None:
    """Wagtail gives its rights to groups; the group of a role carries the right to enter the admin."""
    if role not in ADMIN_ROLES:
        return
    group, made = Group.objects.get_or_create(name=role.value)
    if made:
        group.permissions.set(
            Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
        )
    user.groups.add(group)


def _leave_admin_group(grant: RoleGrant) -> None:
    others = RoleGrant.objects.filter(user=grant.user_id, role=grant.role, ended_at=None).exclude(pk=grant.pk)
    if not others.exists():
        grant.user.groups.remove(*Group.objects.filter(name=grant.role))
