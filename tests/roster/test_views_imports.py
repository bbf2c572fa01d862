"""The room of lists: who enters, what stands there, in how many queries."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.accounts import grant, make_staff, sign_in
from tests.factories.roster import imported
from unionhall.foundation.access import Role


def somebody(client, role):
    user = make_staff("Marcus Bell")
    grant(user, role)
    return sign_in(client, user)


@pytest.fixture
def marcus(client):
    return somebody(client, Role.DATA_ADMINISTRATOR)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.DATA_ADMINISTRATOR])
def test_lists_are_closed_to_every_other_role(client, role):
    somebody(client, role)

    assert client.get(reverse("imports")).status_code == 403


@pytest.mark.django_db
def test_lists_ask_the_public_to_sign_in(client):
    answer = client.get(reverse("imports"))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_an_empty_room_says_how_to_begin(client):
    assert "Begin with the worksites" in client.get(reverse("imports")).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize("count", [1, 3])
def test_list_of_imports_costs_the_same_for_one_and_three(client, count, django_assert_num_queries):
    for number in range(count):
        imported(source=f"list {number}")

    with django_assert_num_queries(5):
        page = client.get(reverse("imports")).content.decode()

    assert [f"list {number}" in page for number in range(3)] == [number < count for number in range(3)]
