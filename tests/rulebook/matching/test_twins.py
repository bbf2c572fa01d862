"""Who seems to stand twice in one roster."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rulebook.matching.test_linking import CROWD, JUAN, rosters
from unionhall.rulebook.matching import Band, PersonCard, duplicates


def groups(*cards: PersonCard) -> list[tuple[tuple[int, ...], Band]]:
    return [(group.keys, group.band) for group in duplicates(cards)]


def test_records_of_one_person_are_one_group():
    again, third = replace(JUAN, key=9), replace(JUAN, key=7, name="Juan Quintanila")
    assert groups(JUAN, again, third, *CROWD) == [((2, 7, 9), Band.CERTAIN)]


def test_the_likeliest_pair_of_a_group_comes_first_with_its_reasons():
    group = duplicates([JUAN, replace(JUAN, key=9), *CROWD])[0]
    assert (group.pairs[0].one, group.pairs[0].other, group.pairs[0].band) == (2, 9, Band.CERTAIN)
    assert {"same_phone", "same_birthday", "same_name"} <= {reason.code for reason in group.pairs[0].reasons}


def test_a_doubt_is_a_group_for_review():
    doubtful = replace(JUAN, key=9, phones=frozenset(), places=frozenset(), birth="03-15")
    assert groups(JUAN, doubtful, *CROWD) == [((2, 9), Band.REVIEW)]


def test_a_doubt_between_two_groups_keeps_them_two():
    other = replace(
        JUAN, key=20, name="Juanita Quintanilla", phones=frozenset({"p3"}), birth="03-14", places=frozenset({"h3"})
    )
    found = groups(JUAN, replace(JUAN, key=3), other, replace(other, key=21), *CROWD)
    assert [one for one in found if one[1] is Band.CERTAIN] == [((2, 3), Band.CERTAIN), ((20, 21), Band.CERTAIN)]


def test_two_numbers_of_one_source_are_never_one_person_unseen():
    cards = [replace(JUAN, key=key, ids=frozenset({("district", str(key))})) for key in (2, 9)]
    assert groups(*cards, *CROWD) == [((2, 9), Band.REVIEW)]


def test_a_household_is_no_group():
    assert groups(JUAN, replace(JUAN, key=9, name="Ana Quintanilla", birth="07-30"), *CROWD) == []


def test_nobody_stands_twice_in_an_empty_roster():
    assert duplicates([]) == []


@settings(max_examples=50, deadline=None)
@given(known=rosters(1), data=st.data())
def test_the_order_of_the_roster_changes_nothing(known: list[PersonCard], data: st.DataObject):
    assert duplicates(data.draw(st.permutations(known))) == duplicates(known)
