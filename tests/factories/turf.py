"""A school with its people, its steward and its CAT members: Magnolia Avenue, Denise and Jorge."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.factories import accounts, roster
from unionhall.accounts.models import User
from unionhall.campaigns import operations
from unionhall.campaigns.models import Campaign, Talk
from unionhall.foundation.access import Grant, Reach, Role, Viewer
from unionhall.foundation.bilingual import Bilingual
from unionhall.roster.models import Assignment, Classification, Employer, Person, Unit, Worksite

AT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
BY: dict[str, Any] = {"actor": roster.CLERK, "at": AT}


def people(site: Worksite, count: int = 3, *, shift: str = "", names: str = "Worker") -> list[Person]:
    """So many people of the worksite, each with a cell phone of their own."""
    made = [roster.person(f"{names} {number:02d}", site=site) for number in range(1, count + 1)]
    Assignment.objects.filter(person__in=made).update(shift=shift)
    return made


def job(title: str = "Cook", code: str = "C1") -> Classification:
    """A job title."""
    employer, _new = Employer.objects.get_or_create(code="river", defaults={"name": "Riverside schools"})
    unit, _new = Unit.objects.get_or_create(employer=employer, code="F", defaults={"name": Bilingual("F", "F")})
    name = Bilingual(title, {"Cook": "Cocina"}.get(title, title))
    return Classification.objects.get_or_create(unit=unit, code=code, defaults={"name": name})[0]


def cat_member(name: str = "Jorge Luna", *contacts: str) -> User:
    """Somebody who can be given people, with an account and no role yet."""
    return accounts.make_member(name, *contacts) if contacts else accounts.make_user(name)


def steward(site: Worksite, name: str = "Denise Carter") -> User:
    """The steward of a worksite."""
    user = accounts.make_user(name)
    accounts.grant(user, Role.STEWARD, Reach.WORKSITE, [site.public_id])
    return user


def as_steward(user: User, site: Worksite) -> Viewer:
    """That steward in front of the screen."""
    return Viewer(user.pk, user.name, (Grant(Role.STEWARD, Reach.WORKSITE, frozenset({site.public_id})),))


def give(site: Worksite, to: Any, *persons: Person, **by: Any) -> operations.Given:
    """These people are given to a CAT member."""
    codes = [person.public_id for person in persons]
    return operations.give_turf(worksite=site, people=codes, to=to, **(BY | by))


def codes_of(user: User) -> set[str]:
    """Whom the CAT member's roles reach now."""
    grants = user.role_grants.filter(role=Role.CAT_MEMBER, ended_at=None)
    return {code for grant in grants for code in grant.codes}


def talk(campaign: Campaign, person: Person, kind: str = "talk", **fields: Any) -> Talk:
    """A line of the log."""
    return operations.note_talk(campaign=campaign, person=person, kind=kind, **(BY | fields))
