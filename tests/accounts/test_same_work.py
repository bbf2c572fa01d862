"""Asking for a code, and a link that opens nothing: the same work and the same bytes, whatever we know."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounts
from unionhall.accounts import operations
from unionhall.accounts.models import SignInToken
from unionhall.foundation import clock
from unionhall.foundation.contacts import parse_contact

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def asked(send, *args, **more):
    """The answer of a request, and the tables it asked, in order."""
    with CaptureQueriesContext(connection) as queries:
        answer = send(*args, **more)
    said = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    return answer, [sql.split("WHERE")[0].split("VALUES")[0] for sql in said]


def test_asking_for_a_code_is_the_same_work_for_a_known_and_an_unknown_contact(client):
    operations.ensure_member(
        name="Ana Prado",
        language="en",
        contacts=[parse_contact("213 555 0144")],
        actor=accounts.make_user("Clerk").as_actor(),
        at=clock.now(),
    )
    answers = [
        asked(client.post, "/en/sign-in/", {"contact": contact}, **OURS) for contact in ("213 555 0144", "213 555 0142")
    ]
    (known, its_queries), (unknown, other_queries) = answers
    assert its_queries == other_queries
    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    assert {name: len(cookie.value) for name, cookie in known.cookies.items()} == {
        name: len(cookie.value) for name, cookie in unknown.cookies.items()
    }


@pytest.mark.parametrize("door", ["sign-in/link", "invitation"])
def test_a_worn_link_and_one_that_never_was_are_answered_alike(client, door):
    token = "x" * 22
    if door == "sign-in/link":
        token = operations.make_personal_link(user=accounts.make_user("Beto Luna"), at=clock.now()).split("/")[-2]
        SignInToken.objects.update(uses_left=0)
    answers = []
    for text in (token, "z" * len(token)):
        answer, queries = asked(client.get, f"/en/{door}/{text}/")
        answers.append((answer.status_code, queries, answer.content.replace(text.encode(), b"TOKEN")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 410
