"""Signing up and the queue in a real browser: by keyboard alone, without JavaScript, on 390 px, under axe."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.factories import accounts, roster
from tests.factories import campaigns as factory
from unionhall.campaigns.models import Entry
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import OutboxMessage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def school(transactional_db: None) -> Any:
    """A campaign, two schools with like names, and Rosa's entry in the queue of the first one's area."""
    area = roster.area("E")
    made = factory.school("Palo Verde Elementary", area=area)
    factory.school("Palo Alto Middle", area=area)
    campaign = factory.full_campaign()
    waited = factory.AT - clock.now() + timedelta(hours=3)
    factory.entry(campaign, site=made, name="Delia Fuentes", waited=waited)
    return made


def sign_in_priya(context: BrowserContext, address: str, school: Any) -> None:
    """Priya, organizer of the school's area, is signed in in this browser."""
    user = accounts.make_staff("Priya Nair")
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [school.area.public_id])
    client = Client()
    accounts.sign_in(client, user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def violations(page: Page) -> list[str]:
    """What axe finds on the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [f"{it['id']}: {[node['html'][:160] for node in it['nodes']]}" for it in found]


def test_type_ahead_by_keyboard_alone_signs_her_up(page: Page, live_server: LiveServer, school: Any) -> None:
    page.goto(f"{live_server.url}/es/river/unete/")
    page.locator("#id_name").focus()
    page.keyboard.type("Rosa Méndez")
    page.keyboard.press("Tab")
    page.keyboard.type("213 555 0142")
    page.keyboard.press("Tab")
    page.keyboard.type("palo v")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#id_worksite").input_value() == "Palo Verde Elementary"
    assert page.locator("#id_worksite_id").input_value() == school.public_id
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Apúntame"
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/river/unete/gracias/")
    entry = Entry.objects.get(person__name="Rosa Méndez")
    assert (entry.worksite_id, entry.language) == (school.pk, "es")


def test_without_javascript_she_is_asked_which_school_and_gets_in(
    chromium: Browser, live_server: LiveServer, school: Any
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/river/")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("Your name").fill("Rosa Méndez")
    page.get_by_label("Your cell phone or your mail").fill("213 555 0142")
    page.get_by_label("Where you work").fill("palo")
    page.get_by_role("button", name="Sign me up").click()
    assert page.get_by_label("Your name").input_value() == "Rosa Méndez"
    page.get_by_label("Palo Verde Elementary").check()
    page.get_by_role("button", name="Sign me up").click()
    page.wait_for_url("**/en/river/code/*/")
    page.get_by_label("The six digits").fill(OutboxMessage.objects.get(purpose="campaigns.code").body[:6])
    page.get_by_role("button", name="That’s me").click()
    page.wait_for_url("**/en/river/join/thanks/")
    kept = context.cookies()
    context.close()
    assert Entry.objects.get(person__name="Rosa Méndez").worksite_id == school.pk
    assert kept == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_axe_and_narrow_sheets_on_every_page(
    context: BrowserContext, page: Page, live_server: LiveServer, school: Any, lang: str
) -> None:
    join, thanks = {"en": ("join", "join/thanks"), "es": ("unete", "unete/gracias")}[lang]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    context.set_extra_http_headers({"Accept-Language": lang})
    sign_in_priya(context, live_server.url, school)
    entry = Entry.objects.get()
    found = {}
    waits = factory.slip(entry.campaign, at=clock.now())
    for address in (
        f"/{lang}/river/{ {'en': 'cat', 'es': 'equipo'}[lang] }/",
        f"/{lang}/river/{ {'en': 'sign-up', 'es': 'avisos'}[lang] }/",
        f"/{lang}/river/{ {'en': 'code', 'es': 'codigo'}[lang] }/{waits.public_id}/",
        f"/{lang}/",
        f"/{lang}/river/",
        f"/{lang}/river/{join}/",
        f"/{lang}/river/{thanks}/",
        "/hall/",
        f"/hall/entries/{entry.public_id}/",
        "/hall/?state=closed",
        "/me/",
    ):
        page.goto(f"{live_server.url}{address}")
        found[address] = (violations(page), page.evaluate(OVERFLOW))
    page.goto(f"{live_server.url}/{lang}/river/{join}/")
    page.locator("#id_worksite").fill("palo")
    page.keyboard.press("Escape")
    page.locator("form.form button").click()
    page.locator("#which").wait_for()
    found["mistakes"] = (violations(page), page.evaluate(OVERFLOW))
    page.goto(f"{live_server.url}/{lang}/river/{ {'en': 'cat', 'es': 'equipo'}[lang] }/")
    page.locator("form.form button").click()
    page.locator(".errors").wait_for()
    found["mistakes of cat"] = (violations(page), page.evaluate(OVERFLOW))
    assert found == dict.fromkeys(found, ([], 0))
    assert [text for text in said if "422" not in text] == []


def test_one_tap_in_the_queue_swaps_the_entry_and_undo_brings_it_back(
    context: BrowserContext, page: Page, live_server: LiveServer, school: Any
) -> None:
    sign_in_priya(context, live_server.url, school)
    page.goto(f"{live_server.url}/hall/")
    page.get_by_role("button", name="I called").click()
    page.get_by_text("answered after 3 h").wait_for()
    assert Entry.objects.get().state == "answered"
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("waiting 3 h").wait_for()
    assert Entry.objects.get().state == "open"
    assert page.url == f"{live_server.url}/hall/"
