"""Who has access, and what the newest list of people says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from unionhall.accounts.enums import GIVEN_BY_TWO
from unionhall.accounts.hookspecs import scope_directory
from unionhall.accounts.models import Invitation, RoleGrant
from unionhall.foundation.access import Grant, Reach, Role, Viewer
from unionhall.foundation.contacts import Contact, lookup
from unionhall.foundation.errors import NotFound
from unionhall.roster.enums import AccessDecision, AccessFound, Employment
from unionhall.roster.models import AccessItem, AccessReview, Area, Assignment, ContactPoint, Person, Worksite


class NoSuchReview(NotFound):
    """No access review, or no case of one, has that public id."""

    code = "no_such_review"


@dataclass(frozen=True, slots=True)
class Finding:
    """A role or invitation of which the list says something. codes: where she works now, for a role that moves."""

    person: Person
    found: AccessFound
    proposal: AccessDecision
    grant: RoleGrant | None = None
    invitation: Invitation | None = None
    codes: tuple[str, ...] = ()
    is_automatic: bool = False

    @property
    def wants_second(self) -> bool:
        """Whether two must decide: a wide role, or one that was ended by the list itself."""
        role = self.grant.role if self.grant is not None else ""
        return self.is_automatic or (bool(role) and Role(role) in GIVEN_BY_TWO)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One case on the page. role, where, to: in words; may_decide, may_agree: what this viewer may do now."""

    item: AccessItem
    role: str
    where: str
    to: str
    may_decide: bool
    may_agree: bool


def findings(*, since: date) -> list[Finding]:
    """What the roster says now of everybody who holds a role or was offered one. since: the day of the list.

    A plain member's role gives nobody's data and is left out. Seven queries, however many there are.
    """
    grants = list(RoleGrant.objects.filter(ended_at=None).exclude(role=Role.MEMBER).order_by("pk"))
    people = _people_of([grant.user_id for grant in grants])
    sites = _sites_of([person.pk for person in people.values()])
    found = [_of_grant(grant, people[grant.user_id], sites) for grant in grants if grant.user_id in people]
    return [one for one in (*_ended(since), *found, *_of_invitations()) if one is not None]


def open_reviews() -> QuerySet[AccessReview]:
    """The reviews that nobody has ended, the newest first, with their lists."""
    return AccessReview.objects.filter(done_at=None).select_related("imported")


def get_review(number: str) -> AccessReview:
    """The review of the list of that public id. Raises NoSuchReview."""
    found = AccessReview.objects.select_related("imported").filter(imported__public_id=number).first()
    if found is None:
        raise NoSuchReview
    return found


def get_item(public_id: str) -> AccessItem:
    """One case. Raises NoSuchReview."""
    found = AccessItem.objects.select_related("review__imported", "person", "grant__user", "invitation")
    item = found.filter(public_id=public_id).first()
    if item is None:
        raise NoSuchReview
    return item


def all_reviews() -> QuerySet[AccessReview]:
    """Every review with its list and how many cases it had, the newest first."""
    return AccessReview.objects.select_related("imported").annotate(cases=Count("items"))


def held_roles(*, on: date) -> list[tuple[str, int]]:
    """Each role that anybody holds on that day, and how many do, in the order of the access table."""
    rows = RoleGrant.objects.holding(on).filter(user__is_active=True).order_by().values_list("role")
    found = dict(rows.annotate(people=Count("user", distinct=True)))
    return [(role.value, found[role.value]) for role in Role if role.value in found and role is not Role.MEMBER]


def rows_of(viewer: Viewer, review: AccessReview) -> list[ItemRow]:
    """The cases of a review, those that wait first. Three queries."""
    items = review.items.select_related("person", "grant__user", "invitation").order_by("pk")
    names = _place_names(list(items))
    rows = [_row(viewer, item, names, may_act=review.done_at is None) for item in items]
    return sorted(rows, key=lambda row: (row.item.applied_at is not None, row.item.is_automatic, row.item.pk))


def waiting_items(review: AccessReview) -> QuerySet[AccessItem]:
    """The cases that keep a review from ending: not decided, or decided by one of two."""
    untouched = Q(is_automatic=True, decision=AccessDecision.OPEN)
    return review.items.filter(applied_at=None).exclude(untouched)


def _people_of(user_ids: Iterable[int]) -> dict[int, Person]:
    rows = Person.objects.get_queryset().filter(user__in=list(user_ids), merged_into=None)
    return {person.user_id: person for person in rows if person.user_id is not None}


def _sites_of(person_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Person → (worksite, area) of each place where she works now, by public ids."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Assignment.objects.filter(person__in=list(person_ids), ends_on=None).order_by("pk")
    for pk, site, area in rows.values_list("person", "worksite__public_id", "worksite__area__public_id"):
        found[pk].append((site, area or ""))
    return found


def _said(person: Person) -> AccessFound | None:
    if person.employment == Employment.MANAGEMENT:
        return AccessFound.MANAGEMENT
    if person.employment == Employment.SEPARATED:
        return AccessFound.LEFT
    return AccessFound.MISSING if person.missing_since is not None else None


def _of_grant(grant: RoleGrant, person: Person, sites: dict[int, list[tuple[str, str]]]) -> Finding | None:
    said = _said(person)
    if said is not None:
        keep = AccessDecision.KEEP if said is AccessFound.MISSING else AccessDecision.END
        return Finding(person, said, keep, grant=grant)
    here = sites.get(person.pk, [])
    spot = {Reach.WORKSITE.value: 0, Reach.AREA.value: 1}.get(grant.reach)
    if spot is None or not here or any(place[spot] in grant.codes for place in here):
        return None
    codes = tuple(dict.fromkeys(place[spot] for place in here if place[spot]))
    proposal = AccessDecision.MOVE if codes else AccessDecision.END
    return Finding(person, AccessFound.MOVED, proposal, grant=grant, codes=codes)


def _ended(since: date) -> list[Finding]:
    """Roles that ended by themselves on or after that day, since their holders became management."""
    rows = RoleGrant.objects.filter(ended_at__date__gte=since).exclude(role=Role.MEMBER).order_by("pk")
    grants = [grant for grant in rows if grant.ended_at is not None]
    people = _people_of([grant.user_id for grant in grants])
    return [
        Finding(people[one.user_id], AccessFound.MANAGEMENT, AccessDecision.END, grant=one, is_automatic=True)
        for one in grants
        if one.user_id in people and people[one.user_id].employment == Employment.MANAGEMENT
    ]


def _of_invitations() -> list[Finding]:
    """Open invitations whose contact belongs to somebody who left or is management."""
    unsettled = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, caught_at=None, forgotten_at=None)
    found = []
    for invitation in unsettled.order_by("pk"):
        for person in persons_behind(invitation):
            said = _said(person)
            if said in (AccessFound.MANAGEMENT, AccessFound.LEFT):
                found.append(Finding(person, said, AccessDecision.END, invitation=invitation))
                break
    return found


def persons_behind(invitation: Invitation) -> Sequence[Person]:
    """The persons of the roster whose contact the invitation went to."""
    if not invitation.value:
        return []
    contact = Contact(kind="mail" if invitation.kind == "mail" else "sms", value=str(invitation.value))
    points = ContactPoint.objects.filter(index_full__in=lookup(contact))
    return list(Person.objects.get_queryset().filter(pk__in=points.values("person")).order_by("pk"))


def _row(viewer: Viewer, item: AccessItem, names: dict[str, str], *, may_act: bool) -> ItemRow:
    holds = item.grant if item.grant is not None else item.invitation
    grant = Grant(Role(holds.role), Reach(holds.reach), frozenset(holds.codes))  # type: ignore[union-attr]
    decided = item.decision != AccessDecision.OPEN
    may_agree = may_act and decided and item.applied_at is None and item.decided_by_id != viewer.user_id
    return ItemRow(
        item=item,
        role=grant.role.value,
        where=_words(grant, names),
        to=", ".join(names.get(code, code) for code in item.codes),
        may_decide=may_act and not decided,
        may_agree=may_agree and item.wants_second,
    )


def _words(grant: Grant, names: dict[str, str]) -> str:
    if grant.reach is Reach.TURF:
        return ", ".join(directory.in_words(grant) for directory in scope_directory)
    return ", ".join(names.get(code, code) for code in sorted(grant.codes))


def _place_names(items: Sequence[AccessItem]) -> dict[str, str]:
    holds = [item.grant if item.grant is not None else item.invitation for item in items]
    codes = {code for one in holds if one is not None for code in one.codes} | {c for i in items for c in i.codes}
    sites = Worksite.objects.filter(public_id__in=codes).values_list("public_id", "name")
    return {**dict(sites), **{area.public_id: str(area) for area in Area.objects.filter(public_id__in=codes)}}
