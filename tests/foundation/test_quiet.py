"""Log lines name the pattern of an address, never the secret of a link in it."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from unionhall.foundation.quiet import Addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["invitation", "sign_in_link"])
def test_worn_link_leaves_no_secret_in_the_log(caplog: pytest.LogCaptureFixture, name: str) -> None:
    caplog.handler.addFilter(quiet := Addresses())
    secret = "kf3hQz8-guessed-well"

    answer = Client(raise_request_exception=False).get(reverse(name, args=[secret]))

    caplog.handler.removeFilter(quiet)
    assert answer.status_code >= 400
    assert secret not in caplog.text
    assert "<" in caplog.text


def test_address_without_a_pattern_is_cut_after_its_first_part(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(quiet := Addresses())

    Client().get("/me/lost-the-end-of/kf3hQz8")

    caplog.handler.removeFilter(quiet)
    assert "kf3hQz8" not in caplog.text


def test_console_is_kept_quiet() -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["addresses"]
    assert logging.Filter in Addresses.__mro__
