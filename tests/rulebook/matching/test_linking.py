"""Which line of a list is which person."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionhall.rulebook.matching import Band, Match, PersonCard, match

ROSA = PersonCard(1, "Rosa García Márquez", ids=frozenset({("district", "7")}), phones=frozenset({"p1"}))
JUAN = PersonCard(
    2, "Juan Quintanilla", phones=frozenset({"p2"}), places=frozenset({"h2"}), birth="03-14", worksites=frozenset({4})
)
# Twenty people of common names, so that names and worksites are as common as they are.
CROWD = [
    PersonCard(100 + place, f"{given} {family}", worksites=frozenset({place % 4}))
    for place, (given, family) in enumerate(
        (given, family)
        for given in ("Ana", "Luis", "Rosa", "Kevin")
        for family in ("Lopez", "Tran", "Kim", "Ortiz", "Diaz")
    )
]


def only(line: PersonCard, *known: PersonCard) -> Match:
    return match([line], known)[line.key]


def band_of(line: PersonCard, *known: PersonCard) -> Band:
    return only(line, *known).band


def codes(found: Match) -> list[str]:
    return [reason.code for reason in found.candidates[0].reasons]


# By number


def test_the_same_number_of_the_same_source_is_the_same_person():
    found = only(replace(ROSA, key=2, name="Rosa Garcia", phones=frozenset()), ROSA)
    assert (found.band, [one.key for one in found.candidates]) == (Band.CERTAIN, [1])
    assert found.candidates[0].score == 1.0


def test_a_new_surname_or_a_short_form_keeps_the_number():
    assert band_of(replace(ROSA, key=2, name="Rosa Hernandez"), ROSA) is Band.CERTAIN
    assert band_of(replace(ROSA, key=2, name="Rosita Marquez"), ROSA) is Band.CERTAIN


def test_a_number_given_to_somebody_of_another_name_is_for_a_person_to_decide():
    found = only(replace(ROSA, key=2, name="Kevin Tran", phones=frozenset()), ROSA)
    assert (found.band, found.candidates[0].key) == (Band.REVIEW, 1)
    assert codes(found) == ["same_id", "id_other_name"]


def test_another_birthday_and_given_name_under_one_number_are_for_a_person_to_decide():
    line = replace(ROSA, key=2, name="Ana García", birth="01-02", phones=frozenset())
    assert band_of(line, replace(ROSA, birth="05-06")) is Band.REVIEW


def test_the_same_number_of_another_source_says_nothing():
    assert band_of(PersonCard(2, "Kevin Tran", ids=frozenset({("charter", "7")})), ROSA) is Band.NEW


def test_numbers_that_lead_to_two_people_are_for_a_person_to_decide():
    twin = replace(ROSA, key=9, ids=frozenset({("charter", "3")}))
    found = only(replace(ROSA, key=2, ids=ROSA.ids | twin.ids), ROSA, twin)
    assert (found.band, [one.key for one in found.candidates]) == (Band.REVIEW, [1, 9])
    doubled = only(replace(ROSA, key=2), ROSA, replace(ROSA, key=9))
    assert (doubled.band, [one.key for one in doubled.candidates]) == (Band.REVIEW, [1, 9])


def test_two_rows_with_one_number_are_one_person_with_two_jobs():
    rows = [replace(ROSA, key=key, worksites=frozenset({key}), phones=frozenset({"p1"})) for key in (5, 6)]
    known = replace(ROSA, ids=frozenset())
    assert {key: (one.band, one.candidates[0].key) for key, one in match(rows, [known]).items()} == {
        5: (Band.CERTAIN, 1), 6: (Band.CERTAIN, 1),
    }  # fmt: skip


def test_somebody_with_another_number_of_the_source_is_never_joined_unseen():
    line = replace(JUAN, key=5, ids=frozenset({("district", "8")}))
    assert band_of(line, replace(JUAN, ids=frozenset({("district", "7")}))) is Band.REVIEW


# By phone or mail


def test_a_phone_of_their_own_and_a_name_make_one_person():
    assert band_of(PersonCard(2, "Rosita Garcia", phones=frozenset({"p1"})), ROSA) is Band.CERTAIN


def test_a_phone_alone_makes_a_household():
    assert band_of(PersonCard(2, "Ana García", phones=frozenset({"p1"})), ROSA) is Band.NEW


def test_a_phone_that_several_have_proves_nothing_by_itself():
    brother = PersonCard(9, "Rosalio García", phones=frozenset({"p1"}))
    assert band_of(PersonCard(2, "R. García", phones=frozenset({"p1"})), ROSA, brother) is Band.REVIEW


@pytest.mark.parametrize(
    "child",
    [
        replace(JUAN, key=5, suffix="Jr."),
        replace(JUAN, key=5, birth="11-30"),
        replace(JUAN, key=5, birth="03-15", places=frozenset()),
    ],
)
def test_parent_and_child_of_one_name_stay_apart(child: PersonCard):
    assert band_of(child, replace(JUAN, suffix="Sr." if child.suffix else "")) is not Band.CERTAIN


# By weight


def test_a_rare_name_at_the_same_worksite_is_certain_and_a_common_one_is_not():
    more = [replace(card, key=card.key + 1000 * times) for card in CROWD for times in range(1, 40)]
    known = [PersonCard(1, "Juan Quintanilla", worksites=frozenset({77})), *CROWD, *more]
    assert band_of(PersonCard(5, "Juan Quintanilla", worksites=frozenset({77})), *known) is Band.CERTAIN
    assert band_of(PersonCard(5, "Ana Lopez", worksites=CROWD[0].worksites), *CROWD) is Band.REVIEW


def test_a_name_alone_is_never_certain():
    assert band_of(PersonCard(5, "Juan Quintanilla"), PersonCard(1, "Juan Quintanilla"), *CROWD) is Band.REVIEW


def test_swapped_names_with_the_same_birthday_and_home_are_certain():
    found = only(replace(JUAN, key=5, name="Quintanilla Juan", phones=frozenset()), JUAN, *CROWD)
    assert (found.band, found.candidates[0].key) == (Band.CERTAIN, 2)
    assert "swapped_name" in codes(found)


def test_two_people_equally_like_are_for_a_person_to_decide():
    twins = [replace(JUAN, key=key, phones=frozenset()) for key in (8, 9)]
    found = only(replace(JUAN, key=5, phones=frozenset()), *twins)
    assert (found.band, [one.key for one in found.candidates]) == (Band.REVIEW, [8, 9])
    assert found.candidates[0].score == found.candidates[1].score


def test_two_active_rows_never_join_one_person():
    rows = [replace(JUAN, key=key) for key in (5, 6)]
    assert {one.band for one in match(rows, [JUAN]).values()} == {Band.REVIEW}


def test_the_better_row_takes_the_person_and_the_other_is_new():
    rows = [replace(JUAN, key=5, hired_on=date(2020, 8, 1)), PersonCard(6, "J Quintanilla")]
    found = match(rows, [replace(JUAN, hired_on=date(2020, 8, 1))])
    assert {key: one.band for key, one in found.items()} == {5: Band.CERTAIN, 6: Band.NEW}


def test_a_row_of_somebody_who_left_may_stand_beside_an_active_one():
    rows = [replace(JUAN, key=5), replace(JUAN, key=6, active=False)]
    assert {key: one.band for key, one in match(rows, [JUAN]).items()} == {5: Band.CERTAIN, 6: Band.CERTAIN}


def test_at_most_five_candidates_are_shown():
    known = [PersonCard(key, "Juan Quintanilla") for key in range(8)]
    assert len(only(PersonCard(99, "Juan Quintanilla"), *known).candidates) == 5


def test_an_empty_side_is_nothing_special():
    assert match([], [JUAN]) == {}
    assert match([replace(JUAN, key=5)], []) == {5: Match(5, Band.NEW)}


def test_reasons_never_hold_a_contact():
    found = only(replace(JUAN, key=5, name="Juana Quintanila"), JUAN)
    assert {part for reason in found.candidates[0].reasons for part in (reason.one, reason.other)} <= {
        "", "Juana Quintanila", "Juan Quintanilla",
    }  # fmt: skip


def test_the_search_for_cycles_is_left_as_it_was():
    assert gc.isenabled()
    match([replace(JUAN, key=5)], [JUAN])
    assert gc.isenabled()


# Whatever the lists hold


def some(values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


@st.composite
def rosters(draw: st.DrawFn, first_key: int) -> list[PersonCard]:
    cards = st.builds(
        PersonCard,
        key=st.just(0),
        name=st.sampled_from(("Ana Kim", "Kim Ana", "Ana M Kim", "Anna Gim", "Bob Kim", "A Kim", "Juan Ortiz Jr", "")),
        ids=st.frozensets(st.tuples(st.just("d"), st.sampled_from("123")), max_size=1),
        phones=some("pq"),
        mails=some("m"),
        places=some("hk"),
        worksites=st.frozensets(st.sampled_from((1, 2)), max_size=1),
        hired_on=st.sampled_from((None, date(2020, 1, 1), date(2021, 1, 1))),
        birth=st.sampled_from(("", "01-02", "02-01", "07-30")),
        active=st.booleans(),
    )
    made = draw(st.lists(cards, max_size=7))
    return [replace(card, key=first_key + place) for place, card in enumerate(made)]


@settings(max_examples=50, deadline=None)
@given(incoming=rosters(1), known=rosters(100), data=st.data())
def test_the_order_of_either_list_changes_nothing(
    incoming: list[PersonCard], known: list[PersonCard], data: st.DataObject
):
    again = match(data.draw(st.permutations(incoming)), data.draw(st.permutations(known)))
    assert again == match(incoming, known)


@settings(max_examples=50, deadline=None)
@given(incoming=rosters(1), known=rosters(100))
def test_active_rows_share_a_person_only_by_the_same_number(incoming: list[PersonCard], known: list[PersonCard]):
    found = match(incoming, known)
    assert set(found) == {card.key for card in incoming}
    by_key = {card.key: card for card in incoming}
    owners: dict[int, PersonCard] = {}
    for line, one in found.items():
        assert bool(one.candidates) is (one.band is not Band.NEW)
        if one.band is Band.CERTAIN and by_key[line].active:
            other = owners.setdefault(one.candidates[0].key, by_key[line])
            assert other.key == line or other.ids & by_key[line].ids
