"""Records that look alike, grouped for one look: laws that hold for any pairs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.twin_groups import Group, side_by_side

ALL_PAIRS = [(one, other) for one in range(16) for other in range(one + 1, 16)]
PAIRS = st.lists(st.sampled_from(ALL_PAIRS), unique=True, max_size=30)


def test_a_chain_of_pairs_is_one_group_in_the_order_of_its_best_pair():
    assert side_by_side([(8, 9), (1, 2), (2, 3)]) == [Group((0,), (8, 9)), Group((1, 2), (1, 2, 3))]


def test_the_least_likely_pair_waits_where_a_group_would_grow_too_large():
    groups = side_by_side([(1, 2), (3, 4), (2, 3)], most=3)
    assert groups == [Group((0,), (1, 2)), Group((1,), (3, 4))]


@given(PAIRS, st.integers(2, 9))
def test_nobody_stands_in_two_groups_and_none_is_too_large(pairs, most):
    groups = side_by_side(pairs, most=most)
    members = [key for group in groups for key in group.members]
    assert len(members) == len(set(members))
    assert all(2 <= len(group.members) <= most for group in groups)


@given(PAIRS, st.integers(2, 9))
def test_the_best_pair_always_comes_first_and_each_shown_pair_is_of_its_group(pairs, most):
    groups = side_by_side(pairs, most=most)
    assert [group.pairs[0] for group in groups] == sorted(group.pairs[0] for group in groups)
    assert all(set(pairs[place]) <= set(group.members) for group in groups for place in group.pairs)
    assert not pairs or groups[0].pairs[0] == 0


@given(PAIRS)
def test_without_a_limit_every_pair_is_shown(pairs):
    groups = side_by_side(pairs, most=99)
    assert sorted(place for group in groups for place in group.pairs) == list(range(len(pairs)))
