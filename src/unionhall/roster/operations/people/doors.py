"""When somebody comes to stand on the employer's side, every door of ours is closed at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from unionhall.accounts.models import User
from unionhall.accounts.operations import close_account
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.roster.events import PersonBecameManagement
from unionhall.roster.models import Assignment, Person


@transaction.atomic
def shut_doors(*, persons: Sequence[Person], actor: Actor, at: datetime) -> None:
    """Persons who became management: their accounts end with all roles and sessions, and their organizers are told.

    The telling is an entry of the trail at each of their worksites (`queries.became_management`) and an event. Taking
    back the list that said it opens no account again: an administrator does, who knows who asks.
    """
    if not persons:
        return
    accounts = User.objects.in_bulk([person.user_id for person in persons if person.user_id is not None])
    sites: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(person__in=persons, ends_on=None).order_by("pk")
    for pk, site in rows.values_list("person_id", "worksite__public_id"):
        sites.setdefault(pk, []).append(site)
    for person in persons:
        user = accounts.get(person.user_id) if person.user_id is not None else None
        if user is not None:
            close_account(user=user, actor=actor, at=at, why="management")
        for place in dict.fromkeys(sites.get(person.pk, [""])):
            audit.record(
                actor=actor,
                verb="roster.became_management",
                at=at,
                obj=person,
                label=person.public_id,
                place=place,
                detail={"person": person.public_id, "account": user is not None},
            )
        events.publish(PersonBecameManagement(public_id=person.public_id, had_account=user is not None))
