"""Finished pages before the real application: doors that are kept, and what a change does to them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.factories import campaigns as factory
from tests.factories import pages
from unionhall.config.finished import parameters_of, with_finished_pages
from unionhall.config.pagecache import PageCache
from unionhall.site.operations import ensure_ground

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
        return self._ask(RequestFactory(SERVER_NAME="localhost").get(path, **heads).environ)

    def send(self, path: str, **heads: str) -> tuple[str, dict[str, str], str]:
        """The same of an empty form sent there."""
        return self._ask(RequestFactory(SERVER_NAME="localhost").post(path, {}, **heads).environ)

    def _ask(self, environ: dict[str, Any]) -> tuple[str, dict[str, str], str]:
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


@pytest.mark.parametrize("name", ["campaign_join", "campaign_cat", "campaign_sign_up"])
def test_empty_form_is_kept_and_what_is_sent_goes_through(visitor, django_assert_num_queries, name: str) -> None:
    path = reverse(name, args=[factory.full_campaign().slug])
    _status, heads, text = visitor.get(path, HTTP_COOKIE="sessionid=somebody")

    with django_assert_num_queries(0):
        assert visitor.get(path)[2] == text
    assert "csrfmiddlewaretoken" not in text
    assert "Set-Cookie" not in heads
    assert visitor.send(path)[:1] == ("403 Forbidden",)
    assert visitor.send(path, HTTP_SEC_FETCH_SITE="same-origin")[1]["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", ["password", "login"])
def test_page_behind_a_lock_is_never_kept(visitor, kind: str) -> None:
    ensure_ground(name="Local 99", base_url="http://localhost", actor=factory.CLERK, at=pages.AT)
    page = Page.objects.get(slug="privacy")
    assert visitor.get("/en/privacy/")[0] == "200 OK"
    lock = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="strike")
    visitor.seconds += 1.0

    status, heads, text = visitor.get("/en/privacy/")

    assert parameters_of("/en/privacy/") is None
    assert "What we keep" not in text
    assert status == {"password": "200 OK", "login": "302 Found"}[kind]
    assert "private" in heads["Cache-Control"]
    assert visitor.get("/en/terms/")[1]["Cache-Control"].startswith("public")
    lock.delete()
    visitor.seconds += 1.0
    assert "What we keep" in visitor.get("/en/privacy/")[2]


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
