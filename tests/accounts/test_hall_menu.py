"""Every room of the Hall that is open to somebody, and no other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.accounts import grant, make_staff, sign_in
from unionhall.foundation.access import Role
from unionhall.foundation.hooks import HallEntry, hall_entries


@pytest.fixture
def priya(client):
    user = make_staff()
    grant(user, Role.ORGANIZER)
    return sign_in(client, user)


def add_rooms(count, role):
    for number in range(count):
        entry = HallEntry(f"Room {number}", "account", "key", (role,), f"What room {number} is for")
        hall_entries.register(f"test.room{number}", entry)


@pytest.fixture(autouse=True)
def _tidy():
    yield
    for key in hall_entries.keys():  # noqa: SIM118 - a hook iterates over its items
        if key.startswith("test."):
            hall_entries.remove(key)


@pytest.mark.django_db
@pytest.mark.usefixtures("priya")
@pytest.mark.parametrize("count", [1, 3])
def test_menu_costs_the_same_for_one_room_and_three(client, count, django_assert_num_queries):
    add_rooms(count, Role.ORGANIZER)

    with django_assert_num_queries(3):
        page = client.get(reverse("hall_menu")).content.decode()

    assert [f"What room {number} is for" in page for number in range(3)] == [number < count for number in range(3)]


@pytest.mark.django_db
@pytest.mark.usefixtures("priya")
def test_menu_keeps_silent_about_rooms_of_other_roles(client):
    add_rooms(1, Role.COUNSEL)

    assert "Room 0" not in client.get(reverse("hall_menu")).content.decode()


@pytest.mark.django_db
def test_menu_asks_the_public_to_sign_in(client):
    assert client.get(reverse("hall_menu")).url.split("?")[0] == reverse("sign_in")


@pytest.mark.django_db
@pytest.mark.usefixtures("priya")
def test_a_phone_s_dock_shows_four_rooms_and_the_menu(client):
    add_rooms(6, Role.ORGANIZER)

    dock = client.get(reverse("hall_menu")).content.decode().split('<nav class="dock"')[1].split("</nav>")[0]

    assert dock.count("<a ") - dock.count("dock__rest") == 5
    assert 'class="dock__more"' in dock
