"""The foot of every page leads to our lasting pages, in its own language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from unionhall.foundation.access import system_actor
from unionhall.foundation.hooks import foot_links
from unionhall.site.operations import ensure_ground

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_link_in_the_foot_leads_to_a_page_of_that_language(client: Client, language: str) -> None:
    ensure_ground(name="Local 99", base_url="http://testserver", actor=system_actor("test"), at=AT)
    with translation.override(language):
        addresses = [str(link.address) for link in foot_links]

    answers = {address: client.get(address) for address in addresses}

    assert len(addresses) == 4
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(addresses, 200)
    for answer in answers.values():
        assert f'<html lang="{language}"' in answer.content.decode()
        assert [address for address in addresses if f'href="{address}"' not in answer.content.decode()] == []
