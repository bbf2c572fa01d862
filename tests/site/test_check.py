"""Did the union really send this? What stands under a code, in both languages, kindly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import pages
from tests.factories.campaigns import CLERK
from unionhall.campaigns.models import Campaign
from unionhall.rulebook.short_codes import ALPHABET, make_code
from unionhall.site import operations
from unionhall.site.models import KeptPage

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A campaign with its pages, for all the tests here."""
    yield from pages.ground_once(django_db_blocker)


@pytest.fixture(autouse=True)
def _undone(_ground: None, django_db_blocker: Any) -> Iterator[None]:
    """Each test on its own, and nobody tired yet."""
    cache.clear()
    yield from pages.each_undone(django_db_blocker)


def kept(page: Any, days: int = 0) -> str:
    """The code under which a page stands as it is now."""
    river, key = Campaign.objects.get(slug="river"), str(page.translation_key)
    operations.keep_page(campaign=river, page=key, at=pages.AT + days * DAY)
    return KeptPage.objects.filter(page=key, language="en").order_by("-number")[0].code


def ask(client: Client, code: str, status: int = 200) -> str:
    """What is answered to somebody who types that."""
    answer = client.get("/en/river/check/", {"code": code})
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_code_of_todays_page_holds_however_it_is_typed_in_both_languages(client: Client) -> None:
    code = kept(pages.put("post", "updates", "offer")[0])

    for typed in (code, f" {code[:4].lower()} - {code[4:].lower()} "):
        said = ask(client, typed)
        assert "Yes, this is ours, and it holds today." in said
        assert "Sí, es nuestro, y hoy es válido." in said
        assert "Offer" in said
        assert f'href="/en/river/archive/{code}/"' in said
        assert f'href="/es/river/archivo/{code}/"' in said
    assert client.get(f"/es/river/comprobar/?code={code}").status_code == 200


def test_changed_replaced_and_taken_down_pages_say_so_and_what_holds_now(client: Client) -> None:
    newer = pages.put("post", "updates", "newer")[0]
    page = pages.put("post", "updates", "offer")[0]
    first = kept(page)
    page.title = "Offer, corrected"
    page.save_revision().publish()
    second = kept(page, 1)
    assert "The page was changed since" in ask(client, first)
    page.superseded_by = newer
    page.save_revision().publish()
    for code in (first, second):
        assert "something newer holds" in ask(client, code)
        assert 'href="/en/river/updates/newer/"' in ask(client, code)
    page.refresh_from_db()
    page.unpublish()
    kept(page, 2)

    assert "It was taken down on" in ask(client, first)


def test_story_that_was_taken_back_is_ours_and_says_no_more(client: Client) -> None:
    agreed = pages.release()
    code = kept(pages.story(agreed=agreed)[0])
    assert "The kitchen of rosa" in ask(client, code)

    operations.withdraw_release(release=agreed, actor=CLERK, at=pages.AT)

    assert "removed at the person’s wish" in ask(client, code)
    assert "kitchen" not in ask(client, code)


def test_mistyped_and_unknown_codes_are_told_apart_and_nobody_is_accused(client: Client) -> None:
    code = kept(pages.put("post", "updates", "offer")[0])
    wrong = code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]

    assert "One letter is different" in ask(client, wrong)
    assert "never have “O”" in ask(client, "CDFG-HJKO")
    assert "two groups of four" in ask(client, "CDF")
    unknown = ask(client, make_code(lambda _below: 3))
    assert "We do not know the code" in unknown
    assert "show it to your steward" in unknown
    assert "fake" not in unknown.lower()
    assert "<script>alert" not in ask(client, "<script>alert(1)")


def test_whoever_tries_many_codes_waits_and_known_letters_cost_nothing(client: Client) -> None:
    for _try in range(50):
        ask(client, "CDFG-HJKO")
    for number in range(40):
        ask(client, make_code(lambda below, number=number: number * 7 % below))

    assert "Please wait ten minutes" in ask(client, make_code(lambda _below: 3), 429)


def test_answer_costs_so_many_queries(client: Client, django_assert_num_queries) -> None:
    code = kept(pages.put("post", "updates", "offer")[0])
    ask(client, code)

    with django_assert_num_queries(8):
        client.get(f"/en/river/check/?code={code}")
