"""Files of outlines, as counties publish them and as they should not: outlines in degrees, or one sentence why not."""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import random
import zipfile

import pyproj
import pytest
import shapefile
import shapely

from tests.factories import maps
from unionhall.roster import tables
from unionhall.roster.tables import outline_process, outlines

FEET = pyproj.CRS.from_epsg(2229).to_wkt("WKT1_ESRI")
TO_FEET = pyproj.Transformer.from_crs("OGC:CRS84", 2229, always_xy=True)


def only(data: bytes):
    """The one outline of the bytes."""
    (found,) = maps.read(data).outlines
    return found


def shape(data: bytes):
    return shapely.from_wkb(only(data).wkb)


def refusal(data: bytes) -> tables.UnreadableFile:
    with pytest.raises(tables.UnreadableFile) as raised:
        maps.read(data)
    assert str(raised.value)
    return raised.value


def in_feet(ring):
    return [list(TO_FEET.transform(*point)) for point in ring]


def test_every_point_is_kept_and_the_area_is_of_the_globe():
    found = only(maps.collection(maps.feature(name="Uno", number=1.0, note=None, more={"a": 1})))
    assert json.loads(shapely.to_geojson(shapely.from_wkb(found.wkb))) == maps.polygon(maps.square())
    assert (found.box.south, found.box.north, found.box.west, found.box.east) == (34.0, 34.05, -118.3, -118.25)
    assert found.area_km2 == pytest.approx(25.62, abs=0.05)
    assert found.properties == {"name": "Uno", "number": "1", "note": "", "more": ""}
    assert (found.line, found.fault, found.mended) == (1, "", "")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda geometry: {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": geometry}]},
        lambda geometry: {"type": "Feature", "properties": None, "geometry": geometry},
        lambda geometry: geometry,
        lambda geometry: {"type": "MultiPolygon", "coordinates": [geometry["coordinates"]]},
        lambda geometry: {
            "type": "GeometryCollection",
            "geometries": [geometry, {"type": "Point", "coordinates": [0, 0]}],
        },
    ],
)
def test_forms_of_geojson(wrap):
    assert shape(json.dumps(wrap(maps.polygon(maps.square()))).encode()).area == pytest.approx(0.0025)


def test_one_feature_a_line_is_read_too():
    lines = [json.dumps(maps.feature(name=name)) for name in ("A", "B")]
    assert [item.properties["name"] for item in maps.read("\n".join(lines).encode()).outlines] == ["A", "B"]
    assert refusal("\n".join([*lines, "{"]).encode()).fields == {"line": 3}


@pytest.mark.parametrize(
    ("encode", "said"),
    [
        (lambda text: codecs.BOM_UTF8 + text.encode(), ""),
        (lambda text: text.encode("utf-16"), "utf-16"),
        (lambda text: text.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_of_geojson(encode, said):
    text = json.dumps({"type": "FeatureCollection", "features": [maps.feature(name="Cañón")]}, ensure_ascii=False)
    file = maps.read(encode(text))
    assert (file.outlines[0].properties["name"], file.encoding) == ("Cañón", said)


def test_heights_fall_out_and_an_open_ring_is_closed():
    ring = [[*point, 120.5] for point in maps.square()[:-1]]
    assert json.loads(shapely.to_geojson(shape(maps.collection(maps.feature(maps.polygon(ring)))))) == maps.polygon(
        maps.square()
    )


def test_holes_stay_holes():
    hole = maps.square(-118.28, 34.02, 0.01)
    found = shape(maps.collection(maps.feature(maps.polygon(maps.square(), hole))))
    assert not found.intersects(shapely.Point(-118.275, 34.025))
    assert found.intersects(shapely.Point(-118.29, 34.01))


BOWTIE = [[-118.3, 34.0], [-118.2, 34.1], [-118.2, 34.0], [-118.3, 34.1], [-118.3, 34.0]]
SPIKE = [[-118.3, 34.0], [-118.2, 34.0], [-118.2, 34.1], [-118.3, 34.0], [-118.35, 33.95], [-118.3, 34.0]]


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (maps.polygon(BOWTIE), "crosses"),
        (maps.polygon(maps.square(), maps.square(-117.0)), "holes"),
        (maps.polygon(maps.square(), [[-118.28, 34.02]] * 4), "few"),
        ({"type": "MultiPolygon", "coordinates": [[maps.square()], [maps.square(-118.29, 34.01, 0.01)]]}, "overlaps"),
    ],
)
def test_broken_outlines_are_mended_and_the_reason_is_named(geometry, why):
    data = maps.collection(maps.feature(geometry))
    assert only(data).mended == why
    assert shape(data).is_valid
    assert shape(data).area > 0


@pytest.mark.parametrize(
    ("geometry", "code", "said"),
    [
        ({"type": "Point", "coordinates": [-118.3, 34.0]}, "not_an_outline", "Point"),
        ({"type": "LineString", "coordinates": maps.square()}, "not_an_outline", "LineString"),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point"}]}, "not_an_outline", "Point"),
        ({"type": "GeometryCollection", "geometries": []}, "no_geometry", ""),
        ({"type": "Polygon", "coordinates": []}, "no_geometry", ""),
        ({"type": "MultiPolygon", "coordinates": []}, "no_geometry", ""),
        ({"type": "Polygon"}, "no_geometry", ""),
        ({}, "no_geometry", ""),
        (maps.polygon([[-118.3, 34.0], [-118.2, 34.0]]), "too_few_points", ""),
        (maps.polygon([[-118.3, 34.0], [-118.2, 34.0], [-118.25, 34.0], [-118.3, 34.0]]), "no_area", ""),
        (maps.polygon([["-118.3", "34"], [1, 2], [3, 4]]), "no_coordinates", "['-118.3', '34']"),
        (maps.polygon([[-118.3, None], [1, 2], [3, 4]]), "no_coordinates", "[-118.3, None]"),
        (maps.polygon([[float("nan"), 1.0], [1, 2], [3, 4]]), "no_coordinates", "[nan, 1.0]"),
        (maps.polygon(5), "no_coordinates", "None"),
        ({"type": "Blob"}, "not_an_outline", "Blob"),
    ],
)
def test_features_that_are_no_outline_are_refused_one_by_one(geometry, code, said):
    broken = {"type": "Feature", "properties": {"name": "Nada"}, "geometry": geometry}
    first, second = maps.read(maps.collection(broken, maps.feature(name="Uno"))).outlines
    assert (first.fault, first.said, first.wkb, first.properties) == (code, said, b"", {"name": "Nada"})
    assert second.wkb


@pytest.mark.parametrize("entry", [None, 5, [], "x", {"type": "Feature", "properties": {}, "geometry": None}])
def test_features_without_a_shape(entry):
    assert only(maps.collection(entry)).fault == "no_geometry"


def test_outline_over_the_date_line_is_cut_there():
    ring = [[179.0, 51.0], [-179.0, 51.0], [-179.0, 52.0], [179.0, 52.0], [179.0, 51.0]]
    found = shape(maps.collection(maps.feature(maps.polygon(ring))))
    assert (found.geom_type, found.area, found.bounds) == ("MultiPolygon", 2.0, (-180.0, 51.0, 180.0, 52.0))
    assert found.intersects(shapely.Point(-179.5, 51.5))
    assert found.intersects(shapely.Point(179.5, 51.5))
    assert not found.intersects(shapely.Point(0, 51.5))


def test_longitudes_past_the_date_line_come_back_with_their_hole():
    outer, hole = maps.square(-190.0, 51.0, 15.0), maps.square(-185.0, 52.0, 1.0)
    found = shape(maps.collection(maps.feature(maps.polygon(outer, hole))))
    assert found.intersects(shapely.Point(171.0, 55.0))
    assert found.intersects(shapely.Point(-176.0, 55.0))
    assert not found.intersects(shapely.Point(175.5, 52.5))


def test_survey_feet_with_a_crs_member_become_degrees():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2229"}}
    data = maps.collection(maps.feature(maps.polygon(in_feet(maps.square()))), crs=crs)
    assert "California zone 5" in maps.read(data).grid
    assert shape(data).equals_exact(shapely.geometry.shape(maps.polygon(maps.square())), 2e-5)


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        {"type": "name", "properties": {"name": "EPSG:4326"}},
        {"type": "EPSG", "properties": {"code": 4326}},
        {"type": "name", "properties": {"name": "our own"}},
        {"type": "link"},
        None,
    ],
)
def test_degrees_stay_as_they_are_whatever_the_crs_member_calls_them(crs):
    data = maps.collection(maps.feature(), crs=crs)
    assert shape(data).bounds == (-118.3, 34.0, -118.25, 34.05)
    assert maps.read(data).grid == ""


def test_grid_that_nobody_knows_is_refused():
    crs = {"type": "name", "properties": {"name": "our own"}}
    error = refusal(maps.collection(maps.feature(maps.polygon(in_feet(maps.square()))), crs=crs))
    assert (error.code, error.fields) == ("unknown_grid", {"grid": "our own"})


def test_degrees_under_a_prj_in_feet_are_refused():
    error = refusal(maps.zipped(maps.shapes([maps.square()], prj=FEET)))
    assert error.code == "grid_contradicts"


def test_shapefile_with_all_parts():
    found = only(maps.zipped(maps.shapes([maps.square()])))
    assert found.properties == {"NAME": "Uno"}
    assert found.box.west == -118.3


def test_shapefile_in_feet_with_its_prj_becomes_degrees():
    data = maps.zipped(maps.shapes([in_feet(maps.square())], prj=FEET))
    assert "California" in maps.read(data).grid
    wanted = shapely.geometry.shape(maps.polygon(maps.square()))
    assert shape(data).hausdorff_distance(wanted) < 2e-5


def test_shapefile_in_feet_without_its_prj_keeps_its_numbers_for_the_judge():
    assert only(maps.zipped(maps.shapes([in_feet(maps.square())]))).box.north > 1_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_of_a_shapefile_with_accents(encoding):
    assert only(maps.zipped(maps.shapes([maps.square()], ["Cañón"], encoding=encoding))).properties["NAME"] == "Cañón"


def test_cpg_names_the_encoding():
    parts = maps.shapes([maps.square()], ["Cañón"], encoding="cp850") | {"cpg": b"cp850"}
    assert only(maps.zipped(parts)).properties["NAME"] == "Cañón"
    assert only(maps.zipped(parts | {"cpg": b"no such letters"})).properties["NAME"] != ""


def test_shapefile_without_its_index_or_with_a_wrong_one_is_read():
    parts = maps.shapes([maps.square(), maps.square(-118.2)], ["A", "B"])
    whole = maps.read(maps.zipped(parts)).outlines
    for shx in (None, b"", bytes(300)):
        changed = {ending: content for ending, content in parts.items() if ending != "shx"}
        changed |= {} if shx is None else {"shx": shx}
        assert maps.read(maps.zipped(changed)).outlines == whole


def test_what_lies_beside_the_shapefile_is_passed_over():
    parts = maps.shapes([maps.square()])
    data = maps.zipped({**parts, "council.dbf~": b"x", "__MACOSX/._council.shp": b"x", "readme.txt": b"x"})
    assert only(data).properties == {"NAME": "Uno"}
    assert only(maps.zipped(parts, name="../../etc/Council Districts")).properties == {"NAME": "Uno"}


def test_zipped_geojson_is_read_too():
    assert only(maps.zipped({"a.geojson": maps.collection(maps.feature(name="Uno"))})).properties == {"name": "Uno"}


def test_shapefile_of_lines_is_refused_by_feature():
    found = only(maps.zipped(maps.shapes([maps.square()], kind=shapefile.POLYLINE)))
    assert (found.fault, found.said) == ("not_an_outline", "LineString")


def without(ending):
    return {name: content for name, content in maps.shapes([maps.square()]).items() if name != ending}


def locked():
    data = bytearray(maps.zipped(maps.shapes([maps.square()])))
    start = -1
    while (start := data.find(b"PK\x01\x02", start + 1)) >= 0:
        data[start + 8] |= 1
    return bytes(data)


def more_inside_than_said():
    """A zip whose list of contents says less than is packed."""
    data = bytearray(maps.zipped(maps.shapes([maps.square()])))
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"%PDF-1.7", "not_outlines"),
        (b"<?xml version='1.0'?><kml/>", "not_outlines"),
        (b"SQLite format 3\x00", "not_outlines"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_outlines"),
        (b"School,City\nA,B\n", "not_outlines"),
        (b"[1, 2]", "not_outlines"),
        (b'{"type": "Topology", "objects": {}}', "not_outlines"),
        (b'{"geometryType": "esriGeometryPolygon", "features": []}', "not_outlines"),
        (b'{"type": "FeatureCollection", "features": {}}', "not_outlines"),
        (b'{"type": "FeatureCollection", "features": [', "wrong_geojson"),
        (b"[" * 100_000, "wrong_geojson"),
        (maps.shapes([maps.square()])["shp"], "not_outlines"),
        (maps.zipped(without("shp")), "missing_part"),
        (maps.zipped(without("dbf")), "missing_part"),
        (maps.zipped({"a.txt": b"x"}), "missing_part"),
        (maps.zipped(maps.shapes([maps.square()]) | {"other.shp": b"x"}), "several_layers"),
        (maps.zipped(maps.shapes([maps.square()]) | {"dbf": maps.shapes([], [])["dbf"]}), "uneven_parts"),
        (maps.zipped(maps.shapes([maps.square()]))[:-30], "broken_shapefile"),
        (maps.zipped(maps.shapes([maps.square()]) | {"shp": bytes(200)}), "broken_shapefile"),
        (maps.zipped(maps.shapes([maps.square()]) | {"dbf": b"x"}), "broken_shapefile"),
        (locked(), "locked_zip"),
        (more_inside_than_said(), "broken_shapefile"),
    ],
)
def test_files_of_which_nothing_can_be_read(data, code):
    assert refusal(data).code == code


@pytest.mark.parametrize("data", [b'{"type": "Topology"}', b'{"spatialReference": 1}'])
def test_refusal_names_what_it_found(data):
    assert refusal(data).fields["found"] in ("TopoJSON", "Esri JSON")


def test_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(outline_process, "MOST_BYTES", 1_000_000)
    bomb = maps.zipped(maps.shapes([maps.square()]) | {"prj": bytes(1_000_000)})
    assert len(bomb) < 5_000
    assert refusal(bomb).code == "hungry_outlines"


def refused_by_child(data: bytes) -> str:
    with pytest.raises(tables.UnreadableFile) as raised:
        tables.read_outline_bytes(data, name="map.geojson")
    return raised.value.code


def test_process_of_its_own_reads_what_is_sent_and_its_refusals_come_back():
    data = maps.collection(maps.feature(name="Uno"))
    assert tables.read_outline_bytes(data, name="map.geojson") == maps.read(data, "map.geojson")
    assert refused_by_child(maps.zipped(without("dbf"))) == "missing_part"
    assert refused_by_child(maps.zipped(maps.shapes([maps.square()]))[:-30]) == "broken_shapefile"


def test_file_that_wants_too_much_memory_or_time_is_refused(monkeypatch):
    monkeypatch.setattr(outlines, "MEMORY_MB", 60)
    assert refused_by_child(maps.collection(maps.feature(maps.polygon([[-118.0, 34.0]] * 40_000)))) == "hungry_outlines"
    monkeypatch.setattr(outlines, "SECONDS", 0.01)
    assert refused_by_child(maps.council()) == "hungry_outlines"
    monkeypatch.setattr(outlines, "LARGEST_MB", 0.0001)
    assert refused_by_child(maps.council()) == "file_too_large"


def test_chance_bytes_never_end_in_anything_but_outlines_or_a_refusal():
    chance = random.Random(4)
    whole = maps.zipped(maps.shapes([maps.square()]))
    for _round in range(12):
        data = bytearray(whole)
        for _change in range(8):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        with contextlib.suppress(tables.UnreadableFile):
            maps.read(bytes(data))


def test_names_in_the_zip_never_reach_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for ending, content in maps.shapes([maps.square()]).items():
            archive.writestr(f"{tmp_path}/inner/../evil.{ending}", content)
    assert only(packed.getvalue()).properties == {"NAME": "Uno"}
    assert list(tmp_path.iterdir()) == []
