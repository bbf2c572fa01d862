"""Whose clock has run out: former members who are to be cut down to the minimal record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import BooleanField, Case, Exists, Max, OuterRef, Q, QuerySet, When

from unionhall.foundation.errors import NotFound
from unionhall.roster.enums import Employment, Membership
from unionhall.roster.models import Assignment, ContactPoint, Hold, Person, PersonRecord
from unionhall.rulebook.retention import MONTHS, Leaving, clock_of


class NoSuchHold(NotFound):
    """No legal hold has that public id."""

    code = "no_such_hold"


FORMER: Final = Q(employment=Employment.SEPARATED) | Q(employment=Employment.UNKNOWN, membership=Membership.FORMER)


@dataclass(frozen=True, slots=True)
class Clocks:
    """How the clocks of former members stand.

    due: (number of the person, the day her clock ran out), in order. waiting: whose clock still runs; held: whom a
    legal hold covers; no_day: of whom nobody knows since when she is gone; next_on: the next day a clock runs out.
    """

    due: tuple[tuple[int, date], ...]
    waiting: int
    held: int
    no_day: int
    next_on: date | None


def clocks(*, today: date, months: int = MONTHS) -> Clocks:
    """The clocks of all former members who are not cut down yet. Two queries."""
    due: list[tuple[int, date]] = []
    counts = {"waiting": 0, "held": 0, "no_day": 0, "stays": 0}
    next_on: date | None = None
    for pk, leaving in _leavings():
        found = clock_of(leaving, today=today, months=months)
        if found.code == "due" and found.on is not None:
            due.append((pk, found.on))
            continue
        counts[found.code] += 1
        if found.code == "waiting" and found.on is not None:
            next_on = min(found.on, next_on or found.on)
    return Clocks(tuple(due), counts["waiting"], counts["held"], counts["no_day"], next_on)


def holds() -> QuerySet[Hold]:
    """The legal holds that stand, the latest first, each with its person or worksite."""
    return Hold.objects.filter(lifted_at=None).select_related("person", "worksite")


def holds_before() -> QuerySet[Hold]:
    """The legal holds that were lifted, the latest first."""
    return Hold.objects.exclude(lifted_at=None).select_related("person", "worksite").order_by("-lifted_at", "-pk")


def get_hold(public_id: str) -> Hold:
    """The hold of that public id. Raises NoSuchHold."""
    found = Hold.objects.select_related("person", "worksite").filter(public_id=public_id).first()
    if found is None:
        raise NoSuchHold
    return found


def hold_on_everybody() -> bool:
    """Whether a legal hold covers everybody, so that no clock that keeps evidence may run. One query."""
    return Hold.objects.filter(lifted_at=None, person=None, worksite=None).exists()


def held_persons() -> Q:
    """The condition on persons that a hold on a person or on a worksite covers them."""
    standing = Hold.objects.filter(lifted_at=None)
    there = Assignment.objects.filter(
        person=OuterRef("pk"), worksite__in=standing.exclude(worksite=None).values("worksite")
    )
    return Q(Exists(standing.filter(person=OuterRef("pk")))) | Q(Exists(there))


def files_held() -> Q:
    """The condition on files of lists that a hold covers somebody in them, by what their source said then."""
    held = Person.objects.get_queryset().filter(held_persons())
    there = PersonRecord.objects.filter(
        person__in=held,
        source=OuterRef("imported__source"),
        first_seen_on__lte=OuterRef("imported__as_of"),
        last_seen_on__gte=OuterRef("imported__as_of"),
    )
    return Q(Exists(there))


def _leavings() -> Iterator[tuple[int, Leaving]]:
    """Each former member of whom more than the minimal record is held."""
    all_held = hold_on_everybody()
    its_own = Assignment.objects.filter(person=OuterRef("pk"))
    rows = (
        Person.objects.get_queryset()
        .filter(FORMER, merged_into=None)
        .annotate(
            last_day=Max("assignments__ends_on"),
            is_open=Exists(its_own.filter(ends_on=None)),
            is_held=Case(When(held_persons(), then=True), default=False, output_field=BooleanField()),
            is_reachable=Exists(ContactPoint.objects.filter(person=OuterRef("pk"))),
        )
        .exclude(shrunk_at__isnull=False, is_reachable=False)
        .order_by("pk")
    )
    fields = ("pk", "separated_on", "missing_since", "last_day", "is_open", "is_held")
    for pk, separated, missing, last, is_open, is_held in rows.values_list(*fields):
        yield (
            pk,
            Leaving(
                is_former=True,
                separated_on=separated,
                missing_since=missing,
                last_day=last,
                is_open=is_open,
                is_held=is_held or all_held,
            ),
        )
