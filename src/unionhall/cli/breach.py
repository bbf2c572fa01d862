"""`unionhall people breach`: who was exposed by what fell into wrong hands, as a list with how to reach each."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unionhall.cli.exports import Form, logged, shape_by_name
from unionhall.cli.failures import Stop
from unionhall.cli.imports import AsJson
from unionhall.cli.output import finish, note
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from unionhall.roster.queries.breach import Breach, BreachAsked
    from unionhall.rulebook.cells_out import Imprint

Account = Annotated[str, typer.Option("--account", help="Public id or mail of the account that was lost.")]
Device = Annotated[str, typer.Option("--device", help="Id of one browser of that account.")]
File = Annotated[str, typer.Option("--export", help="Id of a file that went out.")]
Roll = Annotated[str, typer.Option("--roll", help="Id of a frozen list.")]
Whole = Annotated[bool, typer.Option("--everything", help="The database or a backup was lost.")]
First = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
Last = Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write the list there, with contacts; it stands in the log.")]
Reason = Annotated[str, typer.Option("--reason", help="Why the list is written; wanted with --out.")]


def breach(
    account: Account = "",
    device: Device = "",
    export: File = "",
    roll: Roll = "",
    everything: Whole = False,
    first: First = None,
    last: Last = None,
    out: Out = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Who was exposed: by an account or browser, a file, a frozen list, a span of days, or everything."""
    _wake()
    from unionhall.foundation.access import system_actor
    from unionhall.foundation.clock import now
    from unionhall.roster.operations.keeping.breach import note_breach_asked
    from unionhall.roster.queries import breach as queries

    named = {"account": account, "device": device, "export": export, "roll": roll}
    asked = _asked(named, everything, _day(first), _day(last))
    found = queries.breach_of(asked)
    actor = system_actor("command line")
    note_breach_asked(asked=asked.to_json(), persons=len(found.of), actor=actor, at=now())
    told = _told(found)
    if out is not None:
        told["file"], told["export_id"] = str(out), _write(asked, out, reason)
    finish(told, _lines(told), as_json=as_json)


def _asked(named: dict[str, str], whole: bool, first: date | None, last: date | None) -> BreachAsked:
    from unionhall.accounts.models import User
    from unionhall.roster.queries.breach import BreachAsked, find_export, find_roll

    account = named["account"].strip()
    doer = User.objects.filter(email__iexact=account).first() or User.objects.filter(public_id=account).first()
    doer = doer if account else None
    device = doer.devices.filter(public_id=named["device"]).first() if doer and named["device"] else None
    file, frozen = find_export(named["export"]), find_roll(named["roll"])
    found = {"account": doer, "device": device, "export": file, "roll": frozen}
    for name, text in named.items():
        if text and found[name] is None:
            raise Stop(f"There is no {name} {text}.")
    asked = BreachAsked(doer=doer, device=device, export=file, roll=frozen, whole=whole, first=first, last=last)
    if asked.is_blank:
        raise typer.BadParameter("say what was lost: --account, --export, --roll, --everything, or days")
    return asked


def _write(asked: BreachAsked, out: Path, reason: str) -> str:
    """Write the list, logged like every file; gives its id."""
    from unionhall.foundation.clock import today
    from unionhall.roster.queries import ExportFilter, sheet_for
    from unionhall.roster.tables import Written, write_sheet

    if len(reason.strip()) < 5:
        raise Stop("Say why the list is written: --reason. It stands in the log for good.")
    if out.exists() or not out.absolute().parent.is_dir():
        raise Stop(f"{out} is there already, or its folder is not. Name another file.")
    wanted, shape = ExportFilter(contacts=True, breach=asked.to_json()), shape_by_name(out)

    def written(imprint: Imprint) -> Written:
        return write_sheet(out, sheet_for("breach", wanted, on=today())[0], imprint, format=shape.value)

    return str(logged("breach", Form(shape).value, wanted, reason, written).public_id)


def _told(found: Breach) -> dict[str, Any]:
    from unionhall.roster.queries.breach import states_of

    openings = [
        {
            "way": one.way.value,
            "at": one.at.isoformat() if one.at else None,
            "by": one.by,
            "named": one.named,
            "exposed": [kind.value for kind in one.exposed],
            "persons": one.count,
        }
        for one in found.openings
    ]
    counts = {kind.value: count for kind, count in found.counts()}
    states = {state or "unknown": count for state, count in states_of(found)}
    return {"persons": len(found.of), "exposed": counts, "states": states, "openings": openings}


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [f"{told['persons']:,} persons were exposed."]
    lines += [f"{count:>9,}  {kind}" for kind, count in told["exposed"].items()]
    lines += [f"States of residence: {', '.join(f'{name} {count}' for name, count in told['states'].items())}."] * bool(
        told["states"]
    )
    if "file" in told:
        lines.append(f"{told['file']} is logged as export {told['export_id']}. Delete it when everybody is told.")
    return lines


def _day(when: datetime | None) -> date | None:
    return when.date() if when else None


def _wake() -> None:
    setup_django()
    from unionhall.cli.prepare import migrate

    migrate(note)
