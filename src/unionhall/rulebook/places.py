"""Where a worksite lies: whether a point can be meant, how far things are, and whose area it is.

Source: docs/rules/places.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import Final, Literal

EARTH_KM: Final = 6371.0088
FIRST_MONTH: Final = 7

Verdict = Literal["ok", "zero", "swapped", "sign", "feet", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the globe in degrees, north and east positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the globe that does not cross the date line: degrees, south < north, west < east."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies within or on the edge."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


# The states from Hawaii and Alaska to Puerto Rico and the Virgin Islands.
UNITED_STATES: Final = Box(south=17.0, north=72.0, west=-180.0, east=-64.0)


@dataclass(frozen=True, slots=True)
class AreaRule:
    """What puts a worksite into an area. zips: five digits each. centre: None where only ZIP codes count."""

    id: int
    code: str
    centre: Point | None = None
    zips: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """The area of a worksite and why: "zip", "centre", or "" for none, and then id is None."""

    id: int | None
    by: Literal["zip", "centre", ""]


NO_AREA: Final = AreaChoice(id=None, by="")


def school_year(day: date) -> int:
    """The school year of a day, by the year it begins in: from July 1 on it is the new one.

    Source: docs/rules/places.md, section 3.
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def distance_km(one: Point, other: Point) -> float:
    """Kilometres between two points over the globe taken as a sphere; good to half a per cent."""
    south, north = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def area_for(point: Point | None, zip_code: str, areas: Iterable[AreaRule]) -> AreaChoice:
    """The area of a worksite: the one that lists its ZIP code, else the one with the nearest centre, else none.

    point: None where it is not known. zip_code: five digits or nine, "" where it is not known. Where several areas list
    the code, the nearest of them is taken; equal distances are settled by the areas' codes, so that the order of
    `areas` never matters.
    Source: docs/rules/places.md, section 2.
    """
    areas = sorted(areas, key=lambda area: (area.code, area.id))
    short = zip_code[:5]
    listed = [area for area in areas if short and short in area.zips]
    if listed:
        return AreaChoice(id=(_nearest(point, listed) or listed[0]).id, by="zip")
    nearest = _nearest(point, areas)
    return AreaChoice(id=nearest.id, by="centre") if nearest else NO_AREA


def judge_point(latitude: float, longitude: float, *, box: Box = UNITED_STATES) -> Verdict:
    """Whether the two numbers can be a place in the box, and if not, what probably went wrong.

    "zero": both are zero, which spreadsheets write for "not known". "swapped": they fit the other way round. "sign":
    the minus before the longitude is lost. "feet": no degrees at all, but survey feet or metres. "elsewhere": degrees
    of another part of the world.
    """
    if latitude == 0 and longitude == 0:
        return "zero"
    if box.holds(latitude, longitude):
        return "ok"
    if box.holds(longitude, latitude):
        return "swapped"
    if box.holds(latitude, -longitude):
        return "sign"
    if not (isfinite(latitude) and isfinite(longitude)) or abs(latitude) > 180 or abs(longitude) > 180:
        return "feet"
    return "elsewhere"


def judge_file(verdicts: Sequence[Verdict]) -> Verdict:
    """What is wrong with the coordinates of a whole file: the commonest fault where most points have one, else "ok".

    verdicts: one for each row that has a point; zeros count as no point. A file of a few wrong points among many good
    ones is "ok": those rows are refused one by one.
    """
    counts = Counter(verdict for verdict in verdicts if verdict != "zero")
    if not counts:
        return "ok"
    faults = [(count, verdict) for verdict, count in counts.items() if verdict != "ok"]
    if 2 * sum(count for count, _verdict in faults) <= counts.total():
        return "ok"
    return max(faults)[1]


def _nearest(point: Point | None, areas: Sequence[AreaRule]) -> AreaRule | None:
    """The area whose centre is nearest, the first of equals; None without a point or without any centre."""
    if point is None:
        return None
    found = [(distance_km(point, area.centre), place) for place, area in enumerate(areas) if area.centre]
    return areas[min(found)[1]] if found else None
