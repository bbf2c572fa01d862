"""Names of people as lists write them."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import needs
from unionhall.rulebook.names import fold
from unionhall.rulebook.person_names import from_parts, from_whole, initials, natural_case, sort_key


@pytest.mark.parametrize(
    ("written", "natural"),
    [
        ("O'BRIEN", "O'Brien"),
        ("D’ANGELO", "D’Angelo"),
        ("KA'AHUMANU", "Ka'ahumanu"),
        ("McDONALD", "McDonald"),
        ("MCKEE", "McKee"),
        ("MACDONALD", "MacDonald"),
        ("MACIAS", "Macias"),
        ("DeLEON", "DeLeon"),
        ("DE LA CRUZ", "De La Cruz"),
        ("GARCIA DE LA TORRE", "Garcia de la Torre"),
        ("MARIA DEL CARMEN", "Maria del Carmen"),
        ("ORTEGA Y GASSET", "Ortega y Gasset"),
        ("VAN DER BERG", "Van Der Berg"),
        ("GARCIA MARQUEZ", "Garcia Marquez"),
        ("GARCIA-MARQUEZ", "Garcia-Marquez"),
        ("MARÍA-JOSÉ", "María-José"),
        ("ÑÚÑEZ", "Ñúñez"),
        ("İBRAHİM", "İbrahim"),
        ("ԳՐԻԳՈՐՅԱՆ", "Գրիգորյան"),
        ("ИВАНОВА", "Иванова"),
        ("TJ", "TJ"),
        ("AJ", "AJ"),
        ("NG", "Ng"),
        ("LE", "Le"),
        ("J.", "J."),
        ("GARCIA III", "Garcia III"),
        ("김민준", "김민준"),
        ("bell hooks", "bell hooks"),
        ("LaToya", "LaToya"),
        ("", ""),
    ],
)
def test_natural_case(written, natural):
    assert natural_case(written) == natural


@given(st.text(max_size=40))
def test_natural_case_changes_nothing_but_case(text):
    assert fold(natural_case(text)) == fold(text)


@given(st.text(max_size=40))
def test_natural_case_twice_is_once(text):
    once = natural_case(text)
    assert natural_case(once) == once or not once.isupper()


@given(st.text(max_size=40).filter(lambda text: any(map(str.islower, text)) and "c" not in text and "e" not in text))
def test_name_with_small_letters_stays_unless_it_is_half_a_shout(text):
    assert natural_case(text) == text or any(
        part in text for part in ("La", "Di", "Da", "Du", "Van", "Von", "Fitz", "St")
    )


@pytest.mark.parametrize(
    ("written", "given_name", "middle", "family", "suffix", "whole"),
    [
        ("GARCÍA MÁRQUEZ, ROSA M", "Rosa", "M", "García Márquez", "", "Rosa M García Márquez"),
        ("SMITH JR, JOHN", "John", "", "Smith", "Jr.", "John Smith Jr."),
        ("Smith, John, Jr.", "John", "", "Smith", "Jr.", "John Smith Jr."),
        ("Smith, Jr., John", "John", "", "Smith", "Jr.", "John Smith Jr."),
        ("John Smith, Jr.", "John", "", "Smith", "Jr.", "John Smith Jr."),
        ("DE LA CRUZ III, JUAN P", "Juan", "P", "De La Cruz", "III", "Juan P De La Cruz III"),
        ("O'BRIEN, MARY ANN K.", "Mary Ann", "K.", "O'Brien", "", "Mary Ann K. O'Brien"),
        ("Rosa M. García Márquez", "Rosa", "M.", "García Márquez", "", "Rosa M. García Márquez"),
        ("MARIA DE LA CRUZ", "Maria", "", "de la Cruz", "", "Maria de la Cruz"),
        ("Rosa García Márquez", "", "", "", "", "Rosa García Márquez"),
        ("Rosa García", "Rosa", "", "García", "", "Rosa García"),
        ("Cher", "", "", "", "", "Cher"),
        (", Rosa ,", "", "", "", "", "Rosa"),
        ("김민준", "", "", "", "", "김민준"),
    ],
)
def test_from_whole(written, given_name, middle, family, suffix, whole):
    name = from_whole(written)
    assert (name.given, name.middle, name.family, name.suffix) == (given_name, middle, family, suffix)
    assert name.written == whole


def test_suffix_in_the_family_name_is_told_apart():
    name = from_parts("LUIS", "", "ORTIZ SR.", "")
    assert (name.written, name.family, name.suffix) == ("Luis Ortiz Sr.", "Ortiz", "Sr.")


def test_suffix_that_nobody_knows_is_kept():
    assert from_parts("Luis", "", "Ortiz", "Esq").suffix == "Esq"


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_word_of_a_name_with_a_comma_is_lost(family, given_name):
    words = set(fold(f"{family} {given_name}").split()) - {"jr", "sr", "junior", "senior", "2nd", "3rd", "4th"}
    assert words <= set(fold(from_whole(f"{family}, {given_name}").written).split()) | {"ii", "iii", "iv"}


def test_names_of_all_countries_stay_to_the_letter():
    folder = needs.shared("data/names-by-country")
    names = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        names += [row[column] for row in rows for column in ("Localized Name", "Romanized Name") if row[column]]
    assert len(names) > 9000
    changed = [name for name in names if not name.isupper() and natural_case(name) != name]
    assert changed == []
    assert all(initials(given="", family="", name=name) for name in names)


@pytest.mark.parametrize(
    ("given_name", "family", "name", "letters"),
    [
        ("Rosa", "García Márquez", "", "RG"),
        ("Juan", "de la Cruz", "", "JC"),
        ("Արմեն", "Գրիգորյան", "", "ԱԳ"),
        ("", "", "김민준", "김"),
        ("", "", "王小明", "王"),
        ("Ángel", "Ñúñez", "", "ÁÑ"),
        ("", "", "Rosa García Márquez", "RM"),
        ("", "", "Cher", "C"),
    ],
)
def test_initials(given_name, family, name, letters):
    assert initials(given=given_name, family=family, name=name or f"{given_name} {family}") == letters


def test_sort_key_goes_by_family_name_and_without_accents():
    people = [("Rosa", "Ñúñez"), ("Ana", "García Márquez"), ("Luis", "Garcia"), ("Արմեն", "Գրիգորյան"), ("", "")]
    ordered = sorted(people, key=lambda item: sort_key(given=item[0], family=item[1], name="김민준"))
    assert [family for _given, family in ordered] == ["Garcia", "García Márquez", "Ñúñez", "Գրիգորյան", ""]
