"""What one entry of a list says otherwise than its source did before.

Source: docs/rules/people.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from unionhall.foundation.contacts import Contact, lookup
from unionhall.roster.operations.people_lists.known import Place, Point
from unionhall.roster.operations.people_lists.sites import NewTitle, Sites
from unionhall.rulebook.best import ABSENT, SEPARATED
from unionhall.rulebook.people_entries import PersonEntry
from unionhall.rulebook.reaching import RowContact

# What a record may say beside the fields of `rulebook.best`, and beside its contacts and places.
_ROW_TEXTS: Final = (
    "name",
    "given_name",
    "family_name",
    "suffix",
    "chosen_name",
    "language",
    "birth",
    "membership",
    "standing",
    "middle",
)
UNPLACED: Final = "unplaced"
CALLED: Final = "called"
_CENT: Final = Decimal("0.01")


class Spot(NamedTuple):
    """Where an entry says that somebody works: a worksite, a job title, a shift."""

    worksite: int
    title: int | NewTitle | None
    shift: str
    hours: Decimal | None


class Reach(NamedTuple):
    """A way to reach somebody that an entry gives, with the hashes it may be known by, the current first."""

    contact: RowContact
    indexes: tuple[str, ...]


@dataclass(slots=True)
class Told:
    """An entry with everything looked up that it names. places_whole: whether each of its places was found."""

    entry: PersonEntry
    texts: dict[str, str]
    reaches: list[Reach]
    spots: list[Spot]
    places_whole: bool = True


@dataclass(slots=True)
class Diff:
    """What changes in a record. texts: field → what it newly says. dropped: fields it no longer says.

    contacts, places: the known ids that it says from now on, beside the new ones; None where that does not change.
    ended: places that it no longer says.
    """

    texts: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    contacts: list[int] | None = None
    new_points: list[Reach] = field(default_factory=list)
    places: list[int] | None = None
    new_spots: list[Spot] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Whether the record says all this already."""
        return not (self.texts or self.dropped) and self.contacts is None and self.places is None


def tell(entry: PersonEntry, sites: Sites, *, names_people: bool = True) -> Told:
    """The entry with its worksites, job titles and contacts looked up.

    names_people: whether the list is one of people, whose names may be shown; else it only says what it calls them.
    """
    row = entry.row
    texts = {name: text for name in _ROW_TEXTS if (text := getattr(row, name))}
    if not names_people:
        texts = {CALLED: row.name} if row.name else {}
        texts |= {"language": row.language} if row.language else {}
    if row.hired_on:
        texts["hired_on"] = row.hired_on.isoformat()
    if row.status:
        texts["employment"] = row.status
    for name in ("job", "unit", "department") if entry.jobs else ():
        if text := "; ".join(dict.fromkeys(part for job in entry.jobs if (part := getattr(job, name)))):
            texts[name] = text
    spots, unplaced = _spots(entry, sites)
    if unplaced:
        texts[UNPLACED] = unplaced
    return Told(entry, texts, _reaches(entry), spots, places_whole=not unplaced)


def _spots(entry: PersonEntry, sites: Sites) -> tuple[list[Spot], str]:
    """The places of an entry that could be found, each once, and the text of those that could not."""
    spots: dict[tuple[int, object, str], Spot] = {}
    unplaced: dict[str, None] = {}
    for job in entry.jobs:
        found = sites.find(job)
        if found.site is not None:
            hours = Decimal(job.hours).quantize(_CENT) if job.hours else None
            spot = Spot(found.site, sites.title(job), job.shift, hours)
            spots.setdefault((spot.worksite, spot.title, spot.shift), spot)
        elif found.text:
            unplaced[found.text] = None
    return list(spots.values()), "; ".join(unplaced)


def _reaches(entry: PersonEntry) -> list[Reach]:
    """The contacts of an entry, each once: a cell phone may stand under Home Phone too."""
    found: dict[str, Reach] = {}
    for one in entry.row.contacts:
        indexes = lookup(Contact(kind=one.kind, value=one.value))
        found.setdefault(indexes[0], Reach(one, indexes))
    return list(found.values())


def compare(
    told: Told, said: Mapping[str, Any], points: Mapping[str, Point], places: Sequence[Place], *, is_older: bool = False
) -> Diff:
    """What an entry says otherwise than the record did. said: of the record. points, places: of the person.

    is_older: the list speaks of a day before one that the record was seen on, so that it only fills what nobody said.
    """
    diff = Diff()
    for name, text in told.texts.items():
        held = said.get(name)
        if held is None or (held[0] != text and not is_older):
            diff.texts[name] = text
    if not is_older:
        diff.dropped = tuple(
            name for name in (UNPLACED, ABSENT) if name in said and name not in told.texts and _may_drop(name, told)
        )
    if told.reaches and (not is_older or "contacts" not in said):
        _compare_contacts(diff, told.reaches, said, points)
    is_gone = told.texts.get("employment") == SEPARATED
    if (told.spots or is_gone) and (not is_older or "places" not in said):
        _compare_places(diff, told, said, places, is_gone=is_gone)
    return diff


def _may_drop(name: str, told: Told) -> bool:
    return name == ABSENT or bool(told.spots)


def _compare_contacts(
    diff: Diff, reaches: Sequence[Reach], said: Mapping[str, Any], points: Mapping[str, Point]
) -> None:
    """A list that gives a contact of one kind replaces its own of that kind, and no other."""
    ids: list[int] = []
    for reach in reaches:
        known = next((points[index] for index in reach.indexes if index in points), None)
        if known is None:
            diff.new_points.append(reach)
        else:
            ids.append(known.pk)
    before = said["contacts"][0] if "contacts" in said else []
    if not diff.new_points and set(ids) == set(before):
        return
    spoken = {(reach.contact.kind, reach.contact.owner) for reach in reaches}
    by_pk = {point.pk: point for point in points.values()}
    kept = [pk for pk in before if pk in by_pk and (by_pk[pk].kind, by_pk[pk].owner) not in spoken]
    now = sorted({*ids, *kept})
    if diff.new_points or now != sorted(before):
        diff.contacts = now


def _compare_places(diff: Diff, told: Told, said: Mapping[str, Any], places: Sequence[Place], *, is_gone: bool) -> None:
    before = set(said["places"][0]) if "places" in said else set()
    now: set[int] = set()
    for spot in () if is_gone else told.spots:
        held = next((place for place in places if place[1:4] == spot[:3] and place.pk not in now), None)
        if held is None or (held.pk in before and None not in (held.hours, spot.hours) and held.hours != spot.hours):
            diff.new_spots.append(spot)
        else:
            now.add(held.pk)
    open_ids = {place.pk for place in places}
    left = before - now
    if not told.places_whole and not is_gone:
        # A place that could not be found may be one we know under another name: nothing ends by it.
        replaced = {held.pk for held in places for spot in diff.new_spots if held[1:4] == spot[:3]}
        now |= left - replaced
        left &= replaced
    diff.ended = sorted(left & open_ids)
    if diff.new_spots or now != before:
        diff.places = sorted(now)
