"""`unionhall lockdown`: every inner room closed at once; two officers open them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.output import finish, note
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from unionhall.accounts.models import Lockdown

Lift = Annotated[bool, typer.Option("--lift", help="Open again: asks two officers for mail and current code.")]
Why = Annotated[str, typer.Option("--why", help="What happened, in one sentence, for the trail.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what stands; change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def register(app: typer.Typer) -> None:
    """Hang the command on the app."""
    app.command("lockdown", short_help="Close every inner room at once.")(lockdown)


def lockdown(lift: Lift = False, why: Why = "", dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """All sessions end, exports stop, the public site stays. `--lift` opens again by the word of two officers."""
    setup_django()
    from unionhall.accounts import operations, queries
    from unionhall.cli.prepare import migrate
    from unionhall.foundation.access import system_actor
    from unionhall.foundation.clock import now

    migrate(note)
    if dry_run:
        standing = queries.find_lockdown()
    elif lift:
        standing = _lift()
    else:
        standing = operations.begin_lockdown(why=why, actor=system_actor("operator"), at=now())
    finish(_told(standing), _lines(standing), as_json=as_json)


def _lift() -> Lockdown | None:
    """Two officers, one after the other, each with the code that their app shows now."""
    from unionhall.accounts import operations, queries
    from unionhall.foundation.clock import now, today

    while (standing := queries.find_lockdown()) is not None:
        mail = typer.prompt("Mail of an officer", err=True)
        code = typer.prompt("Code that the officer's app shows now", hide_input=True, err=True)
        officer = queries.find_officer_by_code(email=mail, code=code, on=today())
        if officer is None:
            raise Stop("This is no officer's mail and current code. The rooms stay closed.")
        standing = operations.agree_to_open(user=officer, actor=officer.as_actor(), at=now())
        if standing.stands is None:
            return None
    raise Stop("The rooms are open. Nothing was changed.")


def _told(standing: Lockdown | None) -> dict[str, Any]:
    if standing is None:
        return {"closed": False}
    names = [voice.user.name for voice in standing.voices.select_related("user")]
    return {"closed": True, "since": standing.begun_at.isoformat(), "why": standing.why, "agreed": names}


def _lines(standing: Lockdown | None) -> list[str]:
    if standing is None:
        return ["The rooms are open."]
    return [
        f"The inner rooms are closed since {standing.begun_at:%Y-%m-%d %H:%M} UTC; the public site stays.",
        "Two officers open them again: at /hall/lockdown/, or here with `unionhall lockdown --lift`.",
    ]
