"""Lines of one list that speak of one person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.cells import Fault
from unionhall.rulebook.people_entries import PersonEntry, can_be_one, grouped
from unionhall.rulebook.people_list import Job, PersonRow
from unionhall.rulebook.reaching import RowContact

AIDE, DRIVER = Job(job="Aide", worksite="Reseda"), Job(job="Driver", worksite="Vine")


def row(line: int, given: str = "Rosa", family: str = "Paz", **values) -> PersonRow:
    return PersonRow(line=line, name=f"{given} {family}", given_name=given, family_name=family, **values)


def test_one_id_with_two_jobs_is_one_person():
    cell, home = RowContact("sms", "+12135550142"), RowContact("phone", "+13235550188")
    first = row(2, id="7", job=AIDE, status="leave", contacts=(cell,), hired_on=date(2020, 1, 1))
    second = row(
        5, id="7", job=DRIVER, status="active", contacts=(cell, home), hired_on=date(2019, 1, 1), birth="03-07"
    )
    assert grouped([first, row(3, "Ana", "Ruiz", id="8"), second]) == [
        PersonEntry(
            lines=(2, 5),
            row=row(
                2, id="7", job=AIDE, status="active", contacts=(cell, home), hired_on=date(2019, 1, 1), birth="03-07"
            ),
            jobs=(AIDE, DRIVER),
        ),
        PersonEntry(lines=(3,), row=row(3, "Ana", "Ruiz", id="8")),
    ]


def test_line_that_repeats_another_is_counted():
    found = grouped([row(2, id="7", job=AIDE), row(3, id="7", job=AIDE), row(4, id="7", job=DRIVER)])
    assert [(entry.lines, entry.jobs, entry.repeats) for entry in found if isinstance(entry, PersonEntry)] == [
        ((2, 3, 4), (AIDE, DRIVER), 1)
    ]


def test_id_of_somebody_else_is_a_fault_of_the_later_line():
    found = grouped([row(2, id="7"), row(3, "Luis", "Paz", id="7"), row(4, id="7")])
    assert [item.lines for item in found if isinstance(item, PersonEntry)] == [(2, 4)]
    assert [item for item in found if isinstance(item, Fault)] == [Fault(3, "id_of_another", value="7", other="2")]


def test_management_in_one_job_is_management():
    found = grouped([row(2, id="7", status="active"), row(3, id="7", status="management")])
    assert [entry.row.status for entry in found if isinstance(entry, PersonEntry)] == ["management"]


def test_namesakes_without_an_id_stay_two_unless_they_repeat_in_all_that_tells():
    cell = (RowContact("sms", "+12135550142"),)
    apart = grouped([row(2, job=AIDE), row(3, job=AIDE)])
    assert [entry.lines for entry in apart if isinstance(entry, PersonEntry)] == [(2,), (3,)]
    same = grouped([row(2, contacts=cell, birth="03-07"), row(3, contacts=cell, birth="03-07"), row(4, contacts=cell)])
    assert [entry.lines for entry in same if isinstance(entry, PersonEntry)] == [(2, 3), (4,)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Rosa", "García Márquez"), ("ROSA", "Garcia"), True),
        (("Rosa", "Paz"), ("R.", "Paz"), True),
        (("Rosa María", "Paz"), ("María", "Paz"), True),
        (("Jonathan", "Smith"), ("Jonathon", "Smith"), True),
        (("Rosa", "Paz"), ("Luis", "Paz"), False),
        (("Rosa", "Paz"), ("Rosa", "Hernández"), False),
        (("Ana", "Ruiz"), ("Ana", "Ruis"), True),
    ],
)
def test_can_be_one(one, other, same):
    assert can_be_one(row(2, *one), row(3, *other)) is same
    assert can_be_one(row(2, *other), row(3, *one)) is same


rows = st.lists(
    st.builds(
        lambda given, id, job: (given, id, job),
        st.sampled_from(["Rosa", "Luis", "Ana", "R."]),
        st.sampled_from(["", "1", "2"]),
        st.sampled_from([None, AIDE, DRIVER]),
    ),
    max_size=12,
)


@given(rows)
def test_every_line_is_in_one_entry_or_a_fault(found):
    lines = [row(line, given, id=id, job=job) for line, (given, id, job) in enumerate(found, start=2)]
    counted = [
        line for item in grouped(lines) for line in (item.lines if isinstance(item, PersonEntry) else (item.line,))
    ]
    assert sorted(counted) == [line.line for line in lines]
    assert all(item.repeats < len(item.lines) for item in grouped(lines) if isinstance(item, PersonEntry))
