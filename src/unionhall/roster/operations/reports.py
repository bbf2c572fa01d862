"""The import report put together, and in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any, Final

from django.utils.translation import override

from unionhall.roster.enums import SiteStatus
from unionhall.roster.operations.plans import SitePlan
from unionhall.roster.phrases import notice_sentence, reasons_sentence, row_sentence, whole_sentence, why_sentence
from unionhall.roster.queries import SPANISH
from unionhall.rulebook.directory import Fault, SiteRow
from unionhall.rulebook.reports import Candidate, Notice, Proposal, Report
from unionhall.rulebook.sheets import HeadedTable, SourceFile

MOST_NAMED: Final = 200
_LENIENT: Final = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", ""})


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
    return tuple(found + _by_line(rows))


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


def report_as_json(report: Report) -> dict[str, Any]:
    """The report with the names of docs/rules/imports.md, reasons as sentences in the language now active."""
    notices = [_notice(notice) for notice in report.notices]
    if report.whole is not None:
        notices.insert(0, _dense({"line": report.whole.line or None, "text": whole_sentence(report.whole)}))
    return {
        "kind": report.kind,
        "source": report.source,
        "as_of": report.as_of.isoformat(),
        "file": report.file,
        "sha256": report.sha256,
        "rows_read": report.rows_read,
        "header_row": report.header_row,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "gone": report.gone,
        "review": report.review,
        "refused": [_refused(fault, report.whole) for fault in report.refused],
        "notices": notices,
        "moved": report.moved,
        "missing": report.missing,
        "conflicts": report.conflicts,
        "people": report.people,
        "proposals": [_proposal(proposal) for proposal in report.proposals],
        "by_worksite": [asdict(line) for line in report.by_worksite],
        "seconds": round(report.seconds, 2),
        "import_id": report.import_id,
    }


def report_kept(report: Report) -> dict[str, Any]:
    """The report as an import keeps it: English, and under `SPANISH` whatever is a sentence, for who reads it so."""
    with override("en"):
        kept = report_as_json(report)
    with override("es"):
        spoken = report_as_json(report)
    return {**kept, SPANISH: {name: spoken[name] for name in ("refused", "notices", "proposals")}}


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


def about_the_file(file: SourceFile, table: HeadedTable) -> list[Notice]:
    """What the reader should know of the file itself: its letters, its other sheets, columns that were not used."""
    found = []
    if file.encoding not in _LENIENT:
        found.append(Notice("encoding", fields={"encoding": file.encoding}))
    if len(file.tables) > 1:
        found.append(Notice("sheet", fields={"name": table.table.name}))
    used = set(table.header.columns.values())
    unused = [head for place, head in enumerate(table.heads) if head and place not in used]
    if unused:
        found.append(Notice("other_columns", fields={"heads": ", ".join(head[:40] for head in unused[:40])}))
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


def _refused(fault: Fault, whole: Fault | None) -> dict[str, Any]:
    sentence = whole_sentence(whole) if whole is not None and fault.code == whole.code else row_sentence(fault)
    return _dense({"line": fault.line, "column": fault.column, "value": fault.value, "reason": sentence})


def _notice(notice: Notice) -> dict[str, Any]:
    return _dense({"line": notice.line, "text": notice_sentence(notice)})


def _proposal(proposal: Proposal) -> dict[str, Any]:
    candidates = [
        {"id": item.id, "name": item.name, "score": item.score, "why": _why(item)} for item in proposal.candidates
    ]
    return {"line": proposal.line, "name": proposal.name, "band": proposal.band, "candidates": candidates}


def _why(item: Candidate) -> str:
    return why_sentence(item.why) if item.why else reasons_sentence(item.reasons)


def _dense(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry without what is not known."""
    return {name: value for name, value in entry.items() if value not in (None, "")}
