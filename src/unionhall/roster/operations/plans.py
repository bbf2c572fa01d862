"""What a list of worksites would change: worked out in memory, written by nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from unionhall.roster.enums import AreaBy, SiteKind, SiteStatus
from unionhall.roster.models import Worksite, WorksiteCode
from unionhall.roster.queries import area_rules
from unionhall.rulebook.changes import Touched, difference
from unionhall.rulebook.directory import SiteRow, place_key
from unionhall.rulebook.names import fold
from unionhall.rulebook.pairing import KnownSite, Pair, Pairing, pair
from unionhall.rulebook.places import AreaRule, Point, area_for

# The fields an import writes, as they are kept in its undo record.
TOUCHABLE: Final = (
    "name",
    "kind",
    "status",
    "district",
    "address",
    "city",
    "state",
    "zip",
    "latitude",
    "longitude",
    "area_id",
    "area_by",
    "merged_into_id",
    "source",
    "as_of",
)
_TEXTS: Final = ("name", "kind", "status", "district", "address", "city", "state", "zip")
_WHERE: Final = frozenset({"status", "zip", "latitude", "longitude"})


@dataclass(frozen=True, slots=True)
class SiteChange:
    """What one line would do to one worksite. id: None for a new one. codes: what the source newly calls it."""

    row: SiteRow
    touched: Touched
    id: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What a whole list would do.

    neighbours: new worksites at an address where another list knows one by another name. areas: live worksites by how
    they came into their area. public: id → (public id, name) of worksites that lines were paired with.
    """

    changes: tuple[SiteChange, ...]
    unchanged: int
    pairing: Pairing
    rows: tuple[SiteRow, ...]
    neighbours: int = 0
    areas: Mapping[str, int] = field(default_factory=dict)
    public: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many worksites would be made."""
        return sum(change.id is None for change in self.changes)


@dataclass(slots=True)
class _Roster:
    """All that is held, read in two queries."""

    sites: dict[int, dict[str, Any]]
    codes: dict[int, str]
    taken: set[str]
    rules: list[AreaRule]


def plan_worksites(
    rows: Sequence[SiteRow], *, source: str, as_of: date, columns: frozenset[str], kind: SiteKind
) -> SitePlan:
    """What the lines would change: new worksites, touched fields of known ones, and those left as they are.

    rows: in the order of the file. columns: the fields that the file has; what it lacks is never touched, and a blank
    cell erases nothing. kind: of new worksites whose line does not say it. A worksite that another
    source has brought only has its blanks filled.
    """
    roster = _read(source)
    districts = {fold(row.district) for row in rows}
    known = [
        KnownSite(id=pk, site=_as_row(pk, values, roster.codes.get(pk, "")), own=pk in roster.codes)
        for pk, values in roster.sites.items()
    ]
    pairing = pair(rows, known)
    gone = tuple(pk for pk in pairing.gone if fold(roster.sites[pk]["district"]) in districts)
    pairing = Pairing(pairs=pairing.pairs, doubles=pairing.doubles, gone=gone)
    planner = _Planner(roster=roster, source=source, as_of=as_of, columns=columns, kind=kind)
    changes = [planner.change(row, pairing.pairs.get(row.line)) for row in rows if row.line not in pairing.doubles]
    return SitePlan(
        changes=tuple(change for change in changes if change is not None),
        unchanged=changes.count(None),
        pairing=pairing,
        rows=tuple(rows),
        neighbours=_neighbours(rows, pairing, known),
        areas=planner.areas,
        public={found.id: planner.shown(found.id) for found in pairing.pairs.values()},
    )


@dataclass(slots=True)
class _Planner:
    roster: _Roster
    source: str
    as_of: date
    columns: frozenset[str]
    kind: SiteKind
    areas: Counter[str] = field(default_factory=Counter)

    def shown(self, pk: int) -> tuple[str, str]:
        """Public id and name of a worksite that is held."""
        values = self.roster.sites[pk]
        return values["public_id"], values["name"]

    def change(self, row: SiteRow, found: Pair | None) -> SiteChange | None:
        """What a line does; None where it says nothing new."""
        if found is None:
            return self._new(row)
        held = self.roster.sites[found.id]
        foreign = held["source"] not in ("", self.source)
        values = self._filled(row, held) if foreign else self._said(row)
        touched = difference(held, values)
        if touched.after and (_WHERE & touched.after.keys() or not held["area_by"]):
            values |= self._area({**held, **values})
        if touched.after.get("status", SiteStatus.MERGED) != SiteStatus.MERGED:
            values["merged_into_id"] = None
        if touched.after and not foreign:
            values |= {"source": self.source, "as_of": self.as_of.isoformat()}
        touched = difference(held, values)
        self._count({**held, **values})
        codes = self._codes(row, held_code=self.roster.codes.get(found.id, ""))
        if not touched.after and not codes:
            return None
        return SiteChange(row=row, touched=touched, id=found.id, codes=codes)

    def _new(self, row: SiteRow) -> SiteChange:
        values = {**_BLANK, **self._said(row), "kind": row.kind or self.kind.value, "status": row.status}
        values |= self._area(values)
        values |= {"source": self.source, "as_of": self.as_of.isoformat()}
        self._count(values)
        return SiteChange(row=row, touched=Touched(before={}, after=values), codes=self._codes(row, held_code=""))

    def _said(self, row: SiteRow) -> dict[str, Any]:
        """What the line says, by field; blanks say nothing."""
        said = {name: getattr(row, name) for name in _TEXTS if getattr(row, name)}
        if not self.columns & {"status", "closed_on"}:
            del said["status"]
        if row.point is not None:
            said |= {"latitude": row.point.latitude, "longitude": row.point.longitude}
        return said

    def _filled(self, row: SiteRow, held: Mapping[str, Any]) -> dict[str, Any]:
        """What the line says where nothing is held yet."""
        return {name: value for name, value in self._said(row).items() if held[name] in ("", None)}

    def _area(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The area of a live worksite, unless somebody has set it by hand."""
        if values["status"] != SiteStatus.LIVE or values["area_by"] == AreaBy.HAND:
            return {}
        choice = area_for(_point(values), values["zip"], self.roster.rules)
        return {"area_id": choice.id, "area_by": choice.by}

    def _count(self, values: Mapping[str, Any]) -> None:
        if values["status"] == SiteStatus.LIVE and self.roster.rules:
            self.areas[values["area_by"] or "none"] += 1

    def _codes(self, row: SiteRow, *, held_code: str) -> tuple[str, ...]:
        """What the source newly calls the worksite; nothing where it did before."""
        if held_code.startswith("=") or (held_code and not row.code):
            return ()
        if row.code:
            return (f"={row.code}",)
        number, code = 1, f"name:{row.key}"
        while code in self.roster.taken:
            number += 1
            code = f"name:{row.key}/{number}"
        self.roster.taken.add(code)
        return (code,)


_BLANK: Final[dict[str, Any]] = {
    **dict.fromkeys(("name", "kind", "status", "district", "address", "city", "state", "zip", "area_by", "source"), ""),
    **dict.fromkeys(("latitude", "longitude", "area_id", "merged_into_id", "as_of")),
}


def values_of(site: Worksite) -> dict[str, Any]:
    """The touchable fields of a worksite as they are kept in undo records: plain JSON."""
    values = {name: getattr(site, name) for name in TOUCHABLE}
    values["as_of"] = site.as_of.isoformat() if site.as_of else None
    return values


def _read(source: str) -> _Roster:
    sites = {}
    for values in Worksite.objects.order_by("pk").values("pk", "public_id", *TOUCHABLE):
        values["as_of"] = values["as_of"].isoformat() if values["as_of"] else None
        sites[values.pop("pk")] = values
    codes: dict[int, str] = {}
    taken = set()
    for pk, code in WorksiteCode.objects.filter(source=source).values_list("worksite_id", "code"):
        taken.add(code)
        if code.startswith("=") or pk not in codes:
            codes[pk] = code
    return _Roster(sites=sites, codes=codes, taken=taken, rules=area_rules())


def _neighbours(rows: Sequence[SiteRow], pairing: Pairing, known: Sequence[KnownSite]) -> int:
    """How many new live worksites stand where another list knows a live one by another name."""
    others = {place_key(item.site)[:2] for item in known if not item.own and item.site.status == SiteStatus.LIVE}
    return sum(
        bool(row.address) and row.status == SiteStatus.LIVE and place_key(row)[:2] in others
        for row in rows
        if row.line not in pairing.pairs and row.line not in pairing.doubles
    )


def _as_row(pk: int, values: Mapping[str, Any], code: str) -> SiteRow:
    return SiteRow(
        line=-pk,
        code=code[1:] if code.startswith("=") else "",
        point=_point(values),
        **{name: values[name] for name in _TEXTS},
    )


def _point(values: Mapping[str, Any]) -> Point | None:
    if values["latitude"] is None or values["longitude"] is None:
        return None
    return Point(values["latitude"], values["longitude"])
