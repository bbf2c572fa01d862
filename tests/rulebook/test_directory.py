"""What each line of a directory says, or why it cannot be meant."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import needs
from unionhall.rulebook.directory import (
    FIELDS,
    Cells,
    Fault,
    SiteRow,
    clean,
    is_about_schools,
    judge_codes,
    judged,
    read_row,
)
from unionhall.rulebook.places import Point


def cells(**values):
    return Cells(line=7, values=values, heads={name: name.title() for name in values})


def test_a_full_line():
    row = read_row(
        cells(
            name=" Rosemead  Street Elementary ",
            code="19647330123456.0",
            status="Active",
            record_type="School",
            latitude="34.0522001",
            longitude="-118.2437",
            address="1 Rosemead St.",
            city="Los Angeles",
            state="CA",
            zip="900321234",
        )
    )
    assert row == SiteRow(
        line=7,
        name="Rosemead Street Elementary",
        code="19647330123456",
        kind="school",
        address="1 Rosemead St.",
        city="Los Angeles",
        state="CA",
        zip="90032-1234",
        point=Point(34.0522, -118.2437),
    )


@pytest.mark.parametrize("nothing", ["", "  ", "Information Redacted", "No Data", "N/A", "null"])
def test_what_a_list_does_not_know_is_blank(nothing):
    row = read_row(cells(name="Harbor Middle", latitude=nothing, longitude=nothing, address=nothing, zip=nothing))
    assert row == SiteRow(line=7, name="Harbor Middle")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Active", "live"),
        ("CLOSED", "closed"),
        ("Merged", "merged"),
        ("pending", "pending"),
        ("Cerrada", "closed"),
        ("", "live"),
    ],
)
def test_status_words(word, status):
    assert read_row(cells(name="A", status=word)).status == status


def test_day_of_closing_closes_where_there_is_no_status():
    assert read_row(cells(name="A", closed_on="2001-06-30")).status == "closed"
    assert read_row(cells(name="A", closed_on="No Data")).status == "live"
    assert read_row(cells(name="A", closed_on="2001-06-30", status="Active")).status == "live"


@pytest.mark.parametrize(
    ("values", "code", "column"),
    [
        ({"name": ""}, "no_name", "Name"),
        ({"name": "…"}, "no_name", "Name"),
        ({"name": "A", "record_type": "District"}, "not_a_place", "Record_Type"),
        ({"name": "A", "status": "Zombie"}, "unknown_status", "Status"),
        ({"name": "A" * 251}, "too_long", "Name"),
        ({"name": "A", "latitude": "north", "longitude": "-118"}, "no_number", "Latitude"),
        ({"name": "A", "latitude": "34"}, "half_a_point", "longitude"),
        ({"name": "A", "latitude": "-118.2", "longitude": "34"}, "point_swapped", "Latitude"),
        ({"name": "A", "latitude": "34", "longitude": "118.2"}, "point_sign", "Longitude"),
        ({"name": "A", "latitude": "1840000", "longitude": "6480000"}, "point_feet", "Latitude"),
        ({"name": "A", "latitude": "48.8", "longitude": "2.3"}, "point_elsewhere", "Latitude"),
    ],
)
def test_lines_that_cannot_be_meant(values, code, column):
    fault = read_row(cells(**values))
    assert isinstance(fault, Fault)
    assert (fault.line, fault.code, fault.column) == (7, code, column)


def test_zero_point_means_not_known():
    assert read_row(cells(name="A", latitude="0", longitude="0.0")).point is None


def test_decimal_commas_and_typographic_minus():
    assert read_row(cells(name="A", latitude="34,05", longitude="−118,25")).point == Point(34.05, -118.25)


@pytest.mark.parametrize(
    ("text", "zip_code"),
    [("90032", "90032"), ("90032-1234", "90032-1234"), ("2134", "02134"), ("90032.0", "90032"), ("ZIP", "")],
)
def test_zip_codes(text, zip_code):
    row = read_row(cells(name="A", zip=text))
    assert row.zip == zip_code
    assert [remark.code for remark in row.remarks] == ([] if zip_code else ["no_zip"])


def test_kinds():
    assert read_row(cells(name="A", kind="Bus Garage")).kind == "yard"
    assert read_row(cells(name="A", kind="Main office")).kind == "office"
    assert read_row(cells(name="A", kind="Span")).kind == "school"
    assert read_row(cells(name="A", kind="Moon base")).kind == ""
    assert is_about_schools(["SchoolName"])
    assert not is_about_schools(["Worksite", "City"])


def test_judge_codes():
    assert judge_codes([]) == ""
    assert judge_codes([str(number) for number in range(100)]) == ""
    assert judge_codes(["1.96473E+13", "2"]) == "rounded"
    assert judge_codes([str(number % 70) for number in range(2000)]) == "repeated"
    assert judge_codes(["7", "7"]) == ""


def test_judged_is_silent_where_there_is_no_pair_of_numbers():
    assert judged(cells(name="A", latitude="34")) is None
    assert judged(cells(name="A", latitude="x", longitude="1")) is None
    assert judged(cells(name="A", latitude="34", longitude="-118")) == "ok"


texts = st.text(max_size=300)


@given(st.dictionaries(st.sampled_from(FIELDS), texts))
def test_every_line_is_read_or_refused_and_never_breaks(values):
    row = read_row(cells(**values))
    assert isinstance(row, SiteRow | Fault)
    if isinstance(row, SiteRow):
        assert row.name == clean(row.name) != ""
        assert row.status in ("live", "closed", "merged", "pending")


def test_naughty_strings_are_read_or_refused():
    strings = json.loads((needs.shared("data/naughty-strings") / "blns.json").read_text("utf-8"))
    for text in strings:
        assert isinstance(read_row(cells(**dict.fromkeys(FIELDS, text))), SiteRow | Fault)
        named = read_row(cells(name=text))
        assert isinstance(named, Fault) or "\n" not in named.name
