"""`unionhall import` and `unionhall imports`: lists come in, are looked at again, and are taken back."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from unionhall.cli.failures import REFUSED, say_wrong
from unionhall.cli.output import finish, note, progress
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from unionhall.foundation.access import Actor
    from unionhall.roster.models import Import, ImportChange
    from unionhall.roster.operations import Undone
    from unionhall.rulebook.outlines import OutlineFile
    from unionhall.rulebook.reports import Report
    from unionhall.rulebook.sheets import SourceFile

MOST_LINES: Final = 40

ListFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, XLSX, XLS, ODS or JSON.")
]
MapOfDistricts = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="GeoJSON, or a shapefile in a ZIP.")
]
Kind = Annotated[str, typer.Option("--kind", help="Such as city-council; else what the file or its name says.")]
ValidFrom = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The first day on which they hold; else today."),
]
Source = Annotated[str, typer.Option("--source", help="What to call the list; else as before, or the file's name.")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day it speaks of; else today.")
]
MapFile = Annotated[
    Path | None,
    typer.Option("--map", exists=True, dir_okay=False, readable=True, help='TOML lines such as name = "School".'),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")]
Charters = Annotated[
    bool, typer.Option("--charters", help="Take charter schools like others; else they are kept apart.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
ImportId = Annotated[int, typer.Argument(min=1, help="The number of the import.")]


kinds = typer.Typer(no_args_is_help=True, help="Bring in a list: its report first, and all of it can be undone.")
past = typer.Typer(help="What came in, what it changed, exact undo.")


def register(app: typer.Typer) -> None:
    """Hang the commands on the app. Other modules hang theirs on `kinds` and `past`."""
    kinds.command("worksites")(worksites)
    kinds.command("boundaries")(boundaries)
    kinds.callback()(_kinds)
    app.add_typer(kinds, name="import")
    past.callback(invoke_without_command=True)(_past)
    past.command("list")(list_imports)
    past.command("show")(show)
    past.command("undo")(undo)
    app.add_typer(past, name="imports")


def worksites(
    file: ListFile,
    source: Source = "",
    as_of: AsOf = None,
    map_file: MapFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    charters: Charters = False,
    as_json: AsJson = False,
) -> None:
    """Bring in a directory of schools or other worksites. On a terminal it asks first; in a pipe it does not."""
    wake()
    from unionhall.roster import operations

    content = read_list(file, source, day_of(as_of), as_json=as_json)
    values: dict[str, Any] = {
        "file": content,
        "source": source,
        "as_of": day_of(as_of),
        "mapping": _mapping(map_file),
        "charters": charters,
    }
    _bring(
        operations.preview_worksites,
        operations.apply_worksites,
        values,
        what="worksites",
        wants=_Wants(dry_run=dry_run, yes=yes, as_json=as_json),
    )


def boundaries(
    file: MapOfDistricts,
    kind: Kind = "",
    source: Source = "",
    as_of: ValidFrom = None,
    map_file: MapFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Bring in outlines of districts, and say in which each worksite lies. On a terminal it asks first."""
    wake()
    from unionhall.foundation.clock import today
    from unionhall.roster import operations
    from unionhall.rulebook.districts import FIELDS

    day = as_of.date() if as_of else today()
    content = _read_outlines(file, source, day, as_json=as_json)
    values: dict[str, Any] = {
        "file": content,
        "source": source,
        "as_of": day,
        "kind": kind,
        "mapping": _mapping(map_file, FIELDS),
    }
    _bring(
        operations.preview_boundaries,
        operations.apply_boundaries,
        values,
        what="districts",
        wants=_Wants(dry_run=dry_run, yes=yes, as_json=as_json),
    )


def list_imports(as_json: AsJson = False) -> None:
    """Every import, the latest first."""
    wake()
    from unionhall.roster import queries

    found = list(queries.imports())
    lines = [_summary(item) for item in found] or ["Nothing has been imported yet."]
    finish({"imports": [_as_json(item) for item in found]}, lines, as_json=as_json)


def show(import_id: ImportId, as_json: AsJson = False) -> None:
    """The report of one import, and each record it changed."""
    wake()
    from unionhall.roster import queries

    found = queries.get_import(import_id)
    changes = list(found.changes.exclude(record="seen").order_by("pk"))
    result = {
        **_as_json(found),
        "report": queries.told(found),
        "changes": [_change_as_json(change) for change in changes],
    }
    lines = [_summary(found), *_cut(_change_line(change) for change in changes)]
    finish(result, lines, as_json=as_json)


def undo(import_id: ImportId, dry_run: DryRun = False, yes: Yes = False, as_json: AsJson = False) -> None:
    """Take one import back, exactly. What was changed since stands, and is listed."""
    wake()
    from unionhall.foundation.clock import now
    from unionhall.roster import operations, queries

    found = queries.get_import(import_id)
    asks = not (dry_run or yes or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    if dry_run or asks:
        planned = operations.preview_undo(imported=found)
        finish(_undone_as_json(planned), _undone_lines(planned, "would remove"), as_json=as_json)
        if dry_run or not typer.confirm("Undo it?"):
            return
    with progress(f"Undoing import {import_id}", quiet=as_json) as bar:
        try:
            done = operations.undo_import(imported=found, actor=actor(), at=now(), progress=bar.step)
        except KeyboardInterrupt:
            say_wrong(f"Stopped. Each person is whole. `unionhall imports undo {import_id}` goes on.")
            raise typer.Exit(REFUSED) from None
    finish(_undone_as_json(done), _undone_lines(done, "removed"), as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Wants:
    """How the operator wants it. as_json: a program asks, so nobody is."""

    dry_run: bool
    yes: bool
    as_json: bool

    @property
    def asks(self) -> bool:
        """Whether somebody is there to be asked first."""
        return not (self.dry_run or self.yes or self.as_json) and sys.stdin.isatty() and sys.stdout.isatty()


def _bring(
    preview: Callable[..., Report], apply: Callable[..., Report], values: dict[str, Any], *, what: str, wants: _Wants
) -> None:
    """Look at a file, ask where somebody can be asked, and apply it. what: the records it brings, in the plural."""
    from unionhall.foundation.clock import now
    from unionhall.roster import operations

    name, quiet = values["file"].name, wants.as_json
    try:
        if wants.dry_run or wants.asks:
            with progress(f"Reading {name}", quiet=quiet):
                report = preview(**values)
            finish(operations.report_as_json(report), lines_of(report), as_json=quiet)
            if wants.dry_run or not agreed(report, what):
                return
        with progress(f"Importing {name}", quiet=quiet):
            report = apply(**values, actor=actor(), at=now())
    except operations.FileRefused as error:
        refuse(error.report, error.sentence(), as_json=quiet)
    lines = [] if wants.asks else lines_of(report)
    finish(operations.report_as_json(report), [*lines, *farewell(report)], as_json=quiet)


def _kinds() -> None:
    """Bring in a list: its report first, and all of it can be undone."""


def _past(context: typer.Context, as_json: AsJson = False) -> None:
    """What came in, what it changed, exact undo. Without a further word: the list."""
    if context.invoked_subcommand is None:
        list_imports(as_json=as_json)


def wake() -> None:
    """Django awake, and a database that has its tables."""
    setup_django()
    from unionhall.cli.prepare import migrate

    migrate(note)


def say_stopped(item: Import) -> NoReturn:
    """Tell how to go on with an import that was interrupted, and end with exit 1."""
    say_wrong(
        f"Stopped. Each person written is whole. `unionhall imports resume {item.pk}` goes on; "
        f"`unionhall imports undo {item.pk}` takes back what was written."
    )
    raise typer.Exit(REFUSED)


def actor() -> Actor:
    """Who acts when the operator types a command."""
    from unionhall.foundation.access import system_actor

    return system_actor("command line")


def day_of(as_of: datetime | None) -> date:
    """The day of which a list speaks; today where none is said. A day to come is wrong usage."""
    from unionhall.foundation.clock import today

    day = as_of.date() if as_of else today()
    if day > today():
        raise typer.BadParameter("the day lies in the future", param_hint="--as-of")
    return day


def _mapping(path: Path | None, fields: tuple[str, ...] = ()) -> Mapping[str, str]:
    from unionhall.roster.tables import read_mapping
    from unionhall.rulebook.directory import FIELDS

    return read_mapping(path, fields or FIELDS) if path else {}


def read_list(file: Path, source: str, as_of: date, *, as_json: bool) -> SourceFile:
    """The rows of the file; the command ends with exit 1 where there are none to be had."""
    from unionhall.roster import operations
    from unionhall.roster.tables import UnreadableFile, read_file

    try:
        return read_file(file)
    except UnreadableFile as error:
        reason = error.sentence()
        report = operations.refuse_file(name=file.name, sha256=_digest(file), source=source, as_of=as_of, reason=reason)
        refuse(report, reason, as_json=as_json)


def _read_outlines(file: Path, source: str, as_of: date, *, as_json: bool) -> OutlineFile:
    """The outlines of the file; the command ends with exit 1 where there are none to be had."""
    from unionhall.roster import operations
    from unionhall.roster.enums import ImportKind
    from unionhall.roster.tables import UnreadableFile, read_outline_file

    try:
        return read_outline_file(file)
    except UnreadableFile as error:
        reason = error.sentence()
        report = operations.refuse_file(
            name=file.name,
            sha256=_digest(file),
            source=source,
            as_of=as_of,
            reason=reason,
            kind=ImportKind.BOUNDARIES,
        )
        refuse(report, reason, as_json=as_json)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def refuse(report: Report, reason: str, *, as_json: bool) -> NoReturn:
    """The report where a program reads it, the reason where a person does, exit 1."""
    from unionhall.roster import operations

    if as_json:
        finish(operations.report_as_json(report), (), as_json=True)
    say_wrong(f"{report.file}: refused, nothing was changed. {reason}")
    raise typer.Exit(REFUSED)


def agreed(report: Report, what: str) -> bool:
    """Whether somebody wants it; nobody is asked where it does nothing. what: the records it brings, in the plural."""
    if not report.new and not report.changed and not report.review and not report.missing:
        return False
    return typer.confirm(f"Import {report.new:,} new and {report.changed:,} changed {what}?")


def lines_of(report: Report) -> Iterator[str]:
    """The report for a terminal."""
    from unionhall.roster import operations

    shown = operations.report_as_json(report)
    head = f", heads on line {report.header_row}" if report.header_row else ""
    row = "feature" if report.kind == "boundaries" else "line"
    yield f"{report.file}: {report.rows_read:,} {row}s{head}; source “{report.source}”, as of {report.as_of}."
    for name in ("new", "changed", "unchanged", "review", "gone"):
        yield f"  {name:<10}{shown[name]:>8,}"
    yield f"  {'refused':<10}{len(report.refused):>8,}"
    if shown["refused"]:
        yield "Refused:"
        yield from _cut(_entry(entry, row) for entry in shown["refused"])
    if shown["notices"]:
        yield "To know:"
        yield from _cut(_entry(entry, row) for entry in shown["notices"])


def farewell(report: Report) -> Iterator[str]:
    """What to say once an import is written."""
    yield f"Done in {report.seconds:.1f} s: import {report.import_id}."
    if report.new or report.changed:
        yield f"`unionhall imports undo {report.import_id}` takes it back."


def _entry(entry: Mapping[str, Any], row: str) -> str:
    place = f"{row} {entry['line']}: " if entry.get("line") else ""
    column = f"{entry['column']}: " if entry.get("column") else ""
    return f"  {place}{column}{entry.get('reason') or entry.get('text')}"


def _cut(lines: Iterable[str]) -> Iterator[str]:
    """The first lines, and how many more there are."""
    everything = list(lines)
    yield from everything[:MOST_LINES]
    if len(everything) > MOST_LINES:
        yield f"  … and {len(everything) - MOST_LINES:,} more; --json lists all."


def _summary(item: Import) -> str:
    counts = f"{item.report.get('new', 0):,} new, {item.report.get('changed', 0):,} changed"
    state = f"; {item.get_state_display()}" if item.state not in ("applied", "undone") else ""
    undone = f"; undone {item.undone_at:%Y-%m-%d %H:%M} UTC" if item.undone_at else state
    day = item.applied_at or item.received_at
    name = f"{item.kind} from {item.file_name} (source “{item.source}”, as of {item.as_of})"
    return f"{item.pk}  {day:%Y-%m-%d %H:%M} UTC  {name}: {counts}{undone}"


def _as_json(item: Import) -> dict[str, Any]:
    return {
        "import_id": item.pk,
        "kind": item.kind,
        "source": item.source,
        "as_of": item.as_of.isoformat(),
        "state": item.state,
        "file": item.file_name,
        "sha256": item.sha256,
        "applied_at": item.applied_at.isoformat() if item.applied_at else None,
        "applied_by": item.applied_by,
        "new": item.report.get("new", 0),
        "changed": item.report.get("changed", 0),
        "unchanged": item.report.get("unchanged", 0),
        "undone_at": item.undone_at.isoformat() if item.undone_at else None,
        "undone_by": item.undone_by,
    }


def _change_as_json(change: ImportChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "record": change.record,
        "name": change.label,
        "line": change.line,
        "before": change.before,
        "after": change.after,
        "stands": change.stands,
    }


def _change_line(change: ImportChange) -> str:
    fields = "" if change.kind == "new" else f" ({', '.join(_fields(change))})"
    place = f"line {change.line}" if change.line else "not in the list"
    return f"  {place}: {change.kind} {change.label}{fields}"


def _fields(change: ImportChange) -> list[str]:
    """The fields a change touched; of a person those of every record."""
    said = change.before.get("said")
    if change.record != "person" or said is None:
        return list(change.after) if change.record != "person" else []
    return sorted({name for fields in said.values() for name in fields})


def _undone_as_json(done: Undone) -> dict[str, Any]:
    from unionhall.roster.phrases import stands_sentence

    stands = [
        {"id": item.public_id, "name": item.name, "reason": stands_sentence(item.reason), "fields": list(item.fields)}
        for item in done.stands
    ]
    return {"import_id": done.import_id, "removed": done.removed, "restored": done.restored, "stands": stands}


def _undone_lines(done: Undone, verb: str) -> Iterator[str]:
    from unionhall.roster.phrases import stands_sentence

    left = len(done.stands)
    yield f"Import {done.import_id}: {verb} {done.removed:,}, put back {done.restored:,}, left {left:,}."
    yield from _cut(
        f"  {item.name}{' (' + ', '.join(item.fields) + ')' if item.fields else ''}: {stands_sentence(item.reason)}"
        for item in done.stands
    )
