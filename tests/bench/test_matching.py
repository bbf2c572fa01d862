"""The two invented lists of P6, and what is told of them; never seconds."""

from __future__ import annotations

import csv
from pathlib import Path

from unionhall.bench.matching import ours, quality, run
from unionhall.bench.people import two_lists, write


def test_the_same_seed_gives_the_same_lists():
    assert two_lists(60) == two_lists(60)
    assert two_lists(60, seed=1) != two_lists(60)


def test_most_of_the_people_are_in_both_lists():
    employer, roster = two_lists(200)
    assert (len(employer), len(roster)) == (200, 200)
    assert len({one.who for one in employer} & {one.who for one in roster}) == 188
    assert len({one.key for one in employer}) == 200


def test_the_lists_are_written_with_their_heads(tmp_path: Path):
    _employer, roster = two_lists(3)
    write(roster, tmp_path / "roster.csv")
    with (tmp_path / "roster.csv").open(newline="", encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    assert [row["given"] for row in told] == [one.given for one in roster]


def test_quality_is_counted_against_the_truth():
    employer, roster = two_lists(200)
    right = {one.who: one.key for one in roster}
    pairs = [(one.key, right[one.who]) for one in employer if one.who in right]
    assert quality(pairs, employer, roster).f1 == 1.0
    assert quality(pairs[:94], employer, roster).recall == 0.5
    assert quality([], employer, roster).f1 == 0.0


def test_our_rule_joins_hardly_anybody_wrongly():
    employer, roster = two_lists(1_500)
    mine = ours(employer, roster)
    assert quality(mine.certain, employer, roster).precision >= 0.99
    assert quality(mine.likely, employer, roster).f1 >= 0.98


def test_the_table_has_both_rows(monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    rows = run(120)
    assert [row.name for row in rows] == ["P6", "P6"]
    assert rows[0].reference == "splink is not installed (make bench)"
