"""A site's sheet adds up or is sent back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionhall.rulebook.voting.paper import Flaw, Sheet, Total, add_sheets, differences, draw_boxes, flaws

GOOD = Sheet(100, 40, 60, 50, 6, 3, 1, ("Alma", "Beto"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"yes": 49}, (Flaw.NOT_ACCOUNTED,)),
        ({"yes": 51}, (Flaw.NOT_ACCOUNTED,)),
        ({"checked_in": 58}, (Flaw.MORE_THAN_CHECKED_IN,)),
        ({"checked_in": 59}, ()),
        ({"no": -1, "yes": 57}, (Flaw.NEGATIVE,)),
        ({"returned": 101}, (Flaw.NEGATIVE, Flaw.NOT_ACCOUNTED)),
        ({"signers": ("Alma",)}, (Flaw.UNSIGNED,)),
        ({"signers": ("Alma", " ")}, (Flaw.UNSIGNED,)),
        ({"signers": ("Alma", " alma ")}, (Flaw.SAME_SIGNER,)),
    ],
)
def test_flaws_of_a_sheet_are_named(changes: dict[str, Any], expected: tuple[Flaw, ...]) -> None:
    assert flaws(replace(GOOD, **changes)) == expected


def test_missing_paper_with_a_written_reason_is_accounted_for() -> None:
    assert flaws(replace(GOOD, yes=49), explained=1) == ()
    assert flaws(GOOD, explained=1) == (Flaw.NOT_ACCOUNTED,)


def test_second_entry_shows_where_the_first_was_misread() -> None:
    assert differences(GOOD, GOOD) == ()
    assert differences(GOOD, replace(GOOD, no=9, spoiled=7)) == ("no", "spoiled")


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 500)] * 4)))
def test_area_total_is_the_sum_of_its_sheets(numbers: list[tuple[int, int, int, int]]) -> None:
    sheets = [Sheet(sum(four), 0, sum(four), *four, ("Alma", "Beto")) for four in numbers]

    total = add_sheets(sheets)

    assert total == Total(*(sum(column) for column in zip(*numbers, strict=True)) if numbers else ())
    assert total.yes + total.no + total.blank + total.spoiled == sum(sheet.counted for sheet in sheets)
    assert all(flaws(sheet) == () for sheet in sheets)


@settings(deadline=None)
@given(st.sets(st.text(min_size=1), min_size=3, max_size=9), st.text("123456 ", min_size=1), st.randoms())
def test_anyone_with_the_dice_draws_the_same_boxes(boxes: set[str], dice: str, random: Any) -> None:
    order = sorted(boxes)
    drawn = draw_boxes(order, 2, dice=dice)
    random.shuffle(order)

    assert draw_boxes(order, 2, dice=dice.replace(" ", "")) == drawn
    assert len(set(drawn)) == 2


def test_other_dice_draw_other_boxes() -> None:
    boxes = [f"Box {number}" for number in range(100)]

    assert draw_boxes(boxes, 3, dice="4 1 6") != draw_boxes(boxes, 3, dice="4 1 5")
