"""What waits for somebody's word: records that look like one person's, in groups side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least

from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import NotFound
from unionhall.roster import access
from unionhall.roster.models import Apart, Assignment, ContactPoint, LookAlike, Merge, Person, PersonRecord
from unionhall.rulebook.matching import PersonCard, Reason
from unionhall.rulebook.twin_groups import side_by_side

SHOWN: Final = ("name", "worksites", "jobs", "hired_on", "birth", "employment", "membership", "phones", "mails", "ids")
# Of these a source's word is shown even where another holds: a former name, another day.
_TOLD_TOO: Final = ("name", "hired_on", "birth")

_Row = TypeVar("_Row", Merge, Apart)


class NothingToReview(NotFound):
    """No pair of that number waits for this viewer."""

    code = "nothing_to_review"


@dataclass(frozen=True, slots=True)
class Side:
    """One record, field by field as text; several values have one line each. sources: (field, value) → who says so."""

    person: Person
    fields: Mapping[str, Sequence[str]]
    sources: Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Held:
    """One field of one record. values: each with who says it. mark: "same" where another record says it too, "other"
    where others speak and none of them says it, "" where nobody else speaks.
    """

    field: str
    values: Sequence[tuple[str, Sequence[str]]]
    mark: str


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a group. number: the key that chooses it, from 1. rows: the same fields for every member.

    is_marked: it is of the likeliest pair, or beyond doubt the same as one that is; a chain of doubt marks nobody.
    """

    number: int
    person: Person
    rows: Sequence[Held]
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Two members of a group, by their numbers, and what speaks for and against their being one."""

    one: int
    other: int
    is_certain: bool
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Records side by side. pair: the pair that names the group. place, total: where in the queue, from 1.

    richest: the marked record that holds most, which stays unless another is chosen.
    """

    pair: int
    members: Sequence[Member]
    links: Sequence[Link]
    place: int
    total: int
    richest: Person

    @property
    def is_certain(self) -> bool:
        """Whether the rule would join all of them by itself."""
        return all(link.is_certain for link in self.links)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two persons, low and high in their numbers, who look alike and whom nobody has settled. pk: of their pair."""

    pk: int
    low: int
    high: int


def pairs_for(viewer: Viewer, *, on: date) -> list[Waiting]:
    """The pairs that wait for the viewer, the likeliest first: both records are of the own areas.

    One who was merged since counts as whom she became. One query.
    """
    mine = access.persons_edited_by(viewer, on=on).filter(merged_into=None).values("pk")
    one, other = (Coalesce(f"{side}__merged_into_id", f"{side}_id") for side in ("first", "second"))
    apart = Apart.objects.filter(first=OuterRef("low"), second=OuterRef("high"))
    rows = LookAlike.objects.annotate(low=Least(one, other), high=Greatest(one, other)).exclude(low=F("high"))
    rows = rows.filter(~Exists(apart), low__in=mine, high__in=mine).order_by("-is_certain", "-score", "pk")
    return [Waiting(*row) for row in rows.values_list("pk", "low", "high")]


def groups_for(viewer: Viewer, *, on: date, worksite: str = "") -> list[tuple[list[Waiting], tuple[int, ...]]]:
    """What waits for the viewer, as groups of records linked by pairs: the pairs, the best first, and the persons.

    worksite: public id; only groups of which one works there now.
    """
    rows = pairs_for(viewer, on=on)
    groups = side_by_side([(row.low, row.high) for row in rows])
    if worksite:
        places = Assignment.objects.filter(ends_on=None, worksite__public_id=worksite)
        there = set(places.values_list("person_id", flat=True))
        groups = [group for group in groups if there.intersection(group.members)]
    return [([rows[place] for place in group.pairs], group.members) for group in groups]


def get_group(viewer: Viewer, pair: int, *, on: date) -> list[Person]:
    """The records of the group that holds this pair. Raises NothingToReview, also where it was settled just now."""
    for pairs, members in groups_for(viewer, on=on):
        if any(waiting.pk == pair for waiting in pairs):
            return list(Person.objects.get_queryset().filter(pk__in=members).order_by("pk"))
    raise NothingToReview


def get_merge(viewer: Viewer, pk: int, *, on: date) -> Merge:
    """A merge that the viewer may take back. Raises NothingToReview."""
    return get_merges(viewer, [pk], on=on)[0]


def get_merges(viewer: Viewer, ids: Sequence[int], *, on: date) -> list[Merge]:
    """Merges that the viewer may take back, the latest first. Raises NothingToReview unless all of them are."""
    found = Merge.objects.filter(pk__in=ids, kept__in=access.persons_edited_by(viewer, on=on)).order_by("-pk")
    return _all(found, ids)


def get_aparts(viewer: Viewer, ids: Sequence[int], *, on: date) -> list[Apart]:
    """What says that persons of the viewer are different people. Raises NothingToReview unless all are there."""
    mine = access.persons_edited_by(viewer, on=on)
    found = Apart.objects.filter(pk__in=ids, first__in=mine, second__in=mine).select_related("first", "second")
    return _all(found, ids)


def _all(found: QuerySet[_Row], ids: Sequence[int]) -> list[_Row]:
    rows = list(found)
    if len(rows) != len(set(ids)):
        raise NothingToReview
    return rows


def group_page(viewer: Viewer, *, on: date, place: int, worksite: str = "") -> GroupPage | None:
    """The group at that place of the viewer's queue, from 1, round again past its end; None where nothing waits.

    The same number of queries, however long the queue.
    """
    groups = groups_for(viewer, on=on, worksite=worksite)
    if not groups:
        return None
    at = (place - 1) % len(groups)
    pairs, members = groups[at]
    persons = Person.objects.in_bulk(members)
    sides = sides_of([persons[pk] for pk in sorted(members)])
    numbers = {side.person.pk: number for number, side in enumerate(sides, 1)}
    links = _links(pairs, numbers)
    marked = _marked(links)
    shown = [name for name in SHOWN if any(side.fields[name] for side in sides)]
    return GroupPage(
        pair=pairs[0].pk,
        members=[
            Member(number, side.person, [_held(name, side, sides) for name in shown], number in marked)
            for number, side in enumerate(sides, 1)
        ],
        links=links,
        place=at + 1,
        total=len(groups),
        richest=max((side for number, side in enumerate(sides, 1) if number in marked), key=_riches).person,
    )


def sides_of(persons: Sequence[Person]) -> list[Side]:
    """What is held of each, for comparing, and who says it. Three queries."""
    held: dict[int, _Holding] = {person.pk: _Holding(person) for person in persons}
    places = Assignment.objects.filter(person__in=held, ends_on=None).select_related("worksite", "classification")
    for place in places.order_by("worksite__name", "pk"):
        held[place.person_id].add("worksites", place.worksite.name, place.source)
        held[place.person_id].add("jobs", str(place.classification or ""), place.source)
    points = list(ContactPoint.objects.filter(person__in=held).exclude(kind="post").order_by("-is_current", "pk"))
    for point in points:
        held[point.person_id].add("mails" if point.kind == "mail" else "phones", str(point.value), point.source)
    by_number = {point.pk: point for point in points}
    for record in PersonRecord.objects.filter(person__in=held).order_by("source", "pk"):
        held[record.person_id].hear(record, by_number)
    return [holding.side() for holding in held.values()]


@dataclass(slots=True)
class _Holding:
    """What is gathered of one person: field → value → those who say it, in the order met."""

    person: Person
    found: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = {name: {} for name in SHOWN}
        self.add("name", self.person.name)
        self.add("hired_on", self.person.hired_on.isoformat() if self.person.hired_on else "")
        for name in ("birth", "employment", "membership"):
            self.add(name, getattr(self.person, name))

    def add(self, name: str, value: str, source: str = "") -> None:
        """A value of a field, and one who says it."""
        if value:
            said = self.found[name].setdefault(value, [])
            if source and source not in said:
                said.append(source)

    def hear(self, record: PersonRecord, points: Mapping[int, ContactPoint]) -> None:
        """What one source says: who bears out what holds, its other names and days, its number."""
        for name in ("name", "hired_on", "birth", "employment", "membership"):
            value = str(record.said[name][0]) if name in record.said else ""
            if value in self.found[name] or name in _TOLD_TOO:
                self.add(name, value, record.source)
        for pk in record.said.get("contacts", [[]])[0]:
            if pk in points:
                point = points[pk]
                self.add("mails" if point.kind == "mail" else "phones", str(point.value), record.source)
        if record.code.startswith("="):
            self.add("ids", f"{record.source} {record.code[1:]}")

    def side(self) -> Side:
        """All of it, to be compared."""
        fields = {name: tuple(values) for name, values in self.found.items()}
        sources = {(name, value): said for name, values in self.found.items() for value, said in values.items()}
        return Side(self.person, fields, sources)


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


def _held(name: str, side: Side, sides: Sequence[Side]) -> Held:
    """One field of one record, marked against the others."""
    mine = side.fields[name]
    others = [set(one.fields[name]) for one in sides if one is not side and one.fields[name]]
    mark = ""
    if mine and others:
        mark = "same" if any(other.intersection(mine) for other in others) else "other"
    return Held(name, [(value, side.sources[name, value]) for value in mine], mark)


def _riches(side: Side) -> tuple[int, int]:
    """How much a record holds; of equals the older one first."""
    return sum(map(len, side.fields.values())), -side.person.pk


def _marked(links: Sequence[Link]) -> set[int]:
    """The numbers of the likeliest pair, and of those who are beyond doubt the same as one of them."""
    marked = {links[0].one, links[0].other}
    for _round in links:
        for link in links:
            if link.is_certain and not marked.isdisjoint((link.one, link.other)):
                marked |= {link.one, link.other}
    return marked


def _links(pairs: Sequence[Waiting], numbers: Mapping[int, int]) -> list[Link]:
    """These pairs with what speaks for and against them. numbers: of the members, by person."""
    rows = LookAlike.objects.in_bulk([waiting.pk for waiting in pairs])
    return [
        Link(
            one=numbers[waiting.low],
            other=numbers[waiting.high],
            is_certain=rows[waiting.pk].is_certain,
            reasons=[Reason(*reason) for reason in rows[waiting.pk].reasons],
        )
        for waiting in pairs
    ]
