"""Search: what the public pages say today, in the visitor's language, and nothing that was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.factories import campaigns as record
from tests.factories import pages
from tests.site.test_archive import keep
from unionhall.campaigns.models import Campaign
from unionhall.site import operations
from unionhall.site.models import Release

SAID = "The boiler room has no lámpara. " + "Nothing here. " * 40 + "Custodians asked for lamps twice."


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A campaign with a post in both languages and a story that rests on leave, kept once for all the tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        campaign = pages.grounded(areas=1)
        pages.put("post", "updates", "lamps", title="Lamps <now>", parts={"body": [("paragraph", f"<p>{SAID}</p>")]})
        pages.story()
        keep(campaign)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def river(_ground: None, django_db_blocker: Any) -> Iterator[Campaign]:
    """The campaign; each test on its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Campaign.objects.get(slug="river")
        transaction.set_rollback(True)


def found(client: Client, question: str, *, language: str = "en", within: str = "") -> str:
    """The page of answers."""
    address = {"en": "/en/search/", "es": "/es/buscar/"}[language]
    answer = client.get(address, {"q": question, "in": within})
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_is_found_by_mistyped_word_without_accent_and_shown_where_it_says_so(client: Client) -> None:
    for question in ("lampara", "LÁMPARA", "lampra"):
        page = found(client, question)
        assert 'href="/en/river/updates/lamps/"' in page
        assert "<mark>lámpara</mark>" in page


def test_titles_are_marked_and_markup_of_a_page_stays_text(client: Client) -> None:
    page = found(client, "lamps")

    assert "<mark>Lamps</mark> &lt;now&gt;" in page


def test_each_language_finds_its_own_pages(client: Client) -> None:
    english, spanish = found(client, "boiler"), found(client, "boiler", language="es")

    assert "/en/river/updates/lamps/" in english
    assert "/es/" not in english.split("<main")[1].split("</main>")[0]
    assert "/es/river/noticias/lamps-es/" in spanish


def test_what_rests_on_leave_is_found_until_it_is_taken_back(client: Client, river: Campaign) -> None:
    before = found(client, "kitchen rosa")

    operations.withdraw_release(release=Release.objects.get(), actor=record.CLERK, at=pages.AT)
    keep(river, 1)
    after = found(client, "kitchen rosa")

    assert "/en/river/stories/rosa/" in before
    assert "/stories/rosa/" not in after


def test_a_page_is_found_the_moment_it_is_published_and_not_when_it_is_gone(client: Client, river: Campaign) -> None:
    assert "Nothing here says that" in found(client, "zeppelin")
    page = pages.put("post", "updates", "zep", parts={"body": [("paragraph", "<p>No zeppelin.</p>")]})[0]
    keep(river, 1)
    assert "/en/river/updates/zep/" in found(client, "zeppelin")

    page.refresh_from_db()
    page.unpublish()
    keep(river, 2)

    assert "/en/river/updates/zep/" not in found(client, "zeppelin")


def test_one_campaign_can_be_asked_alone(client: Client) -> None:
    assert "/en/river/updates/lamps/" in found(client, "boiler", within="river")
    assert "/en/river/updates/lamps/" not in found(client, "boiler", within="lake")


@pytest.mark.parametrize("question", ["", "   ", "?", "%00", "<script>alert(1)</script>", "a" * 900])
def test_any_question_is_answered(client: Client, question: str) -> None:
    page = found(client, question, language="es")

    assert "<script>alert" not in page


def test_search_asks_the_database_four_times_once_the_pages_are_read(
    client: Client, django_assert_num_queries: Any
) -> None:
    found(client, "lamps")

    for address in ("/en/search/?q=lamps", "/en/search/?q=the"):
        with django_assert_num_queries(4):
            client.get(address)
