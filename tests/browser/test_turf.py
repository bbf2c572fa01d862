"""Turfs and talks in a real browser: under axe on 390 px, by keyboard and without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.browser.test_join import OVERFLOW, violations
from tests.factories import accounts, roster
from tests.factories import campaigns as campaign_factory
from tests.factories import turf as factory
from tests.factories.turf import codes_of
from unionhall.campaigns.models import Talk
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def school(transactional_db: None) -> Any:
    """A school with twelve people, of whom Jorge answers for three; somebody signed up and waits."""
    campaign = campaign_factory.campaign()
    made = roster.worksite("Magnolia Avenue Elementary", area=roster.area("E"))
    crew = factory.people(made, 12, shift="6:00 a.m.")
    jorge = factory.cat_member("Jorge Luna")
    factory.give(made, jorge, *crew[:3], at=clock.now() - timedelta(days=2))
    factory.talk(campaign, crew[0], asked="Sticker day", at=clock.now() - timedelta(days=1))
    campaign_factory.entry(campaign, site=made, name="Rosa Méndez")
    return made


def enter(context: BrowserContext, address: str, user: Any, *, strong: bool = False) -> None:
    """That account is signed in in this browser."""
    client = Client()
    accounts.sign_in(client, user, strong=strong)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def everybody_s_leader(school: Any) -> Any:
    """Denise is steward, organizer of the area and answers for two: every page of this slice is hers."""
    user = factory.steward(school)
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [school.area.public_id])
    persons = [row.person for row in school.assignments.order_by("pk")[4:6]]
    factory.give(school, user, *persons, at=clock.now() - timedelta(days=1))
    return user


@pytest.mark.parametrize("lang", ["en", "es"])
def test_axe_and_narrow_sheets_on_every_page(
    context: BrowserContext, page: Page, live_server: LiveServer, school: Any, lang: str
) -> None:
    context.set_extra_http_headers({"Accept-Language": lang})
    page.set_viewport_size({"width": 390, "height": 844})
    denise = everybody_s_leader(school)
    enter(context, live_server.url, denise, strong=True)
    person = school.assignments.order_by("pk")[0].person.public_id
    found = {}
    for address in (
        "/hall/",
        "/hall/mine/",
        "/hall/site/",
        "/hall/areas/",
        f"/hall/worksites/{school.public_id}/team/?show=silent",
        f"/hall/worksites/{school.public_id}/turfs/?tick=none-1",
        f"/hall/talks/{person}/",
    ):
        page.goto(f"{live_server.url}{address}")
        found[address] = (violations(page), page.evaluate(OVERFLOW))
    page.goto(f"{live_server.url}/hall/worksites/{school.public_id}/turfs/")
    page.locator('button[value="ask"]').click()
    page.locator(".errors").wait_for()
    found["mistakes"] = (violations(page), page.evaluate(OVERFLOW))
    assert found == dict.fromkeys(found, ([], 0))


def test_one_tap_a_person_and_the_count_follows(
    context: BrowserContext, page: Page, live_server: LiveServer, school: Any
) -> None:
    enter(context, live_server.url, _jorge())
    page.goto(f"{live_server.url}/hall/")
    page.get_by_text("0 of 3").wait_for()
    for done in (1, 2, 3):
        page.get_by_role("button", name="We talked").first.click()
        page.get_by_text(f"{done} of 3").wait_for()
    assert Talk.objects.filter(kind="talk", at__gte=clock.now() - timedelta(minutes=5)).count() == 3
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_text("2 of 3").wait_for()
    assert page.url == f"{live_server.url}/hall/"


def test_without_javascript_people_are_given_and_taken_back(
    chromium: Browser, live_server: LiveServer, school: Any
) -> None:
    denise, jorge = factory.steward(school), _jorge()
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    enter(context, live_server.url, denise)
    page = context.new_page()
    page.goto(f"{live_server.url}/hall/")
    page.get_by_role("link", name="Give out").click()
    page.get_by_role("link", name="Tick all").first.click()
    page.get_by_label("Give the ticked to").select_option(f"u-{jorge.public_id}")
    page.get_by_role("button", name="Give", exact=True).click()
    page.get_by_text("Jorge Luna answers for them now").wait_for()
    assert len(codes_of(jorge)) == 12
    page.get_by_role("button", name="Undo").click()
    assert len(codes_of(jorge)) == 3
    context.close()


def test_a_person_is_ticked_and_given_by_keyboard_alone_and_never_hidden_by_the_bar(
    context: BrowserContext, page: Page, live_server: LiveServer, school: Any
) -> None:
    denise, jorge = factory.steward(school), _jorge()
    enter(context, live_server.url, denise)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/hall/worksites/{school.public_id}/turfs/")
    first = page.locator('input[name="person"]').first
    first.focus()
    page.keyboard.press("Space")
    for _row in range(7):
        page.keyboard.press("Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        bar = page.evaluate("document.querySelector('.turfs__bar').getBoundingClientRect().top")
        assert box <= bar
    page.locator("#to").focus()
    page.keyboard.type("Jorge")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Jorge Luna answers for them now").wait_for()
    assert len(codes_of(jorge)) == 4


def _jorge() -> Any:
    from unionhall.accounts.models import User

    return User.objects.get(name="Jorge Luna")
