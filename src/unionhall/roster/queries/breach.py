"""Who was exposed: by what an account or device was shown or took, by one file, one frozen list, or everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from unionhall.accounts.models import Device, RoleGrant, User
from unionhall.foundation.access import Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster.enums import BreachWay, ContactKind, ContactOwner, ExportKind, ExportState, Exposed
from unionhall.roster.models import Assignment, ContactPoint, Doubt, Export, LookAlike, Person, Roll, RollLine, Sight
from unionhall.rulebook.addresses import place_of

READ: Final = "roster.person_file_read"
# Of more persons than this the states are in the file only: each address must be opened for them.
STATES_MOST: Final = 2_000
AT_ONCE: Final = 500
RECORD: Final = (Exposed.NAMES, Exposed.BIRTH, Exposed.NUMBERS, Exposed.STANDING, Exposed.AGREED)
CONTACTS: Final = (Exposed.REACH, Exposed.HOME)
READS_TALKS: Final = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER)


@dataclass(frozen=True, slots=True)
class BreachAsked:
    """What fell into wrong hands. doer: an account; device: one of its browsers, whose time it narrows to; export,
    roll: one file or frozen list; whole: the database or a backup; first, last: days, both included.
    """

    doer: User | None = None
    device: Device | None = None
    export: Export | None = None
    roll: Roll | None = None
    whole: bool = False
    first: date | None = None
    last: date | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is asked yet. A span of days alone asks for all that anybody saw in it."""
        return not any((self.doer, self.export, self.roll, self.whole, self.first, self.last))

    @property
    def span(self) -> tuple[datetime | None, datetime | None]:
        """The instants between which it happened; a device was open no longer than it was."""
        begin = timezone.make_aware(datetime.combine(self.first, time.min)) if self.first else None
        end = timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min)) if self.last else None
        if self.device is not None:
            begin = max(filter(None, (begin, self.device.signed_in_at)))
            end = min(filter(None, (end, self.device.ended_at))) if end or self.device.ended_at else None
        return begin, end

    def to_json(self) -> dict[str, Any]:
        """For the log and for the file that is made of it later; what was not asked is left out."""
        parts = {
            "doer": self.doer.pk if self.doer else None,
            "device": self.device.public_id if self.device else "",
            "export": self.export.public_id if self.export else "",
            "roll": self.roll.public_id if self.roll else "",
            "whole": self.whole,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
        }
        return {name: value for name, value in parts.items() if value}


@dataclass(frozen=True, slots=True)
class Opening:
    """One way by which data got out: when, by whom, what of it, and how many persons it held."""

    way: BreachWay
    at: datetime | None
    by: str
    named: str
    exposed: tuple[Exposed, ...]
    count: int


@dataclass(slots=True)
class Breach:
    """Who was exposed. of: number of the person → what of her, as far as we hold it at all."""

    openings: list[Opening] = field(default_factory=list)
    of: dict[int, set[Exposed]] = field(default_factory=dict)

    def counts(self) -> list[tuple[Exposed, int]]:
        """How many persons of each class of data, in the order of the classes."""
        found = Counter(kind for kinds in self.of.values() for kind in kinds)
        return [(kind, found[kind]) for kind in Exposed if found[kind]]


@dataclass(frozen=True, slots=True)
class ExposedPerson:
    """One person of the list. state: of her home address, "" where unknown. ways: how she can be told, best first."""

    person: Person
    exposed: tuple[Exposed, ...]
    state: str
    ways: tuple[ContactKind, ...]
    points: tuple[ContactPoint, ...]
    site: str


def asked_of(kept: Mapping[str, Any]) -> BreachAsked:
    """What `BreachAsked.to_json` kept."""
    return BreachAsked(
        doer=User.objects.filter(pk=kept["doer"]).first() if kept.get("doer") else None,
        device=Device.objects.filter(public_id=kept["device"]).first() if kept.get("device") else None,
        export=find_export(str(kept.get("export", ""))),
        roll=find_roll(str(kept.get("roll", ""))),
        whole=bool(kept.get("whole")),
        first=date.fromisoformat(kept["first"]) if kept.get("first") else None,
        last=date.fromisoformat(kept["last"]) if kept.get("last") else None,
    )


def find_export(public_id: str) -> Export | None:
    """The file of that id that went out."""
    return Export.objects.defer("sealed").filter(public_id=public_id).first() if public_id else None


def find_roll(public_id: str) -> Roll | None:
    """The frozen list of that id."""
    return Roll.objects.filter(public_id=public_id).first() if public_id else None


def devices_of(user: User) -> list[Device]:
    """Where an account was ever signed in, the latest first."""
    return list(user.devices.order_by("-seen_at", "-pk")[:50])


def breach_of(asked: BreachAsked) -> Breach:
    """Everybody of whom something got out that way, and what; more rather than less where it cannot be known."""
    found = Breach()
    if asked.is_blank:
        return found
    if asked.whole:
        _open(found, Opening(BreachWay.WHOLE, asked.span[1], "", "", tuple(Exposed), 0), _there(asked.span[1]))
    elif asked.export or asked.roll:
        _exports(found, [asked.export] if asked.export else [])
        _roll(found, asked.roll)
    else:
        _sights(found, asked)
        _exports(found, _taken(asked))
        _files(found, asked)
    _stand_alone(found)
    _only_what_is_held(found)
    return found


def page_of(breach: Breach, *, start: int = 0, size: int = 100) -> list[ExposedPerson]:
    """Some of the persons in order of name, each with what of her and how to tell her. Three queries."""
    ids = ordered(breach)[start : start + size]
    return list(_persons(breach, ids))


def ordered(breach: Breach) -> list[int]:
    """The numbers of the persons, in order of name."""
    if len(breach.of) <= AT_ONCE:
        rows = Person.objects.get_queryset().filter(pk__in=breach.of).order_by("name_key", "pk")
        return list(rows.values_list("pk", flat=True))
    every = Person.objects.get_queryset().order_by("name_key", "pk").values_list("pk", flat=True)
    return [pk for pk in every if pk in breach.of]


def states_of(breach: Breach) -> list[tuple[str, int]]:
    """How many live in which state, "" for unknown, most first; nothing for more than two thousand persons."""
    if len(breach.of) > STATES_MOST:
        return []
    homes = dict.fromkeys(breach.of, "")
    for portion in _portions(list(breach.of)):
        for point in _homes(portion):
            homes[point.person_id] = homes[point.person_id] or state_of(point)
    return sorted(Counter(homes.values()).items(), key=lambda one: (-one[1], one[0]))


def every_person(breach: Breach) -> Iterator[ExposedPerson]:
    """All of them, portion by portion, for a file."""
    for portion in _portions(ordered(breach)):
        yield from _persons(breach, portion)


def state_of(point: ContactPoint) -> str:
    """The state of a home address as it is written, in capitals; "" where it has none."""
    return place_of(point.value).state.strip().upper()


def _persons(breach: Breach, ids: Sequence[int]) -> Iterator[ExposedPerson]:
    people = Person.objects.get_queryset().in_bulk(ids)
    points: dict[int, list[ContactPoint]] = {}
    own = ContactPoint.objects.filter(person__in=ids, is_current=True, owner=ContactOwner.PERSONAL)
    for point in own.order_by("pk"):
        points.setdefault(point.person_id, []).append(point)
    sites = dict(
        Assignment.objects.filter(person__in=ids, ends_on=None).order_by("-pk").values_list("person", "worksite__name")
    )
    for pk in ids:
        mine = points.get(pk, [])
        home = next((point for point in mine if point.kind == ContactKind.POST), None)
        kinds = {point.kind for point in mine}
        yield ExposedPerson(
            person=people[pk],
            exposed=tuple(kind for kind in Exposed if kind in breach.of[pk]),
            state=state_of(home) if home else "",
            ways=tuple(kind for kind in ContactKind if kind in kinds),
            points=tuple(mine),
            site=sites.get(pk, ""),
        )


def _sights(found: Breach, asked: BreachAsked) -> None:
    """Whose contacts were on the screen, by the read log; one opening an account."""
    rows = _between(Sight.objects.all(), asked)
    if asked.doer is not None:
        rows = rows.filter(viewer_id=asked.doer.pk)
    seen: dict[int, set[int]] = {}
    last: dict[int, datetime] = {}
    for viewer, person, at in rows.order_by("at").values_list("viewer_id", "person_id", "at"):
        seen.setdefault(viewer, set()).add(person)
        last[viewer] = at
    names = {user.pk: user.name for user in User.objects.filter(pk__in=seen)}
    talkers = set(
        RoleGrant.objects.filter(user__in=seen, role__in=READS_TALKS).values_list("user", flat=True) if seen else ()
    )
    for viewer, ids in sorted(seen.items()):
        kinds = (*RECORD, *CONTACTS, *((Exposed.TALKS,) if viewer in talkers else ()))
        _open(found, Opening(BreachWay.SEEN, last[viewer], names.get(viewer, "–"), "", kinds, 0), ids)


def _taken(asked: BreachAsked) -> list[Export]:
    """The files that were fetched."""
    rows = _between(Export.objects.defer("sealed").filter(state=ExportState.TAKEN), asked, at="taken_at")
    return list(rows.filter(asked_by_id=asked.doer.pk) if asked.doer is not None else rows)


def _exports(found: Breach, exports: Iterable[Export]) -> None:
    """What stood in files, drawn up anew for the day they were made."""
    for export in exports:
        ids, kinds = _of_export(export)
        at = export.taken_at or export.made_at or export.asked_at
        _open(found, Opening(BreachWay.FILE, at, export.asked_by, export.public_id, kinds, 0), ids)


def _of_export(export: Export) -> tuple[set[int], tuple[Exposed, ...]]:
    at = export.made_at or export.asked_at
    if export.kind == ExportKind.WORKSITES:
        return set(), ()
    if export.kind == ExportKind.EVERYTHING:
        return _there(at), tuple(Exposed)
    if export.kind == ExportKind.MATCHES:
        return _in_matches(), (Exposed.NAMES, Exposed.NUMBERS)
    if export.kind == ExportKind.BREACH:
        told = breach_of(asked_of(export.filter.get("breach", {})))
        return set(told.of), (Exposed.NAMES, *CONTACTS)
    ids = _there(at)
    if area := export.filter.get("area"):
        current = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate(at))
        there = Assignment.objects.filter(current, worksite__area__public_id=area)
        ids &= set(there.values_list("person", flat=True))
    return ids, (*RECORD, *(CONTACTS if export.filter.get("contacts") else ()))


def _in_matches() -> set[int]:
    ids = {pk for pair in LookAlike.objects.values_list("first", "second") for pk in pair}
    for candidates in Doubt.objects.filter(record="person").values_list("candidates", flat=True):
        ids |= {int(one["pk"]) for one in candidates}
    return ids


def _files(found: Breach, asked: BreachAsked) -> None:
    """Whole files of persons that were read or handed out."""
    rows = _between(AuditEntry.objects.filter(verb=READ, object_type="roster.person"), asked)
    if asked.doer is not None:
        rows = rows.filter(actor_id=asked.doer.pk)
    for entry in rows.order_by("at"):
        kept = Opening(BreachWay.WHOLE_FILE, entry.at, entry.actor_label, entry.object_label, tuple(Exposed), 0)
        _open(found, kept, {int(entry.object_id)})


def _roll(found: Breach, roll: Roll | None) -> None:
    if roll is not None:
        lines = RollLine.objects.filter(roll=roll).values("person")
        ids = set(Person.objects.get_queryset().filter(public_id__in=lines).values_list("pk", flat=True))
        kept = Opening(BreachWay.LIST, roll.frozen_at, roll.frozen_by, roll.name, (Exposed.NAMES,), 0)
        _open(found, kept, ids)


def _there(at: datetime | None) -> set[int]:
    """Everybody who was on the roster at that instant, now where none is given."""
    rows = Person.objects.get_queryset()
    return set((rows.filter(added_at__lte=at) if at else rows).values_list("pk", flat=True))


def _between(rows: QuerySet[Any], asked: BreachAsked, *, at: str = "at") -> QuerySet[Any]:
    begin, end = asked.span
    if begin is not None:
        rows = rows.filter(**{f"{at}__gte": begin})
    return rows.filter(**{f"{at}__lt": end}) if end is not None else rows


def _open(found: Breach, opening: Opening, ids: Iterable[int]) -> None:
    held = set(ids)
    fields = (opening.way, opening.at, opening.by, opening.named, opening.exposed)
    found.openings.append(Opening(*fields, count=len(held)))
    for pk in held:
        found.of.setdefault(pk, set()).update(opening.exposed)


def _stand_alone(found: Breach) -> None:
    """Records that were merged since count as who they became; of whom nothing is left, nobody is told."""
    rows = Person.objects.get_queryset()
    merged = rows.exclude(merged_into=None).values_list("pk", "merged_into")
    became = {gone: kept for gone, kept in merged if kept is not None}
    for gone in [pk for pk in found.of if pk in became]:
        found.of.setdefault(became[gone], set()).update(found.of.pop(gone))
    known = set(rows.values_list("pk", flat=True)) if len(found.of) > AT_ONCE else set(rows.in_bulk(list(found.of)))
    for gone in [pk for pk in found.of if pk not in known]:
        found.of.pop(gone)


def _only_what_is_held(found: Breach) -> None:
    """A class of data that we hold none of a person's is not exposed."""
    points = ContactPoint.objects.all()
    held = {
        Exposed.REACH: points.exclude(kind=ContactKind.POST).values_list("person", flat=True),
        Exposed.HOME: points.filter(kind=ContactKind.POST).values_list("person", flat=True),
        Exposed.BIRTH: Person.objects.get_queryset().exclude(birth="").values_list("pk", flat=True),
    }
    for kind, rows in held.items():
        if any(kind in kinds for kinds in found.of.values()):
            have = set(rows)
            for pk, kinds in found.of.items():
                if pk not in have:
                    kinds.discard(kind)


def _homes(ids: Sequence[int]) -> QuerySet[ContactPoint]:
    rows = ContactPoint.objects.filter(person__in=ids, kind=ContactKind.POST, is_current=True)
    return rows.filter(owner=ContactOwner.PERSONAL).order_by("pk")


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
