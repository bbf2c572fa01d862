"""The style guide renders everything, remembers nothing."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("skin", ["purple", "red"])
def test_styleguide_renders_each_language_and_skin_without_cookies(client: Client, lang: str, skin: str) -> None:
    answer = client.get("/styleguide/", {"lang": lang, "skin": skin, "scheme": "dark"})

    text = answer.content.decode()
    assert (answer.status_code, answer.cookies) == (200, {})
    assert f'<html lang="{lang}" dir="ltr" data-skin="{skin}" data-scheme="dark">' in text
    assert "<c-" not in text
    assert 'name="robots" content="noindex"' in text


def test_type_ahead_example_finds_by_part_of_a_name(client: Client) -> None:
    answer = client.get("/styleguide/find/", {"q": "cypr"})

    assert answer.json() == [{"id": "g2", "name": "Cypress Park Primary", "line": "88 Cypress Ct, 90065"}]
