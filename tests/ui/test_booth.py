"""The page of the booth, without a browser: it is there in both languages and keeps nothing."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize(("lang", "heading"), [("en", "A voting booth to try"), ("es", "Una cabina de votación")])
def test_booth_is_there_in_both_languages_and_sets_no_cookie(client: Client, lang: str, heading: str) -> None:
    answer = client.get("/styleguide/booth/", {"lang": lang})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in page
    assert f"<h1>{heading}" in page
    assert dict(answer.cookies) == {}


def test_booth_without_javascript_names_the_other_channel(client: Client) -> None:
    page = client.get("/styleguide/booth/").content.decode()

    assert "Without it, vote on paper where you work." in page
