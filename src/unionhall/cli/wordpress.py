"""`unionhall import wordpress`: posts and pages of an old site become pages of a campaign."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from unionhall.cli import imports as lists
from unionhall.cli.output import finish, progress

ExportFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A WordPress export (WXR): an XML file.")
]
CampaignSlug = Annotated[str, typer.Option("--campaign", help="Whose pages they become, such as ewu.")]
Language = Annotated[Literal["en", "es"], typer.Option("--language", help="In which language they are written.")]


def register(_app: typer.Typer) -> None:
    """Hang the command on `import`."""
    lists.kinds.command("wordpress")(wordpress)


def wordpress(
    file: ExportFile,
    campaign: CampaignSlug,
    language: Language = "en",
    source: lists.Source = "",
    as_of: lists.AsOf = None,
    dry_run: lists.DryRun = False,
    yes: lists.Yes = False,
    as_json: lists.AsJson = False,
) -> None:
    """Move posts and pages of a WordPress site in. Only what was public there is public here; the rest are drafts."""
    lists.wake()
    from unionhall.foundation.clock import now
    from unionhall.roster.operations import FileRefused, report_as_json
    from unionhall.site import operations

    values: dict[str, Any] = {
        "data": file.read_bytes(),
        "name": file.name,
        "campaign": campaign,
        "language": language,
        "source": source,
        "as_of": lists.day_of(as_of),
        "actor": lists.actor(),
        "at": now(),
    }
    asks = not (dry_run or yes or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    try:
        if dry_run or asks:
            with progress(f"Reading {file.name}", quiet=as_json):
                report = operations.preview_wordpress(**values)
            finish(report_as_json(report), lists.lines_of(report), as_json=as_json)
            if dry_run or not lists.agreed(report, "pages"):
                return
        with progress(f"Moving {file.name} in", quiet=as_json):
            report = operations.apply_wordpress(**values)
    except FileRefused as error:
        lists.refuse(error.report, error.sentence(), as_json=as_json)
    lines = [] if asks else lists.lines_of(report)
    finish(report_as_json(report), [*lines, *lists.farewell(report)], as_json=as_json)
