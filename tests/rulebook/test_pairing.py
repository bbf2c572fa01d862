"""Which line speaks of which worksite."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.directory import SiteRow
from unionhall.rulebook.pairing import KnownSite, Pair, pair
from unionhall.rulebook.places import Point

A = SiteRow(line=2, name="Fusion Academy", address="825 Colorado Blvd.", city="Los Angeles", zip="90041")
B = replace(A, line=3, address="5757 Wilshire Blvd.", zip="90036")


def known(*rows: SiteRow, own: bool = True) -> list[KnownSite]:
    return [KnownSite(id=100 + place, site=replace(row, line=-place - 1), own=own) for place, row in enumerate(rows)]


def test_the_same_list_pairs_line_by_line():
    assert pair([A, B], known(A, B)).pairs == {2: Pair(100, "same"), 3: Pair(101, "same")}


def test_order_of_the_list_does_not_matter():
    assert pair([B, A], known(A, B)).pairs == {2: Pair(100, "same"), 3: Pair(101, "same")}


def test_repeated_lines_take_one_worksite_each():
    again = replace(A, line=9)
    assert pair([A, again], known(A, A)).pairs == {2: Pair(100, "same"), 9: Pair(101, "same")}
    assert set(pair([A, again], known(A)).pairs) == {2}


def test_closed_since_is_the_same_worksite():
    assert pair([replace(A, status="closed")], known(A, B)).pairs == {2: Pair(100, "place")}


def test_spelling_of_the_street_does_not_matter():
    assert pair([replace(A, address="825 COLORADO BOULEVARD")], known(A)).pairs == {2: Pair(100, "same")}


def test_namesake_elsewhere_is_another_worksite():
    result = pair([B], known(A))
    assert (result.pairs, result.gone) == ({}, (100,))


def test_namesake_without_a_place_is_recognized():
    assert pair([A], known(SiteRow(line=0, name="Fusion Academy"))).pairs == {2: Pair(100, "place")}


def test_code_decides_before_name_and_place():
    moved = replace(B, name="Another Name", code="77")
    assert pair([moved], known(replace(A, code="77"), B)).pairs == {3: Pair(100, "code")}


def test_different_codes_of_one_source_are_different_worksites():
    assert pair([replace(A, code="1")], known(replace(A, code="2"))).pairs == {}


def test_second_line_with_a_code_is_a_double():
    rows = [replace(A, code="1"), replace(B, code="1")]
    result = pair(rows, known(replace(A, code="1")))
    assert (result.pairs, result.doubles) == ({2: Pair(100, "code")}, {3: 2})


def test_two_schools_at_one_point_are_never_joined():
    point = Point(34.0, -118.0)
    here = replace(A, point=point)
    there = replace(A, name="Opportunity Center", point=point)
    assert pair([there], known(here)).pairs == {}


def test_other_list_is_recognized_by_name_and_street_or_zip():
    assert pair([replace(A, address="", name="FUSION ACAD")], known(A, own=False)).pairs == {
        2: Pair(100, "other_source")
    }
    assert pair([replace(A, address="825 E Colorado Blvd")], known(A, own=False)).pairs == {
        2: Pair(100, "other_source")
    }
    assert pair([replace(A, address="9 Elm St.")], known(A, own=False)).pairs == {}
    assert pair([replace(A, status="closed")], known(A, own=False)).pairs == {}
    assert pair([replace(A, address="", zip="")], known(A, own=False)).pairs == {}


def test_other_list_without_any_place_is_recognized_by_district():
    bare = replace(A, address="", zip="", district="Los Angeles Unified")
    assert pair([bare], known(bare, own=False)).pairs == {2: Pair(100, "other_source")}
    assert pair([bare], known(replace(bare, district=""), own=False)).pairs == {}


def test_other_lists_worksites_are_never_gone():
    assert pair([], known(A, own=False)).gone == ()


def test_other_district_is_another_worksite():
    mine, theirs = replace(A, district="Pasadena Unified"), replace(A, district="Los Angeles Unified")
    assert pair([mine], known(theirs)).pairs == {}


def test_thousands_of_namesakes_do_not_take_forever():
    rows = [replace(A, line=line, zip="", address=f"{line} Elm St.") for line in range(2, 1002)]
    assert len(pair(rows, known(*(replace(A, address="") for _ in range(1000)))).pairs) <= 1000


rows = st.lists(
    st.builds(
        SiteRow,
        line=st.just(0),
        name=st.sampled_from(["Fusion Academy", "Fusion Acad.", "Harbor MS", "Elm"]),
        code=st.sampled_from(["", "", "1", "2"]),
        status=st.sampled_from(["live", "closed"]),
        address=st.sampled_from(["", "1 Elm St.", "1 Elm Street", "2 Oak"]),
        zip=st.sampled_from(["", "90001", "90002-1234"]),
    ),
    max_size=8,
)


@given(rows, rows, st.lists(st.booleans(), min_size=8, max_size=8))
def test_one_to_one_and_everything_accounted_for(lines, held, own):
    lines = [replace(row, line=place + 2) for place, row in enumerate(lines)]
    sites = [KnownSite(id=place, site=row, own=own[place]) for place, row in enumerate(held)]
    result = pair(lines, sites)
    ids = [found.id for found in result.pairs.values()]
    assert len(ids) == len(set(ids))
    assert not set(result.pairs) & set(result.doubles)
    assert {item.id for item in sites if item.own} == set(result.gone) | {item.id for item in sites if item.own} & set(
        ids
    )


@given(rows)
def test_a_list_recognizes_itself(lines):
    lines = [replace(row, line=place + 2) for place, row in enumerate(lines)]
    first = pair(lines, [])
    kept = [row for row in lines if row.line not in first.doubles]
    second = pair(lines, known(*kept))
    assert {line: found.id for line, found in second.pairs.items()}.keys() == {row.line for row in kept}
    assert second.gone == ()
