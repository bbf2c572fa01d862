"""Who reads the updates of a campaign: what a member gets herself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from unionhall.campaigns.models import Subscription
from unionhall.foundation.contacts import Contact, lookup
from unionhall.roster.enums import ContactKind, ContactOwner
from unionhall.roster.models import ContactPoint, OptOut, Person
from unionhall.roster.queries.subject import spoken_contact


@dataclass(frozen=True, slots=True)
class OwnUpdates:
    """The updates of one campaign at one number or address of hers. silent: all messages there are stopped."""

    row: Subscription
    spoken: str
    silent: bool


def updates_of(person: Person) -> list[OwnUpdates]:
    """What comes to the numbers and addresses that the person has proved to be hers. Three queries.

    One that some list gave may be somebody else's, whose updates are none of hers.
    """
    points = _proved(person)
    rows = list(_rows_at(points))
    asked = OptOut.objects.filter(lifted_at=None, index_full__in=[point.index_full for point in points])
    quiet = set(asked.values_list("index_full", flat=True)) if rows else set()
    silent = {(point.kind == ContactKind.MAIL, point.value) for point in points if point.index_full in quiet}
    return [
        OwnUpdates(row, spoken_contact(row.channel, row.value), (row.channel == "mail", row.value) in silent)
        for row in rows
    ]


def own_updates(person: Person, public_id: str) -> Subscription | None:
    """The person's own subscription of that id; none for anybody else's."""
    return _rows_at(_proved(person)).filter(public_id=public_id).first()


def _proved(person: Person) -> list[ContactPoint]:
    mine = ContactPoint.objects.filter(person=person, owner=ContactOwner.PERSONAL, is_current=True)
    return list(mine.exclude(verified_at=None).exclude(kind=ContactKind.POST).order_by("pk"))


def _rows_at(points: Sequence[ContactPoint]) -> QuerySet[Subscription]:
    indexes = [
        index
        for point in points
        for index in lookup(Contact(kind="mail" if point.kind == ContactKind.MAIL else "sms", value=point.value))
    ]
    return Subscription.objects.select_related("campaign").filter(contact_index__in=indexes)
