"""My campaign: what a member sees of her own place, her people and her record, and what she may change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from unionhall.accounts.enums import TokenKind
from unionhall.accounts.models import RoleGrant, SignInToken, User
from unionhall.accounts.queries import find_living_token
from unionhall.campaigns.models import CalendarDate, Campaign, Cover, Entry, Leaving
from unionhall.campaigns.models.turf import CoverQuerySet
from unionhall.campaigns.phrases import agreement_words
from unionhall.campaigns.queries.updates import OwnUpdates, updates_of
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.contacts import Contact
from unionhall.foundation.vocabulary import word
from unionhall.roster.enums import ConsentPurpose, ContactKind, ContactOwner
from unionhall.roster.models import Assignment, Consent, ContactPoint, Person, Worksite
from unionhall.roster.queries import is_opted_out, leaders_of
from unionhall.roster.queries.subject import spoken_contact

MOST_DATES: Final = 3
WRITTEN_TO: Final = (ContactKind.SMS, ContactKind.MAIL)
CALLED: Final = (ContactKind.SMS, ContactKind.PHONE)
PURPOSES: Final = (ConsentPurpose.CAMPAIGN, ConsentPurpose.SERVICE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where she works. line: job and shift. hours: of the shifts there, hers alone where her shift is known."""

    worksite: Worksite
    line: str
    hours: Sequence[str]


@dataclass(frozen=True, slots=True)
class Carer:
    """Who stands for her. role: as the local calls it. number: E.164, only where the person agreed to show it."""

    person: Person
    role: str
    number: str = ""
    spoken: str = ""
    texts: bool = False

    @property
    def short(self) -> str:
        """First name and one letter, for a page that a stranger may open: "Alma R."."""
        first, _blank, rest = str(self.person).partition(" ")
        return f"{first} {rest.rsplit(' ', 1)[-1][:1]}." if rest else first


@dataclass(frozen=True, slots=True)
class Agreement:
    """One purpose on one channel: whether she agrees now, and the words of it as they are kept."""

    point: ContactPoint
    purpose: str
    label: str
    wording: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """One number or address of hers, and what she may agree to there."""

    point: ContactPoint
    spoken: str
    agreements: Sequence[Agreement]


@dataclass(frozen=True, slots=True)
class MyPage:
    """All that /me/ shows. campaign: the one she is asked into, none where the local has none now."""

    user: User
    person: Person | None
    campaign: Campaign | None = None
    places: Sequence[Place] = ()
    carers: Sequence[Carer] = ()
    dates: Sequence[CalendarDate] = ()
    channels: Sequence[Channel] = ()
    shown: Sequence[Agreement] = ()
    updates: Sequence[OwnUpdates] = ()
    entries: Sequence[Entry] = ()
    asked_call: bool = False
    leaving: Leaving | None = None
    links: int = 0


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What the personal link shows: harmless to whoever opens it. name: her first name alone."""

    user: User
    person: Person
    name: str
    places: Sequence[Place]
    carers: Sequence[Carer]
    dates: Sequence[CalendarDate]
    stopped: bool
    campaign: Campaign | None = None


def person_of(user: User) -> Person | None:
    """The person behind an account, none where the roster knows nobody of it."""
    return Person.objects.filter(user=user, merged_into=None).first()


def my_page(user: User, *, on: date, at: datetime) -> MyPage:
    """What the account's own page shows on a day. The same number of queries, however much is held."""
    person = person_of(user)
    if person is None:
        return MyPage(user=user, person=None, campaign=campaign_for(None, on=on))
    entries = list(Entry.objects.with_rows().filter(person=person).order_by("-received_at"))
    campaign = campaign_for(person, on=on)
    places = places_of(person, on=on)
    channels, shown = _channels(person, union_of(campaign))
    return MyPage(
        user=user,
        person=person,
        campaign=campaign,
        places=places,
        carers=carers_of(person, places, on=on),
        dates=dates_for(campaign, on=on),
        channels=channels,
        shown=shown if leads(person, on=on) else (),
        updates=updates_of(person),
        entries=entries,
        asked_call=any(entry.kind == "call" and entry.state == "open" for entry in entries),
        leaving=leaving_of(person),
        links=SignInToken.objects.filter(user=user, kind=TokenKind.VIEW, uses_left__gt=0, expires_at__gt=at).count(),
    )


def link_page(*, token: str, on: date, at: datetime) -> LinkPage | None:
    """What the link of that secret shows, none where it is unknown, too old or turned off: never said which."""
    found = find_living_token(kind=TokenKind.VIEW, token=token, at=at)
    person = person_of(found.user) if found else None
    if found is None or person is None:
        return None
    places, campaign = places_of(person, on=on), campaign_for(person, on=on)
    standing = Consent.objects.filter(person=person, withdrawn_at=None, purpose__in=PURPOSES)
    return LinkPage(
        user=found.user,
        person=person,
        name=str(person).split(" ", 1)[0],
        places=places,
        carers=carers_of(person, places, on=on),
        dates=dates_for(campaign, on=on),
        stopped=not standing.exists(),
        campaign=campaign,
    )


def campaign_for(person: Person | None, *, on: date) -> Campaign | None:
    """The campaign under way that the person wrote to last, else the first one under way."""
    under_way = list(Campaign.objects.open_on(on))
    if person is not None and len(under_way) > 1:
        last = Entry.objects.filter(person=person, campaign__in=under_way).order_by("-received_at").first()
        return next((one for one in under_way if last and one.pk == last.campaign_id), under_way[0])
    return under_way[0] if under_way else None


def union_of(campaign: Campaign | None) -> str:
    """The union by its name, as it stands in what a member agrees to."""
    return campaign.union_name if campaign else word("local", form="the")


def dates_for(campaign: Campaign | None, *, on: date) -> list[CalendarDate]:
    """The next days of a campaign, the first of them first."""
    return list(CalendarDate.objects.filter(campaign=campaign, on__gte=on)[:MOST_DATES]) if campaign else []


def places_of(person: Person, *, on: date) -> list[Place]:
    """Where the person works on that day, each worksite once, with the hours there."""
    now = Q(ends_on=None) | Q(ends_on__gte=on)
    rows = Assignment.objects.filter(now, person=person).select_related("worksite", "classification")
    found: dict[int, Place] = {}
    for row in rows.prefetch_related("worksite__shifts"):
        line = ", ".join(filter(None, (str(row.classification) if row.classification else "", row.shift)))
        found.setdefault(row.worksite_id, Place(row.worksite, line, _hours(row)))
    return list(found.values())


def carers_of(person: Person, places: Sequence[Place], *, on: date) -> list[Carer]:
    """Who stands for the person: of her own list first, then the stewards of her worksites; never she herself."""
    sites = [place.worksite for place in places]
    found: dict[int, tuple[Person, str]] = {}
    covers = CoverQuerySet(Cover).standing().filter(person=person, worksite__in=sites)
    for one in Person.objects.filter(user__in=covers.values("user"), merged_into=None).order_by("name", "pk"):
        found.setdefault(one.pk, (one, Role.CAT_MEMBER.value))
    for one, role in _by_role(person, sites, on):
        found.setdefault(one.pk, (one, role))
    for one in leaders_of(sites, on):
        found.setdefault(one.pk, (one, Role.STEWARD.value))
    found.pop(person.pk, None)
    numbers = _numbers_shown(found)
    return [_carer(one, role, numbers.get(one.pk)) for one, role in sorted(found.values(), key=lambda it: it[1])]


def leads(person: Person, *, on: date) -> bool:
    """Whether anybody reads this person's name as her steward or CAT member."""
    offices = person.offices.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
    if person.user_id is None:
        return offices.exists()
    roles = RoleGrant.objects.filter(user=person.user_id).holding(on)
    return offices.exists() or roles.filter(role__in=(Role.CAT_MEMBER, Role.STEWARD)).exists()


def leaving_of(person: Person) -> Leaving | None:
    """That the person leaves, while she may still take it back."""
    return Leaving.objects.filter(person=person, taken_back_at=None, closed_at=None).first()


def proved_channels(person: Person) -> list[str]:
    """Where the person's own link may be sent by others: her sign-in contacts, proved, and open to messages."""
    if person.user is None or not person.user.is_active:
        return []
    proved = _own_points(person).exclude(verified_at=None).filter(kind__in=WRITTEN_TO)
    hers = {contact.value for contact in person.user.sign_in_contacts.all()}
    return [
        point.value
        for point in proved
        if point.value in hers
        and not is_opted_out(Contact(kind="mail" if point.kind == ContactKind.MAIL else "sms", value=point.value))
    ]


def own_point(person: Person, pk: str) -> ContactPoint | None:
    """A number or address of the person's own, in use now; none for anything else."""
    mine = _own_points(person)
    return mine.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 12 else None


def best_point(person: Person) -> ContactPoint | None:
    """Where the person is called or written to: a phone before a mail, a proved one before another."""
    order = [*CALLED, ContactKind.MAIL]
    points = [point for point in _own_points(person) if point.kind in order]
    points.sort(key=lambda point: (order.index(ContactKind(point.kind)), point.verified_at is None, point.pk))
    return points[0] if points else None


def _own_points(person: Person) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(person=person, owner=ContactOwner.PERSONAL, is_current=True).order_by("pk")


def _channels(person: Person, union: str) -> tuple[list[Channel], list[Agreement]]:
    points = [point for point in _own_points(person) if point.kind != ContactKind.POST]
    standing = set(Consent.objects.filter(person=person, withdrawn_at=None).values_list("contact_point_id", "purpose"))
    labels = dict(ConsentPurpose.choices)

    def agreement(point: ContactPoint, purpose: ConsentPurpose) -> Agreement:
        words = agreement_words(point.kind, purpose, union)
        return Agreement(point, purpose.value, str(labels[purpose]), words, (point.pk, purpose.value) in standing)

    channels = [
        Channel(point, spoken_contact(point.kind, point.value), [agreement(point, purpose) for purpose in PURPOSES])
        for point in points
        if point.kind in WRITTEN_TO
    ]
    return channels, [agreement(point, ConsentPurpose.SHOWN) for point in points if point.kind in CALLED]


def _by_role(person: Person, sites: Sequence[Worksite], on: date) -> Iterator[tuple[Person, str]]:
    """Coworkers whose role reaches the person: her on their list, or a worksite of hers."""
    coworkers = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), worksite__in=sites)
    users = Person.objects.filter(pk__in=coworkers.values("person_id")).exclude(user=None).values("user_id")
    grants = RoleGrant.objects.filter(user__in=users).holding(on)
    codes = {Reach.TURF.value: {person.public_id}, Reach.WORKSITE.value: {site.public_id for site in sites}}
    held = {
        grant.user_id: grant.role
        for grant in grants.filter(role__in=(Role.CAT_MEMBER, Role.STEWARD)).order_by("-role", "pk")
        if codes.get(grant.reach, set()) & set(grant.codes)
    }
    for one in Person.objects.filter(user__in=held, merged_into=None).order_by("name", "pk"):
        yield one, held[one.user_id]  # type: ignore[index]


def _numbers_shown(persons: Iterable[int]) -> dict[int, ContactPoint]:
    """The numbers that these persons agreed to show, one of each."""
    shown = Consent.objects.filter(person__in=list(persons), purpose=ConsentPurpose.SHOWN, withdrawn_at=None)
    rows = shown.filter(contact_point__is_current=True).select_related("contact_point").order_by("pk")
    return {row.person_id: row.contact_point for row in rows if row.contact_point is not None}


def _carer(person: Person, role: str, point: ContactPoint | None) -> Carer:
    called = word("cat_member" if role == Role.CAT_MEMBER else "steward")
    if point is None:
        return Carer(person, called)
    spoken = spoken_contact(point.kind, point.value)
    return Carer(person, called, point.value, spoken, texts=point.kind == ContactKind.SMS)


def _hours(row: Assignment) -> list[str]:
    shifts = list(row.worksite.shifts.all())
    own = [shift for shift in shifts if shift.name.casefold() == row.shift.casefold()]
    return [f"{shift.name}: {shift.starts_at:%H:%M} – {shift.ends_at:%H:%M}" for shift in own or shifts[:3]]
