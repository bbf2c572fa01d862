"""What the report of a worksite list says: its sums, its remarks line by line, its doubtful lines."""

from __future__ import annotations

from collections import Counter
from typing import Final

from unionhall.roster.enums import SiteStatus
from unionhall.roster.operations.files.reports import about_the_file
from unionhall.roster.operations.worksite_lists.plans import SitePlan
from unionhall.rulebook.directory import SiteRow
from unionhall.rulebook.reports import Candidate, Notice, Proposal
from unionhall.rulebook.sheets import HeadedTable, SourceFile

MOST_NAMED: Final = 200


def notices_of(plan: SitePlan, *, file: SourceFile, table: HeadedTable) -> tuple[Notice, ...]:
    """What the reader of a report should know beside its counts: the sums first, then line by line."""
    rows = tuple(row for row in plan.rows if row.line not in plan.pairing.doubles)
    statuses = Counter(row.status for row in rows)
    words: tuple[str, ...] = ("live", "closed", "merged", "pending")
    found = [Notice("statuses", fields={word: statuses[word] for word in words})]
    if not plan.changes:
        found.insert(0, Notice("nothing_changed"))
    if plan.areas:
        found.append(Notice("areas", fields={word: plan.areas.get(word, 0) for word in ("zip", "centre", "none")}))
    found += _sums(plan)
    found += about_the_file(file, table)
    return tuple(found + _by_line(rows) + _strange_units(plan.strange_units)[:MOST_NAMED])


def proposals_of(plan: SitePlan, *, every: bool) -> tuple[Proposal, ...]:
    """The lines that wait for somebody's word, with the worksites they may mean; in the order of the file.

    every: those that are certain too, with what makes us sure, and beside them those that are new.
    """
    told = every and bool(plan.pairing.pairs or plan.doubts)
    doubts = {doubt.row.line: doubt for doubt in plan.doubts}
    made = {change.row.line for change in plan.changes if change.id is None}
    found = []
    for row in plan.rows:
        if row.line in doubts:
            candidates = tuple(
                _candidate(plan, item.id, item.score, item.reasons) for item in doubts[row.line].candidates
            )
            found.append(Proposal(line=row.line, name=row.name, band="review", candidates=candidates))
        elif every and row.line in plan.pairing.pairs:
            sure = plan.pairing.pairs[row.line]
            candidate = _candidate(plan, sure.id, sure.score, sure.reasons or (sure.why,))
            found.append(Proposal(line=row.line, name=row.name, band="certain", candidates=(candidate,)))
        elif told and row.line in made:
            found.append(Proposal(line=row.line, name=row.name, band="new", candidates=()))
    return tuple(found)


def _candidate(plan: SitePlan, pk: int, score: float, reasons: tuple[str, ...]) -> Candidate:
    public_id, name = plan.public[pk]
    return Candidate(id=public_id, name=name, score=score, why="+".join(reasons))


def _sums(plan: SitePlan) -> list[Notice]:
    found = []
    points = Counter(row.point for row in plan.rows if row.point is not None and row.status == SiteStatus.LIVE)
    shared = sum(count for count in points.values() if count > 1)
    strangers = sum(pair.why == "other_source" for pair in plan.pairing.pairs.values())
    sums = {
        "same_point": shared,
        "other_source": strangers,
        "alike": sum(pair.why == "likeness" for pair in plan.pairing.pairs.values()),
        "review": len(plan.doubts),
        "unlike": plan.new if plan.pairing.pairs or plan.doubts else 0,
        "left_out": plan.left_out,
        "charters": plan.charters,
        "gone": len(plan.pairing.gone),
    }
    for code, count in sums.items():
        if count:
            found.append(Notice(code, fields={"count": count}))
    return found


def _by_line(rows: tuple[SiteRow, ...]) -> list[Notice]:
    found = []
    first: dict[SiteRow, int] = {}
    without_point = [row for row in rows if row.status == SiteStatus.LIVE and row.point is None]
    if len(without_point) > MOST_NAMED:
        found.append(Notice("no_points", fields={"count": len(without_point)}))
    else:
        found += [Notice("no_point", line=row.line, fields={"name": row.name}) for row in without_point]
    for row in rows:
        earlier = first.setdefault(_without_line(row), row.line)
        if earlier != row.line and not row.code:
            found.append(Notice("repeated_line", line=row.line, fields={"other": str(earlier)}))
        found += [Notice(fault.code, line=row.line, fields={"value": fault.value}) for fault in row.remarks]
    return found


def _strange_units(strange: tuple[tuple[int, str], ...]) -> list[Notice]:
    """The units that nobody knows here, once each, with the first line that names them."""
    first: dict[str, int] = {}
    for line, text in strange:
        first.setdefault(text, line)
    return [Notice("strange_unit", line=line, fields={"value": text[:80]}) for text, line in first.items()]


def _without_line(row: SiteRow) -> SiteRow:
    return SiteRow(
        line=0,
        name=row.name,
        code=row.code,
        kind=row.kind,
        status=row.status,
        district=row.district,
        address=row.address,
        city=row.city,
        state=row.state,
        zip=row.zip,
        point=row.point,
    )
