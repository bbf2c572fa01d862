"""`unionhall import boundaries`, `unionhall find district` and `unionhall places assign`, as an operator types them."""

from __future__ import annotations

import json

import pytest

from tests.factories import maps
from tests.factories import roster as factory
from unionhall.roster.models import District, Worksite, WorksiteCode, WorksiteDistrict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(
        "unionhall.roster.tables.read_outline_file", lambda path: maps.read(path.read_bytes(), path.name)
    )


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council-districts.geojson"
    path.write_bytes(maps.council())
    return path


def answer(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def bring(cli, path, *words):
    return answer(cli("import", "boundaries", str(path), "--as-of", "2012-07-01", "--json", *words))


def test_report_of_an_import_its_repetition_and_its_undo(cli, council):
    report = bring(cli, council)
    assert (report["kind"], report["source"], report["as_of"]) == ("boundaries", "council-districts", "2012-07-01")
    assert (report["rows_read"], report["new"], report["refused"]) == (2, 2, [])
    again = bring(cli, council)
    assert (again["unchanged"], again["new"], again["changed"]) == (2, 0, 0)
    assert again["notices"][0] == {"text": "These outlines are held already, point for point: nothing was changed."}
    number = str(report["import_id"])
    shown = answer(cli("imports", "show", number, "--json"))
    assert [(item["record"], item["name"], item["line"]) for item in shown["changes"]] == [
        ("district", "District 1", 1),
        ("district", "District 2", 2),
    ]
    assert answer(cli("imports", "undo", number, "--json"))["removed"] == 2
    assert not District.objects.exists()


def test_dry_run_writes_nothing_and_the_options_count(cli, council):
    report = bring(cli, council, "--dry-run", "--kind", "Ward", "--source", "City Hall")
    assert (report["source"], report["new"], report["import_id"]) == ("City Hall", 2, None)
    assert not District.objects.exists()
    bring(cli, council, "--kind", "Ward", "--source", "City Hall")
    assert set(District.objects.values_list("kind", "source")) == {("ward", "City Hall")}


def test_report_for_people(cli, council):
    shown = cli("import", "boundaries", str(council), "--yes").stdout
    assert shown.startswith("council-districts.geojson: 2 features; source “council-districts”, as of ")
    assert "Taken as outlines of the kind “city-council”" in shown


def test_outlines_may_hold_from_a_day_to_come(cli, council):
    assert answer(cli("import", "boundaries", str(council), "--as-of", "2999-01-01", "--json"))["new"] == 2
    assert answer(cli("find", "district", "--lat", "34.02", "--lon", "-118.28", "--json"))["districts"] == []


def test_map_in_feet_is_refused_with_the_reason(cli, tmp_path):
    path = tmp_path / "feet.geojson"
    ring = [[6_480_000.0 + x, 1_840_000.0 + y] for x, y in ((0, 0), (9_000, 0), (9_000, 9_000), (0, 0))]
    path.write_bytes(maps.collection(maps.feature(maps.polygon(ring), name="A")))
    result = cli("import", "boundaries", str(path), "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["rows_read"], len(report["refused"]), report["import_id"]) == (1, 1, 1, None)
    assert result.stderr.startswith(
        "feet.geojson: refused, nothing was changed. The numbers in this file are no degrees"
    )
    assert report["notices"][0]["text"] in result.stderr


@pytest.mark.parametrize(
    "content",
    [b"", bytes(range(256)) * 40, b"{}", b"[]", b"PK\x03\x04" + bytes(range(256)), b'{"type": "FeatureCollection"}'],
)
@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_junk_is_refused_in_a_sentence_and_nothing_is_written(cli, tmp_path, content, words):
    path = tmp_path / "map.geojson"
    path.write_bytes(content)
    result = cli("import", "boundaries", str(path), *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("map.geojson: refused, nothing was changed. ")
    assert not District.objects.exists()


def test_broken_outline_is_named_by_feature_for_people(cli, tmp_path):
    path = tmp_path / "wards.geojson"
    bowtie = [[-118.3, 34.0], [-118.2, 34.1], [-118.2, 34.0], [-118.3, 34.1], [-118.3, 34.0]]
    line = {"type": "LineString", "coordinates": bowtie}
    path.write_bytes(maps.collection(maps.feature(maps.polygon(bowtie), name="A"), maps.feature(line, name="B")))
    shown = cli("import", "boundaries", str(path), "--dry-run").stdout
    assert "  feature 1: “A”: the outline crosses itself near 34.05000, -118.25000; it was mended.\n" in shown
    assert "  feature 2: This feature is no outline but: LineString. A district is a polygon.\n" in shown


def test_file_that_is_no_map_is_refused_in_a_sentence(cli, tmp_path):
    path = tmp_path / "map.geojson"
    path.write_bytes(b"%PDF-1.7")
    result = cli("import", "boundaries", str(path), "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["kind"], len(report["sha256"])) == (1, "boundaries", 64)
    assert "its content is PDF" in result.stderr


def test_districts_of_a_point(cli, council):
    bring(cli, council)
    found = answer(cli("find", "district", "--lat", "34.02", "--lon", "-118.25", "--json"))
    one = {"kind": "city-council", "code": "1", "name": "District 1", "source": "council-districts",
           "valid_from": "2012-07-01"}  # fmt: skip
    assert found == {"lat": 34.02, "lon": -118.25, "districts": [one, one | {"code": "2", "name": "District 2"}]}
    earlier = answer(cli("find", "district", "--lat", "34.02", "--lon", "-118.25", "--on", "2012-06-30", "--json"))
    assert earlier["districts"] == []
    shown = cli("find", "district", "--lat", "34.02", "--lon", "-118.28", "--kind", "City Council").stdout
    assert "city-council     District 1 (1); source “council-districts”, since 2012-07-01" in shown
    assert "in no district that is held" in cli("find", "district", "--lat", "40.7", "--lon", "-74").stdout


def test_districts_of_a_worksite(cli, council):
    bring(cli, council)
    site = factory.worksite("Harbor Middle", latitude=34.02, longitude=-118.28)
    WorksiteCode.objects.create(worksite=site, source="state", code="=1964")
    for text in ("1964", "Harbor MS", site.public_id):
        found = answer(cli("find", "district", "--worksite", text, "--json"))
        assert found["worksite"] == {"id": site.public_id, "name": "Harbor Middle"}
        assert [item["name"] for item in found["districts"]] == ["District 1"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--lat", "-118.28", "--lon", "34.02"), "-118.28, 34.02: latitude and longitude are the wrong way round.\n"),
        (("--worksite", "Zzyzx"), "No live worksite has the code or name “Zzyzx”.\n"),
        (("--worksite", "Twin"), "“Twin” is more than one worksite: Twin (1 A St., Los Angeles 90032); "),
        (("--worksite", "Nowhere"), "“Nowhere” has no map point, so that its districts are not known.\n"),
        (("--lat", "34.02", "--lon", "-118.28", "--kind", "parish"), "There are no outlines of the kind “parish”."),
    ],
)
def test_question_that_has_no_answer_is_refused_in_a_sentence(cli, council, words, sentence):
    bring(cli, council)
    for street in ("1 A St.", "2 B St."):
        factory.worksite("Twin", address=street, latitude=34.0, longitude=-118.0)
    factory.worksite("Nowhere")
    result = cli("find", "district", *words, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)


@pytest.mark.parametrize(
    "words",
    [
        ("find", "district"),
        ("find", "district", "--lat", "34"),
        ("find", "district", "--lat", "34", "--lon", "-118", "--worksite", "A"),
        ("find", "district", "--lat", "north", "--lon", "-118"),
        ("find", "planets"),
        ("import", "boundaries", "/nowhere/map.geojson"),
        ("places",),
    ],
)
def test_wrong_usage_ends_with_2(cli, words):
    assert cli(*words).exit_code == 2


def test_places_are_assigned_anew(cli, council):
    bring(cli, council)
    factory.area("E", zips=("90032",))
    site = factory.worksite("Harbor Middle", latitude=34.02, longitude=-118.28)
    expected = {
        "areas": [{"worksite": site.public_id, "name": "Harbor Middle", "before": None, "after": "E"}],
        "districts": {"came": 1, "left": 0},
    }
    assert answer(cli("places", "assign", "--dry-run", "--json")) == expected
    assert not WorksiteDistrict.objects.exists()
    assert answer(cli("places", "assign", "--json")) == expected
    assert (Worksite.objects.get().area.code, WorksiteDistrict.objects.count()) == ("E", 1)
    shown = cli("places", "assign").stdout
    assert shown == "Areas: 0 worksites moved.\nDistricts: worksites come into 0 and leave 0.\n"
