"""Invented maps: squares in Los Angeles, as GeoJSON and as zipped shapefiles."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from unittest import mock

import shapefile

from unionhall.roster import tables
from unionhall.roster.tables import outline_process, outlines
from unionhall.roster.tables.outline_errors import BrokenShapefile
from unionhall.rulebook.outlines import OutlineFile

Ring = list[list[float]]


def square(west: float = -118.30, south: float = 34.00, side: float = 0.05) -> Ring:
    """The ring of a square of degrees."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Ring) -> dict[str, Any]:
    """A polygon: the outer ring first."""
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    """A feature; a square unless another geometry is given."""
    return {"type": "Feature", "properties": properties, "geometry": geometry or polygon(square())}


def collection(*features: Any, **members: Any) -> bytes:
    """GeoJSON of the features. members: others beside them, such as crs."""
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)}).encode()


def council(*, shift: float = 0.0, numbers: Iterable[int] = (1, 2)) -> bytes:
    """Council districts side by side, five hundredths of a degree wide. shift: of all of them, eastward."""
    return collection(
        *(
            feature(polygon(square(-118.30 + 0.05 * (number - 1) + shift)), district=number, name=f"District {number}")
            for number in numbers
        )
    )


def read(data: bytes, name: str = "council-districts.geojson") -> OutlineFile:
    """The outlines of the bytes, read in this process: starting one of its own for each test would take minutes."""
    with mock.patch.object(outlines, "_opened", _opened_here):
        return tables.read_outline_bytes(data, name=name)


def _opened_here(data: bytes, form: str) -> Any:
    try:
        with tempfile.NamedTemporaryFile() as kept:
            kept.write(data)
            kept.flush()
            return json.loads(json.dumps(outline_process.answer(kept.name, form)))
    except Exception as error:
        raise BrokenShapefile from error


def shapes(
    rings: Iterable[Ring],
    names: Iterable[str] = ("Uno",),
    *,
    prj: str = "",
    encoding: str = "utf-8",
    kind: int = shapefile.POLYGON,
) -> dict[str, bytes]:
    """The parts of a shapefile by their ending, each ring an outline of its own."""
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=kind, encoding=encoding) as writer:
        writer.field("NAME", "C", 40)
        for ring, name in zip(rings, names, strict=True):
            writer.poly([ring]) if kind == shapefile.POLYGON else writer.line([ring])
            writer.record(name)
    found = {ending: part.getvalue() for ending, part in parts.items()}
    return found | ({"prj": prj.encode()} if prj else {})


def zipped(parts: Mapping[str, bytes], *, name: str = "council") -> bytes:
    """A zip of the parts by their endings; a key with a dot is taken as the whole name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, content in parts.items():
            archive.writestr(ending if "." in ending else f"{name}.{ending}", content)
    return packed.getvalue()
