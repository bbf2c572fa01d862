"""Rosa signs up on an old phone without JavaScript; a code lets her in; her organizer, and nobody else's, calls."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import campaigns as factory
from tests.factories import roster
from tests.journeys.test_sign_up_at_her_school import organizer_of
from unionhall.campaigns.models import Entry, Slip
from unionhall.foundation import clock
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.models import Consent, ContactPoint, Person
from unionhall.rulebook.waiting import Wait, seconds_to_reply

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
STORIES = {
    "es": {
        "join": "/es/river/unete/",
        "code": "/es/river/codigo/",
        "thanks": "/es/river/unete/gracias/",
        "again": "ya te teníamos",
    },
    "en": {
        "join": "/en/river/join/",
        "code": "/en/river/code/",
        "thanks": "/en/river/join/thanks/",
        "again": "we had you already",
    },
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_from_the_form_to_the_first_reply(language, django_capture_on_commit_callbacks):
    story = STORIES[language]
    east, west = roster.area("E"), roster.area("W")
    school = factory.school("Palo Verde Elementary", area=east)
    factory.full_campaign()
    phone, priya, sam = Client(), organizer_of(east, "Priya Nair", language), organizer_of(west, "Sam Okoro", language)
    typed = {"name": "Rosa Méndez", "contact": "(213) 555-0142", "worksite": school.name, "language": language}

    # what she sends is kept, and held: nobody is on the roster yet, and nobody's queue has her
    with django_capture_on_commit_callbacks(execute=True):
        held = phone.post(story["join"], typed, **OURS)
    slip = Slip.objects.get()
    assert held["Location"] == f"{story['code']}{slip.public_id}/"
    assert not Person.objects.exists()
    assert "Rosa" not in priya.get("/hall/queue/").content.decode()

    # a code comes by text in her language; another does not fit, the right one, pasted with a blank, lets her in
    text = OutboxMessage.objects.get()
    assert (text.channel, text.to, text.language) == ("sms", "+12135550142", language)
    code = text.body[:6]
    assert phone.post(held["Location"], {"code": str((int(code) + 1) % 10**6).zfill(6)}, **OURS).status_code == 422
    came = clock.now() - timedelta(hours=2, minutes=5)
    Slip.objects.update(received_at=came)
    with django_capture_on_commit_callbacks(execute=True):
        entered = phone.post(held["Location"], {"code": f" {code[:3]} {code[3:]}"}, **OURS)
    assert entered["Location"] == story["thanks"]
    assert phone.get(entered["Location"]).status_code == 200

    # her entry has the time she came, her words of consent, and a number that is proved to be hers
    entry = Entry.objects.get()
    assert (entry.received_at, entry.worksite, entry.language) == (came, school, language)
    assert Consent.objects.get().wording == entry.consent_wording
    assert ContactPoint.objects.get().verified_at is not None

    # the organizer of her area calls; how long she waited is counted from the time she came
    assert "Rosa Méndez" in priya.get("/hall/queue/").content.decode()
    assert "Rosa" not in sam.get("/hall/queue/").content.decode()
    priya.post(f"/hall/entries/{entry.public_id}/act/", {"act": "call", "back": "queue"})
    entry.refresh_from_db()
    waited = seconds_to_reply(Wait(entry.received_at, entry.first_reply_at), now=clock.now())
    assert (entry.state, 7_500 <= waited < 7_560) == ("answered", True)
    assert "2 h 5 min" in priya.get("/hall/queue/?state=answered").content.decode()

    # months later she signs up again: the page is the same, and only her own phone says that we had her
    entry.letters.update(written_at=came - timedelta(days=60))
    with django_capture_on_commit_callbacks(execute=True):
        again = phone.post(story["join"], typed | {"proof": factory.proof()}, **OURS)
    assert again["Location"] == story["thanks"]
    assert (Entry.objects.count(), Person.objects.count()) == (1, 1)
    assert story["again"] in OutboxMessage.objects.order_by("-pk")[0].body
