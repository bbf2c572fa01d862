"""Everybody knocks at every address: what each gets is what its line in `doors.py` says, and nothing leaks."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, reverse

from tests.architecture.doors import doors, strange_roles
from tests.factories import everything
from tests.factories.everything import COLLEAGUE, OWNER, World, key
from unionhall.accounts.enums import ALWAYS_STRONG, Extent, Matter, permission
from unionhall.config.slices import slices
from unionhall.foundation.access import Role

DOORS = doors()
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


def knock(world: World, who: str, method: str, address: str, query: str = "") -> HttpResponse:
    """The answer of an address, whose deeds are undone at once, cookies too."""
    client = world.clients[who]
    data = {"hall_undo": {"note": world.note}, "review_line": {"said": "skip"}}.get(address, {})
    held = deepcopy(client.cookies)
    url = reverse_of(world, address) + query
    with transaction.atomic():
        answer: Any = client.get(url) if method == "GET" else client.post(url, data)
        transaction.set_rollback(True)
    client.cookies = held
    return answer


def reverse_of(world: World, address: str) -> str:
    """The path of an address, with what lies in the world."""
    return reverse(address, args=world.arguments.get(address, ()))


def own_addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of the addresses in a list and below it whose views are ours."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from own_addresses(pattern.url_patterns)
        elif not pattern.callback.__module__.startswith("allauth."):
            yield str(pattern.name)


def all_addresses() -> Iterator[str]:
    """The names of our addresses, slice by slice."""
    for item in slices(demo=True):
        if find_spec(f"{item.app}.urls"):
            module = import_module(f"{item.app}.urls")
            yield from own_addresses([*module.urlpatterns, *getattr(module, "localized_urlpatterns", [])])


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    lined = {door.address for door in DOORS}
    mounted = set(all_addresses())

    assert {"without a line": mounted - lined, "without an address": lined - mounted} == {
        "without a line": set(),
        "without an address": set(),
    }


def test_no_line_stands_twice() -> None:
    keys = [(door.method, door.address) for door in DOORS]

    assert len(set(keys)) == len(keys)


def test_lines_and_access_table_agree() -> None:
    assert list(strange_roles()) == []


@pytest.mark.parametrize("who", ["public", "supervisor"])
def test_public_gets_what_the_lines_say(world: World, who: str) -> None:
    got = {(door.method, door.address): knock(world, who, door.method, door.address).status_code for door in DOORS}

    assert got == {(door.method, door.address): door.public for door in DOORS}


def test_stranger_gets_what_the_lines_say(world: World) -> None:
    got = {
        (door.method, door.address): knock(world, "stranger", door.method, door.address).status_code for door in DOORS
    }

    assert got == {(door.method, door.address): door.others for door in DOORS}


@pytest.mark.parametrize("role", Role)
def test_owner_gets_what_the_lines_say(world: World, role: Role) -> None:
    who = key(role, OWNER)
    got = {(door.method, door.address): knock(world, who, door.method, door.address).status_code for door in DOORS}

    assert got == {(door.method, door.address): door.answers(role)[0] for door in DOORS}


@pytest.mark.parametrize("role", Role)
def test_colleague_gets_what_the_lines_say(world: World, role: Role) -> None:
    """At what names somebody's own; at the rest a colleague is as good as the owner."""
    there = [door for door in DOORS if door.address in world.arguments]
    who = key(role, COLLEAGUE)
    got = {(door.method, door.address): knock(world, who, door.method, door.address).status_code for door in there}

    assert got == {(door.method, door.address): door.answers(role)[1] for door in there}


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


@pytest.mark.parametrize("place", [OWNER, COLLEAGUE])
@pytest.mark.parametrize("role", Role)
def test_pages_hold_names_and_contacts_of_those_in_reach_only(world: World, role: Role, place: str) -> None:
    who = key(role, place)
    shown = "".join(text_of(world, who, name) for name in PAGES)
    searched = text_of(world, who, "people", f"?q={everything.BETO_PHONE.replace(' ', '')}")

    # Beto and Cleo are members themselves: each reads the own name and number at /me/.
    own = {OWNER: "Beto", COLLEAGUE: "Cleo"}[place] if role is Role.MEMBER else ""
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
        "Cleo's name": sees(role, Matter.NAMES, place == COLLEAGUE) or own == "Cleo",
        # A card has a link to call, for those who answer for the person.
        "a contact": own == "Beto" or (role in (Role.CAT_MEMBER, Role.STEWARD) and place == OWNER),
        "found by phone": sees(role, Matter.CONTACTS, place == OWNER),
    }


@pytest.mark.parametrize("place", [OWNER, COLLEAGUE])
@pytest.mark.parametrize("role", Role)
def test_page_of_a_person_holds_her_contact_for_those_in_reach_only(world: World, role: Role, place: str) -> None:
    who = key(role, place)
    page = text_of(world, who, "person")

    assert {"name": world.east.name in page, "contact": any(phone in page for phone in everything.WRITTEN)} == {
        "name": sees(role, Matter.NAMES, place == OWNER),
        "contact": sees(role, Matter.CONTACTS, place == OWNER),
    }


def text_of(world: World, who: str, address: str, query: str = "") -> str:
    """What stands on a page."""
    return knock(world, who, "GET", address, query).content.decode()


def sees(role: Role, matter: Matter, in_reach: bool) -> bool:
    """Whether the access table lets a role see that of somebody on the pages of people. A member is no reader there."""
    extent = permission(role, matter).extent
    return extent is Extent.ALL or (extent in (Extent.TURF, Extent.SITE, Extent.AREA) and in_reach)
