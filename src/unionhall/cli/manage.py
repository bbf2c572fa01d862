"""`unionhall manage ...`: Django's own commands."""

from __future__ import annotations

from typing import Annotated

import typer

from unionhall.cli.setup import setup_django

PASS_ON = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def register(app: typer.Typer) -> None:
    """Hang the command on the app."""
    app.command("manage", short_help="Django's own commands.", context_settings=PASS_ON, add_help_option=False)(manage)


def manage(
    words: Annotated[list[str] | None, typer.Argument(help="A Django command and its options.")] = None,
) -> None:
    """Django's own commands: `unionhall manage migrate`, `unionhall manage shell`."""
    from django.core.management import execute_from_command_line

    setup_django()
    execute_from_command_line(["unionhall manage", *(words or ["help"])])
