"""The ids that a source gives to people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.keys import Keys, is_rounded, keys_of

numbers = st.integers(0, 99_999)


def test_lost_zeros_come_back_by_the_width_of_the_file():
    keys = keys_of(["00123", "04567", "123", "123.0"])
    assert [keys.key(text) for text in ("00123", "123", "123.0", "4567")] == ["00123", "00123", "00123", "04567"]


def test_lost_zeros_come_back_by_what_the_source_has_said():
    keys = keys_of(["123", "4567"], known=["00123", "04567"])
    assert [keys.key(text) for text in ("123", "4567")] == ["00123", "04567"]


def test_source_that_never_had_zeros_stays_without_them():
    assert keys_of(["00123"], known=["123"]).key("00123") == "123"


def test_ids_of_several_widths_with_zeros_are_different_ids():
    keys = keys_of(["0123", "123", "00123"])
    assert [keys.key(text) for text in ("0123", "123", "00123")] == ["0123", "123", "00123"]


def test_known_ids_that_differ_in_zeros_only_are_never_guessed():
    keys = keys_of(["123"], known=["0123", "00123"])
    assert keys.key("123") == "123"


@pytest.mark.parametrize(
    ("text", "key"), [("e00123", "E00123"), ("1,234", "1234"), ("'00123", "00123"), ("A-1", "A-1")]
)
def test_spelling(text, key):
    assert Keys().key(text) == key


@given(st.lists(numbers, unique=True, min_size=1), st.integers(5, 9))
def test_ids_of_one_width_are_found_again_without_their_zeros(found, width):
    full = [str(number).zfill(width) for number in found]
    later = keys_of([str(number) for number in found], known=full)
    assert [later.key(str(number)) for number in found] == full


@given(st.lists(st.text(alphabet="0123456789", min_size=1, max_size=7), unique=True))
def test_two_ids_of_a_file_are_never_joined_but_for_zeros(ids):
    keys = keys_of(ids)
    found: dict[str, str] = {}
    for id in ids:
        other = found.setdefault(keys.key(id), id)
        assert other.lstrip("0") == id.lstrip("0")


@given(st.lists(st.text(alphabet="0123456789", min_size=1, max_size=7)), st.text(alphabet="0123456789", min_size=1))
def test_key_of_a_key_is_itself(ids, text):
    keys = keys_of(ids)
    assert keys.key(keys.key(text)) == keys.key(text)


@pytest.mark.parametrize(
    ("text", "rounded"), [("1.23457E+11", True), ("1,2E+05", True), ("12E3", False), ("E123", False)]
)
def test_is_rounded(text, rounded):
    assert is_rounded(text) is rounded
