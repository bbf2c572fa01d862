"""The table of benchmarks and what feeds it. No figure is asserted: `make bench` is no test."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from unionhall.bench import lookups, runs, weight, writers
from unionhall.bench.rows import Row, alternate, table
from unionhall.cli.main import app

ROW = Row("P10", "8 writers", "one: 100/s", "90/s", "0.90×", "≥ 0.8×", met=True)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_table_has_a_line_a_row():
    assert table([ROW]) == (
        "| # | work | reference in the same run | ours | ratio | goal |  |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| P10 | 8 writers | one: 100/s | 90/s | 0.90× | ≥ 0.8× | met |\n"
    )


def test_missed_goal_stands_out():
    assert Row("P1", "w", "r", "o", "x", "g", met=False).cells()[-1] == "**missed**"
    assert Row("P1", "w", "r", "o", "x", "g").cells()[-1] == ""


def test_slots_are_taken_in_turn():
    order = []
    figures = iter([1.0, 10.0, 9.0, 20.0, 2.0, 90.0])

    def take(name):
        order.append(name)
        return next(figures)

    assert alternate(lambda: take("a"), lambda: take("b"), slots=3) == (2.0, 20.0)
    assert order == ["a", "b"] * 3


def test_page_says_when_where_and_what_is_to_come():
    page = runs.page([ROW], at=AT)

    assert "Measured 2026-11-22 09:00 UTC on " in page
    assert "To come: P4" in page
    assert table([ROW]) in page


def test_unknown_benchmark_is_a_sentence():
    result = CliRunner().invoke(app, ["bench", "hurry"])

    assert (result.exit_code, result.stdout) == (1, "")
    known = "writers, votes, matching, import, finding, starts, served, weight, pages, lookups, timings, spike"
    assert result.stderr == f"There is no benchmark hurry. There are: {known}\n"


def test_page_into_no_folder_is_a_sentence(tmp_path):
    result = CliRunner().invoke(app, ["bench", "writers", "--out", str(tmp_path / "no" / "page.md")])

    assert (result.exit_code, result.stderr) == (1, f"There is no folder {tmp_path / 'no'}. Make it first.\n")


def test_writers_are_really_counted(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(writers, "SLOT_SECONDS", 0.1)

    rate, worst, refused = writers._slot(2)

    assert (rate > 0, 0 < worst < 60, refused) == (True, True, 0)
    assert list(tmp_path.iterdir()) == []


def test_first_view_counts_what_a_browser_fetches_at_once():
    parts = weight._Parts()
    parts.feed(
        '<link rel="stylesheet" href="/a.css"><link rel="preload" as="font" href="/f.woff2">'
        '<script src="/s.js"></script>'
        '<img src="/first.jpg"><img loading="lazy" src="/later.jpg"><link rel="alternate" href="/es/">'
    )

    assert (parts.code, parts.media) == (["/a.css", "/s.js"], ["/f.woff2", "/first.jpg"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('import "./a.js";', ["./a.js"]),
        ('const x = 1;import{b}from"../b.js";', []),
        ('import { c } from "./c.js";\nexport * from "./d.js"', ["./c.js", "./d.js"]),
        ('const s = "important ./no.js"', []),
    ],
)
def test_imports_of_modules_are_seen(text, found):
    assert weight.MODULE.findall(text) == found


@pytest.mark.django_db
def test_lookups_are_measured_in_turn():
    told = lookups.measure()

    assert (told["worksites"], told["ours"] > 0, told["reference"] > 0) == (0, True, True)
    assert json.dumps(told)


def test_page_keeps_what_this_run_did_not_measure_with_its_day() -> None:
    first, then = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (1, 2))
    old = Row("P1", "pages", "a", "b", "1.0×", "≥ 1×", met=True)
    new, newer = (Row("P5", "lists", "a", ours, "1/2", "≤ 1/40", met=False) for ours in ("slow", "quick"))
    before = runs.page([old, new], at=first)
    page = runs.page([newer], at=then, before=before)

    assert page.count("| P1 | pages |") == 1
    assert "| P5 | lists | a | quick |" in page
    assert "slow" not in page
    assert page.index("Measured 2026-11-02") < page.index("quick") < page.index("Earlier, measured 2026-11-01")
    assert runs.page([newer], at=then, before=page).count("| P1 | pages |") == 1
