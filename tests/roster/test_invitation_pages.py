"""Offering a role in the Hall: to whom, where, who agrees, what goes out."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import accounts
from tests.factories import roster as factory
from tests.roster.test_people_pages import sign_in
from unionhall.accounts.models import Invitation
from unionhall.foundation.access import Grant, Reach, Role
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.access import ScopeDirectory

pytestmark = pytest.mark.django_db
WHO = {"name": "Alma Reyes", "contact": "213 555 0142", "language": "es"}


@pytest.fixture
def home():
    return factory.worksite("Rosemead Street Elementary", area=factory.area("E"))


@pytest.fixture
def away():
    return factory.worksite("Harbor Middle", area=factory.area("W"))


@pytest.fixture
def organizer(home):
    return sign_in(Role.ORGANIZER, Reach.AREA, home.area.public_id)


def offer(client, **said):
    return client.post(reverse("invitation_new"), WHO | said)


def test_steward_is_asked_for_her_worksite_and_gets_the_link_in_her_language(organizer, home):
    answer = offer(organizer, role="steward", worksite=home.name, worksite_id=home.public_id)

    made = Invitation.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("invitations"))
    assert (made.role, made.reach, made.codes, made.place) == ("steward", "worksite", [home.public_id], home.name)
    assert [(message.purpose, message.language) for message in OutboxMessage.objects.all()] == [("invitation", "es")]
    assert "on its way" in organizer.get(reverse("invitations")).content.decode()


def test_worksite_beyond_the_own_areas_is_refused(organizer, away):
    answer = offer(organizer, role="steward", worksite=away.name, worksite_id=away.public_id)

    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_steward_is_led_to_the_people_whom_she_gives_out(home):
    steward = sign_in(Role.STEWARD, Reach.WORKSITE, home.public_id)

    answers = [offer(steward, role=role, worksite=home.name).url for role in ("cat_member", "steward")]

    assert (answers, Invitation.objects.count()) == ([reverse("hall")] * 2, 0)


def test_nobody_is_asked_to_the_team_for_a_whole_worksite(organizer, home):
    assert offer(organizer, role="cat_member", worksite=home.name).status_code == 422


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"role": "steward"}, "worksite"),
        ({"role": "organizer"}, "area"),
        ({"role": "counsel", "contact": "12"}, "contact"),
        ({"role": "counsel", "ends_on": "2020-01-01"}, "ends_on"),
    ],
)
def test_what_lacks_or_cannot_be_is_said_at_its_field(home, said, field):
    answer = offer(sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL), **said)

    assert list(answer.context["form"].errors) == [field]


def test_role_for_two_goes_out_when_the_second_agrees(home):
    first, second = sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL), sign_in(Role.OFFICER, Reach.ALL)
    offer(first, role="counsel")
    assert not OutboxMessage.objects.exists()
    agree = reverse("invitation_agree", args=[Invitation.objects.get().public_id])

    answers = [first.post(agree).status_code, second.post(agree).status_code]

    assert (answers, OutboxMessage.objects.count()) == ([403, 302], 1)


def test_offer_is_taken_back(organizer, home):
    offer(organizer, role="steward", worksite=home.name)
    made = Invitation.objects.get()

    organizer.post(reverse("invitation_withdraw", args=[made.public_id]))

    made.refresh_from_db()
    assert (made.withdrawn_at is not None, made.value) == (True, "")


def test_another_organizer_sees_no_offer_of_mine(organizer, home, away):
    offer(organizer, role="steward", worksite=home.name)
    other = sign_in(Role.ORGANIZER, Reach.AREA, away.area.public_id, home.area.public_id)

    assert "Alma Reyes" not in other.get(reverse("invitations")).content.decode()
    assert "Nobody has been asked yet" in other.get(reverse("invitations")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(organizer, home, count, django_assert_num_queries):
    for number in range(count):
        offer(organizer, role="steward", worksite=home.name, name=f"Alma {number}")
    organizer.get(reverse("invitations"))

    with django_assert_num_queries(6):
        page = organizer.get(reverse("invitations")).content.decode()

    assert [f"Alma {number}" in page for number in range(3)] == [number < count for number in range(3)]


def test_turf_elsewhere_does_not_widen_what_a_steward_brings(home, away):
    user = accounts.make_staff()
    alma = factory.viewer(Role.STEWARD, Reach.WORKSITE, home.public_id, user_id=user.pk)
    beto, cleo = factory.person("Beto Luna", site=home), factory.person("Cleo Park", site=away)

    def within(*codes, reach=Reach.TURF):
        grant = Grant(Role.CAT_MEMBER, reach, frozenset(codes))
        return ScopeDirectory().lies_within(viewer=alma, grant=grant)

    assert [within(beto.public_id), within(cleo.public_id), within(beto.public_id, cleo.public_id), within()] == [
        True,
        False,
        False,
        False,
    ]
    assert within(home.public_id, reach=Reach.WORKSITE)
    assert not within(away.public_id, reach=Reach.WORKSITE)
