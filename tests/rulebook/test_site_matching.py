"""Lines that no code and no name made sure: likeness, certainty, proposals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.directory import SiteRow
from unionhall.rulebook.site_likeness import features, street_of
from unionhall.rulebook.site_matching import match_sites

RESEDA = SiteRow(line=-1, name="Reseda Senior High", address="18230 Kittridge St.", zip="91335-6115")
SOCES = SiteRow(line=-2, name="Sherman Oaks Center for Enriched Studies", address="18605 Erwin St.", zip="91335")
TORRES_2 = SiteRow(line=-3, name="Renaissance Academy at Torres High No. 2", address="4211 Dozier St.", zip="90063")
TORRES_3 = SiteRow(line=-4, name="Engineering Academy at Torres High No. 3", address="4211 Dozier St.", zip="90063")
OLD = SiteRow(line=-5, name="Selma Avenue Elementary", address="6611 Selma Ave.", zip="90028", status="closed")
KNOWN = {-row.line: row for row in (RESEDA, SOCES, TORRES_2, TORRES_3, OLD)}


def line(name, address="", zip="", **fields):
    return SiteRow(line=9, name=name, address=address, zip=zip, **fields)


def match(row, *others, known=KNOWN, taken=()):
    return match_sites([row], known, all_rows=[row, *others], taken=taken).get(row.line)


@pytest.mark.parametrize(
    ("row", "id", "certain", "reasons"),
    [
        (line("RESEDA HS", "18230 KITTRIDGE ST", "91335"), 1, True, ("words", "street", "zip")),
        (line("RESEDA HS", "18230 KITTRIDGE STREET STE 4", "91335"), 1, True, ("words", "street", "zip")),
        (line("SOCES MAG", "18605 ERWIN ST", "91335"), 2, True, ("acronym", "street", "zip")),
        (line("SOCES MAG"), 2, False, ("acronym",)),
        (line("RESEDA HS", "1 ELM ST", "91335"), 1, False, ("words", "zip", "other_street")),
        (
            line("Reseda Adult Night Program", "18230 Kittridge", "91335"),
            1,
            False,
            ("some_words", "street", "zip", "other_level"),
        ),
        (line("Torres High No. 2 Renaissance", "4211 DOZIER", "90063"), 3, False, ("some_words", "street", "zip")),
        (line("Selma Avenue El", "6611 SELMA AVE", "90028"), 5, False, ("words", "street", "zip", "not_live")),
        (line("Bus Garage", "18605 ERWIN ST", "91335"), 2, False, ("street", "zip")),
    ],
)
def test_line_is_matched_or_proposed_with_its_reasons(row, id, certain, reasons):
    found = match(row)
    assert (found.candidates[0].id, found.certain, found.candidates[0].reasons) == (id, certain, reasons)


@pytest.mark.parametrize("row", [line("Gardena Bus Garage", "18421 Hoover St", "90248"), line("Mount Lee Radio Tower")])
def test_line_like_nothing_we_hold_has_no_candidates(row):
    assert match(row) is None


def test_another_number_in_the_name_is_never_certain():
    assert not match(line("Renaissance Academy at Torres High No. 4", "4211 Dozier St", "90063")).certain


def test_two_lines_at_one_address_make_a_partial_name_doubtful():
    row = line("Reseda Arts and Media High", "18230 Kittridge St", "91335")
    assert match(row).certain
    assert not match(row, SiteRow(line=10, name="Other", address="18230 Kittridge St", zip="91335")).certain


def test_two_lines_never_share_a_certain_worksite():
    rows = [line("RESEDA HS", "18230 KITTRIDGE ST", "91335"), SiteRow(line=10, name="Reseda Sr High", zip="91335")]
    rows[1] = SiteRow(line=10, name="Reseda SH", address="18230 Kittridge St", zip="91335")
    found = match_sites(rows, KNOWN, all_rows=rows)
    assert [(item.certain, item.candidates[0].id) for item in found.values()] == [(False, 1), (False, 1)]


def test_worksite_that_a_line_has_already_is_proposed_only():
    found = match(line("RESEDA HS", "18230 KITTRIDGE ST", "91335"), taken=(1,))
    assert (found.certain, found.candidates[0].id) == (False, 1)


def test_other_employer_of_the_same_name_is_another_worksite():
    known = {1: SiteRow(line=-1, name="Lincoln High", zip="90031", district="Los Angeles Unified")}
    assert match(line("Lincoln High", "1 Elm St", "91101", district="Pasadena Unified"), known=known) is None


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("600 S MC CADDEN PL", ("600", "mccadden")),
        ("600 South McCadden Place", ("600", "mccadden")),
        ("5101 E 6TH ST", ("5101", "6th")),
        ("5101 East Sixth St.", ("5101", "6th")),
        ("317 N AVE 62", ("317", "62")),
        ("333 S BEAUDRY AVE 11TH FLOOR", ("333", "beaudry")),
        ("1655 E 27TH ST, STE B", ("1655", "27th")),
        ("Information Redacted", ("", "")),
        ("", ("", "")),
    ],
)
def test_street_of_is_the_house_and_the_bare_street(text, house):
    assert street_of(text) == house


def test_features_write_out_what_districts_cut_short():
    assert features(line("SO GATE SH")).words == ("south", "gate")
    assert features(line("Haskell Science Technology Engineering Arts and Math Magnet")).words == (
        "haskell",
        "steam",
        "magnet",
    )


NAMES = st.sampled_from(
    ["Reseda HS", "Reseda Charter High", "Erwin El", "Erwin Magnet", "SOCES", "Academy 2", "Academy 3", "Bus Yard"]
)
ROWS = st.builds(
    SiteRow,
    line=st.integers(1, 10_000),
    name=NAMES,
    address=st.sampled_from(["", "1 Elm St", "1 ELM STREET", "2 Oak Ave", "3 Main"]),
    zip=st.sampled_from(["", "91335", "90001"]),
    status=st.sampled_from(["live", "live", "closed"]),
)


@given(st.lists(ROWS, max_size=8, unique_by=lambda row: row.line), st.lists(ROWS, max_size=8), st.randoms())
def test_matching_is_one_to_one_and_does_not_depend_on_order(rows, known, random):
    sites = dict(enumerate(known, start=1))
    found = match_sites(rows, sites, all_rows=rows)
    sure = [item.candidates[0].id for item in found.values() if item.certain]
    assert len(sure) == len(set(sure))
    assert all(
        item.candidates and 0 <= candidate.score <= 1 for item in found.values() for candidate in item.candidates
    )
    shuffled, mixed = list(rows), list(sites)
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert match_sites(shuffled, {id: sites[id] for id in mixed}, all_rows=rows) == found


@given(ROWS, st.lists(ROWS, max_size=6))
def test_whatever_is_held_to_the_letter_is_found(row, others):
    sites = dict(enumerate([row, *others], start=1))
    if row.status == "live" and features(row).words:
        found = match_sites([row], sites, all_rows=[row])
        assert any(item.id == 1 for item in found[row.line].candidates) or len(found[row.line].candidates) == 5
