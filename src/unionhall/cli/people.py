"""`unionhall people`: the retention clock, legal holds, and those who seem to stand twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionhall.cli.breach import breach
from unionhall.cli.failures import Stop
from unionhall.cli.imports import AsJson, DryRun
from unionhall.cli.output import finish, note, progress
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from unionhall.foundation.access import Actor
    from unionhall.roster.models import Person

Months = Annotated[int, typer.Option("--months", min=0, max=600, help="How long after leaving the clock runs out.")]
Whom = Annotated[str, typer.Option("--person", help="Public id of one person; left out, the hold covers everybody.")]
Why = Annotated[str, typer.Option("--reason", help="The case, or counsel's word.")]
PersonId = Annotated[str, typer.Argument(help="Public id of the person, as /hall/people/ shows it.")]
FileReason = Annotated[str, typer.Option("--reason", help="Why it is read; it stands in the trail.")]
FilePath = Annotated[Path, typer.Option("--to", help="Where the file is written; it must not be there yet.")]
FileFormat = Annotated[str, typer.Option("--format", help="html, csv or json.")]
HoldId = Annotated[str, typer.Argument(help="The id of the hold, as `unionhall people holds` prints it.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the app."""
    group = typer.Typer(
        no_args_is_help=True, help="The retention clock, legal holds, twins, a person's file, who was exposed."
    )
    for command in (shrink, forget, holds, hold, lift, twins, file, breach):
        group.command()(command)
    app.add_typer(group, name="people")


def shrink(months: Months = 12, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Cut former members down to a minimal record where their clock has run out. Fit for a daily timer."""
    _wake()
    from unionhall.foundation.clock import now, today
    from unionhall.roster.operations import shrink_former
    from unionhall.roster.queries.retention import clocks

    stood = clocks(today=today(), months=months)
    with progress("Cutting down", quiet=as_json):
        done = 0 if dry_run else shrink_former(months=months, actor=_actor(), at=now())
    told = {
        "due": len(stood.due),
        "shrunk": done,
        "waiting": stood.waiting,
        "held": stood.held,
        "unknown_day": stood.no_day,
        "next_on": stood.next_on,
    }
    first = f"{len(stood.due)} would be cut down." if dry_run else f"{done} were cut down to the minimal record."
    rest = f"{stood.waiting} still wait, {stood.held} are on legal hold, {stood.no_day} left on an unknown day."
    finish(told, [first, rest], as_json=as_json)


def forget(as_json: AsJson = False) -> None:
    """Ask every retention clock for what is due, now. `unionhall run` does so by itself each day after three."""
    _wake()
    from unionhall.foundation import nightly
    from unionhall.foundation.clock import now

    with progress("Forgetting", quiet=as_json):
        found = nightly.run_now(actor=_actor(), at=now())
    lines = [f"{count:>7}  {key}" for key, count in found.items()]
    finish({"forgotten": found}, lines, as_json=as_json)


def holds(as_json: AsJson = False) -> None:
    """The legal holds that stand."""
    _wake()
    from unionhall.roster.queries.retention import holds as standing

    rows = [
        {
            "id": row.public_id,
            "person": row.person.public_id if row.person else "",
            "worksite": row.worksite.public_id if row.worksite else "",
            "reason": row.reason,
            "placed_at": row.placed_at,
            "placed_by": row.placed_by,
        }
        for row in standing()
    ]
    lines = [f"{row['id']}  {row['person'] or row['worksite'] or 'everybody'}: {row['reason']}" for row in rows]
    finish({"holds": rows}, lines or ["No legal hold stands."], as_json=as_json)


def hold(reason: Why, person: Whom = "", as_json: AsJson = False) -> None:
    """Stop the retention clock of one person, or of everybody, until the hold is lifted."""
    _wake()
    from unionhall.foundation.clock import now
    from unionhall.roster.operations import place_hold

    row = place_hold(person=_person(person) if person else None, reason=reason, actor=_actor(), at=now())
    finish({"id": row.public_id}, [f"Hold {row.public_id} stands."], as_json=as_json)


def lift(hold_id: HoldId, reason: Why, as_json: AsJson = False) -> None:
    """Let the clocks go on."""
    _wake()
    from unionhall.foundation.clock import now
    from unionhall.roster.operations import lift_hold
    from unionhall.roster.queries.retention import holds as standing

    row = standing().filter(public_id=hold_id).first()
    if row is None:
        raise Stop(f"No hold {hold_id} stands. See `unionhall people holds`.")
    lift_hold(hold=row, why=reason, actor=_actor(), at=now())
    finish({"id": row.public_id}, [f"Hold {row.public_id} is lifted."], as_json=as_json)


def twins(as_json: AsJson = False) -> None:
    """Look through the whole roster for people who seem to stand twice; they wait in the review queue."""
    _wake()
    from unionhall.foundation.clock import now
    from unionhall.roster.operations import find_look_alikes

    with progress("Comparing everybody with everybody", quiet=as_json):
        found = find_look_alikes(actor=_actor(), at=now())
    finish({"pairs": found}, [f"{found} pairs wait at /hall/review/."], as_json=as_json)


def file(
    person: PersonId, reason: FileReason, to: FilePath, format: FileFormat = "html", as_json: AsJson = False
) -> None:
    """Write everything held about one person, notes too, for a written request. It stands in the trail."""
    _wake()
    from unionhall.foundation.clock import now
    from unionhall.roster.operations import read_file
    from unionhall.roster.queries.subject import held_about
    from unionhall.roster.tables.subject import TYPES, subject_file

    if format not in TYPES:
        raise Stop(f"{format} is no format: html, csv or json.")
    found, at = _person(person), now()
    if to.exists():
        raise Stop(f"{to} is there already. Name another file.")
    kept = read_file(person=found, reason=reason, format=format, actor=_actor(), at=at)
    sections = held_about(found, all_lines=True)
    made = subject_file(format, found, sections, at=at, reason=kept)
    to.touch(mode=0o600)
    to.write_bytes(made.data)
    lines = sum(shown.count for shown in sections)
    told = {"person": found.public_id, "file": str(to), "classes": len(sections), "lines": lines}
    finish(
        told, [f"{lines} lines in {len(sections)} classes are in {to}. Hand it over, then delete it."], as_json=as_json
    )


def _wake() -> None:
    """Django awake, and a database that has its tables."""
    setup_django()
    from unionhall.cli.prepare import migrate

    migrate(note)


def _actor() -> Actor:
    from unionhall.foundation.access import system_actor

    return system_actor("operator")


def _person(public_id: str) -> Person:
    from unionhall.roster.models import Person as Persons

    found = Persons.objects.get_queryset().filter(public_id=public_id).first()
    if found is None:
        raise Stop(f"There is nobody of the id {public_id}.")
    return found
