"""Frozen lists: who fits a filter on a day, what was frozen, and whether it still comes out the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import Invalid, NotFound
from unionhall.roster import access
from unionhall.roster.enums import Employment, Membership, Standing
from unionhall.roster.models import Area, Assignment, Person, Roll, RollLine, Unit, Worksite
from unionhall.rulebook.rolls import Difference, Line, Stay, difference, lines_on, proof_of

MOST_DIFFERENCES: Final = 200
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
    stays = (
        Stay(person, site, unit or "", starts_on, ends_on, hours)
        for person, site, unit, starts_on, ends_on, hours in rows.iterator(2000)
    )
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
    names = _names(viewer, [row.person for row in rows], {row.worksite for row in rows})
    return [
        NamedLine(row.place, row.person, names.get(row.person, ""), names.get(row.worksite, row.worksite), row.unit)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class NamedDifference:
    """How a frozen list would come out today, with names. what: "gone", "added", "moved" or "merged"."""

    what: str
    person: str
    name: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class NamedCheck:
    """What became of a frozen list, as its page says it. lines: at most two hundred of `differences`."""

    is_whole: bool
    differences: int
    lines: Sequence[NamedDifference]


def named_check(viewer: Viewer, roll: Roll) -> NamedCheck:
    """The check of a frozen list with the names of persons and worksites. Five queries."""
    found = check_roll(roll)
    rows: list[tuple[str, Line | None, Line | None]] = [
        ("merged" if line.person in found.merged else "gone", line, None) for line in found.difference.gone
    ]
    rows += [("added", None, line) for line in found.difference.added]
    rows += [("moved", then, now) for then, now in found.difference.moved]
    shown = rows[:MOST_DIFFERENCES]
    people = [(then or now).person for _what, then, now in shown]  # type: ignore[union-attr]
    sites = {line.worksite for _what, *both in shown for line in both if line is not None}
    names = _names(viewer, people, sites)
    return NamedCheck(
        is_whole=found.is_whole,
        differences=len(rows),
        lines=[
            NamedDifference(
                what,
                person,
                names.get(person, ""),
                names.get(then.worksite, then.worksite) if then else "",
                names.get(now.worksite, now.worksite) if now else "",
            )
            for (what, then, now), person in zip(shown, people, strict=True)
        ],
    )


def choices() -> dict[str, list[tuple[str, str]]]:
    """The areas and units that a list may be narrowed to: code and name. Two queries."""
    return {
        "areas": [(area.code, str(area)) for area in Area.objects.order_by("code")],
        "units": [(unit.code, f"{unit.code} {unit.name}") for unit in Unit.objects.order_by("code")],
    }


def asked_words(asked: Mapping[str, Sequence[str]]) -> list[tuple[str, list[str]]]:
    """What a frozen list was asked for, for its page: the part, and the names of its values. At most two queries."""
    named: dict[str, dict[str, str]] = {
        "employment": {str(value): str(label) for value, label in Employment.choices},
        "membership": {str(value): str(label) for value, label in Membership.choices},
        "standing": {str(value): str(label) for value, label in Standing.choices},
    }
    if {"areas", "units"} & asked.keys():
        named |= {part: dict(found) for part, found in choices().items()}
    return [(part, [named.get(part, {}).get(value, value) for value in values]) for part, values in asked.items()]


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


def _names(viewer: Viewer, persons: Sequence[str], sites: Collection[str]) -> dict[str, str]:
    """What persons, for those who may know, and worksites are called now, by public id."""
    people = Person.objects.filter(public_id__in=persons if access.may_see_rolls(viewer) else [])
    named = dict(people.values_list("public_id", "name"))
    return named | dict(Worksite.objects.filter(public_id__in=sites).values_list("public_id", "name"))
