"""The state's directory of a real district: read, looked at again, taken back."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from tests import needs
from tests.factories import roster as factory
from unionhall.roster import operations, queries, tables
from unionhall.roster.models import Area, Import, ImportChange, Worksite, WorksiteCode

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def directory():
    return needs.shared("data/schools-cde-la") / "cde_lausd_all_status.csv"


def apply(directory):
    file = tables.read_file(directory)
    return operations.apply_worksites(
        file=file, source="", as_of=date(2026, 11, 22), actor=factory.CLERK, at=factory.AT
    )


def test_real_directory_comes_in_whole_changes_nothing_twice_and_goes_without_a_trace(directory):
    factory.area("EAST", centre=(34.03, -118.16), zips=("90022", "90032"))
    factory.area("WEST", centre=(34.00, -118.45))

    first = apply(directory)

    assert first.adds_up()
    assert (first.rows_read, first.new, first.refused, first.header_row) == (2390, 2390, (), 1)
    assert Counter(Worksite.objects.values_list("status", flat=True)) == {
        "live": 1426,
        "closed": 880,
        "merged": 82,
        "pending": 2,
    }
    live = Worksite.objects.live()
    assert live.filter(latitude=None).count() == 5
    without_point = [notice for notice in first.notices if notice.code == "no_point"]
    assert [notice.fields["name"] for notice in without_point] == sorted(
        live.filter(latitude=None).values_list("name", flat=True), key=str.casefold
    )
    text = directory.read_text("utf-8")
    lines = text.splitlines()
    assert all(notice.fields["name"] in lines[notice.line - 1] for notice in without_point)
    points = Counter(live.exclude(latitude=None).values_list("latitude", "longitude"))
    assert points == Counter(
        (float(row["Latitude"]), float(row["Longitude"]))
        for row in csv.DictReader(text.splitlines())
        if row["Status"] == "Active" and row["Latitude"] != "Information Redacted"
    )
    assert max(points.values()) > 1
    assert not live.filter(latitude__isnull=False, area=None).exists()
    assert not live.filter(zip__startswith="90032").exclude(area__code="EAST").exists()

    second = apply(directory)

    assert (second.new, second.changed, second.unchanged, second.gone) == (0, 0, 2390, 0)
    assert second.notices[0].code == "nothing_changed"
    assert ImportChange.objects.filter(imported=second.import_id).count() == 0

    undone = operations.undo_import(imported=queries.get_import(first.import_id), actor=factory.CLERK, at=factory.AT)

    assert (undone.removed, undone.restored, undone.stands) == (2390, 0, ())
    assert (Worksite.objects.count(), WorksiteCode.objects.count()) == (0, 0)
    assert (Area.objects.count(), Import.objects.count()) == (2, 2)


def test_real_directory_is_found_as_people_type_it(directory):
    apply(directory)
    for typed, expected in [
        ("Reseda HS", "Reseda Charter High"),
        ("24th st el", "Twenty-Fourth Street Elementary"),
        ("twenty four", "Twenty-Fourth Street Elementary"),
        ("ninos gratts", "Para Los Niños - Evelyn Thurman Gratts Primary"),
        ("roosvelt high", "Theodore Roosevelt Senior High"),
    ]:
        assert expected in [hit.name for hit in queries.find_worksites(typed)], typed
