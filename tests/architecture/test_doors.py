"""Everybody knocks at every address: what each gets is what its line in `doors.py` says, and nothing leaks."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.architecture.doors import SHUT, all_addresses, counts, doors, strange_roles, walks
from tests.factories import everything
from tests.factories.everything import COLLEAGUE, ELSEWHERE, OWNER, PLACED, World, key
from unionhall.accounts.enums import ALWAYS_STRONG, Extent, Matter, permission
from unionhall.foundation.access import Role

DOORS = doors()
WALKS = walks()
PAGES = [
    "people",
    "worksites",
    "worksite",
    "hall",
    "hall_queue",
    "hall_mine",
    "hall_site",
    "hall_areas",
    "review",
    "review_lines",
    "rolls",
    "exports",
    "imports",
    "me",
    "account",
    "hall_menu",
    "trail",
    "keeping",
]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everything, written once for all the tests here, and undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield everything.make_world()
        transaction.set_rollback(True)


def other_of(role: Role) -> str:
    """Who of a role has nothing to do with the owner's things."""
    return ELSEWHERE if role in PLACED else COLLEAGUE


def knock(world: World, who: str, method: str, address: str, query: str = "", *, said: int = 200) -> HttpResponse:
    """The answer of an address, whose deeds are undone at once, cookies too.

    said: what the line says; a refusal is asked for in JSON, since the page that would say it need not be drawn.
    """
    client = world.clients[who]
    data = {"hall_undo": {"note": world.note}, "review_line": {"said": "skip"}}.get(address, {})
    held = deepcopy(client.cookies)
    url = reverse_of(world, address) + query
    headers = {"Accept": "application/json"} if said in SHUT else {}
    with transaction.atomic():
        ask: Any = client.get if method == "GET" else client.post
        answer: Any = ask(url, {} if method == "GET" else data, headers=headers)
        transaction.set_rollback(True)
    client.cookies = held
    return answer


def walk(world: World, walker: str, role: Role | None) -> dict[str, tuple[int, int]]:
    """The doors that answered otherwise than their lines say: what each said, what it should."""
    who = key(role, walker) if role else walker
    wrong = {}
    for _role, door, said in (one for one in WALKS[walker] if one[0] == role):
        got = knock(world, who, door.method, door.address, said=said).status_code
        if got != said:
            wrong[f"{door.method} {door.address}"] = (got, said)
    return wrong


def reverse_of(world: World, address: str) -> str:
    """The path of an address, with what lies in the world."""
    return reverse(address, args=world.arguments.get(address, ()))


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    lined = {door.address for door in DOORS}
    mounted = {str(one.name) for one in all_addresses()}

    assert {"without a line": mounted - lined, "without an address": lined - mounted} == {
        "without a line": set(),
        "without an address": set(),
    }


def test_no_line_stands_twice() -> None:
    keys = [(door.method, door.address) for door in DOORS]

    assert len(set(keys)) == len(keys)


def test_lines_and_access_table_agree() -> None:
    assert list(strange_roles()) == []


def walkers() -> Iterator[Any]:
    """Every walker with every role of hers; each day those without a role and from another turf, the others slow."""
    for walker, steps in WALKS.items():
        for role in dict.fromkeys(role for role, _door, _said in steps):
            marks = [pytest.mark.slow] if walker in (OWNER, COLLEAGUE) else []
            yield pytest.param(walker, role, marks=marks)


@pytest.mark.parametrize(("walker", "role"), list(walkers()))
def test_everybody_gets_what_the_lines_say(world: World, walker: str, role: Role | None) -> None:
    """Owner, colleague, other turf, each with every role; stranger, supervisor, the public."""
    assert walk(world, walker, role) == {}


def test_reference_says_how_many_knocked_and_how_many_were_refused() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/access.md").read_text("utf-8")
    rows = [
        f"| {one.walker} | {one.roles or '–'} | {one.knocks} | {one.refusals} | {one.openings} |" for one in counts()
    ]

    assert [row for row in rows if row not in page] == []
    assert sum(one.refusals for one in counts()) > sum(one.openings for one in counts())


def test_method_without_a_line_is_not_answered(world: World) -> None:
    lined = {(door.method, door.address) for door in DOORS}
    unlined = [pair for pair in ((m, d.address) for d in DOORS for m in ("GET", "POST")) if pair not in lined]
    who = key(Role.DATA_ADMINISTRATOR, OWNER)

    assert {pair: knock(world, who, *pair).status_code for pair in unlined} == dict.fromkeys(unlined, 405)


@pytest.mark.parametrize("role", sorted(ALWAYS_STRONG))
def test_no_room_opens_to_a_wide_role_without_its_second_factor(world: World, role: Role) -> None:
    rooms = [door for door in DOORS if door.matter and reverse_of(world, door.address).startswith("/hall/")]
    who = f"{role.value} weak"
    got = {
        (door.method, door.address): knock(world, who, door.method, door.address).headers["Location"] for door in rooms
    }

    assert {place.partition("?")[0] for place in got.values()} == {reverse("mfa_index")}


@pytest.mark.parametrize(("role", "place"), [(role, place) for role in Role for place in (OWNER, other_of(role))])
def test_pages_hold_names_and_contacts_of_those_in_reach_only(world: World, role: Role, place: str) -> None:
    who = key(role, place)
    shown = "".join(text_of(world, who, name) for name in PAGES if is_open(name, role))
    searched = text_of(world, who, "people", f"?q={everything.BETO_PHONE.replace(' ', '')}")

    # Beto and Cleo are members themselves: each reads the own name and number at /me/.
    own = {OWNER: "Beto", COLLEAGUE: "Cleo"}.get(place, "") if role is Role.MEMBER else ""
    held = {
        "Beto's name": world.east.name in shown,
        "Rosa's name": everything.ROSA in shown,
        "Cleo's name": world.west.name in shown,
        "a contact": any(phone in shown for phone in everything.WRITTEN),
        "found by phone": world.east.name in searched,
    }

    assert held == {
        "Beto's name": sees(role, Matter.NAMES, place == OWNER) or own == "Beto",
        "Rosa's name": sees(role, Matter.NAMES, place == OWNER),
        "Cleo's name": sees(role, Matter.NAMES, place != OWNER) or own == "Cleo",
        # A card has a link to call, for those who answer for the person.
        "a contact": own == "Beto" or (role in (Role.CAT_MEMBER, Role.STEWARD) and place == OWNER),
        "found by phone": sees(role, Matter.CONTACTS, place == OWNER),
    }


@pytest.mark.parametrize(("role", "place"), [(role, place) for role in Role for place in (OWNER, other_of(role))])
def test_page_of_a_person_holds_her_contact_for_those_in_reach_only(world: World, role: Role, place: str) -> None:
    who = key(role, place)
    page = text_of(world, who, "person")

    assert {"name": world.east.name in page, "contact": any(phone in page for phone in everything.WRITTEN)} == {
        "name": sees(role, Matter.NAMES, place == OWNER),
        "contact": sees(role, Matter.CONTACTS, place == OWNER),
    }


def is_open(address: str, role: Role) -> bool:
    """Whether that role gets a page at all there; the walks above show that nobody else does."""
    return any(door.is_open(role) for door in DOORS if (door.method, door.address) == ("GET", address))


def text_of(world: World, who: str, address: str, query: str = "") -> str:
    """What stands on a page."""
    return knock(world, who, "GET", address, query).content.decode()


def sees(role: Role, matter: Matter, in_reach: bool) -> bool:
    """Whether the access table lets a role see that of somebody on the pages of people. A member is no reader there."""
    extent = permission(role, matter).extent
    return extent is Extent.ALL or (extent in (Extent.TURF, Extent.SITE, Extent.AREA) and in_reach)
