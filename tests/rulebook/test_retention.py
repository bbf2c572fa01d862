"""The retention clock of former members."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.retention import Due, Leaving, clock_of, months_after, trimmed

TODAY = date(2026, 11, 22)
LONG_AGO = date(2025, 1, 31)


@pytest.mark.parametrize(
    ("leaving", "due"),
    [
        (Leaving(is_former=False, separated_on=LONG_AGO), Due("stays")),
        (Leaving(is_former=True, separated_on=LONG_AGO, is_open=True), Due("stays")),
        (Leaving(is_former=True), Due("no_day")),
        (Leaving(is_former=True, is_held=True), Due("held")),
        (Leaving(is_former=True, separated_on=LONG_AGO), Due("due", date(2026, 1, 31))),
        (Leaving(is_former=True, separated_on=LONG_AGO, is_held=True), Due("held", date(2026, 1, 31))),
        (Leaving(is_former=True, missing_since=date(2025, 11, 22)), Due("due", TODAY)),
        (Leaving(is_former=True, missing_since=date(2025, 11, 23)), Due("waiting", date(2026, 11, 23))),
        (
            Leaving(is_former=True, separated_on=LONG_AGO, last_day=date(2026, 6, 12)),
            Due("waiting", date(2027, 6, 12)),
        ),
    ],
)
def test_clock(leaving, due):
    assert clock_of(leaving, today=TODAY, months=12) == due


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_end_with_the_month(day, months, then):
    assert months_after(day, months) == then


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_nobody_is_cut_down_a_day_early(day, months):
    on = months_after(day, months)
    leaving = Leaving(is_former=True, separated_on=day)
    assert clock_of(leaving, today=on, months=months).code == "due"
    assert clock_of(leaving, today=on - timedelta(days=1), months=months).code == "waiting"


def test_trimmed_keeps_names_and_membership():
    said = {"name": ["Ana", "2026-01-01", 1], "birth": ["05-17", "2026-01-01", 1], "membership": ["former", "x", 1]}
    assert trimmed(said) == {"name": said["name"], "membership": said["membership"]}
