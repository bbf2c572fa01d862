"""Lists that are looked at first, kept, and applied in portions: one door for screens and commands, whatever the kind.

Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from time import perf_counter
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.collecting import collected_later
from unionhall.foundation.errors import Invalid
from unionhall.roster.enums import ImportKind, ImportState
from unionhall.roster.events import ImportApplied
from unionhall.roster.models import Import
from unionhall.roster.operations.contact_lists import contacts as contact_imports
from unionhall.roster.operations.contact_lists import optouts as optout_imports
from unionhall.roster.operations.files.looked import Asked, Looked, Progress
from unionhall.roster.operations.files.received import NotToApply, bytes_of, discard, receive_file
from unionhall.roster.operations.files.refusals import ImportBusy
from unionhall.roster.operations.files.reports import report_kept
from unionhall.roster.operations.lists.whole import WHOLE, apply_whole, receive_whole
from unionhall.roster.operations.people_lists import applying as people_imports
from unionhall.rulebook import contact_list, directory, opt_out_list, people_list
from unionhall.rulebook.columns import Wanted, guess_columns
from unionhall.rulebook.reports import Report
from unionhall.rulebook.sheets import SourceFile


class NoSuchKind(Invalid):
    """A kind of list that is not brought in this way."""

    code = "no_such_kind"
    message = _("“%(kind)s” is no kind of list that comes in here.")


@dataclass(frozen=True, slots=True)
class Way:
    """How lists of one kind come in.

    fields: what a mapping may name. look: what a list would do. write: does it, in portions of a transaction each.
    """

    fields: tuple[str, ...]
    look: Callable[[Asked], Looked]
    write: Callable[[Import, Looked, Actor, datetime, Progress], None]


_WAYS: Final[Mapping[str, Way]] = {
    ImportKind.PEOPLE.value: Way(people_list.FIELDS, people_imports.look, people_imports.write),
    ImportKind.CONTACTS.value: Way(contact_list.FIELDS, contact_imports.look, people_imports.write),
    ImportKind.OPTOUTS.value: Way(opt_out_list.FIELDS, optout_imports.look, optout_imports.write),
}


_WANTED: Final[Mapping[str, Sequence[Wanted]]] = {
    ImportKind.WORKSITES.value: directory.WANTED,
    ImportKind.PEOPLE.value: people_list.WANTED,
    ImportKind.CONTACTS.value: contact_list.WANTED,
    ImportKind.OPTOUTS.value: opt_out_list.WANTED,
}


def fields_of(kind: str) -> tuple[str, ...]:
    """What a mapping for lists of that kind may name. Raises NoSuchKind."""
    return WHOLE[kind].fields if kind in WHOLE else _way(kind).fields


def columns_read(imported: Import) -> dict[str, str]:
    """Field → head, as a list was read: what somebody said, else what its heads say of themselves."""
    wanted = _WANTED.get(imported.kind, ())
    free = [item for item in wanted if item.field not in imported.mapping]
    heads = ["" if head in imported.mapping.values() else head for head in imported.columns]
    guessed = {field: imported.columns[place] for field, place in guess_columns(heads, free).items()}
    return {**guessed, **imported.mapping}


def look_at(
    *,
    kind: str,
    file: SourceFile,
    source: str,
    as_of: date,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Looked:
    """What a list would change; nothing is written.

    kind: people, contacts or optouts. source, as_of, mapping: see `Asked`. options: of people "all_absent", whether
    very many at once may be marked as missing. Raises FileRefused or NoSuchKind.
    """
    started = perf_counter()
    asked = Asked(file=file, source=source, as_of=as_of, mapping=mapping, options=options or {})
    with collected_later():
        looked = _way(kind).look(asked)
    return replace(looked, report=replace(looked.report, seconds=perf_counter() - started))


def keep(*, looked: Looked, data: bytes, actor: Actor, at: datetime) -> Import:
    """A list that was looked at is kept, encrypted, until it is applied. data: the bytes of its file."""
    return receive_file(
        data=data,
        report=looked.report,
        columns=list(looked.heads),
        mapping=looked.mapping,
        options=looked.options,
        actor=actor,
        at=at,
    )


def receive(
    *,
    kind: str,
    file: Any,
    data: bytes,
    source: str,
    as_of: date,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    actor: Actor,
    at: datetime,
) -> Import:
    """A list is looked at and kept: its `report` says what it would change, and nothing is written yet.

    data: the bytes that `file` was read from; the other arguments as for `look_at`. Raises FileRefused or NoSuchKind.
    """
    if kind in WHOLE:
        terms: dict[str, Any] = {"source": source, "as_of": as_of, "mapping": mapping, "options": options}
        return receive_whole(kind=kind, file=file, data=data, **terms, actor=actor, at=at)
    looked = look_at(kind=kind, file=file, source=source, as_of=as_of, mapping=mapping, options=options)
    return keep(looked=looked, data=data, actor=actor, at=at)


def look_again(imported: Import, *, file: Any, mapping: Mapping[str, str], actor: Actor, at: datetime) -> Import:
    """A list that waits is looked at by another mapping, and takes the place of what was kept; gives the new row.

    file: the file again. mapping: field → head. Raises FileRefused, and NotToApply where it was applied meanwhile; then
    what was kept stays.
    """
    terms: dict[str, Any] = {"source": imported.source, "as_of": imported.as_of, "options": imported.options}
    with transaction.atomic():
        data = bytes_of(imported)
        discard(imported, actor=actor, at=at)
        return receive(kind=imported.kind, file=file, data=data, mapping=mapping, **terms, actor=actor, at=at)


def apply_import(
    *,
    imported: Import,
    file: Any,
    actor: Actor,
    at: datetime,
    progress: Progress = lambda done, total: None,
    looked: Looked | None = None,
) -> Report:
    """The list is on the roster, and can be taken back with `undo_import`; gives the report.

    Written in portions, each person whole: stopped or killed anywhere, the same call goes on where it was, and the
    counts of the report stay those of its beginning. file: the file again, as it was received. progress: told after
    each portion how much is done, of how much; whatever it raises stops the work there. looked: as it was looked at a
    moment ago, so that this need not be done again.
    Raises NotToApply, FileRefused, or ImportBusy where another import was quicker: then the same call goes on.
    """
    started = perf_counter()
    if imported.state not in (ImportState.LOOKED_AT, ImportState.APPLYING):
        raise NotToApply(id=imported.pk)
    if imported.kind in WHOLE:
        return apply_whole(imported=imported, file=file, actor=actor, at=at)
    with collected_later():
        report = _apply(imported, file, actor, at, progress, looked)
    return _finish(imported, report, actor, at, seconds=perf_counter() - started)


def _apply(
    imported: Import, file: Any, actor: Actor, at: datetime, progress: Progress, looked: Looked | None
) -> Report:
    way = _way(imported.kind)
    if looked is None or imported.state == ImportState.APPLYING:
        looked = way.look(
            Asked(
                file=file,
                source=imported.source,
                as_of=imported.as_of,
                mapping=imported.mapping,
                options=imported.options,
                but=imported.pk,
            )
        )
    try:
        _begin(imported, looked, actor, at)
        way.write(imported, looked, actor, at, progress)
    except IntegrityError as error:
        raise ImportBusy from error
    return looked.report


@transaction.atomic
def _begin(imported: Import, looked: Looked, actor: Actor, at: datetime) -> None:
    """The import is under way, with the report of what it will do. Raises NotToApply."""
    row = Import.objects.select_for_update().get(pk=imported.pk)
    if row.state == ImportState.LOOKED_AT:
        report = replace(looked.report, import_id=row.pk)
        row.report, row.options = report_kept(report), {**row.options, **looked.options}
        row.state, row.applied_at = ImportState.APPLYING, at
        row.applied_by_id, row.applied_by = actor.user_id, actor.label
        row.save()
        detail = {"import": row.pk, "rows": report.rows_read}
        audit.record(actor=actor, verb="roster.import_begun", at=at, obj=row, detail=detail)
    elif row.state != ImportState.APPLYING:
        raise NotToApply(id=row.pk)
    imported.refresh_from_db()


@transaction.atomic
def _finish(imported: Import, report: Report, actor: Actor, at: datetime, *, seconds: float) -> Report:
    row = Import.objects.select_for_update().get(pk=imported.pk)
    row.state = ImportState.APPLIED
    row.report = {**row.report, "seconds": round(row.report.get("seconds", 0) + seconds, 2)}
    row.save(update_fields=["state", "report"])
    imported.state, imported.report = row.state, row.report
    new, changed = row.report["new"], row.report["changed"]
    detail = {"import": row.pk, "new": new, "changed": changed, "rows": row.report["rows_read"]}
    audit.record(actor=actor, verb="roster.import_applied", at=at, obj=row, detail=detail)
    events.publish(ImportApplied(import_id=row.pk, kind=row.kind, new=new, changed=changed))
    return replace(report, import_id=row.pk, seconds=seconds)


def _way(kind: str) -> Way:
    try:
        return _WAYS[kind]
    except KeyError:
        raise NoSuchKind(kind=kind[:20]) from None
