"""When a letter may go: never a text at night, and never a try without end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.letters import FIRST_HOUR, PAUSES, awake_at, is_quiet, next_try

ZONES = st.sampled_from(["America/Los_Angeles", "America/New_York", "Pacific/Honolulu"]).map(ZoneInfo)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
ANGELES = ZoneInfo("America/Los_Angeles")


@given(INSTANTS, ZONES)
def test_a_text_goes_by_day_only_and_waits_less_than_half_a_day(at, zone):
    awake = awake_at(at, zone)
    assert not is_quiet(awake, zone)
    assert timedelta(0) <= awake - at <= timedelta(hours=12)


@given(INSTANTS, ZONES)
def test_by_day_nothing_waits_and_from_the_night_all_wait_until_eight(at, zone):
    awake = awake_at(at, zone)
    assert awake == at if not is_quiet(at, zone) else awake.astimezone(zone).time() == FIRST_HOUR


@pytest.mark.parametrize(
    ("here", "quiet"),
    [("07:59:59", True), ("08:00:00", False), ("20:59:59", False), ("21:00:00", True), ("00:00:00", True)],
)
def test_the_edges_of_the_night(here, quiet):
    assert is_quiet(datetime.fromisoformat(f"2026-11-20T{here}").replace(tzinfo=ANGELES), ANGELES) is quiet


def test_each_pause_is_longer_than_the_one_before_and_the_last_is_the_last():
    waits = [next_try(tries) for tries in range(1, len(PAUSES) + 2)]
    assert waits == [*sorted(PAUSES), None]
    assert next_try(0) is None
