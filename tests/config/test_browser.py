"""The browser of the tests: our pages with their static files, from this worker's own database, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_page_and_its_style_come_from_here_and_nothing_else_is_asked(live_server: Any, page: Page) -> None:
    asked: list[tuple[str, int]] = []
    page.on("response", lambda answer: asked.append((answer.url, answer.status)))

    page.goto(f"{live_server.url}/styleguide/", wait_until="networkidle")

    assert [url for url, _status in asked if not url.startswith((live_server.url, "data:"))] == []
    assert [url for url, status in asked if status >= 400] == []
    assert [url for url, _status in asked if ".css" in url] != []
