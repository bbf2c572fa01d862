"""Pages of a campaign as a visitor meets them, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.campaigns.test_weight import KB, loads, weight
from tests.factories import campaigns as record
from tests.factories import pages
from unionhall.foundation import generation
from unionhall.foundation.models import AuditEntry
from unionhall.site import operations
from unionhall.site.models import StoryPage


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A campaign with its pages, for all the tests here."""
    yield from pages.ground_once(django_db_blocker)


@pytest.fixture(autouse=True)
def _undone(_ground: None, django_db_blocker: Any) -> Iterator[None]:
    """Each test on its own."""
    yield from pages.each_undone(django_db_blocker)


PUBLIC = {
    "/en/river/fight/": "/es/river/lucha/",
    "/en/river/fight/area-1/": "/es/river/lucha/horas-que-dan-para-vivir/",
    "/en/river/updates/": "/es/river/noticias/",
    "/en/river/blog/": "/es/river/blog/",
    "/en/river/stories/": "/es/river/historias/",
    "/en/river/resources/": "/es/river/recursos/",
}
DRAFTS = ("platform", "priorities", "table", "pay", "rumors", "pickets", "actions", "votes", "endorsements")
DRAFTS += ("coalition", "guide", "press", "team", "about", "wins")


def get(client: Client, address: str) -> str:
    """The page at an address, which must stand."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.cookies.output() == ""
    return answer.content.decode()


def test_campaign_begins_with_its_sections_at_their_lasting_addresses_in_both_languages(client: Client) -> None:
    pages.grounded(areas=1)

    for english, spanish in PUBLIC.items():
        assert re.search(f'hreflang="es" href="http[^"]*{spanish}"', get(client, english))
        assert '<html lang="es"' in get(client, spanish)
        assert f'href="{english}"' in get(client, spanish)


def test_sections_without_words_wait_as_drafts(client: Client) -> None:
    pages.grounded(areas=1)

    assert {client.get(f"/en/river/{slug}/").status_code for slug in DRAFTS} == {404}
    page = pages.section("platform")[0]
    page.save_revision().publish()
    assert "Our platform" in get(client, "/en/river/platform/")


def test_campaign_pages_a_second_time_change_nothing() -> None:
    made = pages.grounded()
    entries = AuditEntry.objects.count()

    assert operations.ensure_campaign_pages(campaign=made, actor=record.CLERK, at=pages.AT) == 0
    assert AuditEntry.objects.count() == entries


def test_home_of_the_campaign_leads_to_its_sections(client: Client) -> None:
    pages.grounded()

    home = get(client, "/en/river/")

    assert 'href="/en/river/fight/"' in home
    assert 'href="/en/river/updates/"' in home
    assert 'href="/es/river/noticias/"' in get(client, "/es/river/")


def test_post_names_who_speaks_and_keeps_the_day_it_is_about_apart(client: Client) -> None:
    pages.grounded(areas=1)
    pages.put("post", "blog", "launch", fields={"by_line": "cat", "event_on": date(2026, 1, 21)}, tags=["CAT"])

    english, spanish = get(client, "/en/river/blog/launch/"), get(client, "/es/river/blog/launch-es/")

    assert "the Contract Action Team" in english
    assert "20 November 2026" in english or "November 20, 2026" in english
    assert "About" in english
    assert "21 de enero de 2026" in spanish
    assert 'href="/en/river/blog/?tag=cat"' in english


def test_stream_shows_ten_newest_first_and_real_next_pages(client: Client) -> None:
    pages.grounded(areas=1)
    pages.posts(12)

    first, second = get(client, "/en/river/updates/"), get(client, "/en/river/updates/?page=2")

    titles = re.findall(r"<h2 class=\"update__title\"><a[^>]*>([^<]+)<", first)
    assert titles == [f"Post {number}" for number in range(10)]
    assert 'href="?page=2"' in first
    assert 'rel="next"' not in second
    assert "Post 11" in second


def test_tag_opens_the_list_of_what_is_about_it(client: Client) -> None:
    pages.grounded(areas=1)
    pages.posts(1)
    pages.put("post", "updates", "wages-post", tags=["Fair wages"])

    listed = get(client, "/en/river/updates/?tag=fair-wages")

    assert "Wages post" in listed
    assert "Post 0" not in listed


def test_old_post_says_what_holds_now(client: Client) -> None:
    pages.grounded(areas=1)
    newer = pages.put("post", "updates", "newer")[0]
    pages.put("post", "updates", "older", fields={"superseded_by": newer})

    assert 'href="/en/river/updates/newer/"' in get(client, "/en/river/updates/older/")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/en/river/updates/", 21),
        ("/en/river/updates/post-0/", 19),
        ("/en/river/stories/", 17),
        ("/en/river/stories/rosa-0/", 19),
        ("/en/river/fight/", 17),
        ("/en/river/resources/", 18),
    ],
)
def test_page_asks_the_database_as_often_for_one_as_for_three(
    client: Client, django_assert_num_queries, address: str, budget: int, count: int
) -> None:
    pages.grounded(areas=count)
    pages.posts(count)
    for number in range(count):
        pages.story(f"rosa-{number}")
        pages.put(
            "resource",
            "resources",
            f"flyer-{number}",
            fields={"kind": "flyer", "written_in": "both", "dated": date(2026, 10, 1)},
        )
    get(client, address)  # the second visitor finds Wagtail's own cache filled

    with django_assert_num_queries(budget):
        get(client, address)


def test_number_in_a_text_is_drawn_from_the_record_with_its_day_and_source(client: Client) -> None:
    made = pages.grounded(areas=1)
    body = [("paragraph", "<p>We are [[unit-size]], and [[nothing-such]].</p>"), ("figure", {"fact": "offer"})]
    pages.put("post", "updates", "facts", summary="All [[unit-size]]", parts={"body": body})

    page = get(client, "/en/river/updates/facts/")

    assert '<data value="3000">3,000 people</data>' in page
    assert "Employer’s list, October 1, 2026" in page or "Employer’s list, 1 October 2026" in page
    assert "All 3,000 people" in page
    assert "[[" not in page
    assert '<data class="fact__value" value="2">' in page
    record.fact(made, value=3_100, as_of=date(2026, 11, 1))
    assert '<data value="3100">3,100 people</data>' in get(client, "/en/river/updates/facts/")


def test_withdrawn_story_leaves_every_page_in_both_languages_at_once(client: Client) -> None:
    pages.grounded(areas=1)
    agreed = pages.release()
    pages.story(agreed=agreed)
    words = {"text": "I will not leave my kitchen.", "role": "Cook", "release": agreed.pk}
    pages.put("post", "blog", "said", parts={"body": [("quote", words)]})
    assert "I will not leave" in get(client, "/en/river/blog/said/")
    before = generation.current()

    taken = operations.withdraw_release(release=agreed, actor=record.CLERK, at=pages.AT)

    assert taken == 2
    assert not StoryPage.objects.live().exists()
    assert client.get("/en/river/stories/rosa/").status_code == 404
    assert client.get("/es/river/historias/rosa-es/").status_code == 404
    for address in ("/en/river/stories/", "/es/river/historias/", "/en/river/stories/feed.xml", "/en/river/blog/said/"):
        assert "I feed three hundred" not in get(client, address)
        assert "I will not leave" not in get(client, address)
    assert generation.current() > before
    assert operations.withdraw_release(release=agreed, actor=record.CLERK, at=pages.AT) == 0
    assert AuditEntry.objects.filter(verb="site.release_withdrawn").count() == 1


def test_editor_who_writes_a_day_of_withdrawal_takes_the_story_down_too(client: Client) -> None:
    pages.grounded(areas=1)
    agreed = pages.release()
    pages.story(agreed=agreed)

    agreed.withdrawn_on = date(2026, 11, 20)
    agreed.save()

    assert client.get("/en/river/stories/rosa/").status_code == 404


def test_story_is_told_no_longer_once_its_last_day_is_over(client: Client) -> None:
    pages.grounded(areas=1)
    pages.story(agreed=pages.release(until=date(2026, 4, 1)))

    assert "I feed three hundred" not in get(client, "/en/river/stories/rosa/")
    assert "I feed three hundred" not in get(client, "/en/river/stories/")


def test_explainer_has_a_short_and_a_long_rendering_of_one_source(client: Client) -> None:
    pages.grounded(areas=1)
    for page in pages.section("about"):
        page.questions = json.dumps(
            [{"type": "question", "value": {"question": "Who?", "short": "[[unit-size]].", "long": "<p>All jobs.</p>"}}]
        )
        page.save_revision().publish()

    short, long = get(client, "/en/river/about/"), get(client, "/en/river/about/full/")

    assert "3,000 people." in short
    assert "3,000 people." in long
    assert "All jobs." not in short
    assert "All jobs." in long
    assert "All jobs." in get(client, "/es/river/acerca/completa/")


def test_library_is_searched_by_words_and_kind(client: Client) -> None:
    pages.grounded(areas=1)
    for slug, kind in (("picket-flyer", "flyer"), ("host-guide", "guide")):
        pages.put("resource", "resources", slug, fields={"kind": kind, "written_in": "en", "dated": date(2026, 1, 1)})

    assert "Picket flyer" in get(client, "/en/river/resources/?q=picket")
    assert "Host guide" not in get(client, "/en/river/resources/?q=picket")
    assert "Host guide" in get(client, "/en/river/resources/?tag=guide")
    assert "Nothing here fits" in get(client, "/en/river/resources/?q=zebra")


def test_page_describes_itself_to_search_engines_and_cannot_leave_its_element(client: Client) -> None:
    pages.grounded(areas=1)
    pages.put("post", "updates", "sly", title="</script><script>alert(1)", summary="A & B")

    page = get(client, "/en/river/updates/sly/")

    assert "<script>alert" not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    described = json.loads(found[1])
    assert described["@type"] == "Article"
    assert described["headline"] == "</script><script>alert(1)"
    assert described["inLanguage"] == "en"


@pytest.mark.parametrize("address", ["/en/river/updates/", "/es/river/lucha/", "/en/river/stories/rosa/"])
def test_page_is_light_and_asks_nobody_else(client: Client, address: str) -> None:
    pages.grounded()
    pages.posts(12)
    pages.story()

    page = get(client, address)
    parts = loads(page)

    html = weight_of_text(page)
    assert 1 + len(parts["code"]) <= 5
    assert html + weight(parts["code"]) <= 27 * KB
    assert html + sum(weight(paths) for paths in parts.values()) <= 100 * KB
    assert re.findall(r'(?:src|action)="(?:https?:)?//[^"]*"', page) == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=", page) == []


def weight_of_text(page: str) -> int:
    """Its bytes on the wire."""
    import gzip

    return len(gzip.compress(page.encode(), 9))
