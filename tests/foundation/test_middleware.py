"""Headers of every answer, the admin's looser policy, and the origin of public forms."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.urls("tests.foundation.doors"), pytest.mark.django_db]


def policy_of(response):
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


def test_every_answer_carries_the_locks(client):
    headers = client.get("/fine/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == (
        "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"
    )


def test_policy_of_our_pages_allows_nothing_inline_and_nobody_else(client):
    policy = policy_of(client.get("/fine/"))

    assert policy == {
        "default-src": {"'none'"},
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "font-src": {"'self'"},
        "connect-src": {"'self'"},
        "media-src": {"'self'"},
        "manifest-src": {"'self'"},
        "form-action": {"'self'"},
        "base-uri": {"'none'"},
        "frame-ancestors": {"'none'"},
    }


def test_policy_of_the_admin_is_looser_but_a_policy(client):
    ours, admin = policy_of(client.get("/fine/")), policy_of(client.get("/admin/fine/"))

    assert {name: admin[name] - ours.get(name, set()) for name in admin if admin[name] != ours.get(name)} == {
        "script-src": {"'unsafe-inline'"},
        "style-src": {"'unsafe-inline'"},
        "img-src": {"blob:"},
        "frame-src": {"'self'"},
        "frame-ancestors": {"'self'"},
    }


def test_errors_carry_the_locks_too(client):
    response = client.get("/raise/refused/")

    assert policy_of(response)["default-src"] == {"'none'"}
    assert "Permissions-Policy" in response.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "http://localhost:8000"}, 200),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "http://testserver.elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "http://testserver/form/"}, 200),
        ({"Referer": "http://elsewhere.example/testserver"}, 403),
        ({}, 403),
    ],
)
def test_public_form_is_taken_from_our_own_pages_only(client, headers, status, settings):
    settings.BASE_URL = "http://localhost:8000"

    assert client.post("/form/", headers=headers).status_code == status


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_a_public_form_asks_for_no_origin(client, method):
    assert getattr(client, method)("/form/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
