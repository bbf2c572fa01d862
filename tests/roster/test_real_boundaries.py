"""Outlines as city and county publish them: all load, the broken ones are named, schools lie in the right ones."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from tests import needs
from tests.factories import roster as factory
from unionhall.roster import operations, queries, tables
from unionhall.roster.models import District, Outline, WorksiteDistrict
from unionhall.rulebook.places import Point

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = date(2012, 7, 1)


@pytest.fixture(scope="module")
def folder():
    return needs.shared("data/bounds-la")


def bring(path, **options):
    return operations.apply_boundaries(
        file=tables.read_outline_file(path), source="", as_of=DAY, actor=factory.CLERK, at=factory.AT, **options
    )


def mended(report):
    return [(notice.line, notice.fields["name"]) for notice in report.notices if notice.code.startswith("mended_")]


@pytest.mark.parametrize(
    ("name", "features", "kind", "broken"),
    [
        ("la-city-council-districts-2012.json", 15, "city-council", []),
        ("la-city-council-2012-shapefile.zip", 15, "city-council", []),
        ("la_county_supervisors_2011.geojson", 5, "supervisor", [(4, "4")]),
        ("los-angeles-county.geojson", 272, "district", [(216, "Stevenson Ranch")]),
        ("california-counties.geojson", 58, "county", [(20, "Solano"), (40, "Santa Clara"), (54, "Sacramento")]),
    ],
)
def test_every_outline_loads_the_broken_are_named_and_all_of_it_goes_again(folder, name, features, kind, broken):
    report = bring(folder / name)
    assert report.adds_up()
    assert (report.rows_read, report.new, report.refused) == (features, features, ())
    assert mended(report) == broken
    assert Counter(District.objects.values_list("kind", flat=True)) == {kind: features}
    again = bring(folder / name)
    assert (again.new, again.changed, again.unchanged, again.notices[0].code) == (0, 0, features, "no_new_outlines")
    undone = operations.undo_import(imported=queries.get_import(report.import_id), actor=factory.CLERK, at=factory.AT)
    assert (undone.removed, undone.stands) == (features, ())
    assert (District.objects.count(), Outline.objects.count()) == (0, 0)


def test_points_of_the_city_lie_where_they_do(folder):
    for name in ("la-city-council-districts-2012.json", "la_county_supervisors_2011.geojson"):
        bring(folder / name)
    bring(folder / "los-angeles-county.geojson", kind="neighborhood")
    bring(folder / "california-counties.geojson")

    def at(latitude, longitude):
        found = queries.districts_at(Point(latitude, longitude), on=DAY)
        return [(item.kind, item.name) for item in found]

    assert at(34.0537, -118.2428) == [
        ("city-council", "14"), ("county", "Los Angeles"), ("neighborhood", "Downtown"), ("supervisor", "1"),
    ]  # fmt: skip
    assert at(33.9416, -118.4085)[0] == ("city-council", "11")
    assert at(34.1478, -118.1445) == [("county", "Los Angeles"), ("neighborhood", "Pasadena"), ("supervisor", "5")]
    assert at(37.3382, -121.8863) == [("county", "Santa Clara")]
    assert at(33.0, -120.0) == []


def test_schools_of_a_real_directory_lie_in_the_districts_of_their_points(folder):
    directory = needs.shared("data/schools-cde-la") / "cde_lausd_all_status.csv"
    operations.apply_worksites(
        file=tables.read_file(directory), source="", as_of=DAY, actor=factory.CLERK, at=factory.AT
    )
    bring(folder / "la-city-council-districts-2012.json")
    bring(folder / "california-counties.geojson")
    rows = WorksiteDistrict.objects.values_list("worksite_id", "district__kind")
    counts = Counter(kind for _site, kind in rows)
    with directory.open(encoding="utf-8") as content:
        live = [row for row in csv.DictReader(content) if row["Status"] == "Active"]
    pointed = [row for row in live if row["Latitude"] not in ("", "Information Redacted")]
    assert counts["county"] == len(pointed) == 1421
    assert counts["city-council"] == 1142
    assert max(Counter(rows).values()) == 1
    assert operations.preview_districts() == operations.Reassigned(came=0, left=0)
