"""The style guide in a real browser: axe, room to shrink, the type-ahead by keyboard, pages without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(it => it.getBoundingClientRect().right > innerWidth + 1 || it.getBoundingClientRect().left < -1)
  .filter(it => !it.closest("svg, .vh, .skip, thead") && getComputedStyle(it).display !== "contents")
  .map(it => `${it.tagName} ${it.className}`)"""
TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea")]
  .filter(it => it.checkVisibility() && !it.closest("p, blockquote, .fact__source, dd, .skip, label"))
  .map(it => [it.getBoundingClientRect(), it])
  .filter(([box]) => box.height < 43.5 || box.width < 43.5)
  .map(([box, it]) => `${it.tagName} ${it.textContent.trim().slice(0, 30)} ${Math.round(box.width)}x${box.height}`)"""


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    ("skin", "scheme"), [("purple", "light"), ("purple", "dark"), ("red", "light"), ("red", "dark")]
)
def test_axe_finds_nothing(chromium: Browser, live_server: LiveServer, lang: str, skin: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(f"{live_server.url}/styleguide/?lang={lang}&skin={skin}")

    found = Axe().run(page, options=AXE_OPTIONS)
    kept = context.cookies()
    context.close()

    assert [f"{it['id']}: {[node['html'][:160] for node in it['nodes']]}" for it in found.response["violations"]] == []
    assert said == []
    assert kept == []


@pytest.mark.parametrize("query", ["lang=es", "lang=en&dir=rtl"])
def test_nothing_is_wider_than_the_sheet(page: Page, live_server: LiveServer, query: str) -> None:
    page.goto(f"{live_server.url}/styleguide/?{query}")
    found = {}

    for width in (320, 390, 640, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = (page.evaluate(OVERFLOW), page.evaluate(TOO_WIDE))

    assert found == dict.fromkeys(found, (0, []))


def test_every_target_is_large_enough_for_a_thumb(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/styleguide/?lang=es")

    assert page.evaluate(TOO_SMALL) == []


def test_type_ahead_works_by_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/styleguide/?lang=es")
    field = page.locator("#find_school, #free_school").first
    field.focus()

    page.keyboard.type("elem")
    options = page.get_by_role("option")
    options.first.wait_for()
    status = page.locator("uh-typeahead [role=status]")
    assert status.text_content() == "2 resultados. Usa las flechas."
    assert field.get_attribute("aria-expanded") == "true"

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("Enter")

    assert field.input_value() == "Magnolia Avenue Elementary"
    assert page.locator("input[name=school_id]").first.input_value() == "g4"
    assert field.get_attribute("aria-expanded") == "false"
    assert status.text_content() == "Elegiste: Magnolia Avenue Elementary"

    page.keyboard.type("x")
    assert page.locator("input[name=school_id]").first.input_value() == ""


def test_type_ahead_closes_with_escape_and_keeps_the_text(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/styleguide/")
    field = page.locator("#free_school")
    field.focus()
    page.keyboard.type("mesa")
    page.get_by_role("option").first.wait_for()

    page.keyboard.press("Escape")

    assert page.get_by_role("option").first.is_visible() is False
    assert field.input_value() == "mesa"


def test_type_ahead_says_when_it_knows_nothing(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/styleguide/")
    page.locator("#free_school").focus()

    page.keyboard.type("zzz")
    page.locator(".typeahead__none").wait_for()

    assert page.locator("uh-typeahead [role=status]").text_content() == (
        "Nothing found. You may leave it as you typed it."
    )


def test_dialog_opens_closes_and_gives_the_focus_back(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/styleguide/")
    opener = page.locator("#take-back summary")
    opener.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Take it all back?")
    assert box.is_visible()

    page.keyboard.press("Escape")

    assert box.is_visible() is False
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_everything_is_reachable_without_javascript(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/styleguide/")

    page.locator("#take-back summary").click()
    page.locator(".masthead__menu summary").click()

    assert page.get_by_text("412 people go").is_visible()
    assert page.locator(".masthead__sheet a").first.is_visible()
    assert page.locator("#free_school").is_editable()
    context.close()


def test_guide_weighs_what_a_first_page_may(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    strangers: list[str] = []
    page.on("request", lambda it: strangers.append(it.url) if not it.url.startswith(live_server.url) else None)
    page.goto(f"{live_server.url}/styleguide/")
    context.close()

    assert strangers == []
