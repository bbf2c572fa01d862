"""Editors' pages as a visitor meets them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from unionhall.foundation.access import system_actor
from unionhall.site.operations import ensure_ground


@pytest.fixture
def _ground(db: None) -> None:
    ensure_ground(
        name="Local 99",
        base_url="http://testserver",
        actor=system_actor("test"),
        at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    )


@pytest.mark.usefixtures("_ground")
@pytest.mark.parametrize(
    ("address", "title", "twin"),
    [
        ("/en/privacy/", "What we keep about you", "/es/privacidad/"),
        ("/es/privacidad/", "Lo que guardamos sobre ti", "/en/privacy/"),
        ("/en/accessibility/", "Built so that everyone can use it", "/es/accesibilidad/"),
        ("/es/terminos/", "Condiciones de este sitio", "/en/terms/"),
    ],
)
def test_text_page_is_served_in_its_language_without_cookies_and_names_its_twin(
    client: Client, address: str, title: str, twin: str
) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert title in answer.content.decode()
    assert f'href="{twin}"' in answer.content.decode()
    assert answer.cookies.output() == ""


@pytest.mark.usefixtures("_ground")
def test_page_of_no_address_is_not_found(client: Client) -> None:
    assert client.get("/en/nowhere/").status_code == 404
