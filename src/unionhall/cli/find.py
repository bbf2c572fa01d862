"""`unionhall find`: what lies where."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unionhall.cli.output import finish, note
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unionhall.roster.models import District, Worksite
    from unionhall.rulebook.places import Point

Latitude = Annotated[float | None, typer.Option("--lat", help="Degrees north, such as 34.0522.")]
Longitude = Annotated[float | None, typer.Option("--lon", help="Degrees east, so below zero: -118.2437.")]
OfWorksite = Annotated[str, typer.Option("--worksite", help="Its code in any list, its name, or its public id.")]
OfKind = Annotated[str, typer.Option("--kind", help="Only districts of that kind, such as city-council.")]
OnDay = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="As of that day; else today.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the app."""
    found = typer.Typer(no_args_is_help=True, help="Find what lies where.")
    found.command("district")(district)
    found.callback()(_found)
    app.add_typer(found, name="find")


def district(
    latitude: Latitude = None,
    longitude: Longitude = None,
    worksite: OfWorksite = "",
    kind: OfKind = "",
    on: OnDay = None,
    as_json: AsJson = False,
) -> None:
    """The districts that hold a point, or a worksite. On a border it is both sides; overlapping ones are all named."""
    if (latitude is None) != (longitude is None) or (latitude is None) == (not worksite):
        raise typer.BadParameter("give --lat and --lon, or --worksite", param_hint="--lat")
    setup_django()
    from unionhall.cli.prepare import migrate
    from unionhall.foundation.clock import today
    from unionhall.roster import queries
    from unionhall.rulebook.districts import kind_slug

    migrate(note)
    site = queries.worksite_called(worksite) if worksite else None
    point = queries.point_of_worksite(site) if site else queries.point_at(latitude or 0.0, longitude or 0.0)
    day = on.date() if on else today()
    found = queries.districts_at(point, on=day, kind=queries.check_kind(kind_slug(kind)))
    finish(_as_json(point, site, found), _lines(point, site, found, day), as_json=as_json)


def _found() -> None:
    """Find what lies where."""


def _as_json(point: Point, site: Worksite | None, found: Sequence[District]) -> dict[str, Any]:
    about = {"worksite": {"id": site.public_id, "name": site.name}} if site else {}
    districts = [
        {
            "kind": item.kind,
            "code": item.code,
            "name": item.name,
            "source": item.source,
            "valid_from": item.valid_from.isoformat(),
        }
        for item in found
    ]
    return {"lat": point.latitude, "lon": point.longitude, **about, "districts": districts}


def _lines(point: Point, site: Worksite | None, found: Sequence[District], day: date) -> Iterator[str]:
    yield f"{f'{site.name}, ' if site else ''}{point.latitude}, {point.longitude} on {day}:"
    for item in found:
        name = item.name if item.name == item.code else f"{item.name} ({item.code})"
        yield f"  {item.kind:<16} {name}; source “{item.source}”, since {item.valid_from}"
    if not found:
        yield "  in no district that is held. `unionhall import boundaries FILE` brings outlines in."
