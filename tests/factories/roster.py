"""Invented places and people of the roster: Rosemead Street Elementary, Alma the steward, Beto the member."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from unionhall.foundation.access import Actor, Grant, Reach, Role, Viewer, system_actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.contacts import parse_contact
from unionhall.roster import operations
from unionhall.roster.models import Area, Import, Person, Worksite
from unionhall.rulebook.names import search_text, site_key
from unionhall.rulebook.places import Point

AT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
CLERK = system_actor("test")
_numbers = count(1)


def area(code: str = "E", *, centre: tuple[float, float] | None = None, zips: tuple[str, ...] = ()) -> Area:
    """An area, without centre and ZIP codes unless given."""
    point = Point(*centre) if centre else None
    name = Bilingual(en=f"Area {code}", es=f"Área {code}")
    return operations.put_area(code=code, name=name, centre=point, zips=zips, actor=CLERK, at=AT)


def worksite(name: str = "Rosemead Street Elementary", **fields: Any) -> Worksite:
    """A live school; another field as keyword."""
    fields = {"city": "Los Angeles", "address": f"{next(_numbers)} Rosemead St.", "zip": "90032"} | fields
    if fields.get("area"):
        fields.setdefault("area_by", "hand")
    search = search_text(name, fields["city"], fields["address"], fields["zip"])
    return Worksite.objects.create(name=name, name_key=site_key(name), search=search, **fields)


def person(name: str = "Beto Luna", *, site: Worksite | None = None, contact: str = "") -> Person:
    """A person at a worksite with a cell phone of their own."""
    return operations.add_person(
        name=name,
        worksite=site or worksite(),
        language="es",
        contact=parse_contact(contact or f"213 555 01{next(_numbers) % 100:02d}"),
        source="join",
        actor=CLERK,
        at=AT,
    )


def viewer(role: Role, reach: Reach, *codes: str, user_id: int = 7, strong: bool = False) -> Viewer:
    """Somebody with one role in one scope."""
    grant = Grant(role=role, reach=reach, codes=frozenset(codes))
    return Viewer(user_id=user_id, name="Alma", grants=(grant,), strong=strong)


def actor() -> Actor:
    """Who does acts in tests."""
    return CLERK


def imported(kind: str = "worksites", **fields: Any) -> Import:
    """A list that was applied; another field as keyword."""
    fields = {"source": "directory", "as_of": AT.date(), "file_name": "list.csv", "applied_at": AT} | fields
    return Import.objects.create(kind=kind, sha256=f"{next(_numbers):064x}", **fields)
