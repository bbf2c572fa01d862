"""What a list of worksites would change: worked out in memory, written by nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from unionhall.roster.enums import AreaBy, SiteStatus
from unionhall.roster.operations.worksite_lists.known import (
    TEXTS,
    ListTerms,
    Roster,
    Said,
    as_row,
    fingerprint,
    point_in,
    read_roster,
)
from unionhall.roster.operations.worksite_lists.within import known_units, said_within
from unionhall.rulebook.changes import Touched, difference
from unionhall.rulebook.directory import SiteRow
from unionhall.rulebook.names import fold
from unionhall.rulebook.pairing import KnownSite, Pair, Pairing, pair
from unionhall.rulebook.places import area_for, school_year
from unionhall.rulebook.site_matching import SiteCandidate, match_sites

_WHERE: Final = frozenset({"status", "zip", "latitude", "longitude"})


FORMER: Final = 0.3


@dataclass(frozen=True, slots=True)
class SiteChange:
    """What one line would do to one worksite. id: None for a new one. codes: what the source newly calls it."""

    row: SiteRow
    touched: Touched
    id: int | None = None
    codes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteDoubt:
    """A line that may speak of worksites we hold, best first; nothing is written until somebody says which.

    waits: since an earlier copy of the list.
    """

    row: SiteRow
    candidates: tuple[SiteCandidate, ...]
    waits: bool = False


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What a whole list would do.

    left_out: lines that somebody said should be left out when an earlier copy of the list came. areas: live worksites
    by how they came into their area. strange_units: (line, text) of what no unit of ours is called. public: id →
    (public id, name) of worksites that lines were paired with.
    """

    changes: tuple[SiteChange, ...]
    unchanged: int
    pairing: Pairing
    rows: tuple[SiteRow, ...]
    doubts: tuple[SiteDoubt, ...] = ()
    left_out: int = 0
    strange_units: tuple[tuple[int, str], ...] = ()
    charters: int = 0
    areas: Mapping[str, int] = field(default_factory=dict)
    public: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many worksites would be made."""
        return sum(change.id is None for change in self.changes)


def plan_worksites(rows: Sequence[SiteRow], terms: ListTerms) -> SitePlan:
    """What the lines would change: new worksites, touched fields of known ones, those left as they are, and doubts.

    rows: in the order of the file. A blank cell erases nothing. A worksite that another source has brought only has
    its blanks filled.
    """
    roster = read_roster(terms)
    districts = {fold(row.district) for row in rows}
    known = [
        KnownSite(id=pk, site=as_row(pk, values, roster.code_of(pk)), own=pk in roster.standing)
        for pk, values in roster.sites.items()
    ]
    found = pair(rows, known, codes_may_change=roster.is_new_year)
    pairing, doubts = _matched(rows, known, found, roster)
    gone = tuple(pk for pk in pairing.gone if fold(roster.sites[pk]["district"]) in districts)
    pairing = replace(pairing, gone=gone)
    doubts = [doubt for doubt in doubts if fingerprint(doubt.row) not in roster.left_out]
    waiting = {doubt.row.line for doubt in doubts} | pairing.doubles.keys()
    settled = [row for row in rows if row.line not in waiting]
    taken = [row for row in settled if row.line in pairing.pairs or fingerprint(row) not in roster.left_out]
    planner = Planner(roster=roster, terms=terms)
    changes = [planner.change(row, pairing.pairs.get(row.line)) for row in taken]
    shown = {pair.id for pair in pairing.pairs.values()} | {item.id for doubt in doubts for item in doubt.candidates}
    return SitePlan(
        changes=tuple(change for change in changes if change is not None),
        unchanged=changes.count(None) + len(settled) - len(taken),
        pairing=pairing,
        rows=tuple(rows),
        doubts=tuple(doubts),
        left_out=len(settled) - len(taken),
        strange_units=tuple(
            (row.line, text) for row in rows for text in row.units if not known_units(text, roster.units)
        ),
        charters=0 if terms.charters else sum(row.is_charter is True for row in rows),
        areas=planner.areas,
        public={pk: (roster.sites[pk]["public_id"], roster.sites[pk]["name"]) for pk in shown},
    )


def _matched(
    rows: Sequence[SiteRow], known: Sequence[KnownSite], found: Pairing, roster: Roster
) -> tuple[Pairing, list[SiteDoubt]]:
    """The pairing with what likeness makes certain, and the lines that only look like a worksite we hold.

    Worksites that the source itself tells apart from a line, by another line of the list, are not proposed for it. A
    line that waits since an earlier copy goes on waiting.
    """
    paired = {item.id for item in found.pairs.values()}
    left = [row for row in rows if row.line not in found.pairs and row.line not in found.doubles]
    waiting = {row.line: options for row in left if (options := roster.waiting.get(fingerprint(row)))}
    pool = {item.id: item.site for item in known if not (item.own and item.id in paired)}
    taken = paired | {item.id for item in known if item.own}
    fresh = [row for row in left if row.line not in waiting]
    matches = match_sites(fresh, pool, all_rows=rows, taken=taken) if fresh and pool else {}
    sure = {line: _sure(match.candidates[0]) for line, match in matches.items() if match.certain}
    former = {roster.code_of(item.id): item.id for item in known if item.own and item.id in found.gone}
    doubts = []
    for row in left:
        if row.line in sure:
            continue
        alike = matches[row.line].candidates if row.line in matches else ()
        options = waiting.get(row.line) or _with_former(alike, former.get(row.code) if row.code else None)
        if options:
            doubts.append(SiteDoubt(row=row, candidates=options, waits=row.line in waiting))
    return replace(found, pairs={**found.pairs, **sure}), doubts


def _sure(best: SiteCandidate) -> Pair:
    return Pair(id=best.id, why="likeness", score=best.score, reasons=best.reasons)


def _with_former(candidates: tuple[SiteCandidate, ...], former: int | None) -> tuple[SiteCandidate, ...]:
    """The candidates, with the worksite that had the code in an earlier year."""
    if former is None or any(item.id == former for item in candidates):
        return candidates
    return (*candidates, SiteCandidate(former, FORMER, ("former_code",)))


@dataclass(slots=True)
class Planner:
    """What one line does to one worksite. areas: counted on the way."""

    roster: Roster
    terms: ListTerms
    areas: Counter[str] = field(default_factory=Counter)

    def change(self, row: SiteRow, found: Pair | None) -> SiteChange | None:
        """What a line does; None where it says nothing new."""
        if found is None:
            return self._new(row)
        held = self.roster.sites[found.id]
        foreign = held["source"] not in ("", self.terms.source)
        claimed = found.id in self.roster.standing
        values = self._filled(row, held, claimed=claimed) if foreign else self._said(row, held)
        values = {name: value for name, value in values.items() if name not in held["by_hand"]}
        touched = difference(held, values)
        if touched.after and (_WHERE & touched.after.keys() or not held["area_by"]):
            values |= self._area({**held, **values})
        if touched.after.get("status", SiteStatus.MERGED) != SiteStatus.MERGED:
            values["merged_into_id"] = None
        if touched.after and not foreign:
            values |= {"source": self.terms.source, "as_of": self.terms.as_of.isoformat()}
        touched = difference(held, values)
        self._count({**held, **values})
        codes = self._codes(row, self.roster.standing.get(found.id), ours=found.why == "our_id")
        if not touched.after and not codes:
            return None
        return SiteChange(row=row, touched=touched, id=found.id, codes=codes)

    def _new(self, row: SiteRow) -> SiteChange:
        values = {**_BLANK, **self._said(row, {}), "kind": row.kind or self.terms.kind.value, "status": row.status}
        values |= self._area(values)
        values |= {"source": self.terms.source, "as_of": self.terms.as_of.isoformat()}
        self._count(values)
        return SiteChange(row=row, touched=Touched(before={}, after=values), codes=self._codes(row, None))

    def _said(self, row: SiteRow, held: Mapping[str, Any]) -> dict[str, Any]:
        """What the line says, by field; blanks say nothing."""
        said = {name: getattr(row, name) for name in TEXTS if getattr(row, name)}
        if not self.terms.columns & {"status", "closed_on"}:
            del said["status"]
        if row.is_charter is not None:
            said["is_charter"] = row.is_charter and not self.terms.charters
        if row.point is not None:
            said |= {"latitude": row.point.latitude, "longitude": row.point.longitude}
        return said | said_within(row, held, self.roster.units)

    def _filled(self, row: SiteRow, held: Mapping[str, Any], *, claimed: bool) -> dict[str, Any]:
        """What the line says where nothing is held yet. claimed: the source spoke of the worksite before."""
        said = self._said(row, held)
        filled = {name: value for name, value in said.items() if held[name] in ("", None, [])}
        if said.get("is_charter") and not claimed:
            filled["is_charter"] = True
        return filled

    def _area(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The area of a live worksite, unless somebody has set it by hand."""
        if values["status"] != SiteStatus.LIVE or values["area_by"] == AreaBy.HAND:
            return {}
        choice = area_for(point_in(values), values["zip"], self.roster.rules)
        return {"area_id": choice.id, "area_by": choice.by}

    def _count(self, values: Mapping[str, Any]) -> None:
        if values["status"] == SiteStatus.LIVE and not values["is_charter"] and self.roster.rules:
            self.areas[values["area_by"] or "none"] += 1

    def _codes(self, row: SiteRow, standing: Said | None, *, ours: bool = False) -> tuple[Said, ...]:
        """What the source newly calls the worksite; nothing where it did before.

        A code or a name that differs from the standing one holds from the school year of the list on. ours: the line is
        of a list that we gave out, which says only what we held, but for a code that is not the source's.
        """
        if ours and (not row.code or (standing is not None and standing.code == f"={row.code}")):
            return ()
        year = school_year(self.terms.as_of)
        if standing is None:
            code = f"={row.code}" if row.code else self._named(row)
            taken = (code, 0) in self.roster.taken
            return self._free(Said(code=code, name=row.name, year=year if taken else 0))
        if row.code and not standing.code.startswith("="):
            return self._free(Said(code=f"={row.code}", name=row.name))
        code = f"={row.code}" if row.code else standing.code
        if year > standing.year and (code != standing.code or (standing.name and row.name != standing.name)):
            return self._free(Said(code=code, name=row.name, year=year))
        return ()

    def _named(self, row: SiteRow) -> str:
        number, code = 1, f"name:{row.key}"
        while (code, 0) in self.roster.taken:
            number += 1
            code = f"name:{row.key}/{number}"
        return code

    def _free(self, said: Said) -> tuple[Said, ...]:
        """The code, unless another worksite of the source has it from that year on already."""
        if (said.code, said.year) in self.roster.taken:
            return ()
        self.roster.taken.add((said.code, said.year))
        return (said,)


_BLANK: Final[dict[str, Any]] = {
    **dict.fromkeys(("name", "kind", "status", "district", "address", "city", "state", "zip", "area_by", "source"), ""),
    **dict.fromkeys(("latitude", "longitude", "area_id", "merged_into_id", "as_of")),
    "is_charter": False,
}
