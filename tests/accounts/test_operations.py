"""Opening accounts, giving and ending roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories.accounts import ACTOR, AT, PASSWORD, TOTP_SECRET, grant, make_staff, make_user
from unionhall.accounts import operations
from unionhall.accounts.models import RoleGrant, User
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_create_staff_stores_small_letters_and_a_usable_password() -> None:
    user = make_staff(email="Priya@Example.org")
    assert (user.email, user.is_staff, user.check_password(PASSWORD)) == ("priya@example.org", True, True)
    assert verbs() == ["accounts.staff_created"]


def test_create_staff_refuses_a_second_account_of_one_mail() -> None:
    make_staff(email="priya@example.org")
    with pytest.raises(operations.MailTaken):
        make_staff(email="PRIYA@example.org")
    assert User.objects.count() == 1


def test_grant_role_twice_gives_the_first_back() -> None:
    user = make_user()
    first = grant(user, Role.STEWARD, Reach.WORKSITE, ["b", "a"])
    second = grant(user, Role.STEWARD, Reach.WORKSITE, ["a", "b"])
    assert (first, RoleGrant.objects.count(), verbs()) == (second, 1, ["accounts.role_granted"])


@pytest.mark.parametrize(("reach", "codes"), [(Reach.AREA, []), (Reach.WORKSITE, []), (Reach.ALL, ["a"])])
def test_grant_role_refuses_an_unclear_scope(reach: Reach, codes: list[str]) -> None:
    with pytest.raises(operations.ScopeUnclear):
        grant(make_user(), Role.ORGANIZER, reach, codes)


def test_end_role_ends_at_once_and_only_once() -> None:
    given = grant(make_user(), Role.STEWARD, Reach.WORKSITE, ["a"])
    operations.end_role(grant=given, actor=ACTOR, at=AT, why="Moved to another school.")
    operations.end_role(grant=given, actor=ACTOR, at=AT + timedelta(days=3))
    assert list(RoleGrant.objects.all().holding(AT.date())) == []  # type: ignore[attr-defined]
    assert verbs() == ["accounts.role_granted", "accounts.role_ended"]


def test_role_that_ended_can_be_given_anew() -> None:
    user = make_user()
    operations.end_role(grant=grant(user, Role.STEWARD, Reach.WORKSITE, ["a"]), actor=ACTOR, at=AT)
    again = grant(user, Role.STEWARD, Reach.WORKSITE, ["a"])
    assert list(user.role_grants.holding(AT.date())) == [again]  # type: ignore[attr-defined]


def test_role_holds_to_its_last_day() -> None:
    operations.grant_role(
        user=make_user(), role=Role.OFFICER, reach=Reach.ALL, actor=ACTOR, at=AT, ends_on=date(2026, 3, 9)
    )
    holding = [RoleGrant.objects.all().holding(date(2026, 3, day)).count() for day in (1, 2, 9, 10)]  # type: ignore[attr-defined]
    assert holding == [0, 1, 1, 0]


def test_admin_role_opens_wagtail_and_its_end_closes_it() -> None:
    user = make_staff()
    given = grant(user, Role.COMMUNICATIONS)
    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")
    operations.end_role(grant=given, actor=ACTOR, at=AT)
    assert not User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


def test_admin_stays_open_while_another_such_role_holds() -> None:
    user = make_staff()
    given = grant(user, Role.COMMUNICATIONS)
    grant(user, Role.COMMUNICATIONS, Reach.AREA, ["north"])
    operations.end_role(grant=given, actor=ACTOR, at=AT)
    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


def test_enroll_totp_replaces_the_former_secret() -> None:
    user = make_staff()
    operations.enroll_totp(user=user, secret="A" * 32, actor=ACTOR, at=AT)
    operations.enroll_totp(user=user, secret=TOTP_SECRET, actor=ACTOR, at=AT)
    assert user.authenticator_set.count() == 1  # type: ignore[attr-defined]
    assert TOTP_SECRET not in str(list(AuditEntry.objects.values()))
