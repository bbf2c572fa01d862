"""What waits for somebody's word: two records that look like one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import NotFound
from unionhall.roster import access
from unionhall.roster.models import Apart, Assignment, ContactPoint, LookAlike, Merge, Person, PersonRecord
from unionhall.rulebook.matching import PersonCard, Reason

SHOWN: Final = ("name", "worksites", "jobs", "hired_on", "birth", "employment", "membership", "phones", "mails", "ids")


class NothingToReview(NotFound):
    """No pair of that number waits for this viewer."""

    code = "nothing_to_review"


@dataclass(frozen=True, slots=True)
class Side:
    """One record of two, field by field as text; several values have one line each."""

    person: Person
    fields: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both. mark: "same", "other", or "" where one of the two says nothing."""

    field: str
    first: Sequence[str]
    second: Sequence[str]
    mark: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two records side by side. place, total: where in the queue, from 1. richer: the record that holds more."""

    pair: LookAlike
    lines: Sequence[Line]
    reasons: Sequence[Reason]
    place: int
    total: int
    richer: Person


def pairs_for(viewer: Viewer, *, on: date, worksite: str = "") -> QuerySet[LookAlike]:
    """The pairs that wait for the viewer: both records are of the own areas, and nobody has settled them.

    worksite: public id; only pairs of which one works there now.
    """
    mine = access.persons_edited_by(viewer, on=on).filter(merged_into=None)
    rows = LookAlike.objects.filter(first__in=mine, second__in=mine)
    apart = Apart.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
    rows = rows.filter(~Exists(apart)).select_related("first", "second")
    if worksite:
        there = Assignment.objects.filter(ends_on=None, worksite__public_id=worksite).values("person_id")
        rows = rows.filter(Q(first__in=there) | Q(second__in=there))
    return rows.order_by("-is_certain", "-score", "pk")


def get_pair(viewer: Viewer, pk: int, *, on: date) -> LookAlike:
    """A pair that waits for the viewer. Raises NothingToReview, also where somebody settled it a moment ago."""
    found = pairs_for(viewer, on=on).filter(pk=pk).first()
    if found is None:
        raise NothingToReview
    return found


def get_merge(viewer: Viewer, pk: int, *, on: date) -> Merge:
    """A merge that the viewer may take back. Raises NothingToReview."""
    found = Merge.objects.filter(pk=pk, kept__in=access.persons_edited_by(viewer, on=on)).first()
    if found is None:
        raise NothingToReview
    return found


def get_apart(viewer: Viewer, pk: int, *, on: date) -> Apart:
    """That two of the viewer's persons are two people, to be taken back. Raises NothingToReview."""
    mine = access.persons_edited_by(viewer, on=on)
    found = Apart.objects.filter(pk=pk, first__in=mine, second__in=mine).select_related("first", "second").first()
    if found is None:
        raise NothingToReview
    return found


def pair_page(viewer: Viewer, *, on: date, place: int, worksite: str = "") -> PairPage | None:
    """The pair at that place of the viewer's queue, from 1, round again past its end; None where nothing waits.

    The same number of queries, however long the queue.
    """
    rows = pairs_for(viewer, on=on, worksite=worksite)
    total = rows.count()
    if not total:
        return None
    at = (place - 1) % total
    pair = rows[at]
    first, second = sides_of([pair.first, pair.second])
    lines = [_line(name, first.fields[name], second.fields[name]) for name in SHOWN]
    held = [sum(len(side.fields[name]) for name in SHOWN) for side in (first, second)]
    return PairPage(
        pair=pair,
        lines=[line for line in lines if line.first or line.second],
        reasons=[Reason(*reason) for reason in pair.reasons],
        place=at + 1,
        total=total,
        richer=pair.second if held[1] > held[0] else pair.first,
    )


def sides_of(persons: Sequence[Person]) -> list[Side]:
    """What is held of each, for comparing. Three queries."""
    found: dict[int, dict[str, list[str]]] = {person.pk: defaultdict(list) for person in persons}
    places = Assignment.objects.filter(person__in=found, ends_on=None).select_related("worksite", "classification")
    for place in places.order_by("worksite__name", "pk"):
        _add(found[place.person_id]["worksites"], place.worksite.name)
        _add(found[place.person_id]["jobs"], str(place.classification or ""))
    for point in ContactPoint.objects.filter(person__in=found).exclude(kind="post").order_by("-is_current", "pk"):
        _add(found[point.person_id]["mails" if point.kind == "mail" else "phones"], str(point.value))
    for record in PersonRecord.objects.filter(person__in=found, code__startswith="=").order_by("source", "pk"):
        _add(found[record.person_id]["ids"], f"{record.source} {record.code[1:]}")
    for person in persons:
        own = found[person.pk]
        _add(own["name"], person.name)
        _add(own["hired_on"], person.hired_on.isoformat() if person.hired_on else "")
        for name in ("birth", "employment", "membership"):
            _add(own[name], getattr(person, name))
    return [Side(person, {name: tuple(found[person.pk][name]) for name in SHOWN}) for person in persons]


def cards() -> list[PersonCard]:
    """Everybody who stands for themselves, as the rule of likeness takes them: no contact, only its keyed hash.

    Five queries, however many persons.
    """
    tokens: dict[str, dict[int, set[str]]] = {kind: defaultdict(set) for kind in ("phones", "mails", "places")}
    kinds = {"sms": "phones", "phone": "phones", "mail": "mails", "post": "places"}
    for pk, kind, index in ContactPoint.objects.order_by().values_list("person_id", "kind", "index_full"):
        tokens[kinds[kind]][pk].add(index)
    ids: dict[int, set[tuple[str, str]]] = defaultdict(set)
    held = PersonRecord.objects.filter(code__startswith="=").order_by()
    for pk, source, code in held.values_list("person_id", "source", "code"):
        ids[pk].add((source, code[1:]))
    sites: dict[int, set[int]] = defaultdict(set)
    jobs: dict[int, set[str]] = defaultdict(set)
    places = Assignment.objects.filter(ends_on=None).order_by()
    for pk, site, job in places.values_list("person_id", "worksite_id", "classification__code"):
        sites[pk].add(site)
        jobs[pk] |= {job} if job else set()
    persons = Person.objects.get_queryset().filter(merged_into=None).order_by("pk")
    return [
        PersonCard(
            key=person.pk,
            name=person.name,
            given_name=person.given_name,
            family_name=person.family_name,
            suffix=person.suffix,
            chosen_name=person.chosen_name,
            ids=frozenset(ids[person.pk]),
            phones=frozenset(tokens["phones"][person.pk]),
            mails=frozenset(tokens["mails"][person.pk]),
            places=frozenset(tokens["places"][person.pk]),
            worksites=frozenset(sites[person.pk]),
            jobs=frozenset(jobs[person.pk]),
            hired_on=person.hired_on,
            birth=person.birth,
            active=person.employment not in ("separated", "management"),
        )
        for person in persons.iterator(2000)
    ]


def _line(name: str, first: Sequence[str], second: Sequence[str]) -> Line:
    if not first or not second:
        return Line(name, first, second, "")
    return Line(name, first, second, "same" if set(first) & set(second) else "other")


def _add(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
