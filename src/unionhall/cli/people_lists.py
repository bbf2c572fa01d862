"""`unionhall import people`, `contacts`, `optouts`: lists about people; `unionhall imports resume` goes on with one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unionhall.cli import imports as lists
from unionhall.cli.output import finish, progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unionhall.roster.models import Import
    from unionhall.roster.operations import Looked
    from unionhall.rulebook.reports import Report
    from unionhall.rulebook.sheets import SourceFile

AllAbsent = Annotated[
    bool, typer.Option("--all-absent", help="It is the whole list: mark as missing even very many who are not in it.")
]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the operator asked for."""

    kind: str
    path: Path
    source: str
    day: date
    map_file: Path | None
    options: Mapping[str, Any]
    dry_run: bool
    yes: bool
    as_json: bool


def register(_app: typer.Typer) -> None:
    """Hang the commands on `import` and `imports`."""
    lists.kinds.command("people")(people)
    lists.kinds.command("contacts")(contacts)
    lists.kinds.command("optouts")(optouts)
    lists.past.command("resume")(resume)


def people(
    file: lists.ListFile,
    source: lists.Source = "",
    as_of: lists.AsOf = None,
    map_file: lists.MapFile = None,
    all_absent: AllAbsent = False,
    dry_run: lists.DryRun = False,
    yes: lists.Yes = False,
    as_json: lists.AsJson = False,
) -> None:
    """Bring in an employer's or members' list. On a terminal it asks first; stopped or killed, it can be resumed."""
    lists.wake()
    options = {"all_absent": all_absent}
    day = lists.day_of(as_of)
    _bring_in(_Wish("people", file, source, day, map_file, options, dry_run=dry_run, yes=yes, as_json=as_json))


def contacts(
    file: lists.ListFile,
    source: lists.Source = "",
    as_of: lists.AsOf = None,
    map_file: lists.MapFile = None,
    dry_run: lists.DryRun = False,
    yes: lists.Yes = False,
    as_json: lists.AsJson = False,
) -> None:
    """Bring in phone numbers and mail addresses of people we know, from a texting or mail tool."""
    lists.wake()
    day = lists.day_of(as_of)
    _bring_in(_Wish("contacts", file, source, day, map_file, {}, dry_run=dry_run, yes=yes, as_json=as_json))


def optouts(
    file: lists.ListFile,
    source: lists.Source = "",
    as_of: lists.AsOf = None,
    map_file: lists.MapFile = None,
    dry_run: lists.DryRun = False,
    yes: lists.Yes = False,
    as_json: lists.AsJson = False,
) -> None:
    """Bring in who must not be written to any more. Do this before anything is sent."""
    lists.wake()
    day = lists.day_of(as_of)
    _bring_in(_Wish("optouts", file, source, day, map_file, {}, dry_run=dry_run, yes=yes, as_json=as_json))


def resume(import_id: lists.ImportId, as_json: lists.AsJson = False) -> None:
    """Go on with an import that was stopped or killed, where it was."""
    lists.wake()
    from unionhall.roster import queries, tables

    found = queries.get_import(import_id)
    report = _apply(found, tables.stored_file(found), None, quiet=as_json)
    _tell(report, as_json=as_json, is_shown=False)


def _bring_in(wish: _Wish) -> None:
    from unionhall.foundation.clock import now
    from unionhall.roster import operations

    content = lists.read_list(wish.path, wish.source, wish.day, as_json=wish.as_json)
    looked = _look(wish, content)
    if wish.dry_run:
        report = looked.whole_report()
        finish(operations.report_as_json(report), lines_of(report), as_json=wish.as_json)
        return
    asks = not (wish.yes or wish.as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    if asks:
        finish({}, lines_of(looked.report), as_json=False)
        if not lists.agreed(looked.report, "lines"):
            return
    imported = _begun_before(looked) or operations.keep(
        looked=looked, data=wish.path.read_bytes(), actor=lists.actor(), at=now()
    )
    report = _apply(imported, content, looked, quiet=wish.as_json)
    _tell(report, as_json=wish.as_json, is_shown=asks)


def _look(wish: _Wish, content: SourceFile) -> Looked:
    """The list as it would come in; the command ends with exit 1 where it cannot be meant."""
    from unionhall.roster import operations, tables

    fields = operations.fields_of(wish.kind)
    mapping = tables.read_mapping(wish.map_file, fields) if wish.map_file else None
    try:
        with progress(f"Reading {wish.path.name}", quiet=wish.as_json):
            return operations.look_at(
                kind=wish.kind,
                file=content,
                source=wish.source,
                as_of=wish.day,
                mapping=mapping,
                options=wish.options,
            )
    except operations.FileRefused as error:
        lists.refuse(error.report, error.sentence(), as_json=wish.as_json)


def _begun_before(looked: Looked) -> Import | None:
    """The import of this very file that was stopped or killed, so that the same command goes on with it."""
    from unionhall.roster import queries

    report = looked.report
    return queries.begun_import(kind=report.kind, source=report.source, sha256=report.sha256, as_of=report.as_of)


def _apply(imported: Import, content: Any, looked: Looked | None, *, quiet: bool) -> Report:
    from unionhall.foundation.clock import now
    from unionhall.roster import operations

    with progress(f"Importing {imported.file_name}", quiet=quiet) as bar:
        try:
            return operations.apply_import(
                imported=imported, file=content, actor=lists.actor(), at=now(), progress=bar.step, looked=looked
            )
        except KeyboardInterrupt:
            lists.say_stopped(imported)


def _tell(report: Report, *, as_json: bool, is_shown: bool) -> None:
    """The report as it was kept, and how to take it back. is_shown: it was shown before it was applied."""
    from unionhall.roster import operations, queries

    kept = queries.get_import(report.import_id or 0)
    shown = [] if is_shown else lines_of(report)
    finish(
        {**operations.report_as_json(report), **queries.told(kept)}, [*shown, *lists.farewell(report)], as_json=as_json
    )


def lines_of(report: Report) -> Iterator[str]:
    """The report for a terminal: its counts of rows, then those of people."""
    yield from lists.lines_of(report)
    yield f"People: {report.people:,}; moved {report.moved:,}, missing {report.missing:,}, "
    yield f"  of whom the list says otherwise than we wrote by hand {report.conflicts:,}."
