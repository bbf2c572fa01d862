"""Sign-in in a real Chromium: the passkey ceremony, axe, and the entrance without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.factories.accounts import ACTOR, AT, PASSWORD, TOTP_SECRET, grant, make_member, make_staff
from unionhall.accounts import operations, queries
from unionhall.accounts.models import User
from unionhall.accounts.operations import count_failure
from unionhall.foundation import clock
from unionhall.foundation.access import Role
from unionhall.foundation.models import OutboxMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC_PAGES = ["/en/sign-in/", "/es/entrar/", "/en/sign-in/paper/", "/account/login/", "/account/password/reset/"]


@pytest.fixture
def marcus() -> User:
    user = make_staff("Marcus Bell", email="marcus@example.org")
    grant(user, Role.DATA_ADMINISTRATOR)
    return user


def with_authenticator(context: BrowserContext, page: Page) -> None:
    """A phone's passkey store, as Chromium plays it: finger always right."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def by_password(page: Page, url: str) -> None:
    page.goto(f"{url}/account/login/?next=/account/")
    page.get_by_label("Your mail").fill("marcus@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def violations(page: Page) -> list[str]:
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [f"{item['id']}: {item['nodes'][0]['html']}" for item in found.response["violations"]]


def test_passkey_is_added_then_opens_the_door_alone(
    live_server: Any, context: BrowserContext, page: Page, marcus: User
) -> None:
    url = live_server.url.replace("127.0.0.1", "localhost")
    with_authenticator(context, page)
    by_password(page, url)
    expect(page).to_have_url(re.compile("/account/second-factor/"))
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for this passkey").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{url}/account/second-factor/passkeys/")
    expect(page.get_by_text("My phone")).to_be_visible()
    page.goto(f"{url}/account/")
    page.locator("main").get_by_role("button", name="Sign out", exact=True).last.click()
    # Whoever guesses at her password slows the password down, and no more: lock-out is no weapon.
    for _number in range(40):
        count_failure(account="marcus@example.org", address="127.0.0.1", at=clock.now())
    by_password(page, url)
    expect(page.locator("main")).to_contain_text("Wait")
    page.goto(f"{url}/account/login/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")


def test_passkey_that_is_not_there_says_so(live_server: Any, context: BrowserContext, page: Page) -> None:
    with_authenticator(context, page)
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + "/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work, or it was cancelled.")).to_be_visible()


def test_member_comes_in_without_javascript(live_server: Any, chromium: Browser, settings: Any) -> None:
    settings.DEMO = True
    make_member("Rosa Ruiz", "213 555 0142", language="es")
    context = chromium.new_context(java_script_enabled=False, locale="es-MX", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/es/entrar/?next=/account/")
    page.get_by_label("Tu celular o tu correo").fill("(213) 555-0142")
    page.get_by_role("button", name="Envíame un código").click()
    page.get_by_label("El código que te enviamos").fill(OutboxMessage.objects.get().body[:6])
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mi cuenta")
    context.close()


def test_entrances_have_no_barriers_and_break_no_policy(live_server: Any, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    found = {}
    for path in PUBLIC_PAGES:
        page.goto(live_server.url + path)
        found[path] = violations(page)
    assert (found, refused) == ({path: [] for path in PUBLIC_PAGES}, [])


def test_pages_of_keys_have_no_barriers_and_break_no_policy(live_server: Any, page: Page, marcus: User) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    by_password(page, live_server.url)
    page.goto(f"{live_server.url}/account/second-factor/app/add/")
    found = {"/account/second-factor/app/add/": violations(page)}
    operations.enroll_totp(user=marcus, secret=TOTP_SECRET, actor=ACTOR, at=AT)
    page.goto(f"{live_server.url}/account/second-factor/again/?next=/account/")
    found["/account/second-factor/again/"] = violations(page)
    page.get_by_label("Code").fill(queries.totp_code(secret=TOTP_SECRET, at=clock.now()))
    page.get_by_role("button", name="Go on").click()
    for path in (
        "/account/",
        "/account/second-factor/",
        "/account/second-factor/passkeys/add/",
        "/account/password/change/",
    ):
        page.goto(live_server.url + path)
        found[path] = violations(page)
    assert (found, refused) == ({path: [] for path in found}, [])
