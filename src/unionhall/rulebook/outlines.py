"""Outlines on a map as a file brings them, and whether they can be meant.

Source: docs/rules/boundaries.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from unionhall.rulebook.places import UNITED_STATES, Box, Verdict, judge_file

# What belongs to the United States beyond the box of the states: the Aleutians past the date line, Guam and the
# Marianas, American Samoa.
HOMES: Final = (
    UNITED_STATES,
    Box(south=50.0, north=54.0, west=172.0, east=180.0),
    Box(south=13.0, north=21.0, west=144.0, east=147.0),
    Box(south=-15.0, north=-10.0, west=-172.0, east=-168.0),
)


@dataclass(frozen=True, slots=True)
class Outline:
    """One feature of a file. line: its number in the file, from 1, since features may share lines of text.

    properties: what the file says of it, as text. wkb: the outline in degrees of WGS84, longitude first; empty where
    it is none, and then fault says why and said what stands there instead. mended: what was broken and is repaired, ""
    where nothing was; where: the point of it, longitude first.
    """

    line: int
    properties: Mapping[str, str]
    wkb: bytes = b""
    box: Box | None = None
    area_km2: float | None = None
    mended: str = ""
    where: str = ""
    fault: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class OutlineFile:
    """What was read from a file of outlines. name: without folders. grid: from which they were converted, "" for none.

    encoding: of the names, "" where it is the usual one.
    """

    name: str
    sha256: str
    outlines: tuple[Outline, ...]
    grid: str = ""
    encoding: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        """Every property that a feature has, in the order of the file."""
        return tuple(dict.fromkeys(head for outline in self.outlines for head in outline.properties))


def judge_box(box: Box) -> Verdict:
    """Whether an outline within that box can lie in the country, and if not, what probably went wrong.

    An outline counts as at home where its box touches the country, so that a county with sea around it does. The
    verdicts are those of `judge_point`.
    """
    numbers = (box.south, box.north, box.west, box.east)
    if not all(map(isfinite, numbers)) or max(map(abs, numbers)) > 180:
        return "feet"
    if not any(numbers):
        return "zero"
    turned = Box(south=box.west, north=box.east, west=box.south, east=box.north)
    mirrored = Box(south=box.south, north=box.north, west=-box.east, east=-box.west)
    if _at_home(box):
        return "ok"
    if _at_home(turned):
        return "swapped"
    return "sign" if _at_home(mirrored) else "elsewhere"


def judge_outlines(outlines: Sequence[Outline]) -> tuple[Verdict, tuple[Verdict | None, ...]]:
    """What is wrong with a whole file, "ok" where most can be meant, and with each outline; None for what is none.

    Source: docs/rules/boundaries.md, section 2.
    """
    verdicts = tuple(judge_box(outline.box) if outline.box is not None else None for outline in outlines)
    return judge_file([verdict for verdict in verdicts if verdict is not None]), verdicts


def _at_home(box: Box) -> bool:
    return any(
        box.south <= home.north and home.south <= box.north and box.west <= home.east and home.west <= box.east
        for home in HOMES
    )
