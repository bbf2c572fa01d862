"""`unionhall export`: lists and everything go out, by the operator, who holds the key and the database anyway."""

from __future__ import annotations

import shutil
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.output import finish, note, progress
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from collections.abc import Callable

    from unionhall.foundation.access import Actor
    from unionhall.roster.models import Export
    from unionhall.roster.queries import ExportFilter
    from unionhall.roster.tables import Written
    from unionhall.rulebook.cells_out import Imprint


class Form(StrEnum):
    """How a list is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


Out = Annotated[
    Path | None, typer.Option("--out", help="The file to write; else the list goes to a pipe, or to a file named here.")
]
Shape = Annotated[Form | None, typer.Option("--format", help="Else by the file's name; else CSV.")]
Campaign = Annotated[str, typer.Option("--campaign", help="Only what belongs to this campaign.")]
Source = Annotated[str, typer.Option("--source", help="Whose ids and codes to give; else those of the largest list.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the log; asked on a terminal.")]
NoContacts = Annotated[bool, typer.Option("--no-contacts", help="Leave numbers and addresses out.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object about the file on standard output.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the app."""
    kinds = typer.Typer(
        no_args_is_help=True,
        help="Take a list or everything out, in open formats. Every file is logged, with its reason.",
    )
    kinds.command("people")(people)
    kinds.command("worksites")(worksites)
    kinds.command("matches")(matches)
    kinds.command("everything")(everything)
    app.add_typer(kinds, name="export")


def people(
    out: Out = None,
    form: Shape = None,
    campaign: Campaign = "",
    source: Source = "",
    no_contacts: NoContacts = False,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Everybody, a line for each person and job, with the ids of every source; the importer reads it back."""
    _export("people", out, form, campaign, source, reason, contacts=not no_contacts, as_json=as_json)


def worksites(
    out: Out = None,
    form: Shape = None,
    campaign: Campaign = "",
    source: Source = "",
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Every worksite, with its codes by source and its districts; the importer reads it back."""
    _export("worksites", out, form, campaign, source, reason, contacts=False, as_json=as_json)


def matches(
    out: Out = None,
    form: Shape = None,
    campaign: Campaign = "",
    source: Source = "",
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Lines of lists that may be somebody we know, and who may stand twice in the roster: each with its candidates."""
    _export("matches", out, form, campaign, source, reason, contacts=False, as_json=as_json)


def everything(
    out: Annotated[Path, typer.Option("--out", help="An empty or new folder, or a file that ends in .zip.")],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """All that the local holds, as open files: tables, pages, uploads, a README in both languages, checksums."""
    _wake()
    from unionhall.foundation.clock import today
    from unionhall.roster.queries import ExportFilter
    from unionhall.roster.tables import write_everything

    def write(imprint: Imprint) -> Written:
        with progress("Writing", quiet=as_json) as bar:
            return write_everything(out, imprint, on=today(), step=lambda name: bar.step(0, text=name))

    done = logged("everything", "csv", ExportFilter(contacts=True), reason, write)
    line = f"{out}: {done.rows:,} files; README.txt among them says what each holds."
    finish(_told(done, out), [line, *_care(done)], as_json=as_json)


def _export(
    kind: str,
    out: Path | None,
    form: Form | None,
    campaign: str,
    source: str,
    reason: str,
    *,
    contacts: bool,
    as_json: bool,
) -> None:
    shape = form or shape_by_name(out)
    piped = out is None and not as_json and not sys.stdout.isatty()
    if piped and shape is Form.XLSX:
        raise typer.BadParameter("a workbook needs a file: --out FILE.xlsx", param_hint="--format")
    _wake()
    from unionhall.roster.queries import ExportFilter

    _check_campaign(campaign)
    if out is not None and not out.absolute().parent.is_dir():
        raise Stop(f"There is no folder {out.absolute().parent}. Make it first.")
    wanted = ExportFilter(source=source.strip(), contacts=contacts)
    with tempfile.TemporaryDirectory(prefix="unionhall-export-") as folder:
        path = Path(folder) / "list" if piped else out or Path(_name(kind, shape))
        done = logged(kind, shape.value, wanted, reason, lambda imprint: _written(kind, shape, wanted, imprint, path))
        if piped:
            with path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            return
    finish(_told(done, path), [f"{path}: {done.rows:,} lines.", *_care(done)], as_json=as_json)


def _written(kind: str, shape: Form, wanted: ExportFilter, imprint: Imprint, path: Path) -> Written:
    from dataclasses import replace

    from unionhall.foundation.clock import today
    from unionhall.roster.queries import sheet_for
    from unionhall.roster.tables import write_sheet

    sheet, source = sheet_for(kind, wanted, on=today())
    return write_sheet(path, sheet, replace(imprint, source=source), format=shape.value)


def logged(kind: str, form: str, wanted: ExportFilter, reason: str, write: Callable[[Imprint], Written]) -> Export:
    """Begin the export in the log, write the file, and note what it was."""
    from unionhall.foundation.clock import now
    from unionhall.roster import operations
    from unionhall.rulebook.cells_out import Imprint

    actor, at = _actor(), now()
    values: dict[str, Any] = {"kind": kind, "format": form, "wanted": wanted, "reason": reason or _asked()}
    export = operations.begin_export(**values, actor=actor, at=at)
    written = write(Imprint(export.public_id, actor.label, f"{at:%Y-%m-%d %H:%M} UTC", export.reason))
    return operations.note_written(export=export, rows=written.rows, sha256=written.sha256, actor=actor, at=now())


def _asked() -> str:
    """The reason, asked where somebody can answer; "" in a pipe."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return ""
    return str(typer.prompt("Why is this file needed? It stands in the log", default="", show_default=False))


def shape_by_name(out: Path | None) -> Form:
    """The form that a file's name says; CSV where it says none."""
    suffix = out.suffix.lower().lstrip(".") if out is not None else ""
    return Form(suffix) if suffix in set(Form) else Form.CSV


def _name(kind: str, shape: Form) -> str:
    from unionhall.foundation.clock import today

    return f"unionhall-{kind}-{today():%Y-%m-%d}.{shape.value}"


def _check_campaign(slug: str) -> None:
    """The roster belongs to the whole local, so that a campaign narrows nothing yet; a wrong name is still told."""
    if slug:
        from unionhall.campaigns.queries import get_campaign

        get_campaign(slug)


def _wake() -> None:
    setup_django()
    from unionhall.cli.prepare import migrate

    migrate(note)


def _actor() -> Actor:
    from unionhall.foundation.access import system_actor

    return system_actor("command line")


def _told(export: Export, path: Path) -> dict[str, Any]:
    return {
        "export_id": export.public_id,
        "kind": export.kind,
        "file": str(path),
        "rows": export.rows,
        "sha256": export.sha256,
        "reason": export.reason,
    }


def _care(export: Export) -> list[str]:
    return [f"Logged as export {export.public_id}, reason: {export.reason}. Delete the file when it has served."]
