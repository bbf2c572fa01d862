"""Whole elections from the command line, and a look into their archives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.factories.voting import tool_accepts, verifier_says


@pytest.mark.parametrize("trustees", ["3of3", "2of3"])
def test_demo_leaves_archives_that_every_verifier_confirms(cli, tmp_path, trustees):
    result = cli(
        "ballots", "demo", "--areas", "2", "--voters", "9", "--yes", "0.67", "--trustees", trustees,
        "--out", str(tmp_path), "--json",
    )  # fmt: skip

    report = json.loads(result.stdout)
    archives = [tmp_path / area["file"] for area in report["areas"]]
    assert (result.exit_code, result.stderr) == (0, "")
    assert {name: report["total"][name] for name in ("ballots", "yes", "no")} == {"ballots": 9, "yes": 6, "no": 3}
    assert [area["ballots"] for area in report["areas"]] == [5, 4]
    assert {words: it["verdict"] for words, it in report["decisions"].items()} == {
        "more than half of the votes": "carried",
        "at least two thirds of the votes": "carried",
    }
    assert json.loads((tmp_path / "results.json").read_text("utf-8")) == report
    for archive in archives:
        assert verifier_says(archive.read_bytes()) == "fine"
        assert tool_accepts(archive.read_bytes())


def test_demo_makes_the_same_choices_and_never_the_same_secrets(cli, tmp_path):
    words = ("ballots", "demo", "--areas", "3", "--voters", "12", "--yes", "0.5", "--json", "--out")

    one, two = (json.loads(cli(*words, str(tmp_path / name)).stdout) for name in ("one", "two"))

    assert [area["yes"] for area in one["areas"]] == [area["yes"] for area in two["areas"]]
    assert not {area["fingerprint"] for area in one["areas"]} & {area["fingerprint"] for area in two["areas"]}


def test_demo_again_replaces_what_was_there_and_writes_a_readable_report(cli, tmp_path):
    words = ("ballots", "demo", "--areas", "1", "--voters", "2", "--yes", "1", "--out", str(tmp_path))
    cli(*words)

    result = cli(*words)

    assert len(list(tmp_path.rglob("*.bel*"))) == 1
    assert (tmp_path / "report.md").read_text("utf-8") == result.stdout
    assert "| All | 2 | 2 | 2 | 0 | |" in result.stdout
    assert "more than half of the votes: carried (2 YES needed)." in result.stdout


def test_demo_refuses_more_areas_than_voters(cli, tmp_path):
    result = cli("ballots", "demo", "--areas", "5", "--voters", "3", "--out", str(tmp_path))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There must be at least as many voters as areas.\n"


@pytest.fixture
def archive(cli, tmp_path) -> Path:
    cli("ballots", "demo", "--areas", "1", "--voters", "3", "--yes", "0.67", "--out", str(tmp_path))
    (found,) = tmp_path.rglob("*.bel")
    return found


def test_inspect_tells_what_is_in_an_archive(cli, archive):
    found = json.loads(cli("ballots", "inspect", str(archive), "--json").stdout)

    assert (found["ballots"], found["credentials"], found["trustees"], found["stage"]) == (3, 3, 3, "Result")
    assert found["questions"][0]["votes"] == {"YES": 2, "NO": 1}
    assert found["bytes"] == archive.stat().st_size


def test_inspect_of_an_open_vote_tells_no_counts(cli, archive, tmp_path):
    raw = archive.read_bytes()
    opened = tmp_path / "open.bel"
    opened.write_bytes(raw[: raw.index(b'"type":"Setup"') // 512 * 512 + 512])

    result = cli("ballots", "inspect", str(opened))

    assert result.exit_code == 0
    assert "YES -, NO -" in result.stdout
    assert "0 ballots, 3 trustees, 1 events" in result.stdout


def test_inspect_of_a_damaged_archive_is_one_sentence(cli, archive):
    archive.write_bytes(archive.read_bytes()[:-1000])

    result = cli("ballots", "inspect", str(archive))

    assert (result.exit_code, result.stdout) == (1, "")
    assert "does not pass" in result.stderr
    assert result.stderr.count("\n") == 1
