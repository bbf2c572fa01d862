"""The review queue in a real browser: by keyboard alone, without JavaScript, in both languages, under axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.browser.test_join import OVERFLOW, violations
from tests.factories import accounts, roster
from unionhall.foundation.access import Role
from unionhall.roster.models import Apart, LookAlike, Merge, Person

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READY = "customElements.get('uh-keys') !== undefined"
FOCUSED = "document.activeElement.id"


@pytest.fixture
def queue(transactional_db: None) -> list[Person]:
    """Three who are linked in a chain, and after them two others."""
    site = roster.worksite("Palo Verde Elementary", area=roster.area("E"))
    names = ("Rosa García", "Rosa Garcia M", "Rosa G. Mora", "Luis Peña", "Luis Pena")
    found = [roster.person(name, site=site) for name in names]
    for one, other, score in ((0, 1, 0.9), (1, 2, 0.8), (3, 4, 0.5)):
        reasons = [["same_surname", 1, "", ""], ["other_phone", -1, "", ""]]
        LookAlike.objects.create(
            first=found[one], second=found[other], score=score, reasons=reasons, found_at=roster.AT
        )
    return found


@pytest.fixture
def desk(context: BrowserContext, live_server: LiveServer, queue: list[Person]) -> None:
    """A data administrator is signed in in this browser."""
    user = accounts.make_staff("Marcus Bell")
    accounts.grant(user, Role.DATA_ADMINISTRATOR)
    client = Client()
    accounts.sign_in(client, user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


def press(page: Page, *keys: str) -> None:
    """Each key, the last of which leads to a page."""
    page.wait_for_function(READY)
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("language", "count"), [("en", "3 records"), ("es", "3 registros")])
def test_groups_are_settled_and_taken_back_by_keys_alone(
    page: Page, live_server: LiveServer, queue: list[Person], language: str, count: str
) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/hall/review/")
    assert count in page.locator("#group").inner_text().lower()
    press(page, "3", "m")
    assert Person.objects.filter(merged_into__in=queue[:3]).count() == 2
    assert page.evaluate(FOCUSED) == "group"
    assert page.locator(".group__card").count() == 2
    press(page, "u")
    assert not Person.objects.exclude(merged_into=None).exists()
    assert count in page.locator("#group").inner_text().lower()
    press(page, "Shift+Digit3")
    assert Apart.objects.count() == 2
    press(page, "2", "m")
    assert Merge.objects.latest("pk").kept == queue[1]
    press(page, "s")
    press(page, "a")
    assert Apart.objects.filter(first=queue[3], second=queue[4]).exists()
    assert page.locator(".group__card").count() == 0


@pytest.mark.usefixtures("desk")
def test_typing_in_a_field_and_keys_with_ctrl_settle_nothing(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/hall/review/")
    page.wait_for_function(READY)
    page.locator("select[name=site]").focus()
    page.keyboard.press("m")
    page.locator("#group").focus()
    page.keyboard.press("Control+m")
    page.keyboard.press("Shift+m")
    assert not Merge.objects.exists()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_and_nothing_overflows(
    page: Page, live_server: LiveServer, width: int, language: str
) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{live_server.url}/hall/review/?at=1")
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.usefixtures("desk")
def test_without_javascript_buttons_do_the_same(chromium: Browser, page: Page, live_server: LiveServer) -> None:
    plain = chromium.new_context(java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    sheet = plain.new_page()
    sheet.goto(f"{live_server.url}/hall/review/")
    sheet.get_by_role("button", name="The marked ones are one person").click()
    assert Merge.objects.count() == 1
    sheet.get_by_role("button", name="Undo").click()
    assert Merge.objects.get().parted_at is not None
    plain.close()
