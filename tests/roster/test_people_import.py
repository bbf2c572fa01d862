"""Lists of people: looked at, applied, repeated, followed by the next one."""

from __future__ import annotations

from datetime import date

import pytest

from tests import needs
from tests.factories import roster as factory
from tests.roster.people_lists import apply, codes, counts, preview, snapshot, undo
from unionhall.foundation.bilingual import Bilingual
from unionhall.roster import operations, queries
from unionhall.roster.models import (
    Assignment,
    Classification,
    ContactPoint,
    Import,
    ImportChange,
    Person,
    PersonRecord,
    WorksiteCode,
)

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


def line(number, name="Okafor,Cyrus", site="Harbor Middle", status="Active", title="Cook"):
    return f"{number:05d},{name},{title},{site},,{status}"


def test_hand_written_value_stands_against_the_list_and_is_listed():
    apply(ROSA)
    operations.edit_person(person=rosa(), values={"name": "Rosa G."}, actor=factory.CLERK, at=factory.AT)
    report = apply(ROSA.replace("GARCIA", "GARCIA LOPEZ"), day=OCT)
    person = Person.objects.get()
    assert (person.name, person.family_name) == ("Rosa G.", "Garcia Lopez")
    assert (report.conflicts, counts(report)) == (1, (0, 1, 0, 0, 0))
    assert report.by_worksite[0].conflicts == 1
    assert preview(ROSA.replace("GARCIA", "GARCIA LOPEZ"), day=NOV).conflicts == 1
    (told,) = [notice for notice in report.notices if notice.code == "conflict"]
    assert (told.line, dict(told.fields)) == (2, {"name": "Rosa G.", "field": "name"})


def test_blank_cell_erases_nothing():
    apply(ROSA)
    report = apply("00123,GARCIA,ROSA,,,,", day=OCT)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert places(rosa()) == [("Rosemead Street Elementary", None)]


def test_list_of_an_earlier_day_fills_gaps_only_and_says_nothing_of_absence():
    apply(ROSA, BETO, day=OCT)
    report = apply(ROSA.replace("GARCIA", "OLD"), day=SEP)
    assert (rosa().name, report.gone, report.missing) == ("Rosa Garcia", 1, 0)
    assert "late_list" in codes(report)


def test_many_at_once_are_missing_only_where_somebody_confirms_it():
    given = ("Abel", "Bianca", "Cyrus", "Dalia", "Edgar")
    family = ("Quintero", "Moss", "Okafor", "Ferrer", "Yuen", "Hara", "Rao", "Lund")
    everyone = [line(n, f"{family[n % 8]},{given[n // 8]}") for n in range(40)]
    apply(*everyone)
    report = apply(*everyone[:12], day=OCT)
    assert (report.missing, report.gone) == (0, 28)
    assert "absence_stopped" in codes(report)
    assert not Person.objects.exclude(missing_since=None).exists()
    assert apply(*everyone[:12], day=OCT, options={"all_absent": True}, name="again.csv").missing == 0
    assert apply(*everyone[:12], day=NOV, options={"all_absent": True}).missing == 28


def test_who_crosses_over_loses_every_door_and_the_organizer_is_told(django_capture_on_commit_callbacks):
    apply(ROSA)
    user = operations.open_account(person=rosa(), actor=factory.CLERK, at=factory.AT)
    with django_capture_on_commit_callbacks(execute=True):
        report = apply(ROSA.replace("Cafeteria Worker", "Cafeteria Manager"), day=OCT)
    user.refresh_from_db()
    assert (rosa().employment, user.is_active) == ("management", False)
    assert queries.became_management(factory.AT) == [rosa()]
    assert "in_management" in codes(report)


def test_unknown_worksite_costs_nobody_and_is_told_once():
    report = apply(ROSA.replace("Rosemead Street Elementary", "Nowhere High"), BETO)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert places(rosa()) == []
    assert PersonRecord.objects.get(person=rosa()).said["unplaced"][0] == "Nowhere High"
    (told,) = [notice for notice in report.notices if notice.code == "unplaced"]
    assert dict(told.fields) == {"text": "Nowhere High", "count": 1}
    assert places(rosa()) == []
    apply(ROSA, BETO, day=OCT)
    assert "unplaced" not in PersonRecord.objects.get(person=rosa()).said


def test_place_that_cannot_be_found_ends_no_other():
    apply(ROSA)
    apply(ROSA.replace("Rosemead Street Elementary", "Rosemead Annex 7"), day=OCT)
    assert places(rosa()) == [("Rosemead Street Elementary", None)]


def test_codes_that_change_in_july_lead_to_the_right_worksite(sites):
    rosemead, harbor = sites
    for site, code, year in ((rosemead, "=100", 2025), (harbor, "=100", 2026), (rosemead, "=200", 2026)):
        WorksiteCode.objects.create(worksite=site, source="district", code=code, year=year)
    heads = "Employee ID,Last Name,First Name,Site Code"
    apply("1,Garcia,Rosa,100", heads=heads, day=date(2026, 6, 30))
    assert places(rosa()) == [("Rosemead Street Elementary", None)]
    report = apply("1,Garcia,Rosa,200", heads=heads, day=date(2026, 7, 1))
    assert (places(rosa()), report.moved) == ([("Rosemead Street Elementary", None)], 0)
    assert apply("1,Garcia,Rosa,100", heads=heads, day=date(2026, 8, 1)).moved == 1


def test_job_title_is_made_where_the_unit_is_known_and_goes_with_the_undo():
    employer = operations.put_employer(code="lausd", name="LAUSD", actor=factory.CLERK, at=factory.AT)
    operations.put_unit(employer=employer, code="F", name=Bilingual(en="Unit F"), actor=factory.CLERK, at=factory.AT)
    before = snapshot()
    heads = "Employee ID,Last Name,First Name,Job Code,Job Title,Bargaining Unit,Site"
    lines = ["1,Garcia,Rosa,4120,Cook,F,Harbor Middle", "2,Luna,Beto,4120,Cook,Unit F,Harbor Middle"]
    number = apply(*lines, heads=heads).import_id
    title = Classification.objects.get()
    assert (title.code, title.name.en) == ("4120", "Cook")
    assert set(Assignment.objects.values_list("classification", flat=True)) == {title.pk}
    assert counts(preview(*lines, heads=heads, day=OCT)) == (0, 0, 2, 0, 0)
    undo(number)
    assert snapshot() == before


def test_mapping_is_remembered_for_its_source():
    heads = "Who,Family,No"
    apply("Rosa,Garcia,1", heads=heads, mapping={"first": "Who", "last": "Family", "id": "No"})
    assert counts(preview("Rosa,Garcia,1", heads=heads, day=OCT)) == (0, 0, 1, 0, 0)
    with pytest.raises(operations.FileRefused):
        preview("Rosa,Garcia,1", heads=heads, source="other")
    assert counts(preview(ROSA, day=OCT)) == (1, 0, 0, 0, 0)


def test_list_without_a_source_takes_that_of_the_same_columns():
    apply(ROSA)
    assert preview(ROSA, source="", day=OCT, name="october.csv").source == "district"


def test_people_without_ids_are_known_again_month_by_month():
    heads = "Last Name,First Name,Site,Birth Date"
    lines = ["Garcia,Rosa,Harbor Middle,2/29/1980", "Garcia,Rosa,Harbor Middle,3/1/1971", "Luna,Beto,Harbor Middle,"]
    assert counts(apply(*lines, heads=heads)) == (3, 0, 0, 0, 0)
    assert counts(apply(*reversed(lines), heads=heads, day=OCT)) == (0, 0, 3, 0, 0)
    moved = lines[1].replace("Harbor Middle", "Rosemead Street Elementary")
    report = apply(lines[0], moved, lines[2], heads=heads, day=NOV)
    assert (counts(report), report.moved, report.missing) == ((0, 1, 2, 0, 0), 1, 0)
    assert set(Person.objects.values_list("birth", flat=True)) == {"02-29", "03-01", ""}


def test_person_of_another_list_is_recognized_and_keeps_both_ids():
    apply(ROSA)
    report = apply(
        "77,Garcia,Rosa,213 555 0142", heads="Member ID,Last Name,First Name,Cell", source="members", day=OCT
    )
    assert counts(report) == (0, 1, 0, 0, 0)
    assert set(PersonRecord.objects.filter(person=rosa()).values_list("source", "code")) == {
        ("district", "=00123"),
        ("members", "=77"),
    }


def test_household_of_the_osdi_sample_shares_its_mail_and_stays_apart():
    data = needs.shared("data/people-osdi-fake/fake_data.csv").read_bytes().splitlines()
    lines = [text.decode() for text in data[1:301]]
    report = apply(*lines, heads=data[0].decode(), name="fake.csv")
    assert (counts(report), report.people) == ((300, 0, 0, 0, 0), 300)
    assert Person.objects.count() == 300
    assert Person.objects.exclude(birth="").count() == 300
    assert "dropped_birth_year" in codes(report)
    assert counts(apply(*lines, heads=data[0].decode(), name="fake.csv", day=OCT)) == (0, 0, 300, 0, 0)
