"""Lists of people: looked at, applied, repeated, followed by the next one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import roster as factory
from tests.roster.people_lists import apply, codes, counts, preview
from unionhall.roster.models import Assignment, ContactPoint, Import, ImportChange, Person, PersonRecord

pytestmark = pytest.mark.django_db

ROSA = "00123,GARCIA,ROSA,Cafeteria Worker,Rosemead Street Elementary,213 555 0142,Active"
BETO = "00124,Luna,Beto,Bus Driver,Harbor Middle,213 555 0143,Active"
AUG, SEP, OCT, NOV = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def sites():
    return factory.worksite("Rosemead Street Elementary"), factory.worksite("Harbor Middle")


def rosa():
    return Person.objects.get(name_key="rosa garcia")


def places(person):
    rows = Assignment.objects.filter(person=person).order_by("pk")
    return [(name, ends) for name, ends in rows.values_list("worksite__name", "ends_on")]


def test_preview_tells_and_writes_nothing():
    report = preview(ROSA, BETO)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert (report.people, report.import_id, [one.band for one in report.proposals]) == (2, None, ["new", "new"])
    assert not Person.objects.exists()
    assert not Import.objects.exists()


def test_apply_writes_what_the_preview_told():
    report = apply(ROSA, BETO)
    assert counts(report) == (2, 0, 0, 0, 0)
    person = rosa()
    assert (person.name, person.given_name, person.employment) == ("Rosa Garcia", "Rosa", "active")
    assert (person.source, person.search) == ("district", " rosa garcia")
    assert places(person) == [("Rosemead Street Elementary", None)]
    point = ContactPoint.objects.get(person=person)
    assert (point.kind, point.value, point.owner, point.is_current) == ("sms", "+12135550142", "personal", True)
    record = PersonRecord.objects.get(person=person)
    assert (record.source, record.code, record.last_seen_on) == ("district", "=00123", SEP)
    assert record.said["name"] == ["Rosa Garcia", "2026-09-01", report.import_id]
    assert record.said["contacts"][0] == [point.pk]
    assert record.said["job"][0] == "Cafeteria Worker"


def test_same_list_again_changes_nothing_and_says_so():
    apply(ROSA, BETO)
    before = list(Person.objects.order_by("pk").values())
    report = apply(ROSA, BETO, day=OCT)
    assert counts(report) == (0, 0, 2, 0, 0)
    assert "nothing_changed" in codes(report)
    assert list(Person.objects.order_by("pk").values()) == before
    assert not ImportChange.objects.filter(imported=report.import_id, record="person").exists()
    assert set(PersonRecord.objects.values_list("last_seen_on", flat=True)) == {OCT}


def test_next_list_moves_changes_and_misses():
    apply(ROSA, BETO)
    moved = ROSA.replace("Rosemead Street Elementary", "Harbor MS").replace("0142", "0999")
    report = apply(moved, day=OCT)
    assert counts(report) == (0, 1, 0, 0, 0)
    assert (report.moved, report.missing, report.gone, report.people) == (1, 1, 1, 1)
    assert places(rosa()) == [("Rosemead Street Elementary", OCT), ("Harbor Middle", None)]
    points = ContactPoint.objects.filter(person=rosa()).order_by("pk")
    assert [(point.value, point.is_current) for point in points] == [("+12135550142", False), ("+12135550999", True)]
    beto = Person.objects.get(name_key="beto luna")
    assert (beto.missing_since, beto.employment) == (OCT, "active")


def test_second_list_without_somebody_separates():
    apply(ROSA, BETO)
    apply(ROSA, day=OCT)
    report = apply(ROSA, day=NOV)
    beto = Person.objects.get(name_key="beto luna")
    assert (beto.missing_since, beto.employment, beto.separated_on) == (OCT, "separated", NOV)
    assert places(beto) == [("Harbor Middle", NOV)]
    assert (report.missing, report.gone, counts(report)) == (1, 1, (0, 0, 1, 0, 0))


def test_who_comes_back_is_there_again():
    apply(ROSA, BETO)
    for day in (OCT, NOV):
        apply(ROSA, day=day)
    report = apply(ROSA, BETO, day=date(2026, 12, 1))
    beto = Person.objects.get(name_key="beto luna")
    assert (beto.missing_since, beto.employment, beto.separated_on) == (None, "active", None)
    assert places(beto) == [("Harbor Middle", NOV), ("Harbor Middle", None)]
    assert counts(report) == (0, 1, 1, 0, 0)
