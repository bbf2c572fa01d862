"""Public ids and the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

import time_machine

from unionhall.foundation import clock
from unionhall.foundation.ids import ALPHABET, LENGTH, new_public_id


def test_public_ids_are_unlike_and_spell_nothing():
    made = {new_public_id() for _ in range(500)}

    assert len(made) == 500
    assert {len(item) for item in made} == {LENGTH}
    assert set("".join(made)) <= set(ALPHABET)
    assert not set("aeiouy01l") & set(ALPHABET)


def test_today_is_the_local_s_day(settings):
    settings.TIME_ZONE = "America/Los_Angeles"

    with time_machine.travel(datetime(2026, 11, 22, 7, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
        assert clock.today() == date(2026, 11, 21)
