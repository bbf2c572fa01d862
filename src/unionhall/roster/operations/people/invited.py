"""Whoever took a role by a link is the person on the roster that the invitation meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from unionhall.accounts.models import Invitation
from unionhall.foundation.access import Actor, Reach
from unionhall.roster.enums import ContactOwner, Employment
from unionhall.roster.models import Assignment, Person
from unionhall.roster.operations.people.adding import link_user
from unionhall.rulebook.names import are_compatible, fold


@transaction.atomic
def link_invited(*, invitation_id: int, actor: Actor, at: datetime) -> Person | None:
    """The person whose own contact the account signs in by, with a name that fits; else the one of that very name at
    the worksite it is about. None where nobody or several fit, or the account is somebody's already.
    """
    row = Invitation.objects.select_related("user").filter(pk=invitation_id).exclude(user=None).first()
    if row is None or row.user is None or Person.objects.get_queryset().filter(user=row.user).exists():
        return None
    free = Person.objects.get_queryset().filter(user=None, merged_into=None)
    free = free.exclude(employment__in=(Employment.MANAGEMENT, Employment.SEPARATED))
    own = row.user.sign_in_contacts.values_list("index", flat=True)
    reached = Q(contact_points__index_full__in=own, contact_points__owner=ContactOwner.PERSONAL)
    found = [one for one in free.filter(reached).distinct() if are_compatible(one.name, row.name)]
    if not found:
        there = Assignment.objects.filter(ends_on=None, worksite__in=_sites(row)).values("person_id")
        found = list(free.filter(name_key=fold(row.name)[:400], pk__in=there)[:2])
    return link_user(person=found[0], user=row.user, actor=actor, at=at) if len(found) == 1 else None


def _sites(row: Invitation) -> Iterable[int]:
    """The worksites that an invitation is about: named, or where its people work."""
    if row.reach == Reach.WORKSITE:
        named = Q(worksite__public_id__in=row.codes)
    elif row.reach == Reach.TURF:
        named = Q(person__public_id__in=row.codes)
    else:
        return []
    return Assignment.objects.filter(named, ends_on=None).values_list("worksite", flat=True).distinct()
