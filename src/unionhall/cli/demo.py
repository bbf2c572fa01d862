"""`unionhall demo`: an invented bilingual local."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Protocol

import typer

from unionhall.cli import employer_list
from unionhall.cli.failures import Stop
from unionhall.cli.output import finish, note
from unionhall.cli.setup import setup_django

PEOPLE: Final = 3_000


class Which(StrEnum):
    """The model campaigns of the demo."""

    EWU = "ewu"
    WOF = "wof"
    BOTH = "both"


def register(app: typer.Typer) -> None:
    """Hang the command on the app."""
    group = typer.Typer(
        invoke_without_command=True,
        short_help="The invented local, and its logins.",
        help="Build an invented bilingual local: people, sites, both model campaigns; print its logins.",
    )
    group.callback()(demo)
    group.command("employer-list")(employer_list.employer_list)
    app.add_typer(group, name="demo")


def demo(
    context: typer.Context,
    campaign: Annotated[Which, typer.Option(help="Which model campaign.")] = Which.BOTH,
    people: Annotated[int, typer.Option(min=1, max=100_000, help="How many invented people.")] = PEOPLE,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demo away and build it anew.")] = False,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only where there is nothing yet.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Build an invented bilingual local, always the same; never in a database that holds a real one."""
    if context.invoked_subcommand:
        return
    setup_django(demo=True)
    from unionhall.cli.prepare import collect_static, ensure_languages, migrate

    def say(text: str) -> None:
        note(text, quiet=as_json)

    migrate(say)
    collect_static(say)  # pages are read for the archive as they are published, and name their styles
    ensure_languages(say)
    summary = build(campaign=campaign, people=people, reset=reset, if_empty=if_empty, say=say)
    finish(_as_mapping(summary), summary.lines(), as_json=as_json)


class Summary(Protocol):
    """What building the demo gives back."""

    def lines(self) -> list[str]:
        """What is said about it: counts, addresses, logins with the current second-factor code."""


def build(
    *,
    campaign: Which = Which.BOTH,
    people: int = PEOPLE,
    reset: bool = False,
    if_empty: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Summary:
    """The invented local stands in the database, marked as the demo's. Raises DatabaseIsTaken, Stop."""
    from django.conf import settings

    from unionhall.foundation import clock
    from unionhall.foundation.installation import refuse_real

    if not settings.DEMO:
        raise Stop("DEMO=0 is set, so no invented people are made here. Set DEMO=1, or leave it unset.")
    refuse_real()
    from unionhall.demo.operations import build_demo

    summary: Summary = build_demo(
        campaign=campaign.value, people=people, reset=reset, if_empty=if_empty, at=clock.now(), say=say
    )
    return summary


def _as_mapping(summary: Any) -> dict[str, Any]:
    if is_dataclass(summary) and not isinstance(summary, type):
        return asdict(summary)
    return {"lines": summary.lines()}
