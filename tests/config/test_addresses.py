"""Addresses: slices are mounted by their own lists, the catch-all is last, and every answer carries its locks."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from unionhall.config import urls
from unionhall.config.slices import SLICES, installed_apps, slices

WITH_ADDRESSES = [item for item in SLICES if find_spec(f"{item.app}.urls")]


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The names of the addresses in a list and below it."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


@pytest.mark.parametrize("item", WITH_ADDRESSES, ids=lambda item: item.name)
def test_addresses_of_a_slice_are_mounted(item: object) -> None:
    module = import_module(f"{item.app}.urls")  # type: ignore[attr-defined]
    ours = [*module.urlpatterns, *getattr(module, "localized_urlpatterns", [])]

    with translation.override("en"):
        mounted = names(list(get_resolver().url_patterns))

    assert names(ours) <= mounted


def test_wagtail_catches_only_what_nobody_else_answers() -> None:
    last = urls.urlpatterns[-1]

    assert isinstance(last, URLResolver)
    assert type(last.pattern).__name__ == "LocalePrefixPattern"
    assert str(last.url_patterns[-1].pattern) == ""


def test_highest_slice_comes_first_among_the_apps() -> None:
    apps = installed_apps(demo=True)

    assert apps == [item.app for item in reversed(SLICES)]
    assert installed_apps(demo=False) == [app for app in apps if app != "unionhall.demo"]
    assert [item.app for item in slices(demo=False)] == list(reversed(installed_apps(demo=False)))


def test_every_answer_carries_its_locks(client: Client, db: None) -> None:
    answer = client.get("/en/there-is-no-such-page/", headers={"host": "localhost"})

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Permissions-Policy"] == settings.PERMISSIONS_POLICY
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_host_that_is_not_ours_is_refused(client: Client, db: None) -> None:
    assert client.get("/en/", headers={"host": "evil.example.org"}).status_code == 400
