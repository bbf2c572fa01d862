"""Names that look like what somebody typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.finding import look_alikes
from unionhall.rulebook.names import asked_words

NAMES = ["theodore roosevelt senior high", "reseda charter high", "harbor middle", "roosevelt middle"]


def test_slips_of_the_finger_are_forgiven():
    assert look_alikes(asked_words("roosvelt high"), NAMES, limit=8) == [0]
    assert look_alikes(asked_words("harbour"), NAMES, limit=8) == [2]
    assert look_alikes(asked_words("resda chart"), NAMES, limit=8) == [1]


def test_best_comes_first_and_the_limit_holds():
    assert look_alikes(asked_words("rosevelt"), NAMES, limit=8) == [0, 3]
    assert look_alikes(asked_words("rosevelt"), NAMES, limit=1) == [0]


def test_nothing_alike_is_nothing():
    assert look_alikes(asked_words("xyzzy"), NAMES, limit=8) == []
    assert look_alikes((), NAMES, limit=8) == []


@given(st.text(max_size=30), st.lists(st.text("abc ", max_size=12), max_size=6))
def test_places_exist_and_come_once(text, names):
    found = look_alikes(asked_words(text), names, limit=3)
    assert len(found) == len(set(found)) <= 3
    assert all(0 <= place < len(names) for place in found)
