"""A list of people, line by line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import needs
from tests.rulebook.people import READING, cells
from unionhall.rulebook.cells import Fault, clean_name, has_letter, masked
from unionhall.rulebook.people_list import FIELDS, LONGEST, Job, PersonRow, read_person
from unionhall.rulebook.reaching import RowContact


def read(line: int = 2, **values: str) -> PersonRow:
    """The person of a line that is not refused."""
    row = read_person(cells(line, **values), READING)
    assert isinstance(row, PersonRow)
    return row


def codes(row: PersonRow) -> list[tuple[str, str]]:
    return [(remark.column, remark.code) for remark in row.remarks]


def test_line_of_an_employer():
    row = read(
        id="00123",
        last="GARCÍA MÁRQUEZ",
        first="ROSA",
        middle="M",
        job="Teacher Assistant",
        worksite_code="1943",
        hours="6,5",
        hired_on="8/15/2019",
        status="LOA",
        cell="213-555-0142",
        work_mail="rosa@work.example",
        birth="3/7/1984",
        language="Español",
        membership="Y",
        standing="paid",
        chosen_name="ROSI",
    )
    assert row == PersonRow(
        line=2,
        name="Rosa M García Márquez",
        id="00123",
        given_name="Rosa",
        middle="M",
        family_name="García Márquez",
        chosen_name="Rosi",
        language="es",
        hired_on=date(2019, 8, 15),
        birth="03-07",
        status="leave",
        membership="member",
        standing="good",
        job=Job(worksite_code="1943", job="Teacher Assistant", hours="6.5"),
        contacts=(
            RowContact("sms", "+12135550142"),
            RowContact("mail", "rosa@work.example", "employer"),
        ),
    )
    assert row.remarks == ()


def test_blanks_are_no_faults():
    assert read(name="Rosa Paz", cell="", home_phone="N/A", mail="-", address="", birth="", hours="") == PersonRow(
        line=2, name="Rosa Paz", given_name="Rosa", family_name="Paz"
    )


@pytest.mark.parametrize("name", ["", "  ", "\u202e", "…!?", "---", "🙂", "REDACTED"])
def test_line_without_a_name_is_refused(name):
    found = read_person(cells(name=name, job="Aide"), READING)
    assert isinstance(found, Fault)
    assert (found.line, found.code, found.column) == (2, "no_person_name", "name")


@pytest.mark.parametrize(
    "values", [{"name": "x" * 201}, {"last": "x" * 121, "first": "A"}, {"name": "A B", "id": "9" * 61}]
)
def test_too_long_a_name_or_id_is_refused(values):
    found = read_person(cells(**values), READING)
    assert isinstance(found, Fault)
    assert found.code == "too_long"


def test_other_long_texts_are_cut_with_a_remark():
    row = read(name="Rosa Paz", job="x" * 300)
    assert row.job == Job(job="x" * LONGEST["job"])
    assert codes(row) == [("job", "cut_short")]


@pytest.mark.parametrize("name", ["Null", "Na", "None", "Unknown"])
def test_words_for_nothing_may_be_names(name):
    assert read(last=name, first="Ana").family_name == name


def test_second_surname_of_a_column_of_its_own():
    row = read(first="ROSA", last="GARCÍA", last_2="MÁRQUEZ")
    assert (row.name, row.family_name) == ("Rosa García Márquez", "García Márquez")


def test_first_name_alone_may_be_the_whole():
    assert read(first="GARCÍA, ROSA").name == "Rosa García"


@pytest.mark.parametrize(
    ("values", "birth"),
    [
        ({"birth": "3/7/1984"}, "03-07"),
        ({"birth_month": "3", "birth": "7"}, "03-07"),
        ({"birth_month": "March", "birth_day": "7"}, "03-07"),
        ({"birth": "30748"}, "03-07"),
    ],
)
def test_birthday_of_one_column_or_two(values, birth):
    row = read(name="Rosa Paz", **values)
    assert (row.birth, row.remarks) == (birth, ())


def test_wrong_values_are_left_out_and_named():
    row = read(
        name="Rosa Paz",
        birth="someday",
        hired_on="13/13/2019",
        hours="many",
        language="Klingon",
        membership="maybe",
        standing="hm",
        status="xyz",
    )
    assert row == PersonRow(line=2, name="Rosa Paz", given_name="Rosa", family_name="Paz")
    assert sorted(codes(row)) == [
        ("birth", "no_birthday"),
        ("hired_on", "no_day"),
        ("hours", "no_hours"),
        ("language", "unknown_language"),
        ("membership", "unknown_membership"),
        ("standing", "unknown_standing"),
        ("status", "unknown_employment"),
    ]
    assert [remark.value for remark in row.remarks if remark.code == "no_birthday"] == [""]


@pytest.mark.parametrize(
    ("word", "status"),
    [("A", "active"), ("Active - Probationary", "active"), ("LOA", "leave"), ("Con licencia", "leave"),
     ("Sub", "substitute"), ("SUPLENTE", "substitute"), ("Terminated", "separated"),
     ("Baja", "separated"), ("Retired 2024", "separated"),
     ("MGMT", "management"), ("Confidential", "management"), ("", "")],
)  # fmt: skip
def test_status(word, status):
    assert read(name="Rosa Paz", status=word).status == status


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("job", "Food Services Supervisor"),
        ("job", "Supervisor, Building & Grounds"),
        ("job", "Cafeteria Manager II"),
        ("job", "Director of Facilities"),
        ("job", "Assistant Principal"),
        ("job", "PRINCIPAL"),
        ("job", "Deputy Superintendent"),
        ("job", "Confidential Secretary"),
        ("job", "Directora de la escuela"),
        ("unit", "Management"),
        ("unit", "MGMT"),
        ("unit", "Non-Represented"),
        ("unit", "Confidential (C)"),
        ("status", "Supervisory"),
    ],
)
def test_management_is_named_by_its_sign(column, text):
    row = read(name="Rosa Paz", **{column: text})
    assert row.status == "management"
    assert [(remark.line, remark.column, remark.code, remark.value) for remark in row.remarks] == [
        (2, column, "management", text)
    ]


@pytest.mark.parametrize(
    "job",
    ["Campus Supervisor", "Noon Duty Supervisor", "Secretary to the Director", "Principal Clerk", "Case Manager",
     "Supervision Aide", "Teacher Assistant", "Administrative Assistant", "Senior Office Technician", "Bus Driver"],
)  # fmt: skip
def test_jobs_of_the_unit_that_sound_like_management(job):
    assert read(name="Rosa Paz", job=job, status="A", unit="Non-Management Unit F").status == "active"


def test_wrong_contacts_cost_only_themselves_and_are_masked():
    row = read(name="Rosa Paz", cell="213 555 014", mail="rosa.paz@gmail", home_phone="213-555-0142")
    assert row.contacts == (RowContact("phone", "+12135550142", mark="home"),)
    assert [(remark.column, remark.code, remark.value) for remark in row.remarks] == [
        ("cell", "no_phone", "•••• 5014"),
        ("mail", "no_mail", "•••"),
    ]


def test_one_number_in_two_columns_is_one_contact():
    row = read(name="Rosa Paz", cell="213-555-0142", home_phone="(213) 555-0142", work_phone="2135550142")
    assert row.contacts == (RowContact("sms", "+12135550142"),)


def test_several_numbers_in_one_cell():
    row = read(name="Rosa Paz", phone="213-555-0142 / 323-555-0188\n818 555 0110")
    assert [contact.value for contact in row.contacts] == ["+12135550142", "+13235550188", "+18185550110"]


def test_toll_free_number_is_kept_for_calls():
    row = read(name="Rosa Paz", cell="800-555-0142")
    assert [contact.kind for contact in row.contacts] == ["phone"]
    assert codes(row) == [("cell", "toll_free")]


def test_channels_of_the_employer():
    row = read(name="Rosa Paz", work_phone="213-555-0142", mail="rosa@work.example", personal_mail="rosa@home.example")
    assert [(contact.value, contact.owner) for contact in row.contacts] == [
        ("+12135550142", "employer"),
        ("rosa@home.example", "personal"),
        ("rosa@work.example", "employer"),
    ]


def test_home_address():
    row = read(name="Rosa Paz", address="12 Elm St", address_2="Apt 3", city="Reseda", state="CA", zip="91335-0001")
    assert row.contacts == (RowContact("post", "12 Elm St Apt 3\nReseda\nCA\n91335-0001"),)
    wrong = read(name="Rosa Paz", address="12 Elm St", zip="9")
    assert (wrong.contacts, codes(wrong)) == ((RowContact("post", "12 Elm St\n\n\n"),), [("zip", "no_home_zip")])
    long = read(name="Rosa Paz", address="x" * 251)
    assert (long.contacts, codes(long)) == ((), [("address", "long_address")])


def test_contacts_never_show_in_what_a_row_prints():
    row = read(name="Rosa Paz", cell="213-555-0142", mail="rosa@home.example", address="12 Elm St")
    assert not any(text in repr(row) for text in ("0142", "rosa@", "Elm"))


def test_bidi_and_control_characters_leave_a_name():
    assert read(name="Ana\u202e Paz\x00\u200b").name == "Ana Paz"
    assert read(last="می\u200cخواهم", first="آنا").family_name == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("rosa@example.org", "r•••@example.org"), ("213 555 0142", "•••• 0142"), ("12345", "•••"), ("rosa", "•••")],
)
def test_masked(text, shown):
    assert masked(text) == shown


def test_naughty_strings_are_exact_or_refused():
    strings = json.loads(needs.shared("data/naughty-strings/blns.json").read_text("utf-8"))
    assert len(strings) > 400
    for text in strings:
        found = read_person(
            cells(last=text, first="Ana", job=text, cell=text, mail=text, birth=text, zip=text), READING
        )
        if isinstance(found, Fault):
            assert found.code in ("no_person_name", "too_long")
            continue
        natural = clean_name(text).casefold()
        assert found.name.casefold().replace("jr.", "jr") in (f"ana {natural}", "ana", f"{natural}") or "," in text


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60), max_size=12))
def test_any_line_is_a_person_or_refused(values):
    found = read_person(cells(**values), READING)
    if isinstance(found, PersonRow):
        assert has_letter(found.name)
        assert len(found.name) <= 200
        assert all(len(contact.value) < 600 for contact in found.contacts)
    else:
        assert found.code in ("no_person_name", "too_long")


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=40), max_size=12))
def test_reading_a_clean_line_is_reading_the_line(values):
    from unionhall.rulebook.cells import are_clean, cleaned

    line = cells(**values)
    again = cleaned(line)
    assert read_person(line, READING) == read_person(again, READING)
    if are_clean(list(values.values())):
        assert dict(again.values) == values
