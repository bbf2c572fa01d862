"""What every test may count on.

- The database is migrated once and copied for each worker (`tests/databases.py`): ask for `db`, or for
  `transactional_db` where commits must be real (threads, locks, a live server); both are as fresh afterwards.
- `live_server` (of pytest-django) serves pages and static files from this worker's own database file.
- `chromium` is one browser a worker; `page` a new tab in it. Mark such tests with `pytest.mark.browser`.
- Queued work is done at once; mail and texts go to the Null gateways; sockets reach this machine only.
- What a machine may lack is asked for through `tests/needs.py`: skipped and counted here, a failure where CI=true.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from tests import databases, needs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[1]
PURE = ("rulebook", "verify")
CHROMIUM_FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests without a database come second, so that all workers but the first have work while that one migrates.

    xdist hands each worker a quarter of its share at first, one stretch of the list each.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1:
        return
    pure = [item for item in items if item.path.relative_to(ROOT).parts[1] in PURE]
    rest = [item for item in items if item.path.relative_to(ROOT).parts[1] not in PURE]
    first = len(items) // (4 * workers)
    items[:] = [*rest[:first], *pure, *rest[first:]]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """This worker's own migrated database, in place of pytest-django's, which would migrate in every worker."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        database = databases.choose(worker=worker)
        database.make()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.restore())
    yield
    patch.undo()
    with django_db_blocker.unblock():
        database.remove()


@pytest.fixture(autouse=True)
def _fresh_surroundings() -> Iterator[None]:
    """No test sees another's cache, language or words."""
    from unionhall.foundation import vocabulary

    cache.clear()
    pack = vocabulary.vocabulary_packs.get(vocabulary.DEFAULT)
    vocabulary.hold(pack.words if pack else {}, seconds=3600)
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def built_sheets() -> None:
    """Typefaces and style sheets as the sources are now, for whoever looks at pages; one worker makes them for all."""
    from unionhall.ui.build import build

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "sheets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build(settings.BUILD_DIR)


@pytest.fixture(scope="session")
def chromium(built_sheets: None) -> Iterator[Browser]:
    """One headless Chromium for this worker; the system's own, nothing is downloaded."""
    executable = needs.program(*needs.CHROMIUM_NAMES)
    from playwright.sync_api import sync_playwright

    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread; the ORM is used beside it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies; close to what a phone shows: 390 px wide, touch, English."""
    opened = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="en-US")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A new tab in `context`."""
    return context.new_page()
