"""Which line of a list is which person."""

from __future__ import annotations

from dataclasses import replace

from unionhall.rulebook.matching import Band, PersonCard, match

ROSA = PersonCard(1, "Rosa García Márquez", ids=frozenset({("district", "7")}), phones=frozenset({"p1"}))


def band_of(line: PersonCard, *known: PersonCard) -> Band:
    return match([line], known)[line.key].band


def test_the_same_number_of_the_same_source_is_the_same_person():
    line = replace(ROSA, key=2, name="Rosa Garcia", phones=frozenset())
    found = match([line], [ROSA])[2]
    assert (found.band, [one.key for one in found.candidates]) == (Band.CERTAIN, [1])


def test_a_number_given_to_somebody_of_another_name_is_for_a_person_to_decide():
    found = match([replace(ROSA, key=2, name="Kevin Tran", phones=frozenset())], [ROSA])[2]
    assert (found.band, found.candidates[0].key) == (Band.REVIEW, 1)
    assert [reason.code for reason in found.candidates[0].reasons] == ["same_id", "id_other_name"]


def test_the_same_number_of_another_source_says_nothing():
    line = PersonCard(2, "Kevin Tran", ids=frozenset({("charter", "7")}))
    assert band_of(line, ROSA) is Band.NEW


def test_a_phone_and_a_surname_make_one_person():
    assert band_of(PersonCard(2, "Rosita Garcia", phones=frozenset({"p1"})), ROSA) is Band.CERTAIN


def test_a_phone_alone_makes_a_household():
    assert band_of(PersonCard(2, "Ana García", phones=frozenset({"p1"})), ROSA) is Band.NEW
