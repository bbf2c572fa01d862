"""The import report put together, and in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from django.utils.translation import override

from unionhall.roster.phrases import notice_sentence, reasons_sentence, row_sentence, whole_sentence, why_sentence
from unionhall.roster.queries import SPANISH
from unionhall.rulebook.directory import Fault
from unionhall.rulebook.reports import Candidate, Notice, Proposal, Report
from unionhall.rulebook.sheets import HeadedTable, SourceFile

_LENIENT: Final = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", ""})


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
