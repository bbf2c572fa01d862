"""A file of people as a whole."""

from __future__ import annotations

import pytest

from tests.rulebook.people import AS_OF, WAYS
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.columns import NoHeader, guess_columns
from unionhall.rulebook.people_columns import FIELDS, WANTED
from unionhall.rulebook.people_file import PeopleFile, people_table, read_people, repeated_heads
from unionhall.rulebook.sheets import RawRow, Table


def table(*rows: tuple[str, ...]) -> list[Table]:
    return [Table("", tuple(RawRow(line, cells) for line, cells in enumerate(rows, start=1)))]


def read(*rows: tuple[str, ...], **kwargs) -> PeopleFile:
    return read_people(table(*rows), fixed=kwargs.pop("fixed", {}), ways=WAYS, as_of=AS_OF, **kwargs)


def codes(file: PeopleFile) -> list[str]:
    return [notice.code for notice in file.notices]


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (
            [
                "Household ID",
                "Last",
                "First",
                "Middle",
                "YoB",
                "MoB",
                "DoB",
                "Address",
                "City",
                "State",
                "Zip",
                "Email",
            ],
            ["", "last", "first", "middle", "", "birth_month", "birth", "address", "city", "state", "zip", "mail"],
        ),
        (
            ["Emp #", "EMPLOYEE NAME", "Job Cd", "Job Title", "BU", "Loc Cd", "Location Name", "FTE", "Hire Dt"],
            ["", "name", "job_code", "job", "unit", "worksite_code", "worksite", "", "hired_on"],
        ),
        (
            [
                "Núm. empleado",
                "Apellido Paterno",
                "Apellido Materno",
                "Nombre",
                "Puesto",
                "Plantel",
                "Celular",
                "Idioma",
            ],
            ["id", "last", "last_2", "first", "job", "worksite", "cell", "language"],
        ),
        (
            [
                "Employee ID",
                "Name",
                "Emergency Contact Phone",
                "Supervisor Name",
                "Work Phone",
                "Home Phone",
                "Cell Phone",
            ],
            ["id", "name", "", "", "work_phone", "home_phone", "cell"],
        ),
        (
            [
                "ID",
                "First Name",
                "Last Name",
                "Preferred Name",
                "Work E-mail",
                "Personal E-mail",
                "Home Address",
                "E-mail",
            ],
            ["id", "first", "last", "chosen_name", "work_mail", "personal_mail", "address", "mail"],
        ),
        (
            ["Member ID", "Name", "Membership Status", "Employment Status", "Good Standing", "School", "Site Address"],
            ["id", "name", "membership", "status", "standing", "worksite", "worksite_address"],
        ),
    ],
)
def test_columns_of_lists(heads, fields):
    found = {place: field for field, place in guess_columns(heads, WANTED).items()}
    assert [found.get(place, "") for place in range(len(heads))] == fields


def test_fields_are_named_once():
    assert len(set(FIELDS)) == len(FIELDS)


def test_list_below_title_rows():
    file = read(
        ("Example District", "", ""),
        ("Run 2026-11-22", "", ""),
        ("Employee ID", "Employee Name", "Job Title"),
        ("00123", "PAZ, ROSA", "Aide"),
        ("124", "RUIZ, ANA", "Principal"),
        ("", "", "Aide"),
    )
    assert [(row.line, row.id, row.name, row.status) for row in file.rows] == [
        (4, "00123", "Rosa Paz", ""),
        (5, "00124", "Ana Ruiz", "management"),
    ]
    assert file.refused == (Fault(6, "no_person_name", "Employee Name"),)
    assert file.table.header_row == 3


def test_list_without_a_name_has_no_header():
    with pytest.raises(NoHeader):
        read(("Employee ID", "Job Title"), ("1", "Aide"))


def test_ids_that_a_spreadsheet_rounded_refuse_the_file():
    file = read(("Employee ID", "Name"), ("123", "Rosa Paz"), ("1.23457E+11", "Ana Ruiz"))
    assert file.whole == Fault(0, "rounded_ids", "Employee ID", "1.23457E+11")
    assert file.rows == ()


def test_ids_that_many_people_share_refuse_the_file():
    names = ["Rosa Paz", "Ana Ruiz", "Luis Vega", "Kim Park", "Tran Ly", "Omar Diaz", "Eva Cruz"]
    rows = [
        (str(123_457_000_000 + number % 7), f"{name} {number}") for number in range(70) for name in names[number % 7 :]
    ]
    file = read(("Employee ID", "Name"), *rows)
    assert file.whole is not None
    assert (file.whole.code, file.whole.column) == ("repeated_ids", "Employee ID")


def test_ids_on_two_lines_for_two_jobs_do_not():
    rows = [(str(number), f"Person {chr(65 + number)}x", job) for number in range(20) for job in ("Aide", "Driver")]
    file = read(("Employee ID", "Name", "Job"), *rows)
    assert file.whole is None
    assert len(file.rows) == 40


def test_known_ids_of_the_source_give_zeros_back():
    file = read(("Employee ID", "Name"), ("123", "Rosa Paz"), known_ids=["00123"])
    assert [row.id for row in file.rows] == ["00123"]


def test_forbidden_columns_never_leave_the_reader():
    file = read(
        ("Name", "SSN", "Date of Birth", "Religion", "Ref"),
        *[("Rosa Paz", "219-09-9999", "3/17/1984", "Catholic", "219-09-9998")] * 3,
    )
    assert [(item.head, item.why) for item in file.dropped] == [
        ("SSN", "ssn"),
        ("Religion", "religion"),
        ("Ref", "ssn"),
    ]
    assert [row.birth for row in file.rows] == ["03-17"] * 3
    text = repr(file)
    # Of the birth date the raw cell is still in the table, but in no row.
    assert not any(value in text for value in ("219-09", "Catholic"))
    assert "1984" not in repr(file.rows)
    assert codes(file) == ["dropped_ssn", "dropped_religion", "dropped_ssn", "birth_months"]


def test_forbidden_column_is_not_read_even_if_a_mapping_says_so():
    file = read(("Name", "SSN"), ("Rosa Paz", "219-09-9999"), fixed={"id": "SSN"})
    assert [(row.name, row.id) for row in file.rows] == [("Rosa Paz", "")]


def test_days_follow_the_column_or_the_other_column_of_days():
    file = read(("Name", "Hire Date", "Birthday"), ("Rosa Paz", "3/4/2019", "25/12"), ("Ana Ruiz", "5/4/2019", "1/2"))
    assert [(row.hired_on.isoformat(), row.birth) for row in file.rows if row.hired_on] == [
        ("2019-04-03", "12-25"),
        ("2019-04-05", "02-01"),
    ]


def test_days_that_could_be_either_are_said():
    file = read(("Name", "Hire Date"), ("Rosa Paz", "3/4/2019"))
    assert [row.hired_on.isoformat() for row in file.rows if row.hired_on] == ["2019-03-04"]
    assert codes(file) == ["either_day"]


def test_repeated_heads_are_named_and_the_first_is_read():
    file = read(("Name", "Phone", "", "Phone"), ("Rosa Paz", "213-555-0142", "x", "323-555-0188"))
    assert [contact.value for contact in file.rows[0].contacts] == ["+12135550142"]
    assert codes(file) == ["repeated_heads"]
    assert repeated_heads(["A", "a ", "", ""]) == ("A", "a ")


def test_home_phone_is_called_only_where_the_list_has_cells():
    both = read(("Name", "Cell", "Home Phone"), ("Rosa Paz", "", "213-555-0142"))
    alone = read(("Name", "Home Phone"), ("Rosa Paz", "213-555-0142"))
    assert [both.rows[0].contacts[0].kind, alone.rows[0].contacts[0].kind] == ["phone", "sms"]


def test_short_lines_are_blank_at_their_end():
    file = read(("Name", "Job", "Cell"), ("Rosa Paz",))
    assert [(row.name, row.job, row.contacts) for row in file.rows] == [("Rosa Paz", None, ())]


def test_contacts_need_a_way_to_reach_somebody():
    with pytest.raises(NoHeader):
        people_table(table(("Name", "Job"), ("Rosa Paz", "Aide")), {}, any_of=frozenset({"cell", "mail"}))
