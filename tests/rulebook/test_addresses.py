"""Home addresses: how they are kept, and the tokens by which equal ones are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.addresses import Place, PlaceTokens, place_of, place_tokens, read_zip

line = st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=30)


@given(line, line, line, line)
def test_what_is_kept_is_read_again(address, city, state, zip_code):
    place = Place(address, city, state, zip_code)
    assert place_of(place.kept) == place


def test_written_as_on_an_envelope():
    assert Place("123 Main St", "Los Angeles", "CA", "90012").written == "123 Main St, Los Angeles, CA 90012"
    assert place_of("123 Main St").written == "123 Main St"


@pytest.mark.parametrize(
    "address", ["123 N. Main St. #4", "123 North Main Street Apt 4", "123 N MAIN ST UNIT #4", "123 n main st apto. 4"]
)
def test_spellings_of_one_home_have_the_same_tokens(address):
    assert place_tokens(address, "Los Angeles", "90012-1234") == PlaceTokens(
        whole="123 north main street 4 los angeles 90012",
        number_zip="123 90012",
        street_zip="north main street 90012",
    )


def test_address_without_a_number_or_zip_has_fewer_tokens():
    assert place_tokens("PO Box", "", "90012") == PlaceTokens("po box 90012", "", "po box 90012")
    assert place_tokens("5 Elm", "Reseda", "") == PlaceTokens("5 elm reseda", "", "")
    assert place_tokens(" ", "Reseda", "91335") == PlaceTokens("")


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=10))
def test_any_text_has_tokens(address, city, zip_code):
    tokens = place_tokens(address, city, zip_code)
    assert tokens.whole or tokens == PlaceTokens("")


@pytest.mark.parametrize(
    ("text", "zip_code"),
    [("90012", "90012"), ("90012-1234", "90012-1234"), ("900121234", "90012-1234"), ("2134", "02134"),
     ("90012.0", "90012"), ("9001", "09001"), ("9", ""), ("L4C 1Z1", ""), ("٩٠٠١٢", ""), ("", "")],
)  # fmt: skip
def test_read_zip(text, zip_code):
    assert read_zip(text) == zip_code
