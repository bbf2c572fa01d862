"""Both model campaigns' homes and the form of a phase in a real browser: axe, narrow sheets, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.browser.test_join import OVERFLOW, violations
from tests.factories import accounts
from tests.factories import campaigns as factory
from unionhall.campaigns.models import PhaseRecord
from unionhall.demo.operations.record import make_campaign
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def sign_in_gloria(context: BrowserContext, address: str) -> None:
    """The president is signed in in this browser."""
    user = accounts.make_staff("Gloria Medina")
    accounts.grant(user, Role.OFFICER, Reach.ALL)
    client = Client()
    accounts.sign_in(client, user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


@pytest.mark.parametrize("lang", ["en", "es"])
def test_homes_and_rooms_are_clean_on_a_narrow_and_a_wide_sheet(
    context: BrowserContext, page: Page, live_server: LiveServer, transactional_db: None, lang: str
) -> None:
    for slug in ("ewu", "wof"):
        make_campaign(slug=slug, actor=factory.CLERK, at=clock.now())
    context.set_extra_http_headers({"Accept-Language": lang})
    sign_in_gloria(context, live_server.url)
    found = {}
    for address in (
        f"/{lang}/",
        f"/{lang}/ewu/",
        f"/{lang}/wof/",
        "/hall/campaigns/ewu/",
        "/hall/campaigns/ewu/phases/",
        "/hall/campaigns/ewu/phases/new/",
        "/hall/campaigns/ewu/facts/",
        "/hall/campaigns/wof/identity/",
        "/hall/campaigns/words/",
    ):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(f"{live_server.url}{address}")
            found[address, width] = (violations(page), page.evaluate(OVERFLOW))
    assert found == dict.fromkeys(found, ([], 0))


def test_an_officer_records_a_phase_and_sees_both_languages_first(
    context: BrowserContext, page: Page, live_server: LiveServer, transactional_db: None
) -> None:
    factory.full_campaign()
    sign_in_gloria(context, live_server.url)
    page.goto(f"{live_server.url}/hall/campaigns/river/phases/new/")
    page.get_by_label("Step").select_option("strike")
    for name, words in (("title", ("On strike", "En huelga")), ("line", ("Since today", "Desde hoy"))):
        for code, said in zip(("en", "es"), words, strict=True):
            page.locator(f"#id_{name}_{code}").fill(said)
    page.get_by_label("What it rests on").fill("Strike committee")
    page.get_by_role("button", name="See what the public will see").click()
    page.get_by_role("heading", name="This is what the public will see").wait_for()
    assert page.locator(".proof__ribbon").all_inner_texts() == ["On strike. Since today", "En huelga. Desde hoy"]
    assert (violations(page), page.evaluate(OVERFLOW)) == ([], 0)
    assert not PhaseRecord.objects.filter(step="strike").exists()
    page.get_by_role("button", name="Save it, as shown").click()
    page.wait_for_url("**/phases/")
    page.goto(f"{live_server.url}/es/river/")
    assert page.get_by_role("link", name="¿Estamos en huelga? Sí.").count() == 1
