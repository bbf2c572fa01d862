"""One name taken apart, and how like two are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.matching.cards import PersonCard
from unionhall.rulebook.matching.spelling import Like, NameLikeness, compare, middles_agree, take_apart


def likeness(one: str, other: str) -> NameLikeness:
    return compare(take_apart(PersonCard(1, one)), take_apart(PersonCard(2, other)))


def parts(name: str, **parts: str) -> tuple[str, tuple[str, ...], str]:
    spelled = take_apart(PersonCard(1, name, **parts))
    return spelled.first, spelled.family, spelled.suffix


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rosa García", ("rosa", ("garcia",), "")),
        ("GARCIA, ROSA M", ("rosa", ("garcia",), "")),
        ("Juan de la Cruz Jr.", ("juan", ("cruz",), "jr")),
        ("Mr. John Smith III", ("john", ("smith",), "iii")),
        ("김민준", ("minjun", ("gim",), "")),
        ("王 小明", ("wang", ("小明",), "")),
        ("Cher", ("", ("cher",), "")),
        ("", ("", (), "")),
    ],
)
def test_a_name_in_one_piece_is_taken_apart(name: str, expected: tuple[str, tuple[str, ...], str]):
    assert parts(name) == expected


def test_parts_that_a_list_knows_are_taken_as_they_are():
    assert parts("x", given_name="Ana María", family_name="García-Márquez", suffix="Sr.") == (
        "ana", ("garcia", "marquez"), "sr",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "family", "given"),
    [
        ("Rosa García Márquez", "ROSA GARCIA-MARQUEZ", Like.SAME, Like.SAME),
        ("Rosa García Márquez", "Rosa Garcia", Like.DOUBLE, Like.SAME),
        ("Rosita Garcia", "Rosa Garcia", Like.SAME, Like.SHORT),
        ("R. Garcia", "Rosa Garcia", Like.SAME, Like.INITIAL),
        ("Rosa Garica", "Rosa Garcia", Like.CLOSE, Like.SAME),
        ("Mary Ann Smith", "Maryann Smith", Like.SAME, Like.SAME),
        ("Ana Garcia", "Rosa Garcia", Like.SAME, Like.OTHER),
        ("Rosa Tran", "Rosa Garcia", Like.OTHER, Like.SAME),
        ("Seunghyun Yi", "Seunghyeon Lee", Like.SPELLING, Like.CLOSE),
        ("Gevorg Grigoryan", "Kevork Krikorian", Like.SPELLING, Like.SPELLING),
        ("Գևորգ Գրիգորյան", "Gevorg Grigoryan", Like.SAME, Like.SAME),
        ("王小明", "Xiaoming Wang", Like.SAME, Like.BLANK),
        ("Juan Ortiz", "Juanita Ortiz", Like.SAME, Like.FAINT),
        ("Maria Ortiz", "Mario Ortiz", Like.SAME, Like.FAINT),
        ("Kevin Tran", "Rosa Garcia", Like.OTHER, Like.OTHER),
    ],
)
def test_two_names_are_as_like_as_they_are(one: str, other: str, family: Like, given: Like):
    found = likeness(one, other)
    assert (found.family, found.given, found.swapped) == (family, given, False)


def test_names_the_other_way_round_are_seen():
    assert likeness("Garcia Rosa", "Rosa Garcia").swapped
    assert likeness("Garcia Rosaa", "Rosa Garcia").swapped
    assert not likeness("Rosa Garcia", "Rosa Garcia").swapped


def test_the_name_somebody_goes_by_is_a_form_of_theirs():
    one = take_apart(PersonCard(1, "Robert Chen", chosen_name="Ruby"))
    assert compare(one, take_apart(PersonCard(2, "Ruby Chen"))).given is Like.SHORT


def test_middle_names_agree_by_their_initial():
    rosa = take_apart(PersonCard(1, "x", given_name="Rosa M", family_name="Lee"))
    assert middles_agree(rosa, take_apart(PersonCard(2, "x", given_name="Rosa Maria", family_name="Lee"))) is True
    assert middles_agree(rosa, take_apart(PersonCard(2, "x", given_name="Rosa Elena", family_name="Lee"))) is False
    assert middles_agree(rosa, take_apart(PersonCard(2, "x", given_name="Rosa", family_name="Lee"))) is None


names = st.text(st.sampled_from("abgmr áñ-,'김王Գ."), max_size=14)


@given(one=names, other=names)
def test_comparing_is_even_handed_and_never_fails(one: str, other: str):
    found, back = likeness(one, other), likeness(other, one)
    assert (found.family, found.swapped) == (back.family, back.swapped)


@given(name=names.filter(lambda name: len(name.split()) > 1))
def test_every_name_is_like_itself(name: str):
    spelled = take_apart(PersonCard(1, name))
    found = compare(spelled, spelled)
    assert found.family in {Like.SAME, Like.BLANK}
    assert found.given in {Like.SAME, Like.BLANK}
