"""Which district a point or a worksite lies in."""

from __future__ import annotations

import random
from datetime import date
from time import perf_counter

import pytest
import shapely

from tests.factories import maps
from tests.factories import roster as factory
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries, tables
from unionhall.roster.models import Worksite, WorksiteCode, WorksiteDistrict
from unionhall.rulebook.places import Point

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def bring(data=None, *, name="council-districts.geojson", day=date(2012, 7, 1), kind=""):
    operations.apply_boundaries(
        file=maps.read(data or maps.council(), name), source="", as_of=day, kind=kind, actor=factory.CLERK,
        at=factory.AT,
    )  # fmt: skip


def at(latitude, longitude, *, on=TODAY, kind=""):
    return [item.name for item in queries.districts_at(Point(latitude, longitude), on=on, kind=kind)]


def site(name="A", latitude=34.02, longitude=-118.28, **fields):
    return factory.worksite(name, latitude=latitude, longitude=longitude, **fields)


def test_point_inside_outside_and_on_a_border():
    bring()
    assert at(34.02, -118.28) == ["District 1"]
    assert at(34.02, -118.22) == ["District 2"]
    assert at(34.02, -118.25) == ["District 1", "District 2"]
    assert at(34.0, -118.30) == ["District 1"]
    assert at(34.02, -118.31) == []
    assert at(33.99, -118.28) == []


def test_point_in_the_box_but_not_in_the_outline():
    triangle = [[-118.3, 34.0], [-118.2, 34.0], [-118.2, 34.1], [-118.3, 34.0]]
    bring(maps.collection(maps.feature(maps.polygon(triangle), name="Slope")))
    assert at(34.01, -118.21) == ["Slope"]
    assert at(34.09, -118.29) == []


def test_overlapping_districts_are_all_given_by_kind_and_code():
    bring()
    bring(maps.collection(maps.feature(maps.polygon(maps.square(-118.4, 33.9, 1.0)), name="All")), name="wards.json")
    assert at(34.02, -118.28) == ["District 1", "All"]
    assert at(34.02, -118.28, kind="ward") == ["All"]


def test_hole_of_a_district_is_outside():
    hole = maps.square(-118.28, 34.02, 0.01)
    bring(maps.collection(maps.feature(maps.polygon(maps.square(), hole), name="Ring")))
    assert (at(34.01, -118.29), at(34.025, -118.275)) == (["Ring"], [])


def test_day_decides_which_outlines_hold():
    bring(day=date(2012, 7, 1))
    bring(maps.council(shift=-0.05), day=date(2022, 1, 1))
    assert at(34.02, -118.28, on=date(2012, 6, 30)) == []
    assert at(34.02, -118.28, on=date(2012, 7, 1)) == ["District 1"]
    assert at(34.02, -118.28, on=date(2021, 12, 31)) == ["District 1"]
    assert at(34.02, -118.28, on=date(2022, 1, 1)) == ["District 2"]


@pytest.mark.parametrize("several", [1, 3])
def test_districts_of_worksites_take_one_query(several, django_assert_num_queries):
    bring()
    sites = [site(f"Site {number}") for number in range(several)]
    operations.assign_districts(actor=factory.CLERK, at=factory.AT)
    with django_assert_num_queries(1):
        found = queries.districts_of(sites, on=TODAY)
        names = {pk: [(item.kind, item.name) for item in rows] for pk, rows in found.items()}
    assert names == {item.pk: [("city-council", "District 1")] for item in sites}


def test_districts_of_very_many_worksites_are_those_that_were_asked(monkeypatch):
    bring()
    one, two = site("A"), site("B")
    operations.assign_districts(actor=factory.CLERK, at=factory.AT)
    monkeypatch.setattr(queries.districts, "MOST_ASKED", 0)
    assert list(queries.districts_of([two], on=TODAY)) == [two.pk]
    assert one.pk in queries.districts_of(Worksite.objects.all(), on=TODAY)


def test_only_live_worksites_with_a_point_are_assigned():
    bring()
    live = site("A")
    site("B", status="closed")
    factory.worksite("C")
    site("D", latitude=35.0)
    done = operations.assign_districts(actor=factory.CLERK, at=factory.AT)
    assert (done.came, done.left) == (1, 0)
    assert [row.worksite_id for row in WorksiteDistrict.objects.all()] == [live.pk]
    assert AuditEntry.objects.get(verb="roster.districts_assigned").detail == {"came": 1, "left": 0}


def test_assigning_again_changes_nothing_and_preview_says_what_it_will():
    bring()
    place = site()
    assert operations.preview_districts() == operations.Reassigned(came=1, left=0)
    operations.assign_districts(actor=factory.CLERK, at=factory.AT)
    assert operations.assign_districts(actor=factory.CLERK, at=factory.AT) == operations.Reassigned(came=0, left=0)
    Worksite.objects.filter(pk=place.pk).update(longitude=-118.22)
    assert operations.preview_districts() == operations.Reassigned(came=1, left=1)
    assert AuditEntry.objects.filter(verb="roster.districts_assigned").count() == 1


def test_import_of_worksites_and_its_undo_keep_the_districts_right(django_capture_on_commit_callbacks):
    bring()

    def come(longitude):
        file = tables.read_bytes(f"School,Site Code,Latitude,Longitude\nA,7,34.02,{longitude}\n".encode(), name="s.csv")
        with django_capture_on_commit_callbacks(execute=True):
            return operations.apply_worksites(
                file=file, source="s", as_of=TODAY, actor=factory.CLERK, at=factory.AT
            ).import_id

    def names():
        return [row.district.name for row in WorksiteDistrict.objects.select_related("district")]

    first = come(-118.28)
    assert names() == ["District 1"]
    second = come(-118.22)
    assert names() == ["District 2"]
    with django_capture_on_commit_callbacks(execute=True):
        operations.undo_import(imported=queries.get_import(second), actor=factory.CLERK, at=factory.AT)
    assert names() == ["District 1"]
    undone = operations.undo_import(imported=queries.get_import(first), actor=factory.CLERK, at=factory.AT)
    assert (undone.removed, undone.stands, names()) == (1, (), [])


def test_worksite_by_code_of_any_source_by_id_and_by_name():
    place = site("Reseda Charter High", city="Reseda")
    WorksiteCode.objects.create(worksite=place, source="state", code="=1964")
    for text in ("1964", " 1964 ", place.public_id, "Reseda Charter HS", "reseda charter high"):
        assert queries.worksite_called(text) == place


def test_worksite_that_is_not_clear_is_refused_with_the_names():
    one, two = site("Nueva", address="1 A St."), site("Nueva", address="2 B St.")
    WorksiteCode.objects.create(worksite=one, source="state", code="=11")
    with pytest.raises(queries.SeveralWorksites) as raised:
        queries.worksite_called("Nueva")
    assert "Nueva (11, 1 A St., Los Angeles 90032); Nueva (2 B St., Los Angeles 90032)" in str(raised.value)
    with pytest.raises(queries.NotQuite) as close:
        queries.worksite_called("Nuev")
    assert "1 A St." in str(close.value)
    with pytest.raises(queries.NoWorksiteOfThatName):
        queries.worksite_called("Zzyzx")
    assert two.latitude == 34.02


def test_closed_worksite_and_one_without_a_point_have_no_districts_to_find():
    site("Old", status="closed")
    with pytest.raises(queries.NoWorksiteOfThatName):
        queries.worksite_called("Old")
    with pytest.raises(queries.NoPoint):
        queries.point_of_worksite(factory.worksite("B"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "error"),
    [
        (-118.2, 34.0, queries.PointSwapped),
        (1_800_000.0, 6_400_000.0, queries.NotAPoint),
        (float("nan"), -118.0, queries.NotAPoint),
        (91.0, 10.0, queries.NotAPoint),
    ],
)
def test_numbers_that_are_no_point_are_refused(latitude, longitude, error):
    with pytest.raises(error):
        queries.point_at(latitude, longitude)


def test_point_elsewhere_is_a_point_in_no_district():
    assert queries.point_at(48.8, 2.3) == Point(48.8, 2.3)


def test_unknown_kind_is_refused_with_those_there_are():
    bring()
    assert queries.check_kind("city-council") == "city-council"
    assert queries.check_kind("") == ""
    with pytest.raises(queries.NoSuchKind, match="city-council"):
        queries.check_kind("parish")


def test_preview_of_areas_names_what_moves():
    factory.area("E", zips=("90032",))
    place = factory.worksite("A")
    assert [(move.public_id, move.name, move.before, move.after) for move in operations.preview_areas()] == [
        (place.public_id, "A", "", "E")
    ]
    assert operations.assign_areas(actor=factory.CLERK, at=factory.AT) == 1
    assert operations.preview_areas() == ()


def test_many_points_are_placed_as_one_by_one():
    chance = random.Random(7)
    bring(maps.council(numbers=range(1, 9)))
    sites = [site(f"S{n}", 33.99 + chance.random() * 0.07, -118.32 + chance.random() * 0.46) for n in range(60)]
    operations.assign_districts(actor=factory.CLERK, at=factory.AT)
    found = queries.districts_of(sites, on=TODAY)
    for place in sites:
        point = Point(place.latitude, place.longitude)
        assert [item.pk for item in found.get(place.pk, [])] == [
            item.pk for item in queries.districts_at(point, on=TODAY)
        ]


@pytest.mark.slow
def test_thirty_five_thousand_worksites_are_placed_in_seconds():
    chance = random.Random(11)
    round_ones = [
        maps.feature(
            shapely.geometry.mapping(shapely.Point(-118.5 + 0.05 * number, 34.0).buffer(0.2, quad_segs=500)),
            name=f"Circle {number}",
        )
        for number in range(20)
    ]
    bring(maps.collection(*round_ones))
    Worksite.objects.bulk_create(
        (
            Worksite(
                name=f"S{n}", name_key=f"s{n}", search=f" s{n}", latitude=33.7 + chance.random() * 0.6,
                longitude=-118.8 + chance.random() * 1.6,
            )
            for n in range(35_000)
        ),
        batch_size=1000,
    )  # fmt: skip
    started = perf_counter()
    pairs = queries.worksites_in_outlines()
    seconds = perf_counter() - started
    assert len(pairs) > 35_000
    assert seconds < 10
