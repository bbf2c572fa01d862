"""Who is in front of the screen."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from tests.factories.accounts import AT, grant, make_staff, make_user
from unionhall.accounts import queries
from unionhall.accounts.models import User
from unionhall.foundation.access import PUBLIC, Grant, Reach, Role, Viewer

pytestmark = pytest.mark.django_db
DAY = AT.date()


def asking(user: User | AnonymousUser, **session: object) -> HttpRequest:
    request = RequestFactory().get("/hall/")
    request.user, request.session = user, dict(session)  # type: ignore[assignment]
    return request


def proof(user: User, **record: object) -> dict[str, object]:
    return {queries.PROOFS_OWNER_KEY: str(user.pk), queries.PROOFS_KEY: [record]}


def test_viewer_of_nobody_is_the_public() -> None:
    assert queries.get_viewer(asking(AnonymousUser()), on=DAY) == PUBLIC


def test_viewer_of_a_closed_account_is_the_public() -> None:
    user = make_user()
    user.is_active = False
    assert queries.get_viewer(asking(user), on=DAY) == PUBLIC


def test_steward_of_one_site_needs_no_second_factor() -> None:
    user = make_user("Alma Reyes")
    grant(user, Role.STEWARD, Reach.WORKSITE, ["abc"])
    expected = (Grant(Role.STEWARD, Reach.WORKSITE, frozenset({"abc"})),)
    assert queries.get_viewer(asking(user), on=DAY) == Viewer(user.pk, "Alma Reyes", expected, strong=False)


@pytest.mark.parametrize(
    ("role", "reach", "codes"),
    [
        (Role.STEWARD, Reach.WORKSITE, ["a", "b"]),
        (Role.STEWARD, Reach.AREA, ["a"]),
        (Role.ORGANIZER, Reach.AREA, ["a"]),
        *[(role, Reach.ALL, []) for role in Role if role not in {Role.MEMBER, Role.CAT_MEMBER, Role.STEWARD}],
    ],
)
def test_wide_role_is_withheld_until_a_second_factor_is_proved(role: Role, reach: Reach, codes: list[str]) -> None:
    user = make_staff()
    grant(user, role, reach, codes)
    weak = queries.get_viewer(asking(user, **proof(user, method="password")), on=DAY)
    strong = queries.get_viewer(asking(user, **proof(user, method="mfa", type="totp")), on=DAY)
    assert (weak.grants, weak.strong) == ((), False)
    assert (len(strong.grants), strong.strong) == (1, True)


@pytest.mark.parametrize("session", [{"strong": True}, {"account_authentication_methods": [{"method": "mfa"}]}])
def test_strong_cannot_be_had_by_a_flag_or_an_ownerless_proof(session: dict[str, object]) -> None:
    assert not queries.get_viewer(asking(make_staff(), **session), on=DAY).strong


def test_strong_cannot_be_had_by_the_proof_of_another_account() -> None:
    user, other = make_staff(), make_staff()
    assert not queries.get_viewer(asking(user, **proof(other, method="mfa", type="totp")), on=DAY).strong


def test_viewer_costs_one_query_however_often_asked(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    user = make_staff()
    for code in "abc":
        grant(user, Role.STEWARD, Reach.WORKSITE, [code])
    request = asking(user)
    with django_assert_num_queries(1):
        queries.get_viewer(request, on=DAY)
        queries.get_viewer(request, on=DAY)


def test_totp_code_is_that_of_the_standard() -> None:
    # RFC 6238, appendix B, the last six of the eight digits for SHA-1 at 59 seconds.
    from datetime import UTC, datetime

    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert queries.totp_code(secret=secret, at=datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC)) == "287082"
