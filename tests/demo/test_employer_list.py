"""A messy employer's list: the same each time, with the mess it promises, and the truth beside it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.factories import roster
from unionhall.demo.operations.employer_list import employer_lines, leavers
from unionhall.demo.operations.workers import invented_places, invented_workers, known_workers

PLACES = invented_places(50)
STAFF = list(invented_workers(1_000, PLACES))


def lines_of(rows: int = 1_000, seed: int = 7):  # type: ignore[no-untyped-def]
    return employer_lines(STAFF, invented_workers(rows, PLACES, start=2_000), rows=rows, places=PLACES, seed=seed)


def test_list_is_the_same_for_the_same_seed_only() -> None:
    assert lines_of() == lines_of()
    assert lines_of() != lines_of(seed=8)


def test_list_holds_what_it_promises_in_about_its_share() -> None:
    lines = lines_of()
    done = Counter(word for line in lines for word in line.what.split())

    assert len(lines) == 1_000
    assert {line.cells[1].isupper() for line in lines} == {True, False}
    assert all(", " in line.cells[1] for line in lines)
    for word, least, most in (
        ("new", 15, 110), ("moved", 20, 70), ("second-job", 20, 70), ("nickname", 5, 60), ("typo", 3, 40),
        ("management", 3, 30), ("no-contact", 180, 330),
    ):  # fmt: skip
        assert least <= done[word] <= most, word
    lost = [line for line in lines if line.cells[0] != line.worker.code]
    assert 300 <= len(lost) <= 700
    assert all(line.cells[0] == line.worker.code.lstrip("0") for line in lost)
    assert 10 <= len(leavers(STAFF, lines)) <= 200


def test_management_is_said_by_title_and_unit() -> None:
    bosses = [line.cells[3:5] for line in lines_of() if "management" in line.what]

    assert {unit for _title, unit in bosses} == {"MGMT"}


@pytest.mark.django_db
def test_next_list_is_about_the_people_of_this_database() -> None:
    person = roster.person("Beto Luna", site=roster.worksite("Reseda Elementary"))

    workers, places = known_workers()

    assert [(one.who, one.given, one.family, one.place.name) for one in workers] == [
        (person.public_id, "Beto", "Luna", "Reseda Elementary")
    ]
    assert [place.name for place in places] == ["Reseda Elementary"]
