"""Denise gives out her people; Jorge accepts on his phone and talks with his ten; Priya finds the coldest school."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import accounts, roster
from tests.factories import campaigns as campaign_factory
from tests.factories import turf as factory
from unionhall.campaigns.models import Cover, Talk
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import OutboxMessage

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
STORIES = {
    "en": {
        "give": "Give out 14",
        "asked": "The link is on its way",
        "accept": "I accept",
        "done": "10 of 10",
        "first": "Most missing",
    },
    "es": {
        "give": "Repartir 14",
        "asked": "El enlace va en camino",
        "accept": "Acepto",
        "done": "10 de 10",
        "first": "Donde más falta",
    },
}


@pytest.fixture
def school():
    campaign_factory.campaign()
    return roster.worksite("Magnolia Avenue Elementary", area=roster.area("E"))


def page(answer) -> str:
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_nobody_s_list_to_ten_talks(school, language, django_capture_on_commit_callbacks):
    story, speaks = STORIES[language], {"HTTP_ACCEPT_LANGUAGE": language}
    crew = factory.people(school, 62)
    denise, phone = Client(), Client()
    accounts.sign_in(denise, factory.steward(school), strong=False)
    for number in range(3):
        leader = factory.cat_member(f"Leader {number}")
        factory.give(school, leader, *crew[number * 16 : number * 16 + 16], at=clock.now() - timedelta(days=1))

    # Denise sees fourteen in nobody's list and opens them: one tap
    assert story["give"] in page(denise.get("/hall/", **speaks))
    turfs = f"/hall/worksites/{school.public_id}/turfs/"
    open_now = page(denise.get(turfs, **speaks)).split("turfs__group")[1]
    ten = re.findall(r'name="person" value="(\w+)"', open_now)[:10]

    # she ticks ten of them and asks Jorge, in his language
    sent = {"act": "ask", "person": ten, "name": "Jorge Luna", "contact": "213 555 0171", "language": language}
    asked = denise.post(turfs, sent)
    assert story["asked"] in page(denise.get(asked["Location"], **speaks))
    text = OutboxMessage.objects.get()
    assert text.language == language

    # Jorge opens the link and accepts: two taps from the text to his ten
    link = re.search(r"http\S+", str(text.body))[0].replace("http://localhost:8000", "")
    link = re.sub(r"^https?://[^/]+", "", link)
    assert story["accept"] in page(phone.get(link))
    with django_capture_on_commit_callbacks(execute=True):
        accepted = phone.post(link, {"remember": "yes"}, **OURS)
    taps = 2
    mine = page(phone.get(accepted["Location"], **speaks))
    assert sorted(re.findall(r'id="p-(\w+)"', mine)) == sorted(ten)
    assert mine.count('href="tel:') == 10

    # he talks with each: one tap a person
    for public_id in ten:
        phone.post(f"/hall/talks/{public_id}/act/", {"act": "talk", "back": "mine"})
        taps += 1
    assert story["done"] in page(phone.get("/hall/", **speaks))
    assert taps == 12
    assert Talk.objects.count() == 10

    # and reaches nobody else at his school
    other = Cover.objects.exclude(person__public_id__in=ten).first().person.public_id
    assert phone.get(f"/hall/talks/{other}/").status_code == 404
    assert phone.get(turfs).status_code == 403


@pytest.mark.parametrize("language", ["en", "es"])
def test_priya_finds_the_coldest_school_with_one_tap(school, language):
    warm = roster.worksite("Harbor Middle", area=school.area)
    for person in factory.people(warm, 5):
        factory.talk(campaign_factory.Campaign.objects.get(), person, at=clock.now())
    factory.people(school, 5)
    user = accounts.make_staff("Priya Nair")
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [school.area.public_id])
    priya = Client()
    accounts.sign_in(priya, user)

    assert 'href="/hall/areas/"' in page(priya.get("/hall/"))
    ranking = page(priya.get("/hall/areas/", HTTP_ACCEPT_LANGUAGE=language))
    assert STORIES[language]["first"] in ranking
    names = re.findall(r'class="gap__name" href="/hall/worksites/(\w+)/team/"', ranking)
    assert names == [school.public_id, warm.public_id]
    assert f">{school.name}</a>" in ranking
    assert "Worker 01" in page(priya.get(f"/hall/worksites/{names[0]}/team/"))
