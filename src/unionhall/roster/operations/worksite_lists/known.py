"""What is held, as a list of worksites meets it, read in a few queries."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from unionhall.roster.enums import Decision, SiteKind
from unionhall.roster.models import Doubt, Worksite, WorksiteCode
from unionhall.roster.operations.worksite_lists.within import held_within, units_by_word
from unionhall.roster.queries import area_rules, last_day_of
from unionhall.rulebook.directory import SiteRow, place_key
from unionhall.rulebook.names import site_key
from unionhall.rulebook.places import AreaRule, Point, school_year
from unionhall.rulebook.site_hours import BellSaid, ShiftSaid
from unionhall.rulebook.site_matching import SiteCandidate

Fingerprint = tuple[str, str, str]

# The fields an import writes, as they are kept in its undo record.
TOUCHABLE: Final = (
    "name",
    "kind",
    "status",
    "is_charter",
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
TEXTS: Final = ("name", "kind", "status", "district", "address", "city", "state", "zip")
_KEPT: Final = (
    "line",
    "name",
    "code",
    "kind",
    "status",
    "district",
    "address",
    "city",
    "state",
    "zip",
    "level",
    "is_charter",
)


@dataclass(frozen=True, slots=True)
class ListTerms:
    """How a list is read. columns: the fields it has; what it lacks is never touched. kind: of new worksites whose line
    does not say it. charters: whether charter schools are taken as worksites like others.
    """

    source: str
    as_of: date
    columns: frozenset[str]
    kind: SiteKind
    charters: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a source newly calls a worksite. year: the school year from which it does, 0 for its first list."""

    code: str
    name: str
    year: int = 0


@dataclass(slots=True)
class Roster:
    """All that is held, read in a few queries.

    standing: worksite → what the source calls it in the school year of the list. taken: codes of the source with the
    year they hold from. units: folded code or name → numbers. is_new_year: the list is of a later school year than the
    last one of its source. left_out, waiting: lines that somebody wants left out, and those that nobody has settled
    yet, with their candidates.
    """

    sites: dict[int, dict[str, Any]]
    standing: dict[int, Said]
    taken: set[tuple[str, int]]
    rules: list[AreaRule]
    units: Mapping[str, Collection[int]] = field(default_factory=dict)
    is_new_year: bool = False
    left_out: frozenset[Fingerprint] = frozenset()
    waiting: Mapping[Fingerprint, tuple[SiteCandidate, ...]] = field(default_factory=dict)

    def code_of(self, pk: int) -> str:
        """The code of the source for a worksite; "" where it has none."""
        said = self.standing.get(pk)
        return said.code[1:] if said and said.code.startswith("=") else ""


def fingerprint(row: SiteRow) -> Fingerprint:
    """What tells a line of a source again in its next list: code, name and street, folded."""
    return row.code, row.key, place_key(row)[0]


def values_of(site: Worksite) -> dict[str, Any]:
    """The touchable fields of a worksite as they are kept in undo records: plain JSON."""
    values = {name: getattr(site, name) for name in TOUCHABLE}
    values["as_of"] = site.as_of.isoformat() if site.as_of else None
    return values


def read_roster(terms: ListTerms, *, ids: Collection[int] | None = None) -> Roster:
    """What is held as a list of these terms meets it. ids: only these worksites, to settle one line."""
    held = Worksite.objects.order_by("pk") if ids is None else Worksite.objects.filter(pk__in=ids)
    sites = {}
    for values in held.values("pk", "public_id", "by_hand", *TOUCHABLE):
        values["as_of"] = values["as_of"].isoformat() if values["as_of"] else None
        sites[values.pop("pk")] = values
    within = held_within(ids)
    for pk, values in sites.items():
        values |= within[pk]
    year = school_year(terms.as_of)
    standing: dict[int, Said] = {}
    taken = set()
    rows = WorksiteCode.objects.filter(source=terms.source).order_by("year", "pk")
    for pk, code, since, name in rows.values_list("worksite_id", "code", "year", "name"):
        taken.add((code, since))
        if since <= year and (code.startswith("=") or pk not in standing or not standing[pk].code.startswith("=")):
            standing[pk] = Said(code=code, name=name, year=since)
    last = last_day_of(terms.source)
    left_out, waiting = _undecided(terms.source, sites) if ids is None else (frozenset(), {})
    return Roster(
        sites=sites,
        standing=_once(standing),
        taken=taken,
        rules=area_rules(),
        units=units_by_word(),
        is_new_year=last is not None and school_year(last) < year,
        left_out=left_out,
        waiting=waiting,
    )


def _once(standing: dict[int, Said]) -> dict[int, Said]:
    """What stands, where a code that went to another worksite in a later year no longer stands for the first."""
    latest: dict[str, int] = {}
    for said in standing.values():
        latest[said.code] = max(said.year, latest.get(said.code, 0))
    return {
        pk: said
        if said.year == latest[said.code]
        else Said(code=f"name:{site_key(said.name)}", name=said.name, year=said.year)
        for pk, said in standing.items()
    }


def _undecided(
    source: str, sites: Mapping[int, object]
) -> tuple[frozenset[Fingerprint], dict[Fingerprint, tuple[SiteCandidate, ...]]]:
    """Lines of the source that somebody wants left out, and those that wait, with their candidates that still are."""
    said = Doubt.objects.filter(
        record="worksite",
        decision__in=(Decision.SKIP, Decision.OPEN),
        imported__source=source,
        imported__undone_at=None,
    )
    left_out, waiting = set(), {}
    for doubt in said:
        line = fingerprint(row_from_json(doubt.row))
        if doubt.decision == Decision.SKIP:
            left_out.add(line)
        else:
            waiting[line] = tuple(
                SiteCandidate(item["pk"], item["score"], tuple(item["reasons"]))
                for item in doubt.candidates
                if item["pk"] in sites
            )
    return frozenset(left_out), waiting


def row_as_json(row: SiteRow) -> str:
    """A line as a doubt keeps it."""
    kept = {name: getattr(row, name) for name in _KEPT}
    return json.dumps({**kept, "point": _pair_of(row.point), **_hours_of(row)})


def row_from_json(text: str) -> SiteRow:
    """A line as a doubt kept it."""
    values = json.loads(text)
    point = values.pop("point")
    shifts = tuple(
        ShiftSaid(name, time.fromisoformat(starts_at), time.fromisoformat(ends_at), days)
        for name, starts_at, ends_at, days in values.pop("shifts", ())
    )
    bells = tuple(BellSaid(name, time.fromisoformat(at), days) for name, at, days in values.pop("bells", ()))
    units = tuple(values.pop("units", ()))
    return SiteRow(**values, point=Point(*point) if point else None, units=units, shifts=shifts, bells=bells)


def _hours_of(row: SiteRow) -> dict[str, Any]:
    shifts = [[said.name, said.starts_at.isoformat(), said.ends_at.isoformat(), said.days] for said in row.shifts]
    bells = [[said.name, said.rings_at.isoformat(), said.days] for said in row.bells]
    return {"units": row.units, "shifts": shifts, "bells": bells, "adds_bells": row.adds_bells}


def _pair_of(point: Point | None) -> list[float] | None:
    return [point.latitude, point.longitude] if point else None


def as_row(pk: int, values: Mapping[str, Any], code: str) -> SiteRow:
    """A worksite we hold as if a list had named it. code: of the source that is read."""
    return SiteRow(
        line=-pk,
        code=code,
        public_id=values["public_id"],
        is_charter=values["is_charter"],
        point=point_in(values),
        **{name: values[name] for name in TEXTS},
    )


def point_in(values: Mapping[str, Any]) -> Point | None:
    """The point among the touchable fields of a worksite; None where it is not known."""
    if values["latitude"] is None or values["longitude"] is None:
        return None
    return Point(values["latitude"], values["longitude"])
