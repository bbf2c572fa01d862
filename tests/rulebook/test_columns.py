"""Which row holds the heads, and which column holds what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.columns import NoHeader, UnknownHead, find_header, folded_head, guess_columns
from unionhall.rulebook.directory import WANTED
from unionhall.rulebook.sheets import RawRow, Table, choose_table

STATE = [
    "CDSCode",
    "NCESDist",
    "NCESSchool",
    "StatusType",
    "County",
    "District",
    "School",
    "Street",
    "StreetAbr",
    "City",
    "Zip",
    "State",
    "MailStreet",
    "MailCity",
    "MailZip",
    "MailState",
    "Phone",
    "ClosedDate",
    "SOCType",
    "Latitude",
    "Longitude",
    "AdmFName1",
]


def named(heads):
    return {field: heads[place] for field, place in guess_columns(heads, WANTED).items()}


def test_columns_of_the_states_own_download():
    assert named(STATE) == {
        "name": "School",
        "code": "CDSCode",
        "status": "StatusType",
        "closed_on": "ClosedDate",
        "district": "District",
        "latitude": "Latitude",
        "longitude": "Longitude",
        "address": "Street",
        "city": "City",
        "state": "State",
        "zip": "Zip",
    }


def test_columns_in_spanish():
    heads = ["Plantel", "Estatus", "Latitud", "Longitud", "Dirección", "Ciudad", "Código Postal"]
    assert named(heads) == dict(
        zip(["name", "status", "latitude", "longitude", "address", "city", "zip"], heads, strict=True)
    )


def test_columns_with_words_around_them():
    assert named(["Official School Name (2026)", "School Latitude WGS84", "Site ZIP+4", "Charter Status"]) == {
        "name": "Official School Name (2026)",
        "latitude": "School Latitude WGS84",
        "zip": "Site ZIP+4",
    }


def test_mailing_address_is_never_the_place():
    assert "address" not in named(["School", "Mailing Street", "Mailing City", "Mailing Zip"])


def test_first_of_equal_heads_is_taken():
    assert guess_columns(["School", "City", "City"], WANTED) == {"name": 0, "city": 1}


@given(st.permutations(STATE))
def test_order_of_columns_never_matters(heads):
    assert named(heads) == named(STATE)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_no_column_holds_two_fields(heads):
    found = guess_columns(heads, WANTED)
    assert len(set(found.values())) == len(found)
    assert all(0 <= place < len(heads) for place in found.values())


@pytest.mark.parametrize("head", ["SchoolName", "school_name", "SCHOOL NAME", " School-Name: ", "Schóol Name"])
def test_folded_head(head):
    assert folded_head(head) == "school name"


def test_header_below_title_rows():
    rows = [
        ["Exported by Site 3", "", ""],
        ["School year 2026", "", ""],
        ["School", "City", "Zip"],
        ["A", "LA", "90012"],
    ]
    assert find_header(rows, WANTED, {}).place == 2


def test_headless_sheet_shows_what_it_holds():
    with pytest.raises(NoHeader) as raised:
        find_header([["1", "2"], ["Alta", "Baja", "Centro"]], WANTED, {})
    assert (raised.value.missing, raised.value.heads) == (("name",), ("Alta", "Baja", "Centro"))


def test_fixed_heads_go_before_any_guess():
    header = find_header([["School", "Alias", "City"]], WANTED, {"name": "alias"})
    assert header.columns["name"] == 1
    assert header.columns["city"] == 2


def test_fixed_head_that_no_row_has_is_named():
    with pytest.raises(UnknownHead) as raised:
        find_header([["School", "City"]], WANTED, {"zip": "Postcode"})
    assert (raised.value.field, raised.value.head) == ("zip", "Postcode")


def test_sheet_with_the_most_columns_is_chosen():
    notes = Table("Notes", (RawRow(1, ("School",)),))
    sites = Table("Sites", (RawRow(4, ("School", "City")), RawRow(5, ("A", "LA"))))
    chosen = choose_table([notes, sites], WANTED, {})
    assert (chosen.table.name, chosen.header_row, len(chosen.body)) == ("Sites", 4, 1)


def test_no_sheet_at_all_is_no_header():
    with pytest.raises(NoHeader):
        choose_table([], WANTED, {})
