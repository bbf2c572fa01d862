"""Units, shifts and bells in lists of worksites: previewed, applied, undone exactly, given out and read back."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from tests.factories import roster as factory
from tests.roster.test_export_sheets import imported, written
from unionhall.foundation.bilingual import Bilingual
from unionhall.roster import operations, tables
from unionhall.roster.enums import Decision
from unionhall.roster.models import BellTime, Doubt, Import, Shift, Unit, Worksite, WorksiteUnit
from unionhall.roster.operations.worksite_lists.within import held_within

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}
HEADS = "School,Street,Zip,Bargaining unit,Shifts,Start time,End time,Bell times"
OAK = 'Oak Elementary,1 Oak St,91335,"F, G",Day 7:00 AM-3:30 PM; Night 10pm-6am Sun-Thu,8:05,2:45,Recess 10:15'
ELM = "Elm Elementary,2 Elm St,91335,F,,,,"
SAID_OF_OAK = {
    "shifts": [["Day", "07:00", "15:30", "12345"], ["Night", "22:00", "06:00", "12347"]],
    "bells": [["End", "14:45", "12345"], ["Recess", "10:15", "12345"], ["Start", "08:05", "12345"]],
}


@pytest.fixture
def units():
    employer = operations.put_employer(code="D", name="District", **BY)
    return [
        operations.put_unit(employer=employer, code=code, name=Bilingual(f"Unit {code}", f"Unidad {code}"), **BY)
        for code in ("F", "G")
    ]


def file_of(*lines, heads=HEADS):
    return tables.read_bytes(("\n".join((heads, *lines)) + "\n").encode(), name="schools.csv")


def apply(*lines, heads=HEADS, source="district", day=date(2026, 9, 1)):
    return operations.apply_worksites(file=file_of(*lines, heads=heads), source=source, as_of=day, **BY)


def held():
    """What is within each worksite, by its name."""
    names = dict(Worksite.objects.values_list("pk", "name"))
    return {names[pk]: values for pk, values in held_within().items() if any(values.values())}


def undo():
    operations.undo_import(imported=Import.objects.latest("pk"), **BY)


def test_units_shifts_and_bells_come_in_with_the_list(units):
    preview = operations.preview_worksites(file=file_of(OAK, ELM), source="district", as_of=date(2026, 9, 1))
    assert (preview.new, held()) == (2, {})
    apply(OAK, ELM)
    pks = sorted(unit.pk for unit in units)
    assert held() == {
        "Oak Elementary": {"units": pks, **SAID_OF_OAK},
        "Elm Elementary": {"units": [units[0].pk], "shifts": [], "bells": []},
    }


def test_the_same_list_again_changes_nothing(units):
    apply(OAK, ELM)
    before = list(Shift.objects.values_list("pk")), list(BellTime.objects.values_list("pk"))
    report = apply(OAK, ELM)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert (list(Shift.objects.values_list("pk")), list(BellTime.objects.values_list("pk"))) == before


def test_undo_takes_the_worksites_and_all_within_them_away(units):
    apply(OAK, ELM)
    undo()
    counts = [table.objects.count() for table in (Worksite, WorksiteUnit, Shift, BellTime)]
    assert counts == [0, 0, 0, 0]


def test_a_later_list_changes_what_it_names_and_undo_brings_it_back_exactly(units):
    apply(OAK, ELM)
    before = held()
    later = OAK.replace('"F, G"', "G").replace("Day 7:00 AM-3:30 PM; Night 10pm-6am Sun-Thu", "Day 6-14:30")
    report = apply(later, ELM, day=date(2026, 10, 1))
    assert (report.changed, held()["Oak Elementary"]["shifts"]) == (1, [["Day", "06:00", "14:30", "12345"]])
    assert held()["Oak Elementary"]["units"] == [units[1].pk]
    undo()
    assert held() == before


def test_blank_cells_and_missing_columns_take_nothing_away(units):
    apply(OAK)
    before = held()
    apply("Oak Elementary,1 Oak St,91335,,,,,", day=date(2026, 10, 1))
    apply("Oak Elementary,1 Oak St,91335", heads="School,Street,Zip", day=date(2026, 11, 1))
    assert held() == before


def test_start_and_end_alone_leave_other_bells(units):
    apply(OAK)
    apply("Oak Elementary,1 Oak St,91335,,,8:30,,", day=date(2026, 10, 1))
    assert held()["Oak Elementary"]["bells"] == [
        ["End", "14:45", "12345"],
        ["Recess", "10:15", "12345"],
        ["Start", "08:30", "12345"],
    ]


def test_what_one_of_us_wrote_stands_before_every_list(units):
    apply(OAK)
    site = Worksite.objects.get()
    operations.put_shift(worksite=site, name="Day", starts_at=time(6), ends_at=time(14), **BY)
    apply(OAK, day=date(2026, 10, 1))
    assert Shift.objects.get(name="Day").starts_at == time(6)


def test_a_shift_put_by_hand_keeps_a_worksite_that_undo_would_take_away(units):
    apply(ELM)
    operations.put_shift(worksite=Worksite.objects.get(), name="Day", starts_at=time(6), ends_at=time(14), **BY)
    undo()
    assert Worksite.objects.count() == 1
    assert Shift.objects.count() == 1


def test_another_list_fills_only_what_nobody_said(units):
    apply(OAK, ELM)
    apply(ELM.replace(",F,,", ",G,Day 7-15:00,"), OAK.replace("8:05", "9:00"), source="county")
    assert held()["Elm Elementary"] == {
        "units": [units[0].pk],
        "shifts": [["Day", "07:00", "15:00", "12345"]],
        "bells": [],
    }
    assert held()["Oak Elementary"]["bells"] == SAID_OF_OAK["bells"]


def test_what_cannot_be_read_is_told_and_costs_only_itself(units):
    report = apply("Oak Elementary,1 Oak St,91335,F; Z,Day; Night 22:00-6:00,early,2:45,")
    told = {(notice.code, notice.fields.get("value")) for notice in report.notices}
    assert {("strange_unit", "Z"), ("no_shift", "Day"), ("no_bell", "early")} <= told
    assert held()["Oak Elementary"] == {
        "units": [units[0].pk],
        "shifts": [["Night", "22:00", "06:00", "12345"]],
        "bells": [["End", "14:45", "12345"]],
    }


def test_spanish_heads_mean_the_same(units):
    heads = "Plantel,Domicilio,CP,Unidades,Turnos,Hora de entrada,Hora de salida"
    apply("Oak Elementary,1 Oak St,91335,F y G,Matutino 7:00 a 14:00 lun-vie,8:00,14:30", heads=heads)
    assert held()["Oak Elementary"]["shifts"] == [["Matutino", "07:00", "14:00", "12345"]]
    assert [bell[1] for bell in held()["Oak Elementary"]["bells"]] == ["14:30", "08:00"]
    assert len(held()["Oak Elementary"]["units"]) == 2


def test_a_settled_doubt_brings_its_hours_and_undo_takes_them_back(units):
    factory.worksite("Harbor Learning Center", address="1 Oak St", zip="91335")
    apply(OAK)
    doubt = Doubt.objects.get()
    operations.settle_site_doubt(doubt=doubt, decision=Decision.SAME, worksite=Worksite.objects.get(), **BY)
    assert held()["Oak Elementary"]["shifts"] == SAID_OF_OAK["shifts"]
    undo()
    assert held() == {}


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_given_out_it_is_read_back_without_change(units, tmp_path: Path, form: str) -> None:
    apply(OAK, ELM)
    site = Worksite.objects.get(name="Oak Elementary")
    operations.put_shift(worksite=site, name='Crew "B"; 7', starts_at=time(5), ends_at=time(4), days="67", **BY)
    before = held(), list(Shift.objects.values_list("pk"))
    assert imported(written(tmp_path / f"list.{form}", form=form)) == (0, 0, 2, 0)
    assert (held(), list(Shift.objects.values_list("pk"))) == before


def test_units_are_known_by_code_or_name(units):
    apply("Oak Elementary,1 Oak St,91335,Unidad F,,,,")
    assert held()["Oak Elementary"]["units"] == [Unit.objects.get(code="F").pk]
