"""People as cards: how to reach them, what was asked last, what was done today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from unionhall.campaigns import access
from unionhall.campaigns.enums import SPOKEN, EntryState, TalkKind
from unionhall.campaigns.models import Campaign, Entry, Talk
from unionhall.campaigns.queries.turf import current
from unionhall.foundation.access import Viewer
from unionhall.foundation.errors import NotFound
from unionhall.roster.enums import ContactOwner
from unionhall.roster.models import Assignment, ContactPoint, Person, Worksite
from unionhall.roster.queries import opted_out_among

PHONES: Final = ("sms", "phone")


class NoSuchPersonToTalkWith(NotFound):
    """Nobody of that public id is the viewer's to talk with."""

    code = "no_such_person_to_talk_with"


@dataclass(frozen=True, slots=True)
class Card:
    """One person on a page of somebody who answers for her.

    lines: job, shift and worksite. phone: her own number, blank where none is known. may_text: it is a cell phone whose
    owner did not ask to be left alone. asked: what she was asked last. last: the newest line of the log, but notes.
    done: somebody talked with her today, or said that she is done. entry: what she sent us, while it waits.
    """

    person: Person
    lines: Sequence[str]
    phone: str
    may_text: bool
    asked: str
    last: Talk | None
    done: bool
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Turf:
    """The people a CAT member answers for: those still to talk with today first. done: how many are done today."""

    cards: Sequence[Card]
    done: int

    @property
    def begun(self) -> bool:
        """Whether anybody has been talked with yet."""
        return any(card.last for card in self.cards)

    @property
    def total(self) -> int:
        """How many people there are."""
        return len(self.cards)


def get_turf(viewer: Viewer, *, now: datetime, on: date) -> Turf:
    """The viewer's people as a CAT member. Six queries, however many people."""
    persons = list(access.turf_of(viewer, on=on).order_by("name_key", "pk"))
    cards = cards_of(persons, now=now, on=on)
    cards.sort(key=lambda card: card.done)
    return Turf(cards, sum(card.done for card in cards))


def cards_of(persons: Sequence[Person], *, now: datetime, on: date, site: Worksite | None = None) -> list[Card]:
    """A card for each of these persons, whom the viewer may reach. Five queries, however many.

    site: the worksite whose page shows them, which a card need not name again.
    """
    ids = [person.pk for person in persons]
    places = _places(ids, on, site)
    phones = _phones(ids)
    silenced = opted_out_among(point.index_full for point in phones.values())
    talks: dict[int, list[Talk]] = {}
    for talk in Talk.objects.standing().filter(person__in=ids).order_by("-at", "-pk"):
        talks.setdefault(talk.person_id, []).append(talk)
    waiting = Entry.objects.filter(person__in=ids, state=EntryState.OPEN).order_by("-received_at")
    entries = {entry.person_id: entry for entry in waiting}
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        _card(person, places, phones, silenced, talks.get(person.pk, []), entries.get(person.pk), midnight)
        for person in persons
    ]


def get_person_to_talk_with(viewer: Viewer, public_id: str, *, on: date) -> Person:
    """The person of that public id, if she is within the viewer's turf, worksite or area. Raises otherwise."""
    found = access.persons_talked_with_by(viewer, on=on).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchPersonToTalkWith
    return found


def get_person_led(viewer: Viewer, public_id: str, *, on: date) -> Person:
    """The person of that public id, if the viewer leads her worksite or area. Raises otherwise."""
    found = access.persons_led_by(viewer, on=on).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchPersonToTalkWith
    return found


def talks_of(person: Person) -> list[Talk]:
    """The log of a person, the newest first, with who wrote each line; what was taken back is left out."""
    return list(Talk.objects.standing().filter(person=person).select_related("by")[:50])


def find_talk(viewer: Viewer, public_id: str) -> Talk | None:
    """A line the viewer wrote and may still take back; none for anything else."""
    if not public_id or viewer.user_id is None:
        return None
    mine = Talk.objects.standing().filter(public_id=public_id, by_id=viewer.user_id)
    return mine.select_related("person").first()


def asks_of(viewer: Viewer) -> list[str]:
    """What the viewer asked people last, the newest first, so that it need not be typed again; at most five."""
    mine = Talk.objects.standing().filter(by_id=viewer.user_id).exclude(asked="")
    return list(dict.fromkeys(mine.values_list("asked", flat=True)[:50]))[:5]


def campaign_under_way(on: date) -> Campaign | None:
    """The campaign in which talks of that day are noted: the one that opened last of those under way."""
    return Campaign.objects.open_on(on).order_by("-opens_on", "pk").first()


def _card(
    person: Person,
    places: dict[int, list[str]],
    phones: dict[int, ContactPoint],
    silenced: set[str],
    talks: Sequence[Talk],
    entry: Entry | None,
    midnight: datetime,
) -> Card:
    point = phones.get(person.pk)
    return Card(
        person=person,
        lines=places.get(person.pk, ()),
        phone=str(point.value) if point else "",
        may_text=point is not None and point.kind == "sms" and point.index_full not in silenced,
        asked=next((talk.asked for talk in talks if talk.asked), ""),
        last=next((talk for talk in talks if talk.kind != TalkKind.NOTE), None),
        done=any(talk.kind in SPOKEN and talk.at >= midnight for talk in talks),
        entry=entry,
    )


def _places(ids: Sequence[int], on: date, site: Worksite | None) -> dict[int, list[str]]:
    """Job, shift and worksite of each, in the words of the list."""
    found: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(current(on), person__in=ids).select_related("classification", "worksite")
    for row in rows.order_by("pk"):
        words = [
            str(row.classification) if row.classification else "",
            row.shift,
            "" if site and row.worksite_id == site.pk else str(row.worksite),
        ]
        line = " · ".join(filter(None, words))
        found.setdefault(row.person_id, []).extend([line] if line else [])
    return found


def _phones(ids: Sequence[int]) -> dict[int, ContactPoint]:
    """An own number of each: a cell phone before a telephone, the newest first."""
    rows = ContactPoint.objects.filter(person__in=ids, kind__in=PHONES, owner=ContactOwner.PERSONAL, is_current=True)
    found: dict[int, ContactPoint] = {}
    for point in sorted(rows, key=lambda point: (point.kind != "sms", -point.pk)):
        found.setdefault(point.person_id, point)
    return found
