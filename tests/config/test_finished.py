"""Finished pages before the real application: doors that are kept, and what a change does to them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.urls import reverse

from tests.factories import campaigns as factory
from unionhall.config.finished import parameters_of, with_finished_pages
from unionhall.config.pagecache import PageCache

pytestmark = pytest.mark.django_db(transaction=True)


class Visitor:
    """Somebody with a browser before the whole application; `seconds` is the clock of the cache."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.cache = with_finished_pages(WSGIHandler())
        assert isinstance(self.cache, PageCache)
        self.cache.now = lambda: self.seconds

    def get(self, path: str, **heads: str) -> tuple[str, dict[str, str], str]:
        """Status, heads and text of an address."""
        environ: dict[str, Any] = RequestFactory(SERVER_NAME="localhost").get(path, **heads).environ
        environ |= {"HTTP_HOST": "localhost"}
        got: list[Any] = []
        answer = self.cache(environ, lambda status, headers, *rest: got.extend((status, dict(headers))))
        return got[0], got[1], b"".join(answer).decode()


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_public_pages_are_kept_and_carry_nothing_of_anybody(visitor, django_assert_num_queries) -> None:
    campaign = factory.full_campaign()
    path = reverse("campaign_home", args=[campaign.slug])
    status, heads, text = visitor.get(path, HTTP_COOKIE="sessionid=somebody")

    with django_assert_num_queries(0):
        again = visitor.get(path)

    assert (status, again) == ("200 OK", (status, heads, text))
    assert "csrfmiddlewaretoken" not in text
    assert "Set-Cookie" not in heads
    assert heads["Content-Language"] == "en"
    assert "default-src 'none'" in heads["Content-Security-Policy"]


def test_change_of_the_record_is_seen_after_a_second(visitor) -> None:
    campaign = factory.full_campaign()
    path = reverse("campaign_home", args=[campaign.slug])
    before = visitor.get(path)[2]
    factory.full_campaign(union_name="Local 7 of the Weavers")
    visitor.seconds += 1.0

    assert "Local 7 of the Weavers" in visitor.get(path)[2]
    assert "Local 7 of the Weavers" not in before


@pytest.mark.parametrize("name", ["sign_in", "sign_in_code"])
def test_doors_of_one_person_are_not_kept(name: str) -> None:
    assert parameters_of(reverse(name)) is None


@pytest.mark.parametrize("path", ["/en/nobody/", "/es/privacidad/"])
def test_editors_pages_are_kept_with_what_lists_read(path: str) -> None:
    assert parameters_of(path) == ("page", "q", "tag")


def test_broken_address_is_no_public_door() -> None:
    assert parameters_of("/en/\xff\xfe/") is None


def test_nothing_is_kept_where_the_operator_says_so(settings) -> None:
    settings.PAGE_CACHE_MB = 0
    django = WSGIHandler()

    assert with_finished_pages(django) is django
