"""Worksites in the Hall: who sees which, what stands there, in how many queries, and what is written."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse

from tests.factories import roster as factory
from tests.factories.accounts import grant, make_staff, sign_in
from unionhall.foundation.access import Reach, Role
from unionhall.roster import operations
from unionhall.roster.enums import OfficeKind
from unionhall.roster.models import Worksite

pytestmark = pytest.mark.django_db

BY = {"actor": factory.CLERK, "at": factory.AT}
SAME = {"headers": {"Sec-Fetch-Site": "same-origin"}}


def somebody(client, role, reach=Reach.ALL, *codes):
    user = make_staff("Marcus Bell")
    grant(user, role, reach, codes)
    return sign_in(client, user)


@pytest.fixture
def places():
    east, west = factory.area("E"), factory.area("W")
    return factory.worksite("Oak Elementary", area=east), factory.worksite("Elm Middle", area=west)


def shown(client, **asked):
    return client.get(reverse("worksites"), asked).content.decode()


def test_organizer_sees_the_own_area_and_no_other(client, places):
    oak, elm = places
    somebody(client, Role.ORGANIZER, Reach.AREA, oak.area.public_id)
    page = shown(client)
    assert ("Oak Elementary" in page, "Elm Middle" in page) == (True, False)
    assert client.get(reverse("worksite", args=[oak.public_id])).status_code == 200
    assert client.get(reverse("worksite", args=[elm.public_id])).status_code == 404


def test_colleague_of_another_area_sees_the_other(client, places):
    _oak, elm = places
    somebody(client, Role.ORGANIZER, Reach.AREA, elm.area.public_id)
    page = shown(client)
    assert ("Oak Elementary" in page, "Elm Middle" in page) == (False, True)


def test_cat_member_sees_where_the_own_turf_works_and_no_other_name(client, places):
    oak, _elm = places
    beto = factory.person("Beto Luna", site=oak)
    factory.person("Carla Mar", site=oak)
    somebody(client, Role.CAT_MEMBER, Reach.TURF, beto.public_id)
    assert "Elm Middle" not in shown(client)
    page = client.get(reverse("worksite", args=[oak.public_id])).content.decode()
    assert ("Beto Luna" in page, "Carla Mar" in page) == (True, False)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COMMUNICATIONS, Role.BARGAINING_TEAM])
def test_roles_that_know_no_names_stay_outside(client, role, places):
    somebody(client, role, Reach.OWN if role == Role.MEMBER else Reach.ALL)
    assert client.get(reverse("worksites")).status_code == 403
    assert client.get(reverse("worksite", args=[places[0].public_id])).status_code == 403


def test_stranger_is_asked_to_sign_in(client, places):
    answer = client.get(reverse("worksite", args=[places[0].public_id]))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))


def test_list_is_found_by_text_area_and_status(client, places):
    oak, elm = places
    somebody(client, Role.DATA_ADMINISTRATOR)
    operations.close_worksite(worksite=elm, **BY)
    factory.worksite("Star Charter", is_charter=True)
    assert "Elm Middle" not in shown(client)
    assert "Elm Middle" in shown(client, status="closed")
    assert "Star Charter" in shown(client, status="charter")
    assert "Oak Elementary" in shown(client, q="oak el", area=oak.area.public_id)
    assert "None here" in shown(client, q="nowhere")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(client, count, django_assert_num_queries):
    somebody(client, Role.DATA_ADMINISTRATOR)
    for number in range(count):
        factory.person(f"Person {number}", site=factory.worksite(f"Site {number}"))
    with django_assert_num_queries(6):
        page = shown(client)
    assert page.count("Site ") >= count


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three(client, count, places, django_assert_num_queries):
    oak, _elm = places
    somebody(client, Role.DATA_ADMINISTRATOR)
    for number in range(count):
        person = factory.person(f"Person {number}", site=oak)
        operations.give_office(person=person, kind=OfficeKind.STEWARD, worksite=oak, starts_on=date(2020, 1, 1), **BY)
        operations.put_bell(worksite=oak, name=f"Bell {number}", rings_at=time(8, number), **BY)
    with django_assert_num_queries(15):
        page = client.get(reverse("worksite", args=[oak.public_id])).content.decode()
    assert [f"Person {number}" in page for number in range(3)] == [number < count for number in range(3)]
    assert [f"Bell {number}" in page for number in range(3)] == [number < count for number in range(3)]


def test_administrator_corrects_closes_and_adds_hours(client, places):
    oak, elm = places
    somebody(client, Role.DATA_ADMINISTRATOR)
    fields = {"name": "Oak Street Elementary", "kind": "school", "city": "Reseda", "area": elm.area_id}
    answer = client.post(reverse("worksite_edit", args=[oak.public_id]), fields, **SAME)
    oak.refresh_from_db()
    assert (answer.status_code, oak.name, oak.area, oak.area_by) == (302, "Oak Street Elementary", elm.area, "hand")
    hours = {"name": "Night", "starts_at": "22:00", "ends_at": "06:00"}
    client.post(reverse("worksite_hours", args=[oak.public_id]), hours, **SAME)
    client.post(reverse("worksite_hours", args=[oak.public_id]), {"name": "First bell", "starts_at": "08:05"}, **SAME)
    assert ([str(item) for item in oak.shifts.all()], [item.name for item in oak.bells.all()]) == (
        ["Night"],
        ["First bell"],
    )
    client.post(reverse("worksite_close", args=[oak.public_id]), **SAME)
    assert Worksite.objects.get(pk=oak.pk).status == "closed"
    client.post(reverse("worksite_close", args=[oak.public_id]), {"open": "1"}, **SAME)
    assert Worksite.objects.get(pk=oak.pk).status == "live"


def test_wrong_answers_come_back_with_what_is_wrong(client, places):
    oak, _elm = places
    somebody(client, Role.DATA_ADMINISTRATOR)
    assert client.post(reverse("worksite_edit", args=[oak.public_id]), {"name": ""}, **SAME).status_code == 422
    assert client.post(reverse("worksite_hours", args=[oak.public_id]), {"name": "x"}, **SAME).status_code == 422


@pytest.mark.parametrize("name", ["worksite_edit", "worksite_close", "worksite_hours"])
def test_only_the_data_desk_writes(client, places, name):
    oak, _elm = places
    somebody(client, Role.ORGANIZER, Reach.AREA, oak.area.public_id)
    assert client.post(reverse(name, args=[oak.public_id]), {"name": "Mine"}, **SAME).status_code == 403
    assert Worksite.objects.get(pk=oak.pk).name == "Oak Elementary"
