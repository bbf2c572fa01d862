"""A home address as tokens."""

from __future__ import annotations

import pytest

from unionhall.rulebook.matching import place_tokens

HOME = place_tokens("3330 W. Pico Blvd.", "Los Angeles", "90019-1234")


def test_an_address_gives_itself_and_its_parts_two_by_two():
    assert {
        "nsa:3330:westpicoboulevard:90019", "ns:3330:westpicoboulevard", "na:3330:90019", "sa:westpicoboulevard:90019",
    } == HOME  # fmt: skip


def test_another_way_of_writing_it_is_the_same():
    assert place_tokens("3330 West Pico Boulevard", "", "90019") == HOME


@pytest.mark.parametrize(
    "slipped", [("3330 W. Pcio Blvd.", "90019"), ("333 W. Pico Blvd.", "90019"), ("3330 W. Pico Blvd.", "90091")]
)
def test_one_slip_leaves_a_token(slipped: tuple[str, str]):
    address, zip_code = slipped
    assert len(place_tokens(address, "", zip_code) & HOME) == 1


def test_the_city_stands_for_a_missing_zip_code():
    assert "na:12:reseda" in place_tokens("12 Sherman Way", "Reseda")


@pytest.mark.parametrize("address", ["", "  ", "-"])
def test_no_address_gives_no_token(address: str):
    assert place_tokens(address, "Reseda", "91335") == frozenset()
