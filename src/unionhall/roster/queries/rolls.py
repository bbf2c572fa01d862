"""Frozen lists: who fits a filter on a day, what was frozen, and whether it still comes out the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import Invalid, NotFound
from unionhall.roster import access
from unionhall.roster.models import Assignment, Person, Roll, RollLine, Worksite
from unionhall.rulebook.rolls import Difference, Line, Stay, difference, lines_on, proof_of

# What a filter may ask: key → the column of an assignment that must hold one of the values.
_ASKED: Final[Mapping[str, str]] = {
    "areas": "worksite__area__code",
    "employment": "person__employment",
    "languages": "person__language",
    "membership": "person__membership",
    "standing": "person__standing",
    "units": "classification__unit__code",
    "worksites": "worksite__public_id",
}


class UnknownFilter(Invalid):
    """A filter that asks for what a list cannot be drawn by."""

    code = "unknown_filter"
    message = _("A list cannot be drawn by “%(key)s”.")


class NoSuchRoll(NotFound):
    """No frozen list of that public id that this viewer may see."""

    code = "no_such_roll"


@dataclass(frozen=True, slots=True)
class Check:
    """What became of a frozen list.

    is_whole: its lines still give its hash, so that nobody has touched them. difference: what the same filter gives for
    the same day now. merged: public id of a person in the frozen list → the one of the record she was merged into.
    """

    is_whole: bool
    difference: Difference
    merged: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedLine:
    """One line of a frozen list as its page shows it. name: blank where the person's record went."""

    place: int
    person: str
    name: str
    worksite: str
    unit: str


def filter_of(asked: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A filter in its one spelling, as it is frozen: keys and values in order, blank ones left out.

    Raises UnknownFilter for a key that is not of areas, employment, languages, membership, standing, units, worksites.
    """
    for key in asked:
        if key not in _ASKED:
            raise UnknownFilter(key=key)
    return {key: sorted(set(asked[key])) for key in sorted(asked) if asked[key]}


def roll_lines(asked: Mapping[str, Sequence[str]], as_of: date) -> tuple[Line, ...]:
    """The lines of the persons who fit a filter on a day. One query.

    asked: key → values of which one must hold; see `filter_of`. The dates of assignments decide who was where; what is
    asked of persons themselves is taken as it stands now. Nobody in management is on a list. Raises UnknownFilter.
    """
    wanted = Q()
    for key, values in filter_of(asked).items():
        wanted &= Q(**{f"{_ASKED[key]}__in": values})
    open_then = (Q(starts_on=None) | Q(starts_on__lte=as_of)) & (Q(ends_on=None) | Q(ends_on__gte=as_of))
    rows = (
        Assignment.objects.filter(wanted, open_then, person__merged_into=None)
        .exclude(person__employment="management")
        .order_by()
        .values_list(
            "person__public_id",
            "worksite__public_id",
            "classification__unit__code",
            "starts_on",
            "ends_on",
            "hours",
        )
    )
    stays = (Stay(person, site, unit or "", *days) for person, site, unit, *days in rows.iterator(2000))
    return lines_on(stays, as_of)


def rolls_visible_to(viewer: Viewer) -> QuerySet[Roll]:
    """The frozen lists the viewer may look at: all, or none."""
    return Roll.objects.all() if access.may_see_rolls(viewer) else Roll.objects.none()


def get_roll(viewer: Viewer, public_id: str) -> Roll:
    """The frozen list of that public id. Raises NoSuchRoll, also for whom it is not."""
    found = rolls_visible_to(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchRoll
    return found


def lines_of_roll(roll: Roll) -> tuple[Line, ...]:
    """The lines as they were frozen, in their order."""
    rows = RollLine.objects.filter(roll=roll).order_by("place")
    return tuple(Line(*row) for row in rows.values_list("person", "worksite", "unit"))


def named_lines(viewer: Viewer, rows: Sequence[RollLine]) -> list[NamedLine]:
    """Lines of one page with what the roster calls persons and worksites now. Two queries, however many lines."""
    named = Person.objects.filter(public_id__in=[row.person for row in rows])
    names = dict(named.values_list("public_id", "name")) if access.may_see_rolls(viewer) else {}
    sites = dict(Worksite.objects.filter(public_id__in={row.worksite for row in rows}).values_list("public_id", "name"))
    return [
        NamedLine(row.place, row.person, names.get(row.person, ""), sites.get(row.worksite, row.worksite), row.unit)
        for row in rows
    ]


def rows_of_roll(roll: Roll) -> QuerySet[RollLine]:
    """The lines as rows, in their order, to be cut into pages."""
    return RollLine.objects.filter(roll=roll).order_by("place")


def check_roll(roll: Roll) -> Check:
    """Whether a frozen list is untouched, and how the same question about the same day comes out now. Three queries."""
    then = lines_of_roll(roll)
    now = roll_lines(roll.filter, roll.as_of)
    found = difference(then, now)
    gone = [line.person for line in found.gone]
    rows = Person.objects.filter(public_id__in=gone).exclude(merged_into=None)
    merged = dict(rows.values_list("public_id", "merged_into__public_id"))
    return Check(is_whole=proof_of(then) == roll.sha256, difference=found, merged=merged)
