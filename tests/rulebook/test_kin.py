"""Names that are one in two forms."""

from __future__ import annotations

import pytest

from unionhall.rulebook.kin import are_short_forms, are_spellings, are_spellings_of_given
from unionhall.rulebook.names import fold
from unionhall.rulebook.scripts import latin_surname, romanized, split_surname


@pytest.mark.parametrize(
    ("one", "other"),
    [("rosa", "rosita"), ("william", "bill"), ("jesus", "chuy"), ("francisco", "paco"), ("elizabeth", "beth"),
     ("guadalupe", "lupe"), ("guillermo", "memo"), ("mariadelcarmen", "maricarmen")],
)  # fmt: skip
def test_short_forms_are_known_both_ways(one: str, other: str):
    assert are_short_forms(one, other)
    assert are_short_forms(other, one)


@pytest.mark.parametrize(("one", "other"), [("rosa", "ana"), ("paco", "pepe"), ("maria", "guadalupe"), ("xq", "xq1")])
def test_other_names_are_no_short_forms(one: str, other: str):
    assert not are_short_forms(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kim", "gim"), ("lee", "yi"), ("jung", "chung"), ("park", "bak"), ("zhang", "cheung"), ("huang", "wong"),
     ("grigoryan", "krikorian"), ("hakobyan", "hagopian"), ("petrosyan", "bedrossian"), ("mkrtchyan", "mgrdichian"),
     ("khachatryan", "khachadourian"), ("hovhannisyan", "oganesyan"), ("vasquez", "basques")],
)  # fmt: skip
def test_spellings_of_one_surname_are_known(one: str, other: str):
    assert are_spellings(one, other)
    assert are_spellings(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kim", "lee"), ("zhang", "wong"), ("grigoryan", "petrosyan"), ("sahakyan", "arakelyan"), ("garcia", "gomez")],
)
def test_two_surnames_are_two(one: str, other: str):
    assert not are_spellings(one, other)


def test_given_names_are_spellings_only_beside_surnames_of_that_language():
    assert are_spellings_of_given("minjun", "minjoon", ("kim", "gim"))
    assert are_spellings_of_given("jiyoung", "jiyeong", ("lee", "yi"))
    assert are_spellings_of_given("gevorg", "kevork", ("grigoryan", "krikorian"))
    assert not are_spellings_of_given("jun", "chun", ("smith", "smith"))
    assert not are_spellings_of_given("minjun", "seoyeon", ("kim", "kim"))


@pytest.mark.parametrize(
    ("written", "latin"),
    [("Գրիգորյան", "grigoryan"), ("Հարությունյան", "harutyunyan"), ("최", "choe"), ("민준", "minjun"),
     ("Хачатрян", "khachatryan"), ("García", "garcia"), ("王", "王")],
)  # fmt: skip
def test_letters_become_latin_where_they_are_known(written: str, latin: str):
    assert romanized(fold(written)) == latin


def test_names_without_a_blank_begin_with_the_surname():
    assert split_surname("김민준") == ("김", "민준")
    assert split_surname("王小明") == ("wang", "小明")
    assert split_surname("Kim") == ("", "")
    assert split_surname("김") == ("", "")
    assert latin_surname("張") == "zhang"
