"""No published number, and no difference of two, speaks of a small group."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionhall.rulebook.voting.reporting import FLOOR, Exposure, exposures, merge_small

AREAS = {f"Area {number}": 4_000 for number in range(1, 9)}


def sums(*texts: str) -> list[frozenset[str]]:
    """ "ab c" is a sum over groups a and b, and one over c."""
    return [frozenset(text) for text in texts]


def test_eight_areas_and_their_total_may_be_published() -> None:
    published = [frozenset({area}) for area in AREAS] + [frozenset(AREAS)]

    assert exposures(AREAS, published) == ()


def test_unit_below_the_floor_is_exposed_by_its_own_sum() -> None:
    assert exposures({"a": 199}, sums("a")) == (Exposure(frozenset("a"), 199),)
    assert exposures({"a": 200}, sums("a")) == ()
    assert FLOOR == 200


def test_total_minus_all_others_exposes_the_one_left_out() -> None:
    expected = {"a": 900, "b": 900, "c": 30}

    assert exposures(expected, sums("abc", "a", "b")) == (Exposure(frozenset("c"), 30),)
    assert exposures(expected, sums("abc", "a")) == ()


def test_two_overlapping_sums_expose_what_they_do_not_share() -> None:
    expected = {"a": 900, "b": 40, "c": 50}

    found = exposures(expected, sums("ab", "ac", "bc", "abc"))

    assert found == (Exposure(frozenset("b"), 40), Exposure(frozenset("c"), 50))


def test_a_second_result_exposes_who_came_in_between() -> None:
    expected = {"first week": 5_000, "last minute": 12}

    assert exposures(expected, [frozenset({"first week"}), frozenset(expected)])[0].expected == 12


def test_groups_never_told_apart_count_as_one() -> None:
    assert exposures({"a": 150, "b": 150}, sums("ab")) == ()
    assert exposures({"a": 150, "b": 150, "unpublished": 3}, sums("ab")) == ()
    assert exposures({}, []) == ()


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcde"), st.integers(1, 400), min_size=1),
    st.lists(st.frozensets(st.sampled_from("abcde"), min_size=1), max_size=5),
)
def test_whatever_can_be_worked_out_by_taking_sums_apart_is_found(
    expected: dict[str, int], published: list[frozenset[str]]
) -> None:
    groups = [some for each in published if (some := each & frozenset(expected))]
    known = set(groups)
    while True:
        less = {a - b for a in known for b in known if b < a}
        more = {a | b for a, b in combinations(known, 2) if not a & b}
        if less | more <= known:
            break
        known |= less | more
    exposed = {groups for groups in known if sum(expected[name] for name in groups) < FLOOR}

    found = exposures(expected, groups)

    assert not exposed or found
    assert all(one.expected == sum(expected[name] for name in one.groups) for one in found)


@settings(deadline=None)
@given(st.dictionaries(st.integers(1, 60).map("Site {}".format), st.integers(1, 500), min_size=1))
def test_proposed_units_reach_the_floor_and_hold_everybody_once(expected: dict[str, int]) -> None:
    units = merge_small(expected)

    assert sorted(name for unit in units for name in unit) == sorted(expected)
    assert len(units) == 1 or exposures(expected, [*units, frozenset(expected)]) == ()


@pytest.mark.parametrize("floor", [1, 500])
def test_floor_is_the_callers(floor: int) -> None:
    assert bool(exposures({"a": 300}, sums("a"), floor=floor)) is (floor == 500)
