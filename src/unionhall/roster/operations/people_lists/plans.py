"""What a list of people would change: worked out in memory, written by nobody.

Source: docs/rules/people.md, docs/rules/imports.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple

from unionhall.roster.operations.people_lists.diffs import CALLED, Diff, Told, compare, tell
from unionhall.roster.operations.people_lists.known import Known, Record
from unionhall.roster.operations.people_lists.remembering import BY_ID, Memory
from unionhall.rulebook.best import ABSENT, FIELDS, SEPARATED
from unionhall.rulebook.matching import Band, Likeness, Match, PersonCard, Reason, match
from unionhall.rulebook.matching.cards import MOST_CANDIDATES
from unionhall.rulebook.names import fold
from unionhall.rulebook.people_entries import PersonEntry

MOST_ABSENT: Final = 0.3
FEW: Final = 20
BY_NAME: Final = "name:"
BY_WAY: Final = "way:"


@dataclass(slots=True)
class Item:
    """What one entry does to one person.

    person: None for somebody new. record: what its source said before, None where it says something for the first time.
    code: the code of the record. likely: whom the entry may be, best first, where that had to be found out.
    """

    told: Told
    kind: Literal["new", "changed", "unchanged", "review"]
    code: str
    person: int | None = None
    record: Record | None = None
    diff: Diff = field(default_factory=Diff)
    likely: tuple[Likeness, ...] = ()
    band: Band = Band.CERTAIN

    @property
    def rows(self) -> int:
        """How many lines of the file it stands for."""
        return len(self.told.entry.lines)


class Same(NamedTuple):
    """A line that was not read again, since it is known to say nothing new. record, seen: its number, its last day."""

    line: int
    code: str
    person: int
    record: int
    seen: str


@dataclass(frozen=True, slots=True)
class Absence:
    """A record that a list lacks. step: 1 the first time, 2 in the second list in a row."""

    record: Record
    step: Literal[1, 2]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something a list says otherwise than one of us wrote by hand, which stands."""

    line: int
    person: int
    field: str


@dataclass(slots=True)
class SiteLine:
    """What a list does at one worksite, in people."""

    adds: int = 0
    moves_in: int = 0
    moves_out: int = 0
    leaves: int = 0
    conflicts: int = 0


@dataclass(slots=True)
class PeoplePlan:
    """What a whole list would do.

    same: the lines that were not read again, beside the items; each is one person, who stays as she is. gone: records
    of the source that the list lacks and that no two lists have lacked before. stopped: how many would have gone
    missing at once, where that is so many that nobody was marked. is_late: a list of a day that an earlier one has
    passed already says nothing of absence. memory: of the lines of this source, where it is kept.
    """

    source: str
    as_of: date
    known: Known
    items: list[Item]
    same: list[Same] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    sites: dict[int, SiteLine] = field(default_factory=lambda: defaultdict(SiteLine))
    gone: int = 0
    missing: int = 0
    moved: int = 0
    stopped: int = 0
    is_late: bool = False
    memory: Memory | None = None

    def count(self, kind: str) -> int:
        """How many lines are of that kind."""
        same = len(self.same) if kind == "unchanged" else 0
        return same + sum(item.rows for item in self.items if item.kind == kind)

    @property
    def people(self) -> int:
        """How many persons the list speaks of."""
        return len(self.items) + len(self.same)

    def touching(self) -> Iterator[Item]:
        """The items that write something."""
        return (item for item in self.items if item.kind in ("new", "changed"))


def plan_people(
    entries: Sequence[PersonEntry],
    *,
    memory: Memory,
    source: str,
    as_of: date,
    all_absent: bool,
    recalled: Sequence[tuple[int, str]] = (),
) -> PeoplePlan:
    """What the entries of a list would change, and who is missing from it.

    memory: of this source, with the roster as this list finds it. all_absent: whether many people at once may be marked
    as missing. recalled: lines beside the entries that say nothing new, each with the id of somebody known.
    """
    known = memory.known
    plan = PeoplePlan(source=source, as_of=as_of, known=known, items=[], same=_same(known, recalled), memory=memory)
    _work(plan, entries, names_people=True)
    _absences(plan, all_absent=all_absent)
    _tally(plan)
    return plan


def plan_contacts(entries: Sequence[PersonEntry], *, known: Known, source: str, as_of: date) -> PeoplePlan:
    """What a list of contacts would change: it adds ways to reach people we know, and never a person.

    Whom it speaks of and nobody knows is doubtful; who is not in it is not missing. What it calls people is kept and
    never shown as their name. known: the roster as this list finds it.
    """
    plan = PeoplePlan(source=source, as_of=as_of, known=known, items=[])
    _work(plan, entries, names_people=False)
    for item in plan.items:
        if item.kind == "new":
            item.kind, item.band, item.diff = "review", Band.NEW, Diff()
    _tally(plan)
    return plan


def _same(known: Known, recalled: Iterable[tuple[int, str]]) -> list[Same]:
    rows, found = known.records.rows, []
    for line, id in recalled:
        pk, person, code, _said, seen, _missing = rows[BY_ID + id]
        found.append(Same(line, code, person, pk, seen))
    return found


def _work(plan: PeoplePlan, entries: Sequence[PersonEntry], *, names_people: bool) -> None:
    toldings = [tell(entry, plan.known.sites, names_people=names_people) for entry in entries]
    _Planner(plan, _Codes(plan.known), hit={same.code for same in plan.same}).work(toldings)


@dataclass(slots=True)
class _Codes:
    """The codes of records that are taken: each entry without an id gets one by its name."""

    known: Known
    taken: set[str] = field(default_factory=set)

    def fresh(self, entry: PersonEntry) -> str:
        if entry.row.id:
            return BY_ID + entry.row.id
        name = BY_NAME + fold(entry.row.name)[:400]
        number, code = 1, name
        while code in self.known.records or code in self.taken:
            number += 1
            code = f"{name}/{number}"
        self.taken.add(code)
        return code


@dataclass(slots=True)
class _Planner:
    plan: PeoplePlan
    codes: _Codes
    hit: set[str] = field(default_factory=set)
    ways: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def work(self, toldings: Sequence[Told]) -> None:
        """Each entry with what it does: by its code, else by its name in this source, else by likeness."""
        found: dict[int, Item] = {}
        nameless: list[tuple[int, Told]] = []
        opened: list[tuple[int, Told]] = []
        for place, told in enumerate(toldings):
            row = told.entry.row
            if not row.id and not row.name:
                found[place] = self._by_way(told)
                continue
            if not row.id:
                nameless.append((place, told))
                continue
            record = self.plan.known.records.get(BY_ID + row.id)
            if record is not None and (not row.name or _is_named(record, row.name)):
                found[place] = self._held(told, record)
            else:
                opened.append((place, told))
        for place, record in self._by_name(nameless):
            found[place] = self._held(toldings[place], record)
        opened += [(place, told) for place, told in nameless if place not in found]
        found |= self._by_likeness(sorted(opened, key=lambda pair: pair[0]))
        self.plan.items = [found[place] for place in sorted(found)]

    def _held(self, told: Told, record: Record) -> Item:
        """An entry of which we know the record."""
        self.hit.add(record.code)
        diff = self._diff(told, record, record.person)
        changed = not diff.is_empty() or record.missing is not None
        kind: Literal["changed", "unchanged"] = "changed" if changed else "unchanged"
        return Item(told, kind, record.code, record.person, record, diff)

    def _diff(self, told: Told, record: Record | None, person: int) -> Diff:
        known = self.plan.known
        return compare(
            told,
            record.said if record else {},
            known.points.get(person, {}),
            known.places.get(person, ()),
            is_older=record is not None and record.seen > self.plan.as_of.isoformat(),
        )

    def _by_way(self, told: Told) -> Item:
        """An entry that is only a number or address: of the one person who has it."""
        code = BY_WAY + (told.reaches[0].indexes[0] if told.reaches else "")
        record = self.plan.known.records.get(code)
        if record is not None:
            return self._held(told, record)
        persons = sorted({pk for reach in told.reaches for pk in self._who_has(reach.indexes)})
        same = Reason("same_mail" if told.reaches and told.reaches[0].contact.kind == "mail" else "same_phone")
        likely = tuple(Likeness(pk, round(1 / len(persons), 3), (same,)) for pk in persons[:MOST_CANDIDATES])
        if len(persons) == 1:
            return Item(told, "changed", code, persons[0], None, self._diff(told, None, persons[0]), likely)
        return Item(told, "review", code, likely=likely, band=Band.REVIEW if likely else Band.NEW)

    def _who_has(self, indexes: Iterable[str]) -> set[int]:
        if not self.ways:
            for person, points in self.plan.known.points.items():
                if person in self.plan.known.persons and self.plan.known.persons[person].merged_into is None:
                    for index in points:
                        self.ways[index].add(person)
        return {person for index in indexes if index in self.ways for person in self.ways[index]}

    def _by_name(self, nameless: Sequence[tuple[int, Told]]) -> Iterator[tuple[int, Record]]:
        """Entries without an id and the records of this source with the same name, as far as no doubt is left."""
        groups: dict[str, list[Record]] = defaultdict(list)
        if nameless:
            for record in self.plan.known.records.values():
                if record.code.startswith(BY_NAME):
                    groups[record.code[len(BY_NAME) :].partition("/")[0]].append(record)
        waiting: dict[str, list[tuple[int, Told]]] = defaultdict(list)
        for place, told in nameless:
            waiting[fold(told.entry.row.name)[:400]].append((place, told))
        for name, pairs in waiting.items():
            if name in groups:
                yield from self._namesakes(pairs, groups[name])

    def _namesakes(self, pairs: list[tuple[int, Told]], records: list[Record]) -> Iterator[tuple[int, Record]]:
        """Namesakes told apart: who says the same to the letter first, then by what agrees, last the only one left."""
        scored = []
        for place, told in pairs:
            for record in records:
                agreement = self._agreement(told, record)
                if agreement >= 0:
                    scored.append((-agreement, place, record.pk, record))
        lone = len(pairs) == 1 and len(records) == 1
        places: set[int] = set()
        taken: set[int] = set()
        for score, place, pk, record in sorted(scored, key=lambda item: item[:3]):
            if place not in places and pk not in taken and (score < 0 or lone):
                places.add(place)
                taken.add(pk)
                yield place, record

    def _agreement(self, told: Told, record: Record) -> int:
        """How much of what an entry says its namesake's record says too; -1 where something forbids it."""
        said, texts = record.said, told.texts
        for name in ("birth", "hired_on", "suffix"):
            if name in texts and name in said and said[name][0] != texts[name]:
                return -1
        diff = self._diff(told, record, record.person)
        if diff.is_empty():
            return 100
        score = sum(3 for name in ("birth", "hired_on") if name in texts and name in said)
        score += 3 * (len(told.reaches) - len(diff.new_points))
        score += 2 * (len(told.spots) - len(diff.new_spots))
        return score + sum(1 for name in ("job", "middle") if name in texts and said.get(name, [""])[0] == texts[name])

    def _by_likeness(self, opened: Sequence[tuple[int, Told]]) -> dict[int, Item]:
        if not opened:
            return {}
        known = self.plan.known
        taken = {known.records.rows[code][1] for code in self.hit}
        theirs = [
            known.card(row[0], self.plan.source)
            for row in known.persons.rows.values()
            if row[-1] is None and row[0] not in taken
        ]
        results: Mapping[int, Match] = {}
        if theirs:
            results = match([self._card(place, told) for place, told in opened], theirs)
        return {place: self._settled(told, results.get(place)) for place, told in opened}

    def _settled(self, told: Told, result: Match | None) -> Item:
        """An entry by what comparing gave."""
        code = self.codes.fresh(told.entry)
        likely = result.candidates if result else ()
        band = result.band if result else Band.NEW
        held = self.plan.known.records.get(code)
        if held is not None:
            self.hit.add(code)
            likely = tuple(one for one in likely if not self._are_apart(one.key, held.person))
        if band == Band.CERTAIN and likely:
            person = likely[0].key
            if held is not None and held.person == person:
                item = self._held(told, held)
            else:
                item = Item(told, "changed", code, person, None, self._diff(told, None, person))
            item.likely = likely
            return item
        if band == Band.REVIEW and likely:
            return Item(told, "review", code, None, held, likely=likely, band=band)
        if held is not None:
            # The number has gone to somebody else: whoever had it must be looked at by a person.
            reused = Likeness(held.person, 0.0, ())
            return Item(told, "review", code, None, held, likely=(reused,), band=Band.REVIEW)
        return Item(told, "new", code, None, None, self._diff(told, None, 0), likely=likely, band=Band.NEW)

    def _are_apart(self, one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in self.plan.known.apart

    def _card(self, place: int, told: Told) -> PersonCard:
        return card_of(told, key=place, source=self.plan.source)


def card_of(told: Told, *, key: int, source: str) -> PersonCard:
    """What an entry tells of a person, for comparing."""
    row = told.entry.row
    kinds: dict[str, set[str]] = defaultdict(set)
    for reach in told.reaches:
        kinds[reach.contact.kind].update(reach.indexes)
    return PersonCard(
        key=key,
        name=row.name,
        given_name=row.given_name,
        family_name=row.family_name,
        suffix=row.suffix,
        chosen_name=row.chosen_name,
        ids=frozenset({(source, BY_ID + row.id)}) if row.id else frozenset(),
        phones=frozenset(kinds["sms"] | kinds["phone"]),
        mails=frozenset(kinds["mail"]),
        places=frozenset(kinds["post"]),
        worksites=frozenset(spot.worksite for spot in told.spots),
        jobs=frozenset(job.job.casefold() for job in told.entry.jobs if job.job),
        hired_on=row.hired_on,
        birth=row.birth,
        active=row.status != SEPARATED,
    )


def _is_named(record: Record, name: str) -> bool:
    """Whether the source called this record so before; else the id may have gone to somebody else."""
    said = record.said.get("name") or record.said.get(CALLED)
    return said is not None and (said[0] == name or fold(said[0]) == fold(name))


def _absences(plan: PeoplePlan, *, all_absent: bool) -> None:
    """Who of this source the list lacks: once is missing, twice is separated; many at once only where confirmed."""
    known = plan.known
    hit = {item.record.code for item in plan.items if item.record is not None}
    hit.update(same.code for same in plan.same)
    lacking = [
        record for code in known.records if code not in hit and ABSENT not in (record := known.records[code]).said
    ]
    plan.gone = len(lacking)
    plan.is_late = known.previous is not None and plan.as_of <= known.previous and bool(lacking)
    if plan.is_late:
        return
    newly = [record for record in lacking if record.missing is None]
    here = sum(row[-1] is None for row in known.records.rows.values())
    if len(newly) >= FEW and len(newly) > MOST_ABSENT * here and not all_absent:
        plan.stopped = len(newly)
        return
    for record in lacking:
        if record.missing is None:
            plan.absences.append(Absence(record, 1))
        elif record.missing < plan.as_of.isoformat():
            plan.absences.append(Absence(record, 2))


def _tally(plan: PeoplePlan) -> None:
    """Sums of people: who moves, who is missing, where a hand-written value stands; all by worksite."""
    known = plan.known
    for item in plan.items:
        if item.kind == "new":
            _add(plan, {spot.worksite for spot in item.told.spots}, "adds")
        if item.person is not None:
            _tally_known(plan, item, item.person)
    gone = Counter(absence.record.person for absence in plan.absences)
    plan.missing = len(gone)
    for person in gone:
        _add(plan, {place.worksite for place in known.places.get(person, ())}, "leaves")


def _tally_known(plan: PeoplePlan, item: Item, person: int) -> None:
    sites = {spot.worksite for spot in item.told.spots}
    before = _said_sites(plan.known, item)
    if item.diff.places is not None and item.record is not None:
        after = sites if item.told.places_whole else sites | before
        if item.told.texts.get("employment") == SEPARATED:
            _add(plan, before, "leaves")
        elif before and after != before:
            plan.moved += 1
            _add(plan, after - before, "moves_in")
            _add(plan, before - after, "moves_out")
    found = list(_conflicts(item, plan.known.hand.get(person)))
    if found:
        plan.conflicts += found
        _add(plan, sites or before, "conflicts")


def _said_sites(known: Known, item: Item) -> set[int]:
    """Where the record of an item has said until now that the person works."""
    if item.person is None or item.record is None:
        return set()
    ids = set(item.record.said["places"][0]) if "places" in item.record.said else set()
    return {place.worksite for place in known.places.get(item.person, ()) if place.pk in ids}


def _conflicts(item: Item, hand: Mapping[str, list[str]] | None) -> Iterator[Conflict]:
    if not hand or item.person is None:
        return
    for name in FIELDS:
        text = item.told.texts.get(name)
        if text and name in hand and fold(str(hand[name][0])) != fold(text):
            yield Conflict(item.told.entry.lines[0], item.person, name)


def _add(plan: PeoplePlan, sites: Iterable[int], what: str) -> None:
    for site in sites:
        line = plan.sites[site]
        setattr(line, what, getattr(line, what) + 1)
