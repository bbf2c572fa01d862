"""Who works at a worksite and who answers for whom there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import Invitation, User
from unionhall.campaigns.access import entries_visible_to, worksites_led_by
from unionhall.campaigns.enums import HEARD, REPLIES, EntryState
from unionhall.campaigns.models import Cover, EntryNote, Talk
from unionhall.campaigns.queries.entries import QueueRow, row_of
from unionhall.foundation.access import Reach, Role, Viewer
from unionhall.foundation.errors import Invalid
from unionhall.roster.enums import Employment
from unionhall.roster.models import Assignment, Person, Worksite
from unionhall.roster.queries import NoSuchWorksite
from unionhall.rulebook.coverage import SILENT_AFTER, Stand, shift_order

MOST_WAITING: Final = 10
NOT_REPRESENTED: Final = (Employment.SEPARATED, Employment.MANAGEMENT)


class NoSuchHolder(Invalid):
    """People were to be given to nobody, or to somebody who cannot be given people of this worksite."""

    code = "no_such_holder"
    message = _("Choose who answers for them, or ask somebody new below.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers for people, or was asked to. key: "u-" or "i-" and a public id. promised: has not accepted yet."""

    key: str
    name: str
    promised: bool = False
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What an act of giving or taking did. to: who has the people now, blank where nobody."""

    act: str
    people: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class SitePerson:
    """Somebody who works there. job, shift: of her first assignment there, further jobs after a comma."""

    person: Person
    job: str
    shift: str
    holder: Holder | None
    heard: bool

    @property
    def covered(self) -> bool:
        """Whether somebody answers for her who has accepted."""
        return self.holder is not None and not self.holder.promised


@dataclass(frozen=True, slots=True)
class Team:
    """The people of one worksite, those of a shift together, and its CAT members with how many each has."""

    site: Worksite
    people: Sequence[SitePerson]
    holders: Sequence[Holder]
    counts: Mapping[str, int] = field(default_factory=dict)

    def of(self, holder: Holder) -> list[SitePerson]:
        """The people of one CAT member."""
        return [one for one in self.people if one.holder and one.holder.key == holder.key]

    @property
    def uncovered(self) -> list[SitePerson]:
        """Those in nobody's turf; who is promised to somebody asked is not among them."""
        return [one for one in self.people if one.holder is None]

    @property
    def covered(self) -> int:
        """How many have somebody who accepted to answer for them."""
        return sum(one.covered for one in self.people)

    @property
    def with_people(self) -> list[tuple[Holder, int, int]]:
        """Each who has people here: how many, and how many of them heard from one of us."""
        return [
            (holder, self.counts[holder.key], sum(one.heard for one in self.of(holder)))
            for holder in self.holders
            if holder.key in self.counts
        ]

    @property
    def silent(self) -> list[SitePerson]:
        """Those who have heard from nobody for sixty days."""
        return [one for one in self.people if not one.heard]


def current(on: date) -> Q:
    """The condition on assignments that hold on that day."""
    return Q(ends_on=None) | Q(ends_on__gte=on)


def at_the_site(worksite: Worksite, *, on: date) -> QuerySet[Person]:
    """The persons represented who work there on that day, by name."""
    there = Assignment.objects.filter(current(on), worksite=worksite, person=OuterRef("pk"))
    present = Person.objects.get_queryset().filter(Exists(there), merged_into=None, shrunk_at=None)
    return present.exclude(employment__in=NOT_REPRESENTED).order_by("name_key", "pk")


def reached_by_covers(user_ids: Iterable[int], *, on: date) -> dict[int, set[str]]:
    """Whom each account answers for and may reach: public ids of persons who work at the worksite of the line now."""
    there = Assignment.objects.filter(current(on), person=OuterRef("person"), worksite=OuterRef("worksite"))
    rows = Cover.objects.standing().filter(Exists(there), user__in=list(user_ids))
    rows = rows.filter(person__merged_into=None, person__shrunk_at=None)
    found: dict[int, set[str]] = {}
    pairs = rows.exclude(person__employment__in=NOT_REPRESENTED).values_list("user_id", "person__public_id")
    for user_id, code in pairs:
        found.setdefault(user_id or 0, set()).add(code)
    return found


def heard_since(persons: QuerySet[Person, Any] | Sequence[int], since: datetime) -> set[int]:
    """Which of these persons heard from one of us since then: a talk, or a reply to what they sent. Two queries."""
    talks = Talk.objects.standing().filter(kind__in=HEARD, at__gte=since, person__in=persons)
    notes = EntryNote.objects.filter(kind__in=REPLIES, taken_back_at=None, at__gte=since, entry__person__in=persons)
    return {*talks.values_list("person_id", flat=True), *notes.values_list("entry__person_id", flat=True)}


def find_site_led(viewer: Viewer, public_id: str) -> Worksite:
    """The worksite of a public id whose people the viewer may give out. Raises NoSuchWorksite."""
    found = worksites_led_by(viewer).select_related("area").filter(public_id=public_id).first()
    if found is None:
        raise NoSuchWorksite
    return found


def own_sites(viewer: Viewer) -> list[Worksite]:
    """The worksites of a steward, by name."""
    codes = viewer.reach_of(Role.STEWARD).get(Reach.WORKSITE, frozenset())
    return list(worksites_led_by(viewer).select_related("area").filter(public_id__in=codes).order_by("name", "pk"))


def get_team(site: Worksite, viewer: Viewer, *, now: datetime, on: date) -> Team:
    """Everybody at the worksite with who covers them, and who can be given people. Five queries, however many."""
    jobs = _jobs(site, on)
    holders = _holders(site, now)
    heard = heard_since(at_the_site(site, on=on).order_by().values("pk"), now - SILENT_AFTER)
    people = [
        SitePerson(person, ", ".join(dict.fromkeys(titles)), shift, holders.get(pk), pk in heard)
        for pk, (person, titles, shift) in jobs.items()
    ]
    people.sort(key=lambda one: (*shift_order(one.shift), one.job, one.person.name_key, one.person.pk))
    counts: dict[str, int] = {}
    for one in people:
        if one.holder:
            counts[one.holder.key] = counts.get(one.holder.key, 0) + 1
    return Team(site, people, _to_choose_from(site, viewer, holders), counts)


def stand_of(team: Team) -> Stand:
    """How the worksite stands, without its entries. No query."""
    return Stand(len(team.people), team.covered, len(team.people) - len(team.silent))


def what_was_done(site: Worksite, act: str) -> Done | None:
    """What an act did that can still be taken back; none for anything else. One query, none without an act."""
    if not act:
        return None
    rows = Cover.objects.filter(Q(given_in=act, ended_at=None) | Q(ended_in=act), worksite=site)
    lines = list(rows.select_related("user", "invitation"))
    given = [line for line in lines if line.given_in == act]
    if given:
        holder = given[0].user or given[0].invitation
        return Done(act, len(given), holder.name if holder else "")
    return Done(act, len(lines)) if lines else None


def waiting_at(viewer: Viewer, site: Worksite, *, now: datetime) -> list[QueueRow]:
    """Who signed up at the worksite and waits, the longest first; at most ten. One query."""
    mine = entries_visible_to(viewer).in_state(EntryState.OPEN).with_rows().filter(worksite=site)
    return [row_of(entry, now=now) for entry in mine[:MOST_WAITING]]


def line_of_person(person: Person, site: str, *, now: datetime) -> tuple[Worksite | None, Holder | None]:
    """The worksite of that public id and who answers for the person there, as her card shows it. One query."""
    rows = Cover.objects.filter(person=person, worksite__public_id=site, ended_at=None)
    line = rows.select_related("worksite", "user", "invitation").first()
    return (line.worksite, _holder(line, now)) if line else (None, None)


def find_holder(team: Team, key: str) -> User | Invitation:
    """The account or open invitation behind a key of the team's holders. Raises NoSuchHolder."""
    if key not in {holder.key for holder in team.holders}:
        raise NoSuchHolder
    kind, _dash, public_id = key.partition("-")
    if kind == "i":
        return Invitation.objects.get(public_id=public_id)
    return User.objects.get(public_id=public_id)


def _jobs(site: Worksite, on: date) -> dict[int, tuple[Person, list[str], str]]:
    rows = Assignment.objects.filter(current(on), worksite=site, person__merged_into=None, person__shrunk_at=None)
    rows = rows.exclude(person__employment__in=NOT_REPRESENTED)
    found: dict[int, tuple[Person, list[str], str]] = {}
    for row in rows.select_related("person", "classification").order_by("pk"):
        _person, titles, _shift = found.setdefault(row.person_id, (row.person, [], row.shift))
        if row.classification:
            titles.append(str(row.classification))
    return found


def _holders(site: Worksite, now: datetime) -> dict[int, Holder]:
    """Who answers for each person, by database number."""
    rows = Cover.objects.filter(worksite=site, ended_at=None).select_related("user", "invitation")
    found = {}
    for row in rows:
        holder = _holder(row, now)
        if holder is not None:
            found[row.person_id] = holder
    return found


def _holder(cover: Cover, now: datetime) -> Holder | None:
    """Who stands behind a line; nobody where the account is closed or the invitation worn."""
    user, asked = cover.user, cover.invitation
    if user is not None:
        return Holder(f"u-{user.public_id}", user.name, user_id=user.pk) if user.is_active else None
    if asked is None or asked.accepted_at or asked.withdrawn_at or asked.expires_at <= now:
        return None
    return Holder(f"i-{asked.public_id}", asked.name, promised=True)


def _to_choose_from(site: Worksite, viewer: Viewer, holders: Mapping[int, Holder]) -> list[Holder]:
    """Who has people of the worksite or had them once, and the steward herself."""
    known = {holder.key: holder for holder in holders.values()}
    lined = Cover.objects.filter(worksite=site).exclude(user=None).values("user")
    me = viewer.user_id if site.public_id in viewer.reach_of(Role.STEWARD).get(Reach.WORKSITE, ()) else None
    for user in User.objects.filter(Q(pk__in=lined) | Q(pk=me), is_active=True):
        known.setdefault(f"u-{user.public_id}", Holder(f"u-{user.public_id}", user.name, user_id=user.pk))
    return sorted(known.values(), key=lambda holder: (holder.name, holder.key))
