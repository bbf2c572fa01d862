"""Kind, code and name of districts, as many files say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.columns import UnknownHead
from unionhall.rulebook.districts import LONGEST_CODE, guess_kind, kind_said, kind_slug, read_districts
from unionhall.rulebook.outlines import Outline


def outlines(*properties, wkb=None):
    return [Outline(line=line, properties=said, wkb=wkb or bytes([line])) for line, said in enumerate(properties, 1)]


def read(*properties, mapping=None, only_name="", wkb=None):
    found = outlines(*properties, wkb=wkb)
    heads = tuple(dict.fromkeys(head for said in properties for head in said))
    return read_districts(found, heads=heads, mapping=mapping or {}, only_name=only_name)


def names(*properties, **options):
    return [(row.code, row.name) for row in read(*properties, **options)[0]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("la-city-council-districts-2012", "city-council"),
        ("LACityCouncil", "city-council"),
        ("la_county_supervisors_2011", "supervisor"),
        ("Supervisorial_Districts_(2021)", "supervisor"),
        ("california-counties", "county"),
        ("LAUSD_Board_Districts", "school-board"),
        ("school district boundaries", "school-district"),
        ("tl_2022_06_sldu", "state-senate"),
        ("Assembly Districts", "state-assembly"),
        ("Congressional District 34", "congress"),
        ("la-times-neighborhoods", "neighborhood"),
        ("Neighborhood Councils", "neighborhood-council"),
        ("barrios", "neighborhood"),
        ("tl_2020_us_zcta520", ""),
        ("tl_2020_zcta", "zip"),
        ("los-angeles-county", ""),
        ("", ""),
    ],
)
def test_kind_by_a_name(text, kind):
    assert guess_kind([text]) == kind


def test_first_text_that_names_a_kind_decides():
    assert guess_kind(["layer 1", "wards", "counties"]) == "ward"


def test_property_says_the_kind_where_it_says_one_for_all():
    heads = ("kind", "name")
    same = outlines({"kind": "City Council District 1"}, {"kind": "City Council District 2"})
    mixed = outlines({"kind": "City Council District 1"}, {"kind": "County Supervisor"})
    assert kind_said(same, heads) == "city-council"
    assert kind_said(mixed, heads) == ""
    assert kind_said(same, ("name",)) == ""


@given(st.text(max_size=80))
def test_slug_of_a_kind_stays_the_same_when_taken_again(text):
    slug = kind_slug(text)
    assert kind_slug(slug) == slug
    assert len(slug) <= 40


def test_slug_of_a_kind():
    assert kind_slug("  City Council ") == "city-council"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ([{"DISTRICT": "1"}, {"DISTRICT": "2"}], [("1", "1"), ("2", "2")]),
        ([{"name": "Acton", "slug": "a"}, {"name": "El Monte", "slug": "e-m"}], [("a", "Acton"), ("e-m", "El Monte")]),
        (
            [{"name": "Alameda", "cartodb_id": "1"}, {"name": "San Mateo", "cartodb_id": "2"}],
            [("alameda", "Alameda"), ("san-mateo", "San Mateo")],
        ),
        (
            [
                {"STATE": "CA", "GEOID": "0634", "NAMELSAD": "District 34"},
                {"STATE": "CA", "GEOID": "0637", "NAMELSAD": "District 37"},
            ],
            [("0634", "District 34"), ("0637", "District 37")],
        ),
        (
            [{"name": "North", "seat": "3"}, {"name": "South", "seat": "3"}],
            [("north", "North"), ("south", "South")],
        ),
        (
            [{"name": "A", "district": "3"}, {"name": "B", "district": "3"}, {"name": "C", "district": "4"}],
            [("3", "A"), ("3-2", "B"), ("4", "C")],
        ),
        ([{"name": "LA", "code": "1"}, {"name": "LA", "code": "2"}], [("1", "1"), ("2", "2")]),
        ([{"OBJECTID": "1", "TEAM": "Red"}, {"OBJECTID": "2", "TEAM": "Blue"}], [("red", "Red"), ("blue", "Blue")]),
    ],
)  # fmt: skip
def test_code_and_name(properties, expected):
    assert names(*properties) == expected


def test_code_that_tells_all_apart_goes_before_one_that_does_not():
    assert names({"district": "1", "code": "A"}, {"district": "1", "code": "B"}, {"district": "2", "code": "C"}) == [
        ("A", "A"), ("B", "B"), ("C", "C"),
    ]  # fmt: skip


def test_mapping_goes_before_every_guess_and_an_unknown_head_is_named():
    said = [{"name": "x", "Label": "Uno", "Nr": "7"}, {"name": "y", "Label": "Dos", "Nr": "8"}]
    assert names(*said, mapping={"name": "LABEL", "code": "nr"}) == [("7", "Uno"), ("8", "Dos")]
    with pytest.raises(UnknownHead):
        read(*said, mapping={"name": "title"})


def test_outline_that_names_no_district_is_refused_by_line():
    rows, faults = read({"name": "Uno"}, {"name": "Dos"}, {"name": " "})
    assert [row.name for row in rows] == ["Uno", "Dos"]
    assert [(fault.line, fault.code) for fault in faults] == [(3, "no_district")]


def test_only_outline_of_a_file_takes_the_files_name():
    assert names({}, only_name="Our Area") == [("our-area", "Our Area")]
    assert names({}, {}, only_name="Our Area") == []


def test_equal_code_gets_a_number_and_says_so():
    rows, _faults = read({"name": "Uno"}, {"name": "Uno"}, {"name": "Uno"})
    assert [row.code for row in rows] == ["uno", "uno-2", "uno-3"]
    assert [[(remark.code, remark.other) for remark in row.remarks] for row in rows] == [
        [],
        [("same_code", "1")],
        [("same_code", "1")],
    ]


def test_outline_that_repeats_another_in_everything_is_refused():
    rows, faults = read({"name": "Uno"}, {"name": "Uno"}, wkb=b"same")
    assert len(rows) == 1
    assert [(fault.line, fault.code, fault.value, fault.other) for fault in faults] == [
        (2, "repeated_outline", "Uno", "1")
    ]


def test_what_is_no_outline_keeps_its_reason_and_its_place():
    broken = Outline(line=1, properties={"name": "Uno"}, fault="not_an_outline", said="Point")
    whole = Outline(line=2, properties={"name": "Dos"}, wkb=b"x")
    rows, faults = read_districts([broken, whole], heads=("name",), mapping={}, only_name="")
    assert ([row.name for row in rows], [(fault.line, fault.code, fault.value) for fault in faults]) == (
        ["Dos"],
        [(1, "not_an_outline", "Point")],
    )


def test_name_that_is_too_long_is_refused():
    _rows, faults = read({"name": "a" * 251}, {"name": "Uno"})
    assert [(fault.code, fault.other) for fault in faults] == [("too_long", "250")]


@given(st.lists(st.dictionaries(st.sampled_from(["name", "code", "x"]), st.text(max_size=100)), max_size=6))
def test_every_outline_is_taken_or_refused_and_no_code_comes_twice(properties):
    rows, faults = read(*properties)
    assert sorted([row.line for row in rows] + [fault.line for fault in faults]) == list(range(1, len(properties) + 1))
    codes = [row.code for row in rows]
    assert len(set(codes)) == len(codes)
    assert all(0 < len(code) <= LONGEST_CODE for code in codes)
