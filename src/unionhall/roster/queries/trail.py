"""The trail as its page shows it: who saw and changed what, narrowed and in pages of fifty."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from unionhall.accounts.models import User
from unionhall.accounts.phrases import role_word
from unionhall.foundation.access import Role, Viewer
from unionhall.foundation.enums import Loud
from unionhall.foundation.models import AuditEntry
from unionhall.foundation.trail import Told, clerk, told, verbs_of
from unionhall.roster import access
from unionhall.roster.models import Area, ContactPoint, Person, Sight, Worksite

A_PAGE: Final = 50
A_PRINT: Final = 500
PERSON: Final = "roster.person"
ACCOUNT: Final = "accounts.user"
GRANT: Final = "accounts.rolegrant"


@dataclass(frozen=True, slots=True)
class TrailAsked:
    """What is wanted of the trail. person: seen or changed; doer: account; place: public ids of a worksite or area and
    of what lies in it; first, last: days, both included; group: of TrailGroup; loud: only what stands out; before:
    the cursor of the page before.
    """

    person: Person | None = None
    doer: User | None = None
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    group: str = ""
    loud: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One act on the page. who, what, place: as the viewer may know them."""

    entry: AuditEntry
    said: Told
    who: str
    what: str
    place: str

    @property
    def sentence(self) -> str:
        """The act in words."""
        return str(self.said.sentence) % {"who": self.who, "what": self.what}

    @property
    def loud(self) -> str:
        """Why it stands out, in a word; blank for most."""
        return str(Loud(self.said.loud).label)


@dataclass(frozen=True, slots=True)
class SightRow:
    """Somebody was shown contacts of a person."""

    sight: Sight
    who: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of rows, the latest first. next: the cursor of the page after, blank at the end."""

    rows: Sequence[Any]
    next: str


def trail_of(viewer: Viewer, asked: TrailAsked) -> QuerySet[AuditEntry]:
    """The entries the viewer may read and asked for, the latest first. An organizer who asks for a person of her own
    areas reads all about her.
    """
    allowed = access.trail_visible_to(viewer)
    about = _about(asked.person) if asked.person is not None else None
    if about is not None and access.may_edit(viewer, asked.person, on=None):  # type: ignore[arg-type]
        allowed |= about
    trail: QuerySet[AuditEntry] = AuditEntry.objects.filter(allowed)
    if about is not None:
        trail = trail.filter(about)
    if asked.doer is not None:
        trail = trail.filter(actor_id=asked.doer.pk)
    if asked.places:
        trail = trail.filter(place__in=asked.places)
    if asked.group or asked.loud:
        trail = trail.filter(_verbs(asked))
    return _between(trail, asked.first, asked.last).order_by("-at", "-pk")


def trail_leaf(viewer: Viewer, asked: TrailAsked, *, size: int = A_PAGE) -> Leaf:
    """A page of acts with their names. The same number of queries, however long the trail."""
    found, cursor = _leaf(trail_of(viewer, asked), asked.before, size)
    return Leaf(rows_of(viewer, found), cursor)


def rows_of(viewer: Viewer, entries: Sequence[AuditEntry]) -> list[TrailRow]:
    """Entries with the names of those whom the viewer may know; others are named by their ids. Four queries."""
    holders = {int(one.detail["user"]) for one in entries if one.object_type == GRANT and one.detail.get("user")}
    users = User.objects.in_bulk({one.actor_id for one in entries if one.actor_id is not None} | holders)
    ids = {int(one.object_id) for one in entries if one.object_type == PERSON and one.object_id.isdecimal()}
    hers = Q(pk__in=ids) | Q(user__in=[pk for pk, user in users.items() if not user.is_staff])
    known = list(access.persons_visible_to(viewer).filter(hers)) if viewer.has(*access.SEE_NAMES) else []
    people = {person.pk: person.name for person in known if person.pk in ids}
    doers = {person.user_id: person.name for person in known if person.user_id}
    places = _place_names({one.place for one in entries if one.place})
    return [
        TrailRow(
            entry=one,
            said=told(one.verb),
            who=_who(one.actor_id, one.actor_label, users, doers),
            what=_holds(one, users, doers) if one.object_type == GRANT else _what(one, people),
            place=places.get(one.place, one.place),
        )
        for one in entries
    ]


def sights_leaf(viewer: Viewer, asked: TrailAsked, *, on: date) -> Leaf:
    """A page of who was shown whose contacts."""
    rows = access.sights_visible_to(viewer, on=on).select_related("person")
    if asked.person is not None:
        rows = rows.filter(person=asked.person)
    if asked.doer is not None:
        rows = rows.filter(viewer_id=asked.doer.pk)
    if asked.places:
        rows = rows.filter(person__assignments__worksite__public_id__in=asked.places).distinct()
    found, cursor = _leaf(_between(rows, asked.first, asked.last).order_by("-at", "-pk"), asked.before, A_PAGE)
    users = User.objects.in_bulk([one.viewer_id for one in found])
    return Leaf([SightRow(one, users[one.viewer_id].name if one.viewer_id in users else "–") for one in found], cursor)


def _about(person: Person) -> Q:
    """Acts on the record, its contacts, or the account behind it."""
    about = Q(object_type=PERSON, object_id=str(person.pk))
    points = ContactPoint.objects.filter(person=person).values_list("pk", flat=True)
    about |= Q(object_type="roster.contactpoint", object_id__in=[str(pk) for pk in points])
    if person.user_id is not None:
        about |= Q(object_type=ACCOUNT, object_id=str(person.user_id))
    return about


def _verbs(asked: TrailAsked) -> Q:
    groups = [asked.group] if asked.group else []
    wanted = Q(verb__in=verbs_of(groups=groups, loud=asked.loud))  # type: ignore[arg-type]
    return wanted | Q(verb__startswith="wagtail.") if asked.group == "pages" and not asked.loud else wanted


def _between(rows: QuerySet[Any], first: date | None, last: date | None) -> QuerySet[Any]:
    if first is not None:
        rows = rows.filter(at__gte=timezone.make_aware(datetime.combine(first, time.min)))
    if last is not None:
        rows = rows.filter(at__lt=timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min)))
    return rows


def _leaf(rows: QuerySet[Any], before: str, size: int) -> tuple[list[Any], str]:
    """So many rows after the cursor, and the cursor of the next page. A cursor that is none begins at the top."""
    spot, _, number = before.partition("~")
    try:
        at, pk = datetime.fromisoformat(spot), int(number)
        rows = rows.filter(at__lte=at).exclude(at=at, pk__gte=pk)
    except ValueError:
        pass
    found = list(rows[: size + 1])
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], f"{last.at.isoformat()}~{last.pk}"


def _who(actor_id: int | None, label: str, users: Mapping[int, User], doers: Mapping[int, str]) -> str:
    """The doer's name where it is a name to this viewer; else what the trail calls them."""
    user = users.get(actor_id) if actor_id is not None else None
    if user is None:
        return clerk(label) if actor_id is None else label or "–"
    return user.name if user.is_staff else doers.get(user.pk, user.public_id)


def _what(entry: AuditEntry, people: Mapping[int, str]) -> str:
    number = int(entry.object_id) if entry.object_type == PERSON and entry.object_id.isdecimal() else 0
    return people.get(number) or entry.object_label or "–"


def _holds(entry: AuditEntry, users: Mapping[int, User], doers: Mapping[int, str]) -> str:
    """A role and who has it, by name where that is a name to this viewer."""
    holder = entry.detail.get("user")
    role = role_word(entry.object_label) if entry.object_label in set(Role) else entry.object_label
    return f"{_who(int(holder), '–', users, doers)}, {role}" if holder else role or "–"


def _place_names(codes: Collection[str]) -> dict[str, str]:
    sites = Worksite.objects.filter(public_id__in=codes).values_list("public_id", "name")
    areas = Area.objects.filter(public_id__in=codes)
    return {**dict(sites), **{area.public_id: str(area) for area in areas}}


def find_doers(viewer: Viewer, text: str, *, on: date, limit: int = 6) -> list[User]:
    """Accounts whose name holds the words: staff, and those whose persons the viewer may know."""
    known = access.persons_visible_to(viewer, on=on).exclude(user=None).values("user")
    among = User.objects.filter(
        Q(is_staff=True) | Q(pk__in=known) if viewer.has(*access.SEE_NAMES) else Q(is_staff=True)
    )
    exact = among.filter(public_id=text).first()
    if exact is not None:
        return [exact]
    for word in text.split():
        among = among.filter(name__icontains=word)
    return list(among.order_by("name", "pk")[:limit])


def places_within(public_ids: Iterable[str]) -> tuple[str, ...]:
    """Those places, and for an area all worksites in it."""
    codes = list(public_ids)
    inside = Worksite.objects.filter(area__public_id__in=codes).values_list("public_id", flat=True)
    return (*codes, *inside)


def place_called(public_id: str) -> list[tuple[str, str, str]]:
    """The worksite or area of that public id, with its name; empty where there is none."""
    names = _place_names([public_id])
    return [(public_id, names[public_id], "")] if public_id in names else []
