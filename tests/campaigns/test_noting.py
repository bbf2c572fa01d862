"""Pages that show contacts write down whose, once a day; notes are asked about before they keep what nobody may."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import accounts, roster, turf
from tests.factories import campaigns as factory
from unionhall.campaigns.models import EntryNote, Talk
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.roster.models import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return roster.worksite("Magnolia Avenue Elementary", area=roster.area("E"))


@pytest.fixture
def beto(site):
    return roster.person("Beto Luna", site=site, contact="213 555 0142")


@pytest.fixture
def priya(client: Client, site):
    """The organizer of the area, who answers for Beto too."""
    user = accounts.make_staff("Priya Nair")
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [site.area.public_id])
    return accounts.sign_in(client, user)


def seen(user):
    return set(Sight.objects.filter(viewer_id=user.pk).values_list("person__name", flat=True))


def test_queue_team_and_talk_write_down_whose_contacts_they_showed_once_a_day(client, site, beto, priya):
    entry = factory.entry(factory.campaign(), site=site, name="Rosa Méndez")
    client.get(reverse("hall_queue"))
    assert seen(priya) == {"Rosa Méndez"}

    for address, arguments in (("hall_entry", entry.public_id), ("hall_team", site.public_id)):
        client.get(reverse(address, args=[arguments]))
    client.get(reverse("hall_talk", args=[beto.public_id]))

    assert seen(priya) == {"Rosa Méndez", "Beto Luna"}
    assert Sight.objects.count() == 2


def test_officer_reads_the_queue_without_contacts_and_nothing_is_written_down(client, site):
    factory.entry(factory.campaign(), site=site)
    accounts.grant(user := accounts.make_staff(), Role.OFFICER)
    accounts.sign_in(client, user)

    client.get(reverse("hall_queue"))

    assert seen(user) == set()


def test_cat_member_s_own_page_writes_down_her_people(client, site, beto):
    turf.give(site, jorge := turf.cat_member("Jorge Luna"), beto, at=clock.now())
    accounts.sign_in(client, jorge, strong=False)

    client.get(reverse("hall_mine"))

    assert seen(jorge) == {"Beto Luna"}


@pytest.mark.parametrize(
    ("text", "sure", "status"),
    [
        ("She is undocumented and afraid", "", 422),
        ("The visa clinic is on Friday", "on", 302),
        ("123-45-6789", "on", 422),
        ("Comes to the sticker day", "", 302),
    ],
)
def test_note_of_a_talk_is_asked_about_before_it_is_kept(client, beto, priya, text, sure, status):
    factory.campaign()

    answer = client.post(reverse("hall_talk", args=[beto.public_id]), {"act": "note", "text": text, "sure": sure})

    assert (answer.status_code, Talk.objects.count()) == (status, int(status == 302))
    if status == 422 and not sure:
        assert "We may not keep" in answer.content.decode()
        assert "save it as it stands" in answer.content.decode()


def test_note_under_a_sign_up_is_asked_about_too(client, site, priya):
    entry = factory.entry(factory.campaign(), site=site)

    answer = client.post(reverse("hall_note", args=[entry.public_id]), {"text": "le diagnosticaron diabetes"})

    assert (answer.status_code, EntryNote.objects.count()) == (422, 0)
