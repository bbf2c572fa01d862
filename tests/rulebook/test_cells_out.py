"""Cells that go out: no formula, and nothing lost on the way back."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import needs
from unionhall.rulebook.cells_out import Imprint, joined_ids, marked, plain_code, source_of_imprint, unmarked

DANGEROUS = "=+-@\t\r\n"
WIDE = "＝＋－＠"
nasty = st.text(st.sampled_from("'=+-@\t\r\n ＝＠\u200b\ufeff\xa0aÑ1") | st.characters(), max_size=12)


@given(nasty)
def test_every_text_comes_back_to_the_letter(text: str) -> None:
    assert unmarked(marked(text)) == text


@given(nasty)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    cell = marked(text)
    bare = "".join(letter for letter in cell if unicodedata.category(letter) not in ("Cf", "Cc") or letter in "\t\r\n")

    assert cell[:1] not in DANGEROUS + WIDE or not cell
    assert bare.strip()[:1] not in tuple("=+-@＝＋－＠")


@given(st.text(st.characters(categories=["L", "Nd"]), max_size=20))
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert marked(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("+12135550142", "'+12135550142"),
        ("'=1+1", "''=1+1"),
        ("'Amala Nguyen", "'Amala Nguyen"),
        ("O'Brien", "O'Brien"),
        ("-118.25", "'-118.25"),
        ("", ""),
        ("＝cmd", "'＝cmd"),
        (" \u200b@SUM(1)", "' \u200b@SUM(1)"),
    ],
)
def test_cell_is_marked_as_the_rule_says(text: str, cell: str) -> None:
    assert marked(text) == cell


@pytest.mark.parametrize("cell", ["'Amala", "''", "'", "O'Brien", "''til", "'0123"])
def test_apostrophe_of_another_program_stays(cell: str) -> None:
    assert unmarked(cell) == cell


def test_naughty_strings_are_no_formulas_and_come_back() -> None:
    strings = json.loads(needs.shared("data/naughty-strings/blns.json").read_text("utf-8"))
    cells = [marked(text) for text in strings]

    assert [cell for cell in cells if cell[:1] in DANGEROUS + WIDE and cell] == []
    assert [unmarked(cell) for cell in cells] == strings


def test_imprint_tells_its_source_again() -> None:
    imprint = Imprint("7kq2m4zd9xw1", "Alma · Reyes", "2026-11-22 17:00 UTC", "audit · of\nJune", source="lausd")

    assert imprint.line() == (
        "export 7kq2m4zd9xw1 · 2026-11-22 17:00 UTC · Alma - Reyes · source: lausd · why: audit - of June"
    )
    assert source_of_imprint(imprint.line()) == "lausd"


def test_reason_is_never_taken_for_the_source() -> None:
    imprint = Imprint("7kq2m4zd9xw1", "Alma", "2026-11-22 17:00 UTC", "source: union")

    assert source_of_imprint(imprint.line()) == ""


@pytest.mark.parametrize(
    "cell", ["", "export", "=1+1", "a · b · c · source: x", "export 7kq · at · by · why source: x"]
)
def test_another_cell_names_no_source(cell: str) -> None:
    assert source_of_imprint(cell) == ""


def test_ids_stand_by_source() -> None:
    assert joined_ids({"union": ["M-9"], "lausd": ["00123", "00456"]}) == "lausd: 00123, 00456; union: M-9"
    assert (plain_code("=00123"), plain_code("name:reseda high")) == ("00123", "")
