"""Lists of opt-outs: numbers and addresses that nobody may write to any more, whoever has them.

An opt-out stands whatever list brings the number again, until its owner agrees anew.
Source: docs/rules/contact-lists.md, section 2; docs/rules/imports.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Final

from django.db import transaction
from django.utils import timezone

from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import Contact, lookup
from unionhall.roster.enums import ChangeKind, ImportKind, ImportState
from unionhall.roster.models import Consent, ContactPoint, Import, ImportChange, OptOut
from unionhall.roster.operations.files.looked import WAYS, Asked, Looked, Progress, open_list
from unionhall.roster.operations.files.refusals import FileRefused, ImportBusy
from unionhall.roster.operations.files.reports import about_the_file
from unionhall.roster.operations.files.undone import Stands
from unionhall.roster.operations.inserting import insert_all
from unionhall.roster.operations.people.records import BATCH
from unionhall.roster.operations.people_lists.undo import SEEN, Back
from unionhall.roster.phrases import row_sentence
from unionhall.roster.queries import way_of
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.days import style_of
from unionhall.rulebook.opt_out_list import WANTED, OptOutReading, OptOutRow, Stays, has_signs, read_opt_out
from unionhall.rulebook.people_columns import REACH
from unionhall.rulebook.people_file import cells_of, people_table
from unionhall.rulebook.reports import Notice
from unionhall.rulebook.sheets import HeadedTable, SourceFile

ANY_OF: Final = frozenset(item.field for item in REACH)
OPT_OUT: Final = "opt-out"
PORTION: Final = 1_000


@dataclass(frozen=True, slots=True)
class OptOutFile:
    """A list of opt-outs, read. rows: by line. stays: lines about people who did not opt out."""

    table: HeadedTable
    rows: Mapping[int, tuple[OptOutRow, ...]] = field(default_factory=dict)
    stays: int = 0
    refused: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()
    whole: Fault | None = None


@dataclass(frozen=True, slots=True)
class Out:
    """One number or address that opts out. kind: "sms" for every number. indexes: its hashes, the current first."""

    line: int
    kind: str
    value: str = field(repr=False)
    indexes: tuple[str, ...]
    since: datetime


@dataclass(slots=True)
class OptOutPlan:
    """What a list of opt-outs would do. seen: opt-outs that stood before. lifted: opt-outs older than a new consent."""

    new: list[Out]
    seen: list[int]
    lifted: int = 0


def look(asked: Asked) -> Looked:
    """What a list of opt-outs would change; nothing is written. Raises FileRefused."""
    file = asked.file
    read, report, mapping = open_list(
        asked,
        kind=ImportKind.OPTOUTS.value,
        no_header="no_contacts_header",
        table_of=lambda mapping: people_table(file.tables, mapping, wanted=WANTED, any_of=ANY_OF)[0],
        read=lambda source, mapping: _read(file, mapping, asked),
    )
    report = replace(report, refused=read.refused)
    if not read.rows and not read.stays:
        code, other = ("nothing_usable", row_sentence(read.refused[0])) if read.refused else ("no_rows", "")
        raise FileRefused(replace(report, whole=Fault(line=0, code=code, other=other)))
    plan = _plan(read, asked)
    lines = {out.line for out in plan.new}
    notices = [] if plan.new else [Notice("nothing_changed")]
    sums = {"still_subscribed": read.stays, "lifted_since": plan.lifted, "people_opted_out": _people(plan)}
    notices += [Notice(code, fields={"count": count}) for code, count in sums.items() if count]
    report = replace(
        report,
        new=len(lines),
        unchanged=len(read.rows) - len(lines) + read.stays,
        people=_people(plan),
        notices=(*notices, *read.notices, *about_the_file(file, read.table)),
    )
    return Looked(report, read.table.heads, mapping, {}, plan, tuple)


def write(imported: Import, looked: Looked, actor: Actor, at: datetime, progress: Progress) -> None:
    """The opt-outs stand, and what their owners had agreed to is withdrawn; in portions of a transaction each."""
    plan: OptOutPlan = looked.plan
    total = len(plan.new)
    progress(0, total)
    for start in range(0, total, PORTION):
        part = plan.new[start : start + PORTION]
        with transaction.atomic():
            _still_mine(imported)
            _write(imported, part, at)
        progress(start + len(part), total)
    with transaction.atomic():
        _still_mine(imported)
        if plan.seen and not ImportChange.objects.filter(imported=imported, record=SEEN).exists():
            ImportChange.objects.create(
                imported=imported,
                kind=ChangeKind.CHANGED,
                record=SEEN,
                record_pk=0,
                label="",
                before={imported.as_of.isoformat(): plan.seen},
            )


def _still_mine(imported: Import) -> None:
    row = Import.objects.select_for_update().only("state").get(pk=imported.pk)
    if row.state != ImportState.APPLYING:
        raise ImportBusy


def _write(imported: Import, outs: Sequence[Out], at: datetime) -> None:
    rows = [
        OptOut(
            kind=out.kind,
            index_full=out.indexes[0],
            value=out.value,
            source=imported.source,
            opted_out_at=min(out.since, at),
        )
        for out in outs
    ]
    insert_all(rows)
    withdrawn = _withdraw(outs, at)
    ImportChange.objects.bulk_create(
        (
            ImportChange(
                imported=imported,
                kind=ChangeKind.NEW,
                record=OPT_OUT,
                record_pk=row.pk,
                label=row.kind,
                line=out.line,
                after={"consents": withdrawn[out.indexes[0]]} if withdrawn.get(out.indexes[0]) else {},
            )
            for row, out in zip(rows, outs, strict=True)
        ),
        batch_size=BATCH,
    )


def _withdraw(outs: Sequence[Out], at: datetime) -> Mapping[str, list[int]]:
    """Consents to be written to there no longer stand: index → their numbers."""
    current = {index: out.indexes[0] for out in outs for index in out.indexes}
    found: dict[str, list[int]] = defaultdict(list)
    wanted = sorted(current)
    for start in range(0, len(wanted), BATCH):
        standing = Consent.objects.filter(
            withdrawn_at=None, contact_point__index_full__in=wanted[start : start + BATCH]
        ).order_by("pk")
        for pk, index in standing.values_list("pk", "contact_point__index_full"):
            found[current[index]].append(pk)
    ids = [pk for pks in found.values() for pk in pks]
    for start in range(0, len(ids), BATCH):
        Consent.objects.filter(pk__in=ids[start : start + BATCH]).update(withdrawn_at=at)
    return found


def _read(file: SourceFile, mapping: Mapping[str, str], asked: Asked) -> OptOutFile:
    table, dropped = people_table(file.tables, mapping, wanted=WANTED, any_of=ANY_OF)
    lines = list(cells_of(table))
    columns = table.header.columns
    said = [line.values.get("opted_out_at", "") for line in lines]
    days = style_of(said, as_of=asked.as_of, epoch=table.table.epoch)
    reading = OptOutReading(ways=WAYS, days=days, zone=timezone.get_default_timezone(), has_signs=has_signs(columns))
    found = [(line.line, read_opt_out(line, reading)) for line in lines]
    return OptOutFile(
        table=table,
        rows={line: item for line, item in found if isinstance(item, tuple)},
        stays=sum(isinstance(item, Stays) for _line, item in found),
        refused=tuple(item for _line, item in found if isinstance(item, Fault)),
        notices=tuple(Notice(code=f"dropped_{item.why}", fields={"head": item.head}) for item in dropped),
    )


def _plan(read: OptOutFile, asked: Asked) -> OptOutPlan:
    """Which of the numbers and addresses are new here, in the order of the list; each once."""
    standing: dict[tuple[str, str], int] = {}
    lifted: dict[tuple[str, str], datetime] = {}
    rows = OptOut.objects.order_by("pk").values_list("pk", "kind", "index_full", "lifted_at")
    for pk, kind, index, lifted_at in rows:
        if lifted_at is None:
            standing[kind, index] = pk
        else:
            lifted[kind, index] = lifted_at
    consented = _consented(row for rows in read.rows.values() for row in rows)
    beginning = timezone.make_aware(datetime.combine(asked.as_of, time()))
    plan = OptOutPlan(new=[], seen=[])
    done: set[tuple[str, str]] = set()
    for row in (row for rows in read.rows.values() for row in rows):
        kind, indexes = way_of(row.kind), lookup(Contact(kind=row.kind, value=row.value))
        keys = [(kind, index) for index in indexes]
        since = row.opted_out_at or beginning
        if keys[0] in done:
            continue
        done.add(keys[0])
        held = next((standing[key] for key in keys if key in standing), None)
        agreed = [found for key in keys for found in (lifted.get(key), consented.get(key[1])) if found]
        if held is not None:
            plan.seen.append(held)
        elif _has_agreed_since(row, since, agreed, [lifted[key] for key in keys if key in lifted]):
            plan.lifted += 1
        else:
            plan.new.append(Out(row.line, kind, row.value, indexes, since))
    return plan


def _has_agreed_since(row: OptOutRow, since: datetime, agreed: Sequence[datetime], lifted: Sequence[datetime]) -> bool:
    """Whether its owner agreed anew after an opt-out; of one without a time only if an opt-out was lifted by that."""
    return any(found > since for found in (agreed if row.opted_out_at is not None else lifted))


def _consented(rows: Iterable[OptOutRow]) -> dict[str, datetime]:
    """When the owner of a number or address last agreed to be written to there: index → instant."""
    wanted = sorted({index for row in rows for index in lookup(Contact(kind=row.kind, value=row.value))})
    found: dict[str, datetime] = {}
    for start in range(0, len(wanted), BATCH):
        given = Consent.objects.filter(
            withdrawn_at=None, contact_point__index_full__in=wanted[start : start + BATCH]
        ).order_by("given_at")
        found |= dict(given.values_list("contact_point__index_full", "given_at"))
    return found


def _people(plan: OptOutPlan) -> int:
    """How many people we know have one of the new opt-outs."""
    wanted = sorted({index for out in plan.new for index in out.indexes})
    people: set[int] = set()
    for start in range(0, len(wanted), BATCH):
        rows = ContactPoint.objects.filter(index_full__in=wanted[start : start + BATCH])
        people.update(rows.values_list("person_id", flat=True))
    return len(people)


def preview_optouts_undo(imported: Import) -> Back:
    """What taking a list of opt-outs back comes to; nothing is written."""
    back, later = Back(), _later(imported)
    for part in _portions(imported):
        _sort(part, later, back)
    return back


def undo_optouts(imported: Import, progress: Progress) -> Back:
    """The opt-outs that a list brought stand no more, and consents stand again; in portions, resumable.

    One that a later list has brought too rests on that list from now on. One that its owner has lifted stays as it is.
    """
    back, later = Back(), _later(imported)
    total, done = ImportChange.objects.filter(imported=imported, record=OPT_OUT).count(), 0
    for part in _portions(imported):
        with transaction.atomic():
            remove, handed = _sort(part, later, back)
            _remove(remove)
            for change, heir in handed:
                ImportChange.objects.filter(pk=change.pk).update(imported=heir)
            left = [change.pk for change in part if change.pk not in {one.pk for one, _heir in handed}]
            ImportChange.objects.filter(pk__in=left).update(is_undone=True)
        done += len(part)
        progress(done, total)
    return back


def _later(imported: Import) -> Mapping[int, int]:
    """The opt-outs that later lists, which stand, have brought again: number → the first of those lists."""
    lists = Import.objects.filter(pk__gt=imported.pk, kind=ImportKind.OPTOUTS)
    standing = lists.filter(state__in=(ImportState.APPLYING, ImportState.APPLIED))
    found: dict[int, int] = {}
    for pk, before in (
        ImportChange.objects.filter(imported__in=standing, record=SEEN)
        .order_by("imported")
        .values_list("imported_id", "before")
    ):
        for ids in before.values():
            for one in ids:
                found.setdefault(one, pk)
    return found


def _portions(imported: Import) -> Iterable[list[ImportChange]]:
    rows = ImportChange.objects.filter(imported=imported, record=OPT_OUT, is_undone=False).order_by("-pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), PORTION):
        yield list(ImportChange.objects.filter(pk__in=ids[start : start + PORTION]))


def _sort(
    changes: Sequence[ImportChange], later: Mapping[int, int], back: Back
) -> tuple[list[ImportChange], list[tuple[ImportChange, int]]]:
    """Which opt-outs go, and which are handed on to a later list; counted."""
    held = OptOut.objects.in_bulk([change.record_pk for change in changes])
    remove, handed = [], []
    for change in changes:
        row = held.get(change.record_pk)
        if row is None:
            continue
        if row.lifted_at is not None:
            back.stands.append(_stand(change, "edited"))
        elif change.record_pk in later:
            handed.append((change, later[change.record_pk]))
            back.stands.append(_stand(change, "later_import"))
        else:
            remove.append(change)
            back.removed += 1
    return remove, handed


def _stand(change: ImportChange, reason: str) -> Stands:
    return Stands(public_id="", name=f"{change.label} {change.line}", reason=reason)


def _remove(changes: Sequence[ImportChange]) -> None:
    OptOut.objects.filter(pk__in=[change.record_pk for change in changes]).delete()
    ids = [pk for change in changes for pk in change.after.get("consents", ())]
    rows = list(Consent.objects.filter(pk__in=ids, withdrawn_at__isnull=False))
    again = Consent.objects.filter(withdrawn_at=None, contact_point__in=[row.contact_point_id for row in rows])
    taken = set(again.values_list("person_id", "contact_point_id", "purpose"))
    stand = [row.pk for row in rows if (row.person_id, row.contact_point_id, row.purpose) not in taken]
    Consent.objects.filter(pk__in=stand).update(withdrawn_at=None)
