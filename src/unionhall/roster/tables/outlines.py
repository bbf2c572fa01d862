"""Reading outlines of districts: GeoJSON or a zipped shapefile, told apart by the first bytes and never by the name.

They are opened in a process of their own that may take so much memory and time and no more.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from unionhall.roster.tables.errors import EmptyFile, NotText, TooLarge
from unionhall.roster.tables.outline_errors import REFUSALS, BrokenShapefile, HungryOutlines, NotOutlines
from unionhall.roster.tables.texts import decode
from unionhall.rulebook.outlines import Outline, OutlineFile
from unionhall.rulebook.places import Box

CHILD: Final = Path(__file__).with_name("outline_process.py")
LARGEST_MB: Final = 100
MEMORY_MB: Final = 2_500
SECONDS: Final = 120
HUNGRY: Final = 3
_ZIP: Final = b"PK\x03\x04"
_OTHERS: Final = (
    (b"\x00\x00\x27\x0a", "a part of a shapefile (.shp or .shx)"),
    (b"%PDF", "PDF"),
    (b"SQLite format 3", "GeoPackage or SQLite"),
    (b"<", "KML, GML or another XML"),
)
_USUAL: Final = frozenset({"utf-8", "utf8", ""})


def read_outline_file(path: Path) -> OutlineFile:
    """The outlines of a GeoJSON file or a zipped shapefile. Raises UnreadableFile, or OSError for no such file."""
    if path.stat().st_size > LARGEST_MB * 1_000_000:
        raise TooLarge(limit=LARGEST_MB)
    return read_outline_bytes(path.read_bytes(), name=path.name)


def read_outline_bytes(data: bytes, *, name: str) -> OutlineFile:
    """The outlines of what was sent under that name, in degrees of WGS84, broken ones mended. Raises UnreadableFile."""
    if not data.strip():
        raise EmptyFile
    if len(data) > LARGEST_MB * 1_000_000:
        raise TooLarge(limit=LARGEST_MB)
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_ZIP):
        encoding, answer = "", _opened(data, "zip")
    else:
        text, encoding = _json_text(data)
        answer = _opened(text.encode("utf-8", "replace"), "geojson")
    for refusal in REFUSALS:
        if answer.get("error") == refusal.code:
            raise refusal(**answer["fields"])
    if "error" in answer:
        raise HungryOutlines
    encoding = str(answer["encoding"] or encoding).lower()
    return OutlineFile(
        name=name[:250],
        sha256=digest,
        outlines=tuple(_outline(feature) for feature in answer["features"]),
        grid=answer["grid"],
        encoding="" if encoding in _USUAL else encoding,
    )


def _json_text(data: bytes) -> tuple[str, str]:
    """The text of a JSON file and its encoding. Raises NotOutlines."""
    for start, found in _OTHERS:
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise NotOutlines(found=found)
    try:
        text, encoding = decode(data)
    except NotText as error:
        raise NotOutlines(found=error.fields["found"]) from error
    if text.lstrip("\ufeff\x1e \r\n\t")[:1] not in ("{", "["):
        raise NotOutlines(found="text")
    return text.removeprefix("\ufeff"), encoding


def _opened(data: bytes, form: str) -> Mapping[str, Any]:
    """What the process says of the bytes. Raises BrokenShapefile or HungryOutlines."""
    quiet = {"OPENBLAS_NUM_THREADS": "1", "PROJ_NETWORK": "OFF", "PATH": os.environ.get("PATH", "")}
    with tempfile.NamedTemporaryFile(suffix=f".{form}") as kept:
        kept.write(data)
        kept.flush()
        command = [sys.executable, "-I", str(CHILD), kept.name, form, str(MEMORY_MB)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=quiet)  # noqa: S603 our own file
        except subprocess.TimeoutExpired:
            raise HungryOutlines from None
    starved = any(word in done.stderr.lower() for word in (b"memory", b"bad_alloc"))
    if done.returncode < 0 or done.returncode == HUNGRY or starved:
        raise HungryOutlines
    if done.returncode != 0:
        raise BrokenShapefile
    answer: Mapping[str, Any] = json.loads(done.stdout)
    return answer


def _outline(feature: Mapping[str, Any]) -> Outline:
    if "fault" in feature:
        return Outline(
            line=feature["line"], properties=feature["properties"], fault=feature["fault"], said=feature["said"]
        )
    south, north, west, east = feature["box"]
    return Outline(
        line=feature["line"],
        properties=feature["properties"],
        wkb=bytes.fromhex(feature["wkb"]),
        box=Box(south=south, north=north, west=west, east=east),
        area_km2=feature["area"],
        mended=feature["mended"],
        where=feature["where"],
    )
