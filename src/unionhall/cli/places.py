"""`unionhall places`: worksites put into their areas and districts anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from unionhall.cli.output import finish, note, progress
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unionhall.roster.operations import AreaMove, Reassigned

MOST_LINES: Final = 40
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would move; write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the app."""
    found = typer.Typer(no_args_is_help=True, help="Worksites in their areas and districts.")
    found.command("assign")(assign)
    found.callback()(_places)
    app.add_typer(found, name="places")


def assign(dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Put every live worksite into its area and districts anew, by ZIP code and map point; say what moved.

    A worksite that was put into its area by hand stays there.
    """
    setup_django()
    from unionhall.cli.prepare import migrate
    from unionhall.foundation.access import system_actor
    from unionhall.foundation.clock import now
    from unionhall.roster import operations

    migrate(note)
    moves = operations.preview_areas()
    if dry_run:
        districts = operations.preview_districts()
    else:
        actor, at = system_actor("command line"), now()
        with progress("Putting worksites into areas and districts", quiet=as_json):
            operations.assign_areas(actor=actor, at=at)
            districts = operations.assign_districts(actor=actor, at=at)
    finish(_as_json(moves, districts), _lines(moves, districts, dry_run=dry_run), as_json=as_json)


def _places() -> None:
    """Worksites in their areas and districts."""


def _as_json(moves: Sequence[AreaMove], districts: Reassigned) -> dict[str, Any]:
    areas = [
        {"worksite": move.public_id, "name": move.name, "before": move.before or None, "after": move.after or None}
        for move in moves
    ]
    return {"areas": areas, "districts": {"came": districts.came, "left": districts.left}}


def _lines(moves: Sequence[AreaMove], districts: Reassigned, *, dry_run: bool) -> Iterator[str]:
    yield f"Areas: {len(moves):,} worksites {'would move' if dry_run else 'moved'}."
    for move in moves[:MOST_LINES]:
        yield f"  {move.name}: {move.before or 'none'} → {move.after or 'none'}"
    if len(moves) > MOST_LINES:
        yield f"  … and {len(moves) - MOST_LINES:,} more; --json lists all."
    would = "would " if dry_run else ""
    yield f"Districts: worksites {would}come into {districts.came:,} and {would}leave {districts.left:,}."
