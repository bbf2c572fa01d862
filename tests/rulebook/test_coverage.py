"""How a worksite stands, and where a visit helps most."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.coverage import Stand, by_gap, cat_members_wanted, shift_order, total


@st.composite
def stands(draw: st.DrawFn) -> Stand:
    people, waiting = draw(st.integers(0, 400)), draw(st.integers(0, 40))
    covered, heard = draw(st.integers(0, people)), draw(st.integers(0, people))
    return Stand(people, covered, heard, waiting, draw(st.integers(0, waiting)))


def test_a_person_counts_once_for_each_thing_she_lacks() -> None:
    stand = Stand(people=62, covered=48, heard=53, waiting=3, late=1)

    assert (stand.uncovered, stand.silent, stand.gap) == (14, 9, 24)
    assert stand.coverage == Fraction(24, 31)


def test_an_empty_worksite_has_no_share_and_no_gap() -> None:
    assert (Stand().coverage, Stand().gap) == (None, 0)


@pytest.mark.parametrize(("people", "wanted"), [(0, 0), (1, 1), (10, 1), (11, 2), (62, 7)])
def test_one_cat_member_for_each_ten_begun(people: int, wanted: int) -> None:
    assert cat_members_wanted(people) == wanted


@pytest.mark.parametrize("wrong", [{"people": 1, "covered": 2}, {"people": 1, "heard": 2}, {"waiting": 1, "late": 2}])
def test_more_parts_than_a_whole_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="more"):
        Stand(**wrong)


@given(st.lists(stands(), max_size=6))
def test_ranking_loses_nobody_and_never_puts_a_smaller_gap_first(found: list[Stand]) -> None:
    ranked = by_gap(enumerate(found))

    assert sorted(number for number, _stand in ranked) == list(range(len(found)))
    gaps = [stand.gap for _number, stand in ranked]
    assert gaps == sorted(gaps, reverse=True)


def test_of_equal_gaps_the_colder_worksite_comes_first() -> None:
    warm, cold = Stand(people=10, covered=0, heard=10), Stand(people=10, covered=10, heard=0)

    assert [name for name, _stand in by_gap([("warm", warm), ("cold", cold)])] == ["cold", "warm"]


@given(st.lists(stands(), max_size=6))
def test_the_gap_of_all_is_the_sum_of_gaps(found: list[Stand]) -> None:
    assert total(found).gap == sum(stand.gap for stand in found)


@given(stands())
def test_covering_one_more_never_widens_a_gap(stand: Stand) -> None:
    if stand.uncovered:
        better = Stand(stand.people, stand.covered + 1, stand.heard, stand.waiting, stand.late)

        assert better.gap == stand.gap - 1


def test_shifts_stand_in_the_order_of_the_day() -> None:
    shifts = ["", "2:30 p.m.", "B shift", "6:00 a.m.", "12 am", "14:45", "12:00 PM", "1st shift", "8 a.m."]

    assert sorted(shifts, key=shift_order) == [
        "12 am",
        "6:00 a.m.",
        "8 a.m.",
        "12:00 PM",
        "2:30 p.m.",
        "14:45",
        "1st shift",
        "B shift",
        "",
    ]


@given(st.text())
def test_any_word_is_a_shift(words: str) -> None:
    assert shift_order(words)[0] is (not words)
