"""The process that opens one file of outlines: `python outline_process.py FILE FORM MEMORY_MB`.

It knows nothing else of ours. FORM is geojson (UTF-8 text) or zip. Writes one JSON object: {"features": [...], "grid",
"encoding"} or, where the file cannot be meant, {"error", "fields"}. Exit 2: cannot be opened; 3: wants too much memory.
"""

from __future__ import annotations

import io
import json
import math
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pyproj
import shapefile
import shapely

MOST_BYTES = 400_000_000
MOST_DEGREES = 540.0
OUTLINES = ("Polygon", "MultiPolygon")
LEAST_POINTS = 3
GEOD = pyproj.Geod(ellps="WGS84")
MENDED = (
    ("Self-intersection", "crosses"),
    ("Ring Self-intersection", "touches"),
    ("Too few points", "few"),
    ("Hole lies outside", "holes"),
    ("Holes are nested", "holes"),
    ("Nested holes", "holes"),
    ("Nested shells", "overlaps"),
    ("Duplicate", "overlaps"),
    ("Interior is disconnected", "touches"),
)

Ring = list[tuple[float, float]]


class Wrong(Exception):
    """A file that cannot be meant at all. code: the reason; fields: what its sentence names."""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class Refused(Exception):
    """One feature that is no outline. code: the reason; said: what the file says instead."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.said = said


class Grid:
    """What the numbers of a file are measured in. text: as the file says it, "" where it does not."""

    def __init__(self, text: str) -> None:
        self.name = ""
        self.is_known = not text.strip()
        self.is_projected = False
        self.change: pyproj.Transformer | None = None
        if self.is_known:
            return
        try:
            found = pyproj.CRS.from_user_input(text.strip())
            self.change = pyproj.Transformer.from_crs(found, "OGC:CRS84", always_xy=True)
        except pyproj.exceptions.ProjError:
            self.name = " ".join(text.split())[:80]
            return
        self.is_known, self.is_projected = True, found.is_projected
        self.name = found.name[:80]
        if not found.is_projected and found.ellipsoid is not None and found.ellipsoid.name == "WGS 84":
            self.change = None

    def to_degrees(self, ring: Ring) -> Ring:
        """The ring in longitude and latitude of WGS84. Raises Refused for numbers that lie off the grid."""
        if self.change is None:
            return ring
        across, up = self.change.transform([point[0] for point in ring], [point[1] for point in ring])
        if not all(map(math.isfinite, (*across, *up))):
            raise Refused("off_grid")
        return list(zip(across, up, strict=True))


# GeoJSON


def read_geojson(text: str) -> tuple[list[dict[str, Any]], str]:
    """The features of a GeoJSON text, each with geometry and properties, and what it says of its grid."""
    value = _json(text)
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection" and isinstance(value.get("features"), list):
        features = value["features"]
    elif kind == "Feature":
        features = [value]
    elif kind in (*OUTLINES, "GeometryCollection", "Point", "MultiPoint", "LineString", "MultiLineString"):
        features = [{"geometry": value, "properties": {}}]
    else:
        raise Wrong("not_outlines", found=_kind_of_json(value))
    return [feature if isinstance(feature, dict) else {} for feature in features], _named_grid(value.get("crs"))


def _json(text: str) -> Any:
    """The value of a JSON text; of a text with one feature a line, a collection of them. Raises Wrong."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line.strip("\x1e \t") for line in text.splitlines()]
        if not error.msg.startswith("Extra data") or error.lineno == 1:
            raise Wrong("wrong_geojson", line=error.lineno) from error
    except RecursionError as error:
        raise Wrong("wrong_geojson", line=1) from error
    features = []
    for number, line in enumerate(lines, start=1):
        try:
            features += [json.loads(line)] if line else []
        except (json.JSONDecodeError, RecursionError) as error:
            raise Wrong("wrong_geojson", line=number) from error
    return {"type": "FeatureCollection", "features": features}


def _kind_of_json(value: Any) -> str:
    if isinstance(value, dict) and value.get("type") == "Topology":
        return "TopoJSON"
    if isinstance(value, dict) and ("geometryType" in value or "spatialReference" in value):
        return "Esri JSON"
    return "JSON"


def _named_grid(crs: Any) -> str:
    """What the old "crs" member names; "" for the usual degrees, which need no telling."""
    if not isinstance(crs, dict):
        return ""
    about = crs.get("properties")
    name = about.get("name") or about.get("href") or about.get("code") if isinstance(about, dict) else None
    if name is None:
        return ""
    return f"EPSG:{name}" if str(crs.get("type")).upper() == "EPSG" else str(name)


# Shapefiles


def read_zip(path: str) -> tuple[list[dict[str, Any]], str, str]:
    """The features of the one shapefile, or GeoJSON, in a zip, what it says of its grid, and the encoding."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: info for info in archive.infolist() if _is_meant(info)}
        if sum(info.file_size for info in members.values()) > MOST_BYTES:
            raise Wrong("too_much")
        if any(info.flag_bits & 1 for info in members.values()):
            raise Wrong("locked_zip")
        name = _only(members)
        if not name.lower().endswith(".shp"):
            features, grid = read_geojson(_bytes(archive, members[name]).decode("utf-8-sig", "replace"))
            return features, grid, ""
        parts = {
            PurePosixPath(other).suffix.lower(): _bytes(archive, info)
            for other, info in members.items()
            if other[:-4].lower() == name[:-4].lower() and PurePosixPath(other).suffix.lower() in PARTS
        }
    if ".dbf" not in parts:
        raise Wrong("missing_part", part=".dbf")
    features, encoding = _shapes(parts)
    return features, parts.get(".prj", b"").decode("utf-8-sig", "replace"), encoding


PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def _is_meant(info: zipfile.ZipInfo) -> bool:
    """Whether a member may be a part of what was sent: not a folder, nor what a Mac adds of its own."""
    path = PurePosixPath(info.filename)
    usual = (*PARTS, ".geojson", ".json")
    return path.suffix.lower() in usual and "__MACOSX" not in path.parts and not path.name.startswith(".")


def _only(members: dict[str, zipfile.ZipInfo]) -> str:
    """The one member that holds shapes. Raises Wrong where there is none or more than one."""
    for suffixes in ((".shp",), (".geojson", ".json")):
        names = [name for name in members if name.lower().endswith(suffixes)]
        if len(names) > 1:
            raise Wrong("several_layers", names=", ".join(PurePosixPath(name).name for name in sorted(names)[:8]))
        if names:
            return names[0]
    raise Wrong("missing_part", part=".shp")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member whole; never more than it says itself, whatever is packed in it."""
    with archive.open(info) as member:
        found = member.read(info.file_size + 1)
    if len(found) > info.file_size:
        raise Wrong("too_much")
    return found


def _shapes(parts: dict[str, bytes]) -> tuple[list[dict[str, Any]], str]:
    said = parts.get(".cpg", b"").decode("ascii", "ignore").strip()
    for encoding in dict.fromkeys((said, "utf-8", "cp1252", "latin-1")):
        if not encoding:
            continue
        try:
            return _shapes_in(parts, encoding), encoding
        except (UnicodeDecodeError, LookupError, shapefile.ShapefileException):
            continue
    raise Wrong("broken_shapefile")


def _shapes_in(parts: dict[str, bytes], encoding: str) -> list[dict[str, Any]]:
    """Each shape with its record. An index (.shx) is not needed, and a wrong one would only mislead."""
    reader = shapefile.Reader(shp=io.BytesIO(parts[".shp"]), dbf=io.BytesIO(parts[".dbf"]), encoding=encoding)
    heads = [field[0] for field in reader.fields if field[0] != "DeletionFlag"]
    records = reader.records(deleted_as_None=True)
    shapes = reader.shapes()
    if len(records) != len(shapes):
        raise Wrong("uneven_parts", shapes=len(shapes), records=len(records))
    return [
        {"geometry": _geometry(shape), "properties": dict(zip(heads, record, strict=False)) if record else {}}
        for shape, record in zip(shapes, records, strict=True)
    ]


def _geometry(shape: Any) -> dict[str, Any] | None:
    if shape.shapeType == shapefile.NULL:
        return None
    if shape.shapeType == shapefile.MULTIPATCH:
        return {"type": "MultiPatch"}
    found: dict[str, Any] = shape.__geo_interface__
    return found


# Outlines


def outline_of(geometry: Any, grid: Grid) -> dict[str, Any]:
    """The outline of a feature in degrees, mended where it is broken. Raises Refused."""
    dropped: list[str] = []
    polygons = [polygon for rings in _polygons(geometry) if (polygon := _polygon(rings, grid, dropped)) is not None]
    if not polygons:
        raise Refused("too_few_points" if dropped else "no_geometry")
    shape = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    why, where = ("few", "") if dropped else ("", "")
    if not shape.is_valid:
        why, where = _reason(shapely.is_valid_reason(shape))
        shape = _areas(shapely.make_valid(shape, method="structure", keep_collapsed=False))
    shape = _around_the_date_line(shape)
    if shape.is_empty or shape.area == 0:
        raise Refused("no_area")
    west, south, east, north = shape.bounds
    return {
        "wkb": shapely.to_wkb(shape, hex=True, output_dimension=2, byte_order=1),
        "box": [south, north, west, east],
        "area": _square_km(shape),
        "mended": why,
        "where": where,
    }


def _polygons(geometry: Any) -> Iterator[Any]:
    """The rings of each polygon in a geometry, the outer one first. Raises Refused for points, lines and nothing."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection":
        members = geometry.get("geometries") or []
        kinds = [member.get("type") for member in members if isinstance(member, dict)]
        if members and not set(kinds) & {*OUTLINES, "GeometryCollection"}:
            raise Refused("not_an_outline", ", ".join(sorted({str(item) for item in kinds})))
        for member in members:
            if isinstance(member, dict) and member.get("type") in (*OUTLINES, "GeometryCollection"):
                yield from _polygons(member)
    elif kind in OUTLINES:
        coordinates = geometry.get("coordinates")
        if not isinstance(coordinates, list | tuple):
            raise Refused("no_geometry")
        polygons = [coordinates] if kind == "Polygon" else coordinates
        yield from polygons
    elif kind is not None:
        raise Refused("not_an_outline", str(kind)[:40])


def _polygon(rings: Any, grid: Grid, dropped: list[str]) -> shapely.Polygon | None:
    """The polygon of the rings; those of too few points fall out, and without an outer one there is none."""
    if not isinstance(rings, list | tuple):
        raise Refused("no_coordinates")
    kept: list[Ring] = []
    for place, ring in enumerate(rings):
        points = _ring(ring)
        if len(set(points)) >= LEAST_POINTS:
            kept.append(_unwrapped(grid.to_degrees(points)))
            continue
        if points:
            dropped.append("few")
        if place == 0:
            return None
    if not kept:
        return None
    return shapely.Polygon(kept[0], [_beside(hole, kept[0]) for hole in kept[1:]])


def _ring(ring: Any) -> Ring:
    """The points of a ring, heights left out. Raises Refused where one is no pair of numbers."""
    points: Ring = []
    for position in ring if isinstance(ring, list | tuple) else [None]:
        if not isinstance(position, list | tuple) or len(position) < 2:
            raise Refused("no_coordinates", str(position)[:40])
        across, up = position[0], position[1]
        if not (_is_number(across) and _is_number(up)):
            raise Refused("no_coordinates", str(position)[:40])
        points.append((float(across), float(up)))
    return points


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _unwrapped(ring: Ring) -> Ring:
    """The ring without leaps over the date line: longitudes go on past 180 where it crosses."""
    if any(abs(point[0]) > 180 for point in ring):
        return ring
    turned, shift, before = [], 0.0, ring[0][0]
    for across, up in ring:
        if across - before > 180:
            shift -= 360
        elif before - across > 180:
            shift += 360
        before = across
        turned.append((across + shift, up))
    return turned if shift == 0 else ring


def _beside(hole: Ring, shell: Ring) -> Ring:
    """The hole on the turn of the globe on which its shell lies."""
    west, east = min(point[0] for point in shell), max(point[0] for point in shell)
    for shift in (0.0, 360.0, -360.0):
        moved = [(across + shift, up) for across, up in hole]
        if all(west <= across <= east for across, _up in moved):
            return moved
    return hole


def _around_the_date_line(shape: Any) -> Any:
    """The shape with every part between 180 degrees west and east; what is no degrees is left as it is."""
    west, south, east, north = shape.bounds if not shape.is_empty else (0.0, 0.0, 0.0, 0.0)
    if (west >= -180 and east <= 180) or max(-west, east) > MOST_DEGREES or max(-south, north) > 90:
        return shape
    parts = [
        shapely.transform(
            shapely.intersection(shape, shapely.box(turn - 180, -90, turn + 180, 90)),
            lambda points, turn=turn: points - [turn, 0],
        )
        for turn in (-360, 0, 360)
    ]
    return _areas(shapely.union_all(parts))


def _areas(shape: Any) -> Any:
    """Only what has an area, of whatever mending or cutting gave."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in OUTLINES]
    if shape.geom_type in OUTLINES:
        return shape
    flat = [piece for part in parts for piece in shapely.get_parts(part)]
    return flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat)


def _reason(text: str) -> tuple[str, str]:
    """What GEOS found wrong, as a code of ours, and the point where."""
    where = text.partition("[")[2].rstrip("]")
    return next((code for start, code in MENDED if text.startswith(start)), "other"), where


def _square_km(shape: Any) -> float | None:
    west, south, east, north = shape.bounds
    if max(-west, east) > 180 or max(-south, north) > 90:
        return None
    area, _around = GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))
    return round(abs(area) / 1_000_000, 4)


# All of it


def _plain(properties: Any) -> dict[str, str]:
    """The plain values of a feature as text; lists and objects say nothing."""
    if not isinstance(properties, dict):
        return {}
    found = {}
    for name, value in properties.items():
        if value is None or isinstance(value, dict | list):
            found[str(name)] = ""
        elif isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            found[str(name)] = str(int(value))
        else:
            found[str(name)] = " ".join(str(value).split())[:2000]
    return found


def _feature(line: int, feature: dict[str, Any], grid: Grid) -> dict[str, Any]:
    about = {"line": line, "properties": _plain(feature.get("properties"))}
    try:
        return about | outline_of(feature.get("geometry"), grid)
    except Refused as error:
        return about | {"fault": error.code, "said": error.said}


def _looks_like_degrees(geometries: list[Any]) -> bool:
    """Whether all numbers of the geometries, taken as they stand, can be degrees."""
    waiting: list[Any] = [geometry for geometry in geometries if isinstance(geometry, dict)]
    found = False
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += [item.get("coordinates"), *(item.get("geometries") or ())]
        elif isinstance(item, list | tuple) and len(item) > 1 and _is_number(item[0]) and _is_number(item[1]):
            found = True
            if abs(item[0]) > 180 or abs(item[1]) > 90:
                return False
        elif isinstance(item, list | tuple):
            waiting += item
    return found


def read(path: str, form: str) -> dict[str, Any]:
    """Every feature of the file. Raises Wrong."""
    encoding = ""
    if form == "zip":
        features, text, encoding = read_zip(path)
    else:
        with open(path, encoding="utf-8") as content:
            features, text = read_geojson(content.read())
    grid = Grid(text)
    if (not grid.is_known or grid.is_projected) and _looks_like_degrees([item.get("geometry") for item in features]):
        if grid.is_projected:
            raise Wrong("grid_contradicts", grid=grid.name)
        grid = Grid("")
    if not grid.is_known:
        raise Wrong("unknown_grid", grid=grid.name)
    found = [_feature(line, feature, grid) for line, feature in enumerate(features, start=1)]
    return {"features": found, "grid": grid.name if grid.change else "", "encoding": encoding}


def answer(path: str, form: str) -> dict[str, Any]:
    """What is written of the file: its features, or why it cannot be meant."""
    try:
        return read(path, form)
    except Wrong as error:
        return {"error": error.code, "fields": error.fields}


def main() -> int:
    """Read the file named first, of the form named second, within the megabytes named third."""
    limit = int(sys.argv[3]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        json.dump(answer(sys.argv[1], sys.argv[2]), sys.stdout)
    except MemoryError:
        return 3
    except Exception:
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
