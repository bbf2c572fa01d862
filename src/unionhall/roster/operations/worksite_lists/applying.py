"""Bringing in a list of worksites: looked at first, then applied whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from time import perf_counter

from django.db import IntegrityError, transaction

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.roster.enums import ImportKind, SiteKind
from unionhall.roster.events import ImportApplied
from unionhall.roster.models import Import
from unionhall.roster.operations.files.received import applied_row
from unionhall.roster.operations.files.refusals import LONGEST_SOURCE, FileRefused, ImportBusy
from unionhall.roster.operations.files.reports import report_kept
from unionhall.roster.operations.worksite_lists.known import ListTerms
from unionhall.roster.operations.worksite_lists.plans import SitePlan, plan_worksites
from unionhall.roster.operations.worksite_lists.reports import notices_of, proposals_of
from unionhall.roster.operations.worksite_lists.writes import options_of, write_changes, write_doubts
from unionhall.roster.phrases import row_sentence
from unionhall.roster.queries import source_with_columns
from unionhall.rulebook.cells_out import source_given_out
from unionhall.rulebook.columns import NoHeader, UnknownHead
from unionhall.rulebook.directory import WANTED, Cells, Fault, SiteRow, is_about_schools, judge_codes, judged, read_row
from unionhall.rulebook.places import judge_file
from unionhall.rulebook.reports import Report
from unionhall.rulebook.sheets import HeadedTable, RawRow, SourceFile, choose_table


@dataclass(frozen=True, slots=True)
class _Read:
    """A file read as worksites. report: without what only the roster can tell."""

    table: HeadedTable
    rows: tuple[SiteRow, ...]
    report: Report


def preview_worksites(
    *, file: SourceFile, source: str, as_of: date, mapping: Mapping[str, str] | None = None, charters: bool = False
) -> Report:
    """What a list of worksites would change; nothing is written.

    source: what to call the list; "" takes the source of the last list with the same columns, else the file's name.
    as_of: the day of which the list speaks. mapping: field → head, before any guess. charters: take charter schools as
    worksites like others; otherwise they are kept apart and offered to nobody. Raises FileRefused.
    """
    started = perf_counter()
    read = _read(file=file, source=source, as_of=as_of, mapping=mapping or {})
    plan = plan_worksites(read.rows, _terms(read, charters=charters))
    report = replace(_reported(read, plan, file), proposals=proposals_of(plan, every=True))
    return replace(report, seconds=perf_counter() - started)


def apply_worksites(
    *,
    file: SourceFile,
    source: str,
    as_of: date,
    mapping: Mapping[str, str] | None = None,
    charters: bool = False,
    actor: Actor,
    at: datetime,
    imported: Import | None = None,
) -> Report:
    """The list of worksites is in, whole, and can be taken back with `undo_import`; gives the report.

    Arguments as for `preview_worksites`. imported: the list as it was received, where it was. The same list a second
    time changes nothing, and its arrival is noted.
    Raises FileRefused, or ImportBusy where another import was quicker; then nothing is written.
    """
    started = perf_counter()
    read = _read(file=file, source=source, as_of=as_of, mapping=mapping or {})
    try:
        with transaction.atomic():
            terms = _terms(read, charters=charters)
            plan = plan_worksites(read.rows, terms)
            report = replace(_reported(read, plan, file), proposals=proposals_of(plan, every=False))
            imported = applied_row(
                report=report,
                columns=read.table.heads,
                options=options_of(terms),
                actor=actor,
                at=at,
                imported=imported,
            )
            write_changes(plan.changes, imported)
            write_doubts(plan.doubts, imported)
            report = replace(report, import_id=imported.pk)
            Import.objects.filter(pk=imported.pk).update(report=report_kept(report))
            detail = {"import": imported.pk, "new": report.new, "changed": report.changed, "rows": report.rows_read}
            audit.record(actor=actor, verb="roster.import_applied", at=at, obj=imported, detail=detail)
            events.publish(
                ImportApplied(import_id=imported.pk, kind=report.kind, new=report.new, changed=report.changed)
            )
    except IntegrityError as error:
        raise ImportBusy from error
    return replace(report, seconds=perf_counter() - started)


def refuse_file(
    *, name: str, sha256: str, source: str, as_of: date, reason: str, kind: ImportKind = ImportKind.WORKSITES
) -> Report:
    """The report on a file of which nothing can be read. reason: the sentence why. kind: what it was to bring."""
    whole = Fault(line=0, code="unreadable", other=reason)
    report = _empty_report(SourceFile(name=name, sha256=sha256, tables=()), source, as_of)
    return replace(report, kind=kind.value, whole=whole)


def _empty_report(file: SourceFile, source: str, as_of: date) -> Report:
    kind = ImportKind.WORKSITES.value
    return Report(kind=kind, source=source, as_of=as_of, file=file.name, sha256=file.sha256)


def _read(*, file: SourceFile, source: str, as_of: date, mapping: Mapping[str, str]) -> _Read:
    """The file as worksites and refused lines. Raises FileRefused."""
    named = " ".join(source.split())[:LONGEST_SOURCE]
    report = _empty_report(file, named, as_of)
    try:
        table = choose_table(file.tables, WANTED, mapping)
    except NoHeader as error:
        raise _whole(report, Fault(line=0, code="no_header", other=_heads(error.heads))) from error
    except UnknownHead as error:
        fault = Fault(line=0, code="unknown_head", value=error.head, other=_heads(error.heads))
        raise _whole(report, fault) from error
    report = replace(
        report,
        source=named
        or source_given_out(table)
        or source_with_columns(ImportKind.WORKSITES, table.heads)
        or _stem(file.name),
        header_row=table.header_row,
        rows_read=len(table.body),
    )
    cells = [_cells(row, table) for row in table.body]
    wrong = _fault_of_whole(cells)
    if wrong is not None:
        raise _whole(replace(report, refused=tuple(replace(wrong, line=row.line) for row in table.body)), wrong)
    found = [_too_long(raw, table) or read_row(row) for raw, row in zip(table.body, cells, strict=True)]
    rows = tuple(item for item in found if isinstance(item, SiteRow))
    refused = tuple(item for item in found if isinstance(item, Fault))
    report = replace(report, refused=refused)
    if not rows:
        code, other = ("nothing_usable", row_sentence(refused[0])) if refused else ("no_rows", "")
        raise _whole(report, Fault(line=0, code=code, other=other))
    return _Read(table=table, rows=rows, report=report)


def _terms(read: _Read, *, charters: bool) -> ListTerms:
    return ListTerms(
        source=read.report.source,
        as_of=read.report.as_of,
        columns=frozenset(read.table.header.columns),
        kind=SiteKind.SCHOOL if is_about_schools(read.table.heads) else SiteKind.OTHER,
        charters=charters,
    )


def _reported(read: _Read, plan: SitePlan, file: SourceFile) -> Report:
    code = read.table.head_of("code")
    by_line = {row.line: row for row in read.rows}
    doubles = tuple(
        Fault(line=line, code="repeated_code", column=code, value=by_line[line].code, other=str(first))
        for line, first in plan.pairing.doubles.items()
    )
    return replace(
        read.report,
        new=plan.new,
        changed=len(plan.changes) - plan.new,
        unchanged=plan.unchanged,
        gone=len(plan.pairing.gone),
        review=len(plan.doubts),
        refused=tuple(sorted((*read.report.refused, *doubles), key=lambda fault: fault.line)),
        notices=notices_of(plan, file=file, table=read.table),
    )


def _fault_of_whole(cells: list[Cells]) -> Fault | None:
    """Why a file cannot be meant at all: rounded codes, or map points that are none."""
    coded = [cell for cell in cells if cell.text("code")]
    code = judge_codes([cell.text("code") for cell in coded])
    if code:
        return _worst_code(coded, code)
    verdicts = [(cell, judged(cell)) for cell in cells]
    verdict = judge_file([found for _cell, found in verdicts if found is not None])
    if verdict == "ok":
        return None
    first = next(cell for cell, found in verdicts if found == verdict)
    return first.fault("longitude" if verdict == "sign" else "latitude", f"point_{verdict}")


def _worst_code(cells: list[Cells], code: str) -> Fault:
    """The fault of the code column, with the code that shows it best: a power of ten, else the one most lines share."""
    counts = Counter(cell.text("code") for cell in cells)
    shown = max(
        cells, key=lambda cell: (code == "rounded" and "E" in cell.text("code").upper(), counts[cell.text("code")])
    )
    return replace(shown.fault("code", code), line=0)


def _cells(row: RawRow, table: HeadedTable) -> Cells:
    """The cells of a row by field; a row that is too short is blank at its end."""
    columns = table.header.columns
    values = {name: row.cells[place] if place < len(row.cells) else "" for name, place in columns.items()}
    return Cells(line=row.line, values=values, heads={name: table.heads[place] for name, place in columns.items()})


def _too_long(row: RawRow, table: HeadedTable) -> Fault | None:
    if any(cell.strip() for cell in row.cells[len(table.heads) :]):
        return Fault(line=row.line, code="too_many_cells")
    return None


def _whole(report: Report, fault: Fault) -> FileRefused:
    return FileRefused(replace(report, whole=fault))


def _heads(heads: tuple[str, ...]) -> str:
    return ", ".join(head[:40] for head in heads[:20])


def _stem(name: str) -> str:
    return " ".join(name.rsplit(".", 1)[0].split())[:LONGEST_SOURCE] or "list"
