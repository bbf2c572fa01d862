"""`unionhall bench`: the table of benchmarks. The bench slice is met through Django's command of that name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.setup import setup_django


def register(app: typer.Typer) -> None:
    """Hang the command on the app."""
    app.command("bench", short_help="Measure, against references of the same run.")(bench)


def bench(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Which; all where none is named.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The page to write; docs/reference/benchmarks.md after a whole run.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="The largest sizes too; takes many minutes.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Measure what docs/slices/bench.md lists, in under three minutes, on this machine only; print the table."""
    setup_django()
    from django.core.management import call_command

    page = out or (None if names else _reference())
    if page is not None and not page.absolute().parent.is_dir():
        raise Stop(f"There is no folder {page.absolute().parent}. Make it first.")
    call_command("bench", *(names or []), json=as_json, out=str(page or ""), full=full)


def _reference() -> Path | None:
    """The page in the repository we run from, if we do."""
    from django.conf import settings

    page = Path(settings.SOURCE_DIR).parents[1] / "docs/reference/benchmarks.md"
    return page if page.parent.is_dir() else None
