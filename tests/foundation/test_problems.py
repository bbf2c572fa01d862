"""An error of ours, as a page, a fragment, a problem, or the way to the sign-in page."""

from __future__ import annotations

import logging

import pytest
from django.utils import translation

from unionhall.foundation import errors
from unionhall.foundation.errors import UnionhallError

pytestmark = [pytest.mark.urls("tests.foundation.doors"), pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _sign_in_page(settings):
    settings.LOGIN_URL = "/sign-in/"


STATUSES = {
    "refused": 409,
    "invalid": 422,
    "not-found": 404,
    "not-allowed": 403,
    "unavailable": 503,
    "broken": 500,
}


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
def test_error_becomes_a_page_of_its_status(client, kind, status):
    response = client.get(f"/raise/{kind}/", headers={"Accept": "text/html,*/*"})

    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert str(response.context["error"]) in response.content.decode()


@pytest.mark.parametrize(("kind", "status"), [*STATUSES.items(), ("sign-in", 401)])
@pytest.mark.parametrize(("prefix", "accept"), [("/api", "*/*"), ("", "application/json")])
def test_error_becomes_a_problem_for_programs(client, kind, status, prefix, accept):
    response = client.get(f"{prefix}/raise/{kind}/", headers={"Accept": accept})

    body = response.json()
    assert response.status_code == body["status"] == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "code", "detail", "instance"}
    assert body["type"] == f"urn:unionhall:problem:{body['code']}"
    assert body["instance"] == f"{prefix}/raise/{kind}/"


def test_problem_speaks_the_reader_s_language(client):
    response = client.get("/api/raise/refused/", headers={"Accept-Language": "es"})

    assert response.headers["Content-Language"] == "es"
    assert "Accept-Language" in response.headers["Vary"]
    with translation.override("es"):
        assert response.json()["detail"] == str(errors.Refused.message)


def test_error_becomes_a_fragment_for_htmx(client):
    response = client.post("/raise/refused/", headers=HTMX)

    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#uh-problem"
    assert response.headers["HX-Reswap"] == "innerHTML"
    assert "HX-Request" in response.headers["Vary"]
    assert response.content.decode().startswith("<div")
    assert str(errors.Refused.message) in response.content.decode()


@pytest.mark.parametrize("more", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}])
def test_htmx_asking_for_a_whole_page_gets_one(client, more):
    response = client.get("/raise/refused/", headers=HTMX | more)

    assert "HX-Retarget" not in response.headers
    assert "<html" in response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_unavailable_says_when_to_come_back(client, prefix):
    assert client.get(f"{prefix}/raise/unavailable/").headers["Retry-After"] == "120"
    assert "Retry-After" not in client.get(f"{prefix}/raise/refused/").headers


def test_sign_in_needed_leads_there_and_back(client):
    response = client.get("/raise/sign-in/?page=2&q=a%26b")

    assert response.status_code == 302
    assert response.url == "/sign-in/?next=%2Fraise%2Fsign-in%2F%3Fpage%3D2%26q%3Da%2526b"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/hall/?page=2", "%2Fhall%2F%3Fpage%3D2"),
        ("http://testserver/hall/", "%2Fhall%2F"),
        ("http://elsewhere.example/hall/", "%2F"),
        ("", "%2F"),
    ],
)
def test_sign_in_needed_by_a_form_leads_back_to_its_page(client, referer, back):
    response = client.post("/raise/sign-in/", headers={"Referer": referer} if referer else {})

    assert response.url == f"/sign-in/?next={back}"


def test_sign_in_needed_sends_htmx_there_as_a_whole(client):
    response = client.get("/raise/sign-in/", headers=HTMX | {"HX-Current-URL": "http://testserver/hall/"})

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["HX-Redirect"] == "/sign-in/?next=%2Fhall%2F"


def test_other_errors_stay_django_s(client):
    assert client.get("/raise/http404/").status_code == 404
    with pytest.raises(ZeroDivisionError):
        client.get("/raise/bug/")


def test_our_own_failures_are_logged_by_code_and_pattern(client, caplog):
    with caplog.at_level(logging.ERROR, logger="unionhall.foundation.middleware"):
        client.get("/raise/broken/")
        client.get("/raise/refused/")

    assert [record.getMessage() for record in caplog.records if record.name.startswith("unionhall")] == [
        "error at raise/<slug:kind>/"
    ]


@pytest.mark.parametrize("error", [UnionhallError, *UnionhallError.__subclasses__(), errors.AlreadyDone])
def test_every_root_error_has_a_sentence_in_both_languages(error):
    english = str(error())

    with translation.override("es"):
        spanish = str(error())

    assert english != spanish
    assert english.endswith(".")
    assert spanish.endswith(".")


def test_sentence_uses_named_fields():
    class RowIsOdd(errors.Invalid):
        message = "Row %(row)s is odd."

    assert str(RowIsOdd(row=7)) == "Row 7 is odd."
    assert RowIsOdd(row=7).fields == {"row": 7}


@pytest.mark.urls("unionhall.config.urls")
@pytest.mark.django_db
@pytest.mark.parametrize(("accept", "status"), [("text/html", 302), ("application/json", 401)])
def test_language_is_not_guessed_anew_for_what_we_answered(client, accept, status):
    assert client.get("/jobs/absent/", headers={"Accept": accept}).status_code == status
    assert client.get("/absent/").url == "/en/absent/"
