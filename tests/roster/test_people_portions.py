"""Lists of people in portions: stopped, killed, resumed, done by the worker; and what they cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from tests.factories import roster as factory
from tests.roster.people_lists import apply, counts, preview, receive, resume, snapshot, undo
from unionhall.foundation import jobs
from unionhall.foundation.enums import JobStatus
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, tables
from unionhall.roster.models import Import, ImportChange, ImportFile, Person
from unionhall.roster.operations.people_lists import applying as people_imports

pytestmark = pytest.mark.django_db

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


# Names that nobody takes for one another.
GIVEN = ("Abel", "Bianca", "Cyrus", "Dalia", "Edgar", "Fumiko", "Gita", "Henrik", "Imelda", "Jorge", "Kwame", "Pilar")
FAMILY = ("Quintero", "Moss", "Okafor", "Ferrer", "Yuen", "Hara", "Rao", "Lund", "Vasquez", "Tello", "Zamora")


def line(number, site="Rosemead Street Elementary", title="Cook"):
    given, family = GIVEN[number % len(GIVEN)], FAMILY[number % len(FAMILY)]
    return f"{number:05d},{family},{given},{title},{site},213 555 {number:04d},Active"


@pytest.fixture(autouse=True)
def sites():
    return factory.worksite("Rosemead Street Elementary"), factory.worksite("Harbor Middle")


def stop_after(portions):
    """A progress that is killed when so many portions are written."""
    told = []

    def progress(done, total):
        told.append(done)
        if len(told) == portions + 1:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("portions", [0, 1, 2, 3, 4])
def test_list_that_is_killed_anywhere_goes_on_to_the_same_end(monkeypatch, portions):
    monkeypatch.setattr(people_imports, "PORTION", 2)
    apply(*(line(number) for number in range(4)))
    coming = [line(0), line(1, "Harbor Middle"), line(3), *(line(number) for number in range(5, 8))]
    before = snapshot()
    imported = receive(*coming, day=OCT)
    with pytest.raises(KeyboardInterrupt):
        resume(imported, progress=stop_after(portions))
    imported.refresh_from_db()
    assert imported.state == "applying"
    for person in Person.objects.all():
        assert person.records.count() == person.contact_points.count() == 1
    report = resume(imported)
    imported.refresh_from_db()
    assert (imported.state, imported.report["new"], imported.report["changed"]) == ("applied", 3, 1)
    assert report.import_id == imported.pk
    killed = snapshot()
    undo(imported.pk)
    assert snapshot() == before
    assert {person["missing_since"] for person in killed["Person"] if person["name"] == "Cyrus Okafor"} == {OCT}


def test_killed_list_can_be_taken_back(monkeypatch):
    monkeypatch.setattr(people_imports, "PORTION", 2)
    before = snapshot()
    imported = receive(*(line(number) for number in range(5)))
    with pytest.raises(KeyboardInterrupt):
        resume(imported, progress=stop_after(1))
    assert Person.objects.count() == 2
    assert undo(imported.pk).removed == 2
    assert snapshot() == before
    with pytest.raises(operations.NotToApply):
        resume(Import.objects.get())


def test_list_is_applied_once():
    imported = receive(line(1))
    resume(imported)
    with pytest.raises(operations.NotToApply):
        resume(imported)


def test_list_that_was_only_looked_at_cannot_be_undone():
    imported = receive(line(1))
    with pytest.raises(operations.NothingToUndo):
        undo(imported.pk)
    assert imported.report["new"] == 1
    assert imported.report["by_worksite"][0]["adds"] == 1


def test_file_is_kept_encrypted_and_forgotten_after_its_days():
    imported = receive(line(1))
    kept = ImportFile.objects.get()
    assert b"Bianca" not in bytes(kept.sealed)
    assert b"Bianca" in operations.bytes_of(imported)
    assert operations.forget_files(actor=factory.CLERK, at=factory.AT) == 0
    ImportFile.objects.update(delete_on=factory.AT.date())
    assert operations.forget_files(actor=factory.CLERK, at=factory.AT) == 1
    with pytest.raises(operations.FileForgotten):
        resume(imported)


def test_undo_record_and_trail_hold_no_contact():
    apply(line(7777))
    apply(line(7777).replace("7777,Active", "8888,Active"), day=OCT)
    rows = [*ImportChange.objects.values_list("before", "after", "label"), *AuditEntry.objects.values_list("detail")]
    assert "55557777" not in str(rows).replace(" ", "")
    assert "55558888" not in str(rows).replace(" ", "")
    assert "1213555" not in str(rows)


def test_look_reads_the_roster_in_a_number_of_queries_that_never_grows(django_assert_num_queries):
    apply(*(line(number) for number in range(4)))
    for numbers in (range(1), range(3), range(20, 40)):
        lines = [line(number) for number in numbers]
        with django_assert_num_queries(13):
            preview(*lines, day=OCT)


def test_portion_writes_in_a_number_of_queries_that_never_grows(django_assert_num_queries):
    for numbers in (range(1), range(50, 80)):
        imported = receive(*(line(number) for number in numbers), source=f"s{len(numbers)}")
        # PostgreSQL hands out numbers by itself, in one query a table.
        with django_assert_num_queries(52 if connection.vendor == "sqlite" else 47):
            resume(imported)


def test_worker_applies_and_takes_back(django_capture_on_commit_callbacks):
    imported = receive(line(1), line(2))
    before = snapshot()
    for kind, people in (("roster.import", 2), ("roster.undo", 0)):
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.start(
                kind, payload={"import": imported.pk, "address": "/hall/"}, actor=factory.CLERK, at=factory.AT
            )
        job.refresh_from_db()
        assert (job.status, job.result) == (JobStatus.DONE, {"import": imported.pk, "address": "/hall/"})
        assert Person.objects.count() == people
    assert snapshot() == before


def test_second_import_that_was_quicker_leaves_each_person_whole(monkeypatch):
    imported = receive(line(1), line(2))
    looked = operations.look_at(
        kind="people", file=tables.stored_file(imported), source=imported.source, as_of=imported.as_of
    )
    apply(line(2), name="other.csv")
    with pytest.raises(people_imports.ImportBusy):
        operations.apply_import(
            imported=imported, file=tables.stored_file(imported), actor=factory.CLERK, at=factory.AT, looked=looked
        )
    assert Person.objects.count() == 1
    imported.refresh_from_db()
    resume(imported)
    assert Person.objects.count() == 2


def test_counts_add_up_with_two_jobs_and_refused_lines():
    other = line(1, "Harbor Middle", "Driver")
    report = apply(line(1), other, line(2), ",,,,,,", "00003,,,,,,")
    assert counts(report) == (3, 0, 0, 0, 1)
    assert report.people == 2
    person = Person.objects.get(records__code="=00001")
    assert {row.worksite.name for row in person.assignments.all()} == {"Rosemead Street Elementary", "Harbor Middle"}
