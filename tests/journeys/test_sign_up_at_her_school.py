"""Rosa signs up at her school from her phone; her organizer, and nobody else's, has her in the queue and calls."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import accounts, roster
from tests.factories import campaigns as factory
from unionhall.campaigns.models import Entry, Participation
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.models import Consent
from unionhall.rulebook.waiting import Wait, summarize

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
STORIES = {
    "es": {
        "home": "/es/river/",
        "join": "/es/river/unete/",
        "thanks": "/es/river/unete/gracias/",
        "next": "Qué pasa ahora",
        "sms": ["Cocinas Unidas de Riverside", "Palo Verde Elementary", "Responde ALTO", "/es/river/"],
        "consent": "Si escribes un celular",
        "waiting": "en espera",
    },
    "en": {
        "home": "/en/river/",
        "join": "/en/river/join/",
        "thanks": "/en/river/join/thanks/",
        "next": "What happens now",
        "sms": ["Riverside Kitchens United", "Palo Verde Elementary", "Reply STOP", "/en/river/"],
        "consent": "If you write a cell phone",
        "waiting": "waiting",
    },
}


def organizer_of(area, name: str, language: str) -> Client:
    """A browser in which the organizer of that area is signed in."""
    browser = Client(HTTP_ACCEPT_LANGUAGE=language)
    user = accounts.make_staff(name, language=language)
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [area.public_id])
    accounts.sign_in(browser, user)
    return browser


@pytest.mark.parametrize("language", ["es", "en"])
def test_from_the_home_page_to_the_first_reply(language, django_capture_on_commit_callbacks):
    story = STORIES[language]
    east, west = roster.area("E"), roster.area("W")
    school = factory.school("Palo Verde Elementary", area=east)
    factory.school("Palo Alto Middle", area=west)
    factory.full_campaign()
    phone, priya, sam = Client(), organizer_of(east, "Priya Nair", language), organizer_of(west, "Sam Okoro", language)

    # the home page holds the form, which leads to the join address of its language
    home = phone.get(story["home"]).content.decode()
    assert f'<form class="form stack" method="post" action="{story["join"]}"' in home

    # three letters of the school fit two; she is asked which, and all she typed is still there
    typed = {"name": "Rosa Méndez", "contact": "(213) 555-0142", "worksite": "palo", "language": language}
    asked = phone.post(story["join"], typed, **OURS)
    choices = re.findall(r'name="which" value="(\w+)"', asked.content.decode())
    assert (asked.status_code, len(choices), school.public_id in choices) == (422, 3, True)
    assert 'value="Rosa Méndez"' in asked.content.decode()

    # her answer makes one entry, also when she taps twice
    answer = typed | {"asked": "palo", "which": school.public_id, "proof": factory.proof()}
    with django_capture_on_commit_callbacks(execute=True):
        sent = [phone.post(story["join"], answer, **OURS)["Location"] for _ in range(2)]
    assert sent == [story["thanks"]] * 2
    assert story["next"] in phone.get(story["thanks"]).content.decode()
    entry = Entry.objects.get()
    assert (entry.worksite, entry.language) == (school, language)

    # she has one text in her language, with her campaign, her school, the way out and the true address
    text = OutboxMessage.objects.get()
    assert (text.channel, text.to, text.language) == ("sms", "+12135550142", language)
    assert [words for words in story["sms"] if words not in text.body] == []
    assert Consent.objects.get().wording.startswith(story["consent"])
    assert Participation.objects.values_list("act", "person").get() == ("join", entry.person_id)

    # the organizer of her area has her in the queue; the other area's organizer does not
    queue = priya.get("/hall/").content.decode()
    assert "Rosa Méndez" in queue
    assert story["waiting"] in queue
    assert 'href="tel:+12135550142"' in queue
    assert "Rosa" not in sam.get("/hall/").content.decode()
    assert sam.get(f"/hall/entries/{entry.public_id}/").status_code == 404

    # she calls; the wait is over, and how long it took is on record
    Entry.objects.update(received_at=clock.now() - timedelta(hours=3, minutes=12))
    priya.post(f"/hall/entries/{entry.public_id}/act/", {"act": "call", "back": "queue"})
    entry.refresh_from_db()
    assert entry.state == "answered"
    summary = summarize([Wait(entry.received_at, entry.first_reply_at)], now=clock.now())
    assert 11_520 <= summary.median_seconds < 11_580
    assert "3 h 12 min" in priya.get("/hall/?state=answered").content.decode()
    assert "Rosa" not in priya.get("/hall/").content.decode()
