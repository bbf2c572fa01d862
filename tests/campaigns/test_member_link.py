"""The personal link: harmless to whoever opens it, gone when it shall be, the same page for whatever opens nothing."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import accounts, roster
from tests.factories import campaigns as factory
from unionhall.accounts.models import SignInToken, User
from unionhall.accounts.operations import end_view_links, make_view_token
from unionhall.campaigns.models import Entry
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import AuditEntry, OutboxMessage
from unionhall.roster import operations as roster_operations
from unionhall.roster.models import Consent, Person

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def rosa() -> Person:
    """Rosa at Palo Verde, where Alma Reyes is steward."""
    school = factory.school("Palo Verde Elementary")
    alma = roster.person("Alma Reyes", site=school, contact="213 555 0177")
    user = accounts.make_user("Alma Reyes")
    accounts.grant(user, Role.STEWARD, Reach.WORKSITE, [school.public_id])
    roster_operations.link_user(person=alma, user=user, actor=factory.CLERK, at=factory.AT)
    entry = factory.entry(factory.full_campaign(), site=school, name="Rosa Méndez", contact="213 555 0142")
    person = entry.person
    person.refresh_from_db()
    return person


@pytest.fixture
def token(rosa: Person) -> str:
    """The secret of a link that was sent to her."""
    assert rosa.user is not None
    return make_view_token(user=rosa.user, at=clock.now())


def test_it_shows_harmless_things_and_nothing_else(client: Client, rosa: Person, token: str) -> None:
    answer = client.get(f"/en/me/{token}/")
    body = answer.content.decode()

    for shown in ("Hello, Rosa<", "Palo Verde Elementary", "Alma R."):
        assert shown in body
    for hidden in ("Méndez", "Reyes", "0142", "0177", rosa.public_id, rosa.user.public_id, "tel:"):
        assert hidden not in body
    assert "sessionid" not in answer.cookies
    assert client.get("/me/").status_code == 302


def test_its_address_is_told_to_nobody(client: Client, token: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"/en/me/{token}/")
        client.post(f"/en/me/{token}/", {"say": "stop"}, **OURS)
        client.get("/en/me/AAAAAAAAAAAAAAAAAAAAAA/")
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert token not in caplog.text
    assert token not in "".join(str(row.detail) + row.why + row.object_label for row in AuditEntry.objects.all())
    assert not SignInToken.objects.filter(token=token).exists()


def test_unknown_old_and_turned_off_look_the_same(client: Client, rosa: Person, token: str) -> None:
    def seen(secret: str) -> tuple[int, str]:
        answer = client.get(f"/en/me/{secret}/")
        return answer.status_code, answer.content.decode().replace(secret, "-")

    unknown = seen("AAAAAAAAAAAAAAAAAAAAAA")
    SignInToken.objects.update(made_at=clock.now() - timedelta(days=61), expires_at=clock.now() - timedelta(days=1))
    assert seen(token) == unknown
    newer = make_view_token(user=rosa.user, at=clock.now())
    assert seen(newer) != unknown
    end_view_links(user=rosa.user, actor=factory.CLERK, at=clock.now())
    assert seen(newer) == unknown
    User.objects.filter(pk=rosa.user_id).update(is_active=False)
    assert seen(newer) == unknown


def test_guessing_is_slowed_and_a_wrong_link_never_locks_a_right_one_for_long(client: Client, token: str) -> None:
    answers = [client.get(f"/en/me/{'B' * 21}{number}/").status_code for number in range(7)]
    assert answers[:5] == [200] * 5
    assert answers[-1] == 429


def test_stop_works_from_it_and_twice_changes_nothing(client: Client, rosa: Person, token: str) -> None:
    for _twice in range(2):
        answer = client.post(f"/en/me/{token}/", {"say": "stop"}, **OURS)
        assert answer["Location"] == f"/en/me/{token}/?done=stop"
    assert not Consent.objects.filter(person=rosa, withdrawn_at=None).exists()
    assert AuditEntry.objects.filter(verb="roster.messages_stopped").count() == 1
    assert "All messages are stopped" in client.get(f"/en/me/{token}/?done=stop").content.decode()


def test_another_site_stops_nobodys_messages(client: Client, rosa: Person, token: str) -> None:
    answer = client.post(f"/en/me/{token}/", {"say": "stop"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 403
    assert Consent.objects.filter(person=rosa, withdrawn_at=None).exists()


def test_reading_it_uses_nothing_up(client: Client, token: str) -> None:
    for _look in range(3):
        assert "Hello, Rosa" in client.get(f"/en/me/{token}/").content.decode()


@pytest.mark.parametrize(("language", "start"), [("en", "/en/me/"), ("es", "/es/mi-campana/")])
def test_she_asks_for_it_and_it_comes_in_her_language(
    client: Client, rosa: Person, language: str, start: str, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=rosa.user_id).update(language=language)
    accounts.sign_in(client, rosa.user, strong=False)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/link/", {"say": "send"})
    sent = OutboxMessage.objects.get()
    address = next(word for word in str(sent.body).split() if start in word)
    assert sent.to == "+12135550142"
    assert "Rosa" in client.get("/" + address.split("/", 3)[3]).content.decode()


def test_three_links_a_day_are_enough(client: Client, rosa: Person, django_capture_on_commit_callbacks: Any) -> None:
    accounts.sign_in(client, rosa.user, strong=False)
    answers = []
    for _ask in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(client.post("/me/link/", {"say": "send"}).status_code)
    assert answers == [302, 302, 302, 429]
    assert OutboxMessage.objects.count() == 3


def test_turned_off_at_my_campaign(client: Client, rosa: Person, token: str) -> None:
    accounts.sign_in(client, rosa.user, strong=False)
    client.post("/me/link/", {"say": "off"})
    assert "Hello, Rosa" not in Client().get(f"/en/me/{token}/").content.decode()


def test_it_costs_the_same_for_one_place_and_three(
    client: Client, rosa: Person, token: str, django_assert_num_queries: Any
) -> None:
    for more in (0, 1, 1):
        if more:
            site = factory.school(f"Harbor Middle {Entry.objects.count()}{more}")
            rosa.assignments.create(worksite=site, source="join", shift=str(site.pk))
        with django_assert_num_queries(13):
            client.get(f"/en/me/{token}/")
