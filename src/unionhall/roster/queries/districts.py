"""Which districts a point or a worksite lies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import shapely
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import Invalid, NotFound, Refused
from unionhall.roster.models import District, Outline, Worksite, WorksiteCode, WorksiteDistrict
from unionhall.roster.queries.places import find_worksites, line_of
from unionhall.rulebook.names import site_key
from unionhall.rulebook.places import Point, judge_point

MOST_ASKED: Final = 500
MOST_SHOWN: Final = 8


class NoSuchKind(NotFound):
    """No outlines of that kind are held."""

    code = "no_such_kind"
    message = _("There are no outlines of the kind “%(kind)s”. There are: %(kinds)s.")


class NotAPoint(Invalid):
    """Two numbers that cannot be a place."""

    code = "not_a_point"
    message = _("%(latitude)s, %(longitude)s is no place: write degrees, such as 34.0522 and -118.2437.")


class PointSwapped(NotAPoint):
    """Latitude and longitude in each other's place."""

    code = "point_swapped"
    message = _("%(latitude)s, %(longitude)s: latitude and longitude are the wrong way round.")


class NoWorksiteOfThatName(NotFound):
    """Nothing is called that by any source."""

    code = "no_worksite_of_that_name"
    message = _("No live worksite has the code or name “%(text)s”.")


class NotQuite(NoWorksiteOfThatName):
    """Nothing is called just that, but some worksites nearly."""

    code = "not_quite"
    message = _("No live worksite has the code or name “%(text)s”. Close to it: %(names)s.")


class SeveralWorksites(Refused):
    """A code or name that more than one worksite has."""

    code = "several_worksites"
    message = _("“%(text)s” is more than one worksite: %(names)s. Use the code of one of them.")


class NoPoint(Refused):
    """A worksite of which nobody knows where it lies."""

    code = "no_point"
    message = _("“%(name)s” has no map point, so that its districts are not known.")


def districts_at(point: Point, *, on: date, kind: str = "") -> list[District]:
    """The districts that hold a point on a day, by kind, source and code.

    A point on a border belongs to the districts on both sides; where districts overlap, to all of them. kind: only
    those of that kind.
    """
    rows = District.objects.on(on).around(point.latitude, point.longitude).select_related("outline")
    spot = shapely.Point(point.longitude, point.latitude)
    return [
        row
        for row in (rows.filter(kind=kind) if kind else rows)
        if shapely.from_wkb(bytes(row.outline.wkb)).intersects(spot)
    ]


def districts_of(worksites: Iterable[Worksite], *, on: date) -> dict[int, list[District]]:
    """The districts of worksites on a day, by their database numbers; one query, however many are asked.

    A worksite that lies in none, or has no map point, is absent.
    """
    ids = {site.pk for site in worksites}
    rows = WorksiteDistrict.objects.select_related("district").filter(
        Q(district__valid_until__isnull=True) | Q(district__valid_until__gt=on), district__valid_from__lte=on
    )
    if len(ids) <= MOST_ASKED:
        rows = rows.filter(worksite_id__in=ids)
    found: dict[int, list[District]] = defaultdict(list)
    for row in rows.order_by("district__kind", "district__source", "district__code", "pk"):
        if row.worksite_id in ids:
            found[row.worksite_id].append(row.district)
    return dict(found)


def kinds_of_districts() -> list[str]:
    """Every kind of which outlines are held, in the order of the alphabet."""
    return list(District.objects.order_by("kind").values_list("kind", flat=True).distinct())


def check_kind(kind: str) -> str:
    """The kind, if outlines of it are held. Raises NoSuchKind."""
    kinds = kinds_of_districts()
    if kind and kind not in kinds:
        raise NoSuchKind(kind=kind, kinds=", ".join(kinds) or "–")
    return kind


def point_at(latitude: float, longitude: float) -> Point:
    """The point of two numbers, anywhere on the globe. Raises NotAPoint, PointSwapped where that is what went wrong."""
    verdict = judge_point(latitude, longitude)
    if verdict == "swapped":
        raise PointSwapped(latitude=latitude, longitude=longitude)
    if verdict == "feet" or abs(latitude) > 90:
        raise NotAPoint(latitude=latitude, longitude=longitude)
    return Point(latitude, longitude)


def worksite_called(text: str) -> Worksite:
    """The one live worksite that any source calls by that code, or that has that name or public id.

    Raises NoWorksiteOfThatName, NotQuite, which names those that come close, or SeveralWorksites, which names them.
    """
    live = Worksite.objects.live()
    asked = text.strip()
    coded = WorksiteCode.objects.filter(code=f"={asked}").values("worksite_id")
    for fits in (Q(public_id=asked), Q(pk__in=coded), Q(name_key=site_key(asked[:250]) or None)):
        found = list(live.filter(fits).order_by("name", "pk")[: MOST_SHOWN + 1])
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(_shown(site) for site in found[:MOST_SHOWN])
            raise SeveralWorksites(text=asked, names=names)
    close = find_worksites(asked, limit=MOST_SHOWN)
    if close:
        raise NotQuite(text=asked, names="; ".join(f"{hit.name} ({hit.line})" for hit in close))
    raise NoWorksiteOfThatName(text=asked)


def point_of_worksite(site: Worksite) -> Point:
    """Where the worksite lies. Raises NoPoint."""
    if site.latitude is None or site.longitude is None:
        raise NoPoint(name=site.name)
    return Point(site.latitude, site.longitude)


def worksites_in_outlines() -> set[tuple[int, int]]:
    """Which live worksite lies in which district of any day, as pairs of database numbers, by the map points of today.

    Every outline is looked at once, however many districts have it, with all points at a time.
    """
    sites, points = _points()
    of_outline: dict[int, list[int]] = defaultdict(list)
    for pk, outline in District.objects.order_by("pk").values_list("pk", "outline_id"):
        of_outline[outline].append(pk)
    outlines = list(Outline.objects.order_by("pk").values_list("pk", "wkb"))
    hits = _hits([bytes(wkb) for _pk, wkb in outlines], points)
    return {(sites[point], district) for shape, point in hits for district in of_outline[outlines[shape][0]]}


def count_inside(outlines: Sequence[bytes]) -> tuple[int, int]:
    """How many live worksites lie in any of the outlines (as WKB), and how many have a map point at all."""
    sites, points = _points()
    return len({point for _shape, point in _hits(outlines, points)}), len(sites)


def _points() -> tuple[list[int], list[shapely.Point]]:
    live = Worksite.objects.live().exclude(latitude=None).order_by("pk")
    rows = list(live.values_list("pk", "longitude", "latitude"))
    return [row[0] for row in rows], list(shapely.points([row[1:] for row in rows])) if rows else []


def _hits(outlines: Sequence[bytes], points: Sequence[shapely.Point]) -> list[tuple[int, int]]:
    """Places of outline and point for each point that lies in or on an outline."""
    if not outlines or not points:
        return []
    shapes, places = shapely.STRtree(points).query(shapely.from_wkb(list(outlines)), predicate="intersects")
    return list(zip(shapes.tolist(), places.tolist(), strict=True))


def _shown(site: Worksite) -> str:
    codes = ", ".join(code.code[1:] for code in site.codes.order_by("pk")[:3] if code.code.startswith("="))
    return f"{site.name} ({', '.join(part for part in (codes, line_of(site.address, site.city, site.zip)) if part)})"
