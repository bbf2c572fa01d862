"""Bringing in outlines of districts: looked at first, then applied whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest
from time import perf_counter
from typing import Final

from django.db import IntegrityError, transaction

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.roster.enums import ChangeKind, ImportKind
from unionhall.roster.events import ImportApplied
from unionhall.roster.models import District, Import, ImportChange, Outline
from unionhall.roster.operations.boundary_lists.districts import assign_districts
from unionhall.roster.operations.boundary_lists.plans import DistrictChange, DistrictPlan, digest, plan_districts
from unionhall.roster.operations.boundary_lists.reports import notices_of_districts
from unionhall.roster.operations.files.received import applied_row
from unionhall.roster.operations.files.refusals import LONGEST_SOURCE, FileRefused, ImportBusy
from unionhall.roster.operations.files.reports import report_kept
from unionhall.roster.phrases import row_sentence
from unionhall.rulebook.columns import UnknownHead
from unionhall.rulebook.directory import Fault
from unionhall.rulebook.districts import ANY_KIND, DistrictRow, guess_kind, kind_said, kind_slug, read_districts
from unionhall.rulebook.outlines import Outline as SentOutline
from unionhall.rulebook.outlines import OutlineFile, judge_outlines
from unionhall.rulebook.places import Box, Verdict
from unionhall.rulebook.reports import Notice, Report

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class _Read:
    """A file read as districts. report: without what only the roster can tell."""

    rows: tuple[DistrictRow, ...]
    kind: str
    report: Report


def preview_boundaries(
    *, file: OutlineFile, source: str, as_of: date, kind: str = "", mapping: Mapping[str, str] | None = None
) -> Report:
    """What a file of outlines would change; nothing is written.

    source: what to call where they come from; "" takes the file's name. as_of: the first day on which they hold. kind:
    such as "city-council"; "" takes what the file or its name says. mapping: "name" or "code" → property, before any
    guess. Raises FileRefused.
    """
    started = perf_counter()
    read = _read(file=file, source=source, as_of=as_of, kind=kind, mapping=mapping or {})
    plan = plan_districts(read.rows, kind=read.kind, source=read.report.source, day=as_of)
    return replace(_reported(read, plan, file), seconds=perf_counter() - started)


def apply_boundaries(
    *,
    file: OutlineFile,
    source: str,
    as_of: date,
    kind: str = "",
    mapping: Mapping[str, str] | None = None,
    actor: Actor,
    at: datetime,
    imported: Import | None = None,
) -> Report:
    """The outlines are in, whole, worksites lie in them, and `undo_import` takes it all back; gives the report.

    Arguments as for `preview_boundaries`. imported: the file as it was received, where it was. Outlines of the same
    kind and source that held before end on the day on which these begin. The same file a second time changes nothing.
    Raises FileRefused, or ImportBusy where another import was quicker; then nothing is written.
    """
    started = perf_counter()
    read = _read(file=file, source=source, as_of=as_of, kind=kind, mapping=mapping or {})
    try:
        with transaction.atomic():
            plan = plan_districts(read.rows, kind=read.kind, source=read.report.source, day=as_of)
            report = _reported(read, plan, file)
            imported = applied_row(
                report=report,
                columns=file.heads,
                options={"kind": read.kind},
                actor=actor,
                at=at,
                imported=imported,
            )
            report = replace(report, import_id=imported.pk)
            _write(plan, imported)
            settle_days(kind=plan.kind, source=plan.source)
            assign_districts(actor=actor, at=at)
            Import.objects.filter(pk=imported.pk).update(report=report_kept(report))
            detail = {"import": imported.pk, "new": report.new, "changed": report.changed, "rows": report.rows_read}
            audit.record(actor=actor, verb="roster.import_applied", at=at, obj=imported, detail=detail)
            events.publish(
                ImportApplied(import_id=imported.pk, kind=report.kind, new=report.new, changed=report.changed)
            )
    except IntegrityError as error:
        raise ImportBusy from error
    return replace(report, seconds=perf_counter() - started)


def settle_days(*, kind: str, source: str) -> int:
    """Each vintage of a kind and source holds until the next one begins; gives how many districts end otherwise now.

    For other operations of the roster, within their transaction.
    """
    held = District.objects.filter(kind=kind, source=source)
    days = list(held.order_by("valid_from").values_list("valid_from", flat=True).distinct())
    settled = 0
    for day, until in zip_longest(days, days[1:]):
        wrong = held.filter(valid_from=day)
        wrong = wrong.filter(valid_until__isnull=False) if until is None else wrong.exclude(valid_until=until)
        settled += wrong.update(valid_until=until)
    return settled


def _read(*, file: OutlineFile, source: str, as_of: date, kind: str, mapping: Mapping[str, str]) -> _Read:
    """The file as districts and refused features. Raises FileRefused."""
    stem = " ".join(file.name.rsplit(".", 1)[0].split())[:LONGEST_SOURCE] or "outlines"
    report = Report(
        kind=ImportKind.BOUNDARIES.value,
        source=" ".join(source.split())[:LONGEST_SOURCE] or stem,
        as_of=as_of,
        file=file.name,
        sha256=file.sha256,
        rows_read=len(file.outlines),
    )
    verdict, verdicts = judge_outlines(file.outlines)
    if verdict != "ok":
        raise _out_of_place(report, file.outlines, verdicts, verdict)
    judged = [_judged(item, found) for item, found in zip(file.outlines, verdicts, strict=True)]
    try:
        rows, refused = read_districts(judged, heads=file.heads, mapping=mapping, only_name=stem)
    except UnknownHead as error:
        fault = Fault(line=0, code="unknown_head", value=error.head, other=", ".join(error.heads[:20]))
        raise FileRefused(replace(report, rows_read=0, whole=fault)) from error
    report = replace(report, refused=refused)
    if not rows:
        code, other = ("nothing_usable", row_sentence(refused[0])) if refused else ("no_outlines", "")
        raise FileRefused(replace(report, whole=Fault(line=0, code=code, other=other)))
    return _with_kind(rows, report, file, kind_slug(kind))


def _with_kind(rows: tuple[DistrictRow, ...], report: Report, file: OutlineFile, kind: str) -> _Read:
    if kind:
        return _Read(rows=rows, kind=kind, report=report)
    guess = kind_said(file.outlines, file.heads) or guess_kind([file.name, report.source])
    notice = Notice("kind_guessed" if guess else "kind_unknown", fields={"kind": guess or ANY_KIND})
    return _Read(rows=rows, kind=guess or ANY_KIND, report=replace(report, notices=(notice,)))


def _judged(outline: SentOutline, verdict: Verdict | None) -> SentOutline:
    """The outline, or the reason why it cannot be meant where the file says it lies."""
    if verdict in (None, "ok"):
        return outline
    return replace(outline, wkb=b"", fault=f"outline_{verdict}", said=_corner(outline))


def _out_of_place(
    report: Report, outlines: Sequence[SentOutline], verdicts: Sequence[Verdict | None], verdict: Verdict
) -> FileRefused:
    """The refusal of a whole file whose coordinates cannot be meant; every feature of it counts as refused."""
    first = next(item for item, found in zip(outlines, verdicts, strict=True) if found == verdict)
    whole = Fault(line=first.line, code=f"outline_{verdict}", value=_corner(first))
    refused = tuple(replace(whole, line=outline.line) for outline in outlines)
    return FileRefused(replace(report, refused=refused, whole=whole))


def _corner(outline: SentOutline) -> str:
    """The numbers of the south-west corner as the file has them: first across, then up."""
    return f"{outline.box.west:.10g}, {outline.box.south:.10g}" if outline.box else ""


def _reported(read: _Read, plan: DistrictPlan, file: OutlineFile) -> Report:
    return replace(
        read.report,
        new=plan.new,
        changed=len(plan.changes) - plan.new,
        unchanged=plan.unchanged,
        gone=plan.gone,
        notices=notices_of_districts(plan, rows=read.rows, file=file, first=read.report.notices),
    )


def _write(plan: DistrictPlan, imported: Import) -> None:
    """The changes of a plan, each with what undoes it."""
    outlines = _kept_outlines(plan.changes)
    made = [
        District(
            kind=plan.kind,
            source=plan.source,
            code=change.row.code,
            name=change.row.name,
            outline_id=outlines[change.sha256],
            valid_from=plan.day,
            valid_until=plan.until,
            imported=imported,
        )
        for change in plan.changes
        if change.district is None
    ]
    District.objects.bulk_create(made, batch_size=BATCH)
    new = {district.code: district for district in made}
    records = []
    corrected = []
    for change in plan.changes:
        after = {"name": change.row.name, "outline_id": outlines[change.sha256]}
        if change.district is None:
            records.append(_record(imported, change, ChangeKind.NEW, new[change.row.code], {}, after))
            continue
        before = {"name": change.district.name, "outline_id": change.district.outline_id}
        touched = {name: value for name, value in after.items() if before[name] != value}
        before = {name: before[name] for name in touched}
        records.append(_record(imported, change, ChangeKind.CHANGED, change.district, before, touched))
        change.district.name, change.district.outline_id = change.row.name, outlines[change.sha256]
        corrected.append(change.district)
    District.objects.bulk_update(corrected, ["name", "outline"], batch_size=BATCH)
    ImportChange.objects.bulk_create(records, batch_size=BATCH)


def _record(
    imported: Import,
    change: DistrictChange,
    kind: ChangeKind,
    district: District,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> ImportChange:
    return ImportChange(
        imported=imported,
        kind=kind,
        record="district",
        record_pk=district.pk,
        label=change.row.name,
        line=change.row.line,
        before=dict(before),
        after=dict(after),
    )


def _kept_outlines(changes: Sequence[DistrictChange]) -> dict[str, int]:
    """The database numbers of the outlines by their digest; those not held yet are made."""
    wanted = {change.sha256: change.row.outline for change in changes}
    digests = list(wanted)
    held: set[str] = set()
    for start in range(0, len(digests), BATCH):
        part = digests[start : start + BATCH]
        held.update(Outline.objects.filter(sha256__in=part).values_list("sha256", flat=True))
    Outline.objects.bulk_create(
        (_outline(sent, sent.box) for key, sent in wanted.items() if key not in held and sent.box), batch_size=BATCH
    )
    found: dict[str, int] = {}
    for start in range(0, len(digests), BATCH):
        part = digests[start : start + BATCH]
        found.update(Outline.objects.filter(sha256__in=part).values_list("sha256", "pk"))
    return found


def _outline(sent: SentOutline, box: Box) -> Outline:
    return Outline(
        sha256=digest(sent.wkb),
        wkb=sent.wkb,
        west=box.west,
        south=box.south,
        east=box.east,
        north=box.north,
        area_km2=sent.area_km2,
    )
