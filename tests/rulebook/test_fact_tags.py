"""Numbers in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.fact_tags import put_in, tags_in, typed_numbers

KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@given(st.lists(KEYS, max_size=6))
def test_every_tag_is_found_and_replaced(keys: list[str]) -> None:
    text = " and ".join(f"[[{key}]]" for key in keys)

    assert tags_in(text) == tuple(dict.fromkeys(keys))
    assert put_in(text, str.upper) == " and ".join(key.upper() for key in keys)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We are 30,000 people", ("30,000",)),
        ("a raise of 2% and $6.4 billion", ("2%", "$6.4 billion")),
        ("97 percent said yes, 665 schools", ("97 percent", "665")),
        ("On 21 November 2024 at 10:30, call 213-555-0110", ()),
        ("Local 99, 16 members, [[unit-size]]", ()),
        ("<a href='/2017/10/23/'>x</a> room 12", ()),
    ],
)
def test_typed_numbers_are_shares_money_and_counts(text: str, found: tuple[str, ...]) -> None:
    assert typed_numbers(text) == found


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(number.strip() for number in typed_numbers(text))
