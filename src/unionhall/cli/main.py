"""`unionhall`: every command of the operator. One module a group, each with `register(app)`."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from unionhall.cli import (
    archive,
    backup,
    ballots,
    bench,
    check,
    demo,
    exports,
    find,
    imports,
    init,
    lockdown,
    manage,
    people,
    people_lists,
    places,
    serve,
    vocabulary,
    wordpress,
)
from unionhall.cli.failures import Commands

app = typer.Typer(
    cls=Commands,
    name="unionhall",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Runs a contract campaign. Exit 0: done; 1: refused, the reason on standard error; 2: wrong usage.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"unionhall {version('unionhall')}")
        raise typer.Exit


@app.callback()
def root(
    shown: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Runs a union local's contract campaign."""


GROUPS = (
    serve,
    demo,
    init,
    check,
    imports,
    people,
    people_lists,
    exports,
    find,
    places,
    ballots,
    archive,
    lockdown,
    backup,
    bench,
    manage,
    vocabulary,
    wordpress,
)
for group in GROUPS:
    group.register(app)


def run() -> None:
    """The console script."""
    app(prog_name="unionhall")
