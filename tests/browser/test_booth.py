"""The booth in a real browser: its ballots pass every check, it is small, and it sends nothing."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_styleguide import AXE_OPTIONS, OVERFLOW, TOO_SMALL
from tests.factories.voting import COMMITTEE, STRIKE, Forger, opened, tool_accepts, verifier_says, we_say
from unionhall.rulebook.voting.ballot_checks import check_proofs
from unionhall.rulebook.voting.ballot_wire import read_ballot
from unionhall.rulebook.voting.election import read_election
from unionhall.rulebook.voting.hashing import fingerprint

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
FOLDER = Path(__file__).resolve().parents[2] / "src/unionhall/ui/static/ui/booth"
MODULES = ("group.js", "proofs.js", "ballot.js")
E = opened("VoteForTests11", (STRIKE, COMMITTEE))
FILL = """async ([module, election, credential, marks]) => {
  const { open } = await import(module);
  const booth = await open(new TextEncoder().encode(election));
  try { return await booth.fill(credential, marks); } catch (error) { return error.name + " " + error.message; }
}"""
TIME = """async ([module, election, credential, marks]) => {
  const { open } = await import(module);
  const took = [];
  let begun = performance.now();
  const booth = await open(new TextEncoder().encode(election));
  took.push(performance.now() - begun);
  for (let i = 0; i < 5; i++) {
    begun = performance.now();
    await booth.fill(credential, marks);
    took.push(performance.now() - begun);
  }
  return took;
}"""


@pytest.fixture
def booth(page: Page, live_server: LiveServer) -> Page:
    """The page of the booth, ready."""
    page.goto(f"{live_server.url}/styleguide/booth/")
    page.wait_for_selector("uh-booth form")
    return page


def words(booth: Page, credential: str, marks: list[Any]) -> list[Any]:
    """What the scripts above are given. The module is the one the page itself loads."""
    module = booth.locator("script[type=module]").get_attribute("src") or ""
    return [
        re.sub(r"uh-booth[^/]*$", "ballot.js", module),
        E.election.raw.decode(),
        credential,
        marks,
    ]


def test_ballots_made_in_the_browser_pass_every_check(booth: Page) -> None:
    choices = [[[1, 0], "blank"], [[0, 1], [1, 0, 1]], [[1, 0], [0, 1, 0]]]

    made = [
        booth.evaluate(FILL, words(booth, E.credentials[i].reveal().replace("-", " " * i), marks))
        for i, marks in enumerate(choices)
    ]
    ballots = [one["text"].encode() for one in made]
    record = Forger(E).setup().cast(*ballots).count(*ballots)

    assert [one["tracker"] for one in made] == [fingerprint(raw) for raw in ballots]
    assert record.events[-1][1] == (b'{"result":[[2,1],[1,1,1,1]]}',)
    assert (we_say(record.archive()), verifier_says(record.archive())) == ("fine", "fine")
    assert tool_accepts(record.archive())


@pytest.mark.parametrize(
    ("credential", "marks", "said"),
    [
        ("111-111-111-111-112", [[1, 0], "blank"], "TypeError credential"),
        ("111", [[1, 0], "blank"], "TypeError credential"),
        ("O11-111-111-111-111", [[1, 0], "blank"], "TypeError credential"),
        ("111-111-111-111-11v", [[1, 1], "blank"], "RangeError marks"),
        ("111-111-111-111-11v", ["blank", "blank"], "RangeError marks"),
        ("111-111-111-111-11v", [[1, 0], [0, 0, 0]], "RangeError marks"),
        ("111-111-111-111-11v", [[1, 0], [2, 0, -1]], "RangeError marks"),
    ],
)
def test_booth_makes_no_ballot_that_would_be_refused(booth: Page, credential: str, marks: list[Any], said: str) -> None:
    assert booth.evaluate(FILL, words(booth, credential, marks)) == said


def test_page_makes_a_ballot_and_sends_nothing(booth: Page) -> None:
    election = read_election((FOLDER / "example.json").read_bytes())
    sent: list[str] = []
    booth.on("request", lambda request: sent.append(request.url))

    booth.get_by_text("YES / SÍ").click()
    booth.get_by_text("Alma").click()
    booth.get_by_role("button").click()
    booth.wait_for_selector("textarea")

    raw = booth.locator("textarea").input_value().encode()
    ballot = read_ballot(raw, election)
    check_proofs(ballot, election)
    assert f"Your tracker: {fingerprint(raw)}" in booth.locator("uh-booth").inner_text()
    assert f"Fingerprint of the election: {election.fingerprint}" in booth.locator("uh-booth").inner_text()
    assert sent == []
    assert booth.context.cookies() == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_axe_and_thumbs_find_nothing_wrong_with_a_ballot_made(page: Page, live_server: LiveServer, lang: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/styleguide/booth/?lang={lang}")
    page.get_by_text("NO", exact=True).click()
    page.get_by_text("Beto").click()
    page.get_by_role("button").click()
    page.wait_for_selector("textarea")

    found = Axe().run(page, options=AXE_OPTIONS)

    assert [it["id"] for it in found.response["violations"]] == []
    assert (page.evaluate(OVERFLOW), page.evaluate(TOO_SMALL), said) == (0, [], [])


def test_page_says_what_is_missing_in_spanish(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/styleguide/booth/?lang=es")
    page.wait_for_selector("uh-booth form")

    page.get_by_role("button").click()

    assert "Revísala, por favor." in page.get_by_role("status").inner_text()


def test_booth_is_at_most_five_kilobytes() -> None:
    sizes = [len(gzip.compress((FOLDER / name).read_bytes(), 9)) for name in MODULES]

    assert sum(sizes) <= 5_000


@pytest.mark.slow
@pytest.mark.parametrize(("times", "limit"), [(1, 1_000), (4, 4_000)])
def test_ballot_is_made_while_a_member_reads(booth: Page, times: int, limit: int) -> None:
    booth.context.new_cdp_session(booth).send("Emulation.setCPUThrottlingRate", {"rate": times})

    ready, *made = booth.evaluate(TIME, words(booth, "111-111-111-111-11v", [[1, 0], [1, 0, 0]]))

    sys.stdout.write(
        f"processor throttled {times} times: ready {ready:.0f} ms, two questions {sorted(made)[2]:.0f} ms\n"
    )
    assert ready + max(made) < limit
