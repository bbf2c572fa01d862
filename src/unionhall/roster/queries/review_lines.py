"""One line of a list that may be somebody we know, beside those it may be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from unionhall.foundation.access import Viewer
from unionhall.roster import access
from unionhall.roster.models import Doubt, Person
from unionhall.roster.queries.doubts import open_doubts
from unionhall.roster.queries.review import SHOWN, NothingToReview, Side, sides_of
from unionhall.rulebook.matching import Reason

LATELY: Final = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the line may mean. number: the key that chooses her, from 1."""

    number: int
    person: Person
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One field: what the line says, and what is held of each candidate with "same", "other" or "" against the line."""

    field: str
    said: Sequence[str]
    held: Sequence[tuple[Sequence[str], str]]


@dataclass(frozen=True, slots=True)
class LinePage:
    """A doubtful line and its candidates. hidden: how many more candidates are beyond the viewer's own areas."""

    doubt: Doubt
    candidates: Sequence[Candidate]
    rows: Sequence[LineRow]
    hidden: int
    place: int
    total: int


def lines_for(viewer: Viewer, *, worksite: str = "") -> QuerySet[Doubt]:
    """The lines about people that wait for the viewer. worksite: public id; only those whose line names it."""
    rows = open_doubts().filter(record="person", pk__in=access.doubts_visible_to(viewer).values("pk"))
    return rows.filter(site__public_id=worksite) if worksite else rows


def get_line(viewer: Viewer, public_id: str) -> Doubt:
    """A line that waits for the viewer. Raises NothingToReview, also where somebody settled it a moment ago."""
    found = lines_for(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NothingToReview
    return found


def settled_lately(viewer: Viewer) -> list[Doubt]:
    """The lines settled last that the viewer may let wait again, the latest first; a few."""
    mine = access.doubts_visible_to(viewer).filter(record="person", way_back__isnull=False)
    rows = mine.select_related("imported").defer("row", "way_back").order_by("-decided_at", "-pk")
    return list(rows[:LATELY])


def get_settled(viewer: Viewer, public_id: str) -> Doubt:
    """A settled line that the viewer may let wait again. Raises NothingToReview."""
    mine = access.doubts_visible_to(viewer).filter(record="person", way_back__isnull=False)
    found = mine.filter(public_id=public_id).first()
    if found is None:
        raise NothingToReview
    return found


def get_candidate(viewer: Viewer, doubt: Doubt, number: str, *, on: date) -> Person:
    """The candidate of that number, as `line_page` counts them. Raises NothingToReview."""
    known = _candidates(viewer, doubt, on)
    at = int(number) if number.isascii() and number.isdigit() else 0
    if not 1 <= at <= len(known):
        raise NothingToReview
    return known[at - 1].person


def line_page(viewer: Viewer, *, on: date, place: int, worksite: str = "") -> LinePage | None:
    """The line at that place of the viewer's queue, from 1, round again past its end; None where nothing waits.

    The same number of queries, however long the queue.
    """
    waiting = lines_for(viewer, worksite=worksite)
    total = waiting.count()
    if not total:
        return None
    at = (place - 1) % total
    doubt = waiting[at]
    candidates = _candidates(viewer, doubt, on)
    sides = sides_of([one.person for one in candidates])
    said = _said(doubt)
    rows = [_row(name, said.get(name, ()), sides) for name in SHOWN]
    return LinePage(
        doubt=doubt,
        candidates=candidates,
        rows=[row for row in rows if row.said or any(values for values, _mark in row.held)],
        hidden=len(doubt.candidates) - len(candidates),
        place=at + 1,
        total=total,
    )


def _candidates(viewer: Viewer, doubt: Doubt, on: date) -> list[Candidate]:
    """Those the viewer may put right, best first; one merged since counts as whom she became."""
    ids = [one["pk"] for one in doubt.candidates]
    became = dict(Person.objects.filter(pk__in=ids).values_list("pk", "merged_into"))
    meant = {pk: became.get(pk) or pk for pk in ids}
    mine = access.persons_edited_by(viewer, on=on).filter(pk__in=meant.values()).in_bulk()
    found: dict[int, Candidate] = {}
    for one in doubt.candidates:
        person = mine.get(meant[one["pk"]])
        if person is not None and person.pk not in found:
            reasons = [Reason(*reason) for reason in one["reasons"]]
            found[person.pk] = Candidate(len(found) + 1, person, reasons)
    return list(found.values())


def _said(doubt: Doubt) -> Mapping[str, Sequence[str]]:
    """What the line says, field by field as text."""
    kept: dict[str, Any] = json.loads(doubt.row)
    row = kept["row"]
    jobs = [*([row["job"]] if row["job"] else []), *kept["jobs"]]
    contacts = [(contact["kind"], contact["value"]) for contact in row["contacts"]]
    said: dict[str, list[str]] = {
        "name": [row["name"]],
        "worksites": [job["worksite"] or job["worksite_code"] for job in jobs],
        "jobs": [job["job"] for job in jobs],
        "hired_on": [row["hired_on"] or ""],
        "birth": [row["birth"]],
        "employment": [row["status"]],
        "membership": [row["membership"]],
        "phones": [value for kind, value in contacts if kind in ("sms", "phone")],
        "mails": [value for kind, value in contacts if kind == "mail"],
        "ids": [f"{doubt.imported.source} {row['id']}" if row["id"] else ""],
    }
    return {name: tuple(dict.fromkeys(value for value in values if value)) for name, values in said.items()}


def _row(name: str, said: Sequence[str], sides: Sequence[Side]) -> LineRow:
    return LineRow(name, said, [(side.fields[name], _mark(said, side.fields[name])) for side in sides])


def _mark(said: Sequence[str], held: Sequence[str]) -> str:
    if not said or not held:
        return ""
    return "same" if set(said) & set(held) else "other"
