"""Two taps at the same instant, with one proof: one person, one entry, nothing lost and nobody refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tests.factories import campaigns as factory
from unionhall.campaigns.models import Entry, Slip
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.models import Consent, Person

ROSA = {"name": "Rosa Méndez", "contact": "213 555 0142", "worksite": "Palo Verde Elementary", "language": "es"}


def tap(proof: str) -> int:
    """Send the form; give the status of the answer."""
    try:
        return Client().post("/es/river/unete/", ROSA | {"proof": proof}, HTTP_SEC_FETCH_SITE="same-origin").status_code
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_entry() -> None:
    factory.campaign()
    factory.school("Palo Verde Elementary")
    with ThreadPoolExecutor(4) as phones:
        answers = list(phones.map(tap, [factory.proof()] * 4))
    assert answers == [302] * 4
    assert (Entry.objects.count(), Person.objects.count(), Consent.objects.count()) == (1, 1, 1)
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_taps_without_a_script_are_one_form_that_waits_for_one_code() -> None:
    factory.campaign()
    factory.school("Palo Verde Elementary")
    with ThreadPoolExecutor(4) as phones:
        answers = list(phones.map(tap, [""] * 4))
    assert answers == [302] * 4
    assert (Slip.objects.count(), Entry.objects.count(), Person.objects.count()) == (1, 0, 0)
    assert OutboxMessage.objects.count() == 1
