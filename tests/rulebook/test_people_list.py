"""A list of people, line by line."""

from __future__ import annotations

from datetime import date

from tests.rulebook.people import READING, cells
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.people_list import Job, PersonRow, read_person
from unionhall.rulebook.reaching import RowContact


def test_line_of_an_employer():
    line = cells(
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
    )
    assert read_person(line, READING) == PersonRow(
        line=2,
        name="Rosa M García Márquez",
        id="00123",
        given_name="Rosa",
        middle="M",
        family_name="García Márquez",
        hired_on=date(2019, 8, 15),
        birth="03-07",
        status="leave",
        job=Job(worksite_code="1943", job="Teacher Assistant", hours="6.5"),
        contacts=(
            RowContact("sms", "+12135550142"),
            RowContact("mail", "rosa@work.example", "employer"),
        ),
    )


def test_line_without_a_name_is_refused():
    assert read_person(cells(last="", first=" ", job="Aide"), READING) == Fault(2, "no_person_name", "last")
