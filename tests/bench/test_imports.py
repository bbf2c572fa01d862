"""P5's lists: the same each time, a month apart; and a small run from the files to the rows of the table."""

from __future__ import annotations

import pytest

from unionhall.bench import imports, monthly


def test_two_months_are_the_same_each_time_and_differ_by_a_month() -> None:
    before, after = monthly.two_months(1_000)
    ids = [{row[monthly.ID] for row in rows} for rows in (before, after)]
    held = {row[monthly.ID]: row for row in before}

    assert monthly.two_months(1_000) == (before, after)
    assert (len(before), len(after)) == (1_000, 1_000)
    assert [len(found) for found in ids] == [1_000, 1_000]
    assert 5 <= len(ids[1] - ids[0]) <= 20
    changed = sum(held.get(row[monthly.ID], row) != row for row in after)
    assert 10 <= changed <= 60


@pytest.mark.slow
def test_bench_measures_preview_apply_and_growth() -> None:
    look, apply, flat = imports.run(60)

    assert [row.name for row in (look, apply, flat)] == ["P5"] * 3
    assert "60 rows against 60 people" in look.work
    assert "60 rows:" in flat.ours
