"""Rosa, who signed up, comes back without a password: a code by text opens her own page, in her language."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import campaigns as factory
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.models import Person

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
DOORS = {
    "es": ("/es/river/unete/", "/es/entrar/", "/es/entrar/codigo/"),
    "en": ("/en/river/join/", "/en/sign-in/", "/en/sign-in/code/"),
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_from_the_sign_up_to_my_campaign(language, django_capture_on_commit_callbacks):
    join, door, code_door = DOORS[language]
    school = factory.school("Palo Verde Elementary")
    factory.full_campaign()
    phone, stranger = Client(), Client()
    typed = {"name": "Rosa Méndez", "contact": "(213) 555-0142", "worksite": school.name, "language": language}
    typed["proof"] = factory.proof()

    # signing up opens her account; nobody is signed in by that alone
    with django_capture_on_commit_callbacks(execute=True):
        phone.post(join, typed, **OURS)
    assert Person.objects.get().user is not None
    assert phone.get("/me/").status_code == 302

    # she asks for a code; it goes to her phone in her language
    with django_capture_on_commit_callbacks(execute=True):
        asked = phone.post(door, {"contact": "213-555-0142"}, **OURS)
    assert (asked.status_code, asked["Location"].split("?")[0]) == (302, code_door)
    text = OutboxMessage.objects.order_by("-pk")[0]
    code = re.search(r"\b\d{6}\b", str(text.body))
    assert (text.language, code is not None) == (language, True)

    # the code opens nothing on another phone, and her own page on hers
    stranger.post(code_door, {"code": code[0]}, **OURS)
    assert stranger.get("/me/").status_code == 302
    entered = phone.post(code_door, {"code": code[0]}, **OURS)
    assert entered["Location"] == "/me/"
    mine = phone.get("/me/").content.decode()
    assert "Rosa Méndez" in mine
    assert school.name in mine
    assert f'<html lang="{language}"' in mine
