"""Columns of which nothing is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.forbidden import Dropped, forbidden_columns, forbidden_head
from unionhall.rulebook.people_columns import WANTED


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("SSN", "ssn"),
        ("Social Security #", "ssn"),
        ("SSNLast4", "ssn"),
        ("Núm. de Seguro Social", "ssn"),
        ("CURP", "ssn"),
        ("Bank Name", "bank"),
        ("Direct Deposit Acct", "bank"),
        ("Routing No", "bank"),
        ("Cuenta CLABE", "bank"),
        ("Citizenship Status", "immigration"),
        ("I-9 verified", "immigration"),
        ("Work Authorization Exp", "immigration"),
        ("Estatus migratorio", "immigration"),
        ("Country of Birth", "immigration"),
        ("Religion", "religion"),
        ("Religión", "religion"),
        ("Disability", "health"),
        ("Vaccination Date", "health"),
        ("Discapacidad", "health"),
        ("Ethnicity", "race"),
        ("Raza", "race"),
        ("Driver's License Number", "scan"),
        ("Licencia de conducir", "scan"),
        ("Criminal background", "criminal"),
        ("Antecedentes penales", "criminal"),
        ("Party Registration", "party"),
        ("Partido político", "party"),
        ("Child's Name", "children"),
        ("Nombres de hijos", "children"),
        ("YoB", "birth_year"),
        ("Año de nacimiento", "birth_year"),
        ("Age", "birth_year"),
    ],
)
def test_forbidden_heads(head, why):
    assert forbidden_head(head) == why


@pytest.mark.parametrize(
    "head",
    ["Employee ID", "Health Center Name", "Job Title", "Department", "Home Address", "Birth Date", "MoB", "DoB",
     "Status", "Children's Center Location", "Hours", "Email", "Membership", "Language", "Union Code",
     "Apellidos", "Puesto"],
)  # fmt: skip
def test_heads_that_are_read(head):
    assert forbidden_head(head) == ""


def test_no_head_that_we_look_for_is_forbidden():
    assert [head for item in WANTED for head in item.heads if forbidden_head(head)] == []


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["123-45-6789", "219-09-9999", "", "x"], "ssn"),
        (["***-**-6789", "***-**-9999", "XXX-XX-1234"], "ssn"),
        (["4111 1111 1111 1111", "5500-0000-0000-0004", "4111 1111 1111 1111"], "bank"),
        (["GB82WEST12345698765432", "DE89370400440532013000", "GB82WEST12345698765432"], "bank"),
        (["US Citizen", "Permanent Resident", "DACA", "US citizen"], "immigration"),
        (["Catholic", "Jewish", "Católica"], "religion"),
        (["Democrat", "No Party Preference", "Republican"], "party"),
        (["Hispanic", "White", "Asian", "Black"], "race"),
        (["213-555-0142", "323-555-0188", "818-555-0110"], ""),
        (["White", "White", "White", "White"], ""),
        (["000-12-3456", "666-12-3456", "900-12-3456"], ""),
        (["123-45-6789", "", ""], ""),
        ([], ""),
    ],
)
def test_columns_are_known_by_their_values(cells, why):
    found = forbidden_columns(["Other"], [cells])
    assert found == ([Dropped("Other", why, 0)] if why else [])


def test_columns_are_named_in_their_order():
    found = forbidden_columns(["Name", "SSN", "Ref", "Religion"], [[], [], ["219-09-9999"] * 3, []])
    assert [(item.head, item.why, item.place) for item in found] == [
        ("SSN", "ssn", 1),
        ("Ref", "ssn", 2),
        ("Religion", "religion", 3),
    ]


@given(st.lists(st.text(max_size=20), max_size=5), st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=5))
def test_any_columns_are_judged(heads, samples):
    assert all(0 <= item.place < len(heads) for item in forbidden_columns(heads, samples))
