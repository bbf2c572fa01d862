"""Moving a WordPress site in: what becomes public, what does not, twice, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories import pages
from tests.factories.campaigns import CLERK
from unionhall.roster.models import Import
from unionhall.roster.operations import FileRefused, undo_import
from unionhall.rulebook.reports import Report
from unionhall.site import operations
from unionhall.site.models import PlainPage, PostPage


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A campaign with its pages, for all the tests here."""
    yield from pages.ground_once(django_db_blocker)


@pytest.fixture(autouse=True)
def _undone(_ground: None, django_db_blocker: Any) -> Iterator[None]:
    """Each test on its own."""
    yield from pages.each_undone(django_db_blocker)


HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old site</title><link>https://old.example.org</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example.org</wp:base_blog_url>
<wp:author><wp:author_login>rm</wp:author_login><wp:author_email>rm@example.org</wp:author_email>
<wp:author_display_name>Rosa M.</wp:author_display_name></wp:author>
"""


def item(
    number: int, title: str, *, kind: str = "post", status: str = "publish", text: str = "Words.", **said: str
) -> str:
    """One item of an export."""
    more = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in said.items())
    return f"""<item><title>{title}</title><link>https://old.example.org/2017/{number}/</link>
<dc:creator>rm</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2017-05-0{number % 9 + 1} 10:00:00</wp:post_date_gmt>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}
<category domain="post_tag" nicename="wages"><![CDATA[Fair wages]]></category>
<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category></item>
"""


def file(*items: str) -> bytes:
    """A whole export."""
    return f"{HEAD}{''.join(items)}</channel></rss>".encode()


def move(data: bytes, **given: Any) -> Report:
    """It moved in."""
    terms = {"name": "old.xml", "campaign": "river", "language": "en", "source": "", "as_of": date(2026, 11, 20)}
    return operations.apply_wordpress(data=data, actor=CLERK, at=pages.AT, **(terms | given))


def test_posts_and_pages_become_pages_with_name_day_tags_and_old_address(client: Client) -> None:
    pages.grounded(areas=1)

    report = move(file(item(1, "We met", text="First.\n\nSecond."), item(2, "Rights", kind="page")))

    assert (report.rows_read, report.new, report.refused) == (2, 2, ())
    assert report.adds_up()
    post = client.get("/en/river/blog/we-met/").content.decode()
    assert "Rosa M." in post
    assert "rm@example.org" not in post
    assert "<p>First.</p>" in post
    assert "2 May 2017" in post or "May 2, 2017" in post
    assert "Fair wages" in post
    assert "Uncategorized" not in post
    assert client.get("/en/river/rights/").status_code == 200
    old = client.get("/2017/1/")
    assert (old.status_code, old["Location"]) == (301, "/en/river/blog/we-met/")


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"status": "pending"},
        {"status": "future"},
        {"status": "private"},
        {"post_password": "secret"},
        {"post_date_gmt": "2017-01-01 00:00:00", "status": "future"},
    ],
)
def test_what_was_not_public_there_is_a_draft_here(client: Client, hidden: dict[str, str]) -> None:
    pages.grounded(areas=1)

    report = move(file(item(1, "Not yet", **hidden)))

    assert report.new == 1
    assert client.get("/en/river/blog/not-yet/").status_code == 404
    assert not PostPage.objects.get().live
    assert client.get("/2017/1/").status_code in {302, 404}
    assert "Not yet" not in client.get("/en/river/blog/").content.decode()
    assert "Not yet" not in client.get("/en/river/blog/feed.xml").content.decode()


def test_published_ahead_of_its_day_is_no_page_yet(client: Client) -> None:
    pages.grounded(areas=1)
    ahead = item(1, "Ahead").replace("2017-05-02", "2031-05-02")

    move(file(ahead))

    assert client.get("/en/river/blog/ahead/").status_code == 404


def test_trash_menus_files_and_comments_are_counted_and_left() -> None:
    pages.grounded(areas=1)
    comment = "<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_content>Hi</wp:comment_content></wp:comment>"
    others = [item(2, "M", kind="nav_menu_item"), item(3, "F", kind="attachment"), item(4, "T", status="trash")]

    report = move(file(item(1, "We met").replace("</item>", f"{comment}</item>"), *others))

    left = next(notice for notice in report.notices if notice.code == "wxr_left")
    assert left.fields == {"menus": 1, "comments": 1, "files": 1, "others": 0, "thrown": 1}
    assert report.rows_read == report.new == 1


def test_what_runs_is_taken_out(client: Client) -> None:
    pages.grounded(areas=1)
    text = '<p onclick="x()">Hi <script>evil()</script><a href="javascript:evil()">go</a><img src=x onerror=evil()></p>'
    text += (
        '<h2>Head</h2><iframe src="https://example.org"></iframe><form action="/"><input name="a"></form>[[unit-size]]'
    )

    move(file(item(1, "Dirty", text=text)))

    page = client.get("/en/river/blog/dirty/").content.decode()
    body = page[page.index("byline") :]
    assert "evil" not in body
    assert "<iframe" not in body
    assert "<form" not in body[: body.index("</article>")]
    assert "<h2>Head</h2>" in body
    assert "3,000" not in body


def test_same_file_a_second_time_adds_nothing() -> None:
    pages.grounded(areas=1)
    data = file(item(1, "We met"), item(2, "Rights", kind="page"))
    move(data)
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision"))

    again = move(data)

    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert again.notices[0].code == "nothing_changed"
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision")) == before


def test_newer_file_corrects_what_nobody_edited_and_leaves_the_rest() -> None:
    pages.grounded(areas=1)
    move(file(item(1, "We met"), item(2, "They said")))
    edited = PostPage.objects.get(slug="they-said")
    edited.summary = "Our words"
    edited.save_revision().publish()

    report = move(file(item(1, "We met again"), item(2, "They said more")))

    assert (report.changed, report.unchanged) == (1, 1)
    assert set(PostPage.objects.values_list("title", flat=True)) == {"We met again", "They said"}
    assert "wxr_edited" in {notice.code for notice in report.notices}


def test_what_an_editor_deleted_does_not_come_back() -> None:
    pages.grounded(areas=1)
    data = file(item(1, "We met"))
    move(data)
    PostPage.objects.get().delete()

    assert move(data).unchanged == 1
    assert not PostPage.objects.exists()


def test_undo_takes_back_what_was_made_and_what_was_corrected(client: Client) -> None:
    pages.grounded(areas=1)
    move(file(item(1, "We met")))
    report = move(
        file(item(1, "We met again"), item(2, "New one", kind="page"), item(3, "Below", kind="page", post_parent="2"))
    )
    assert PlainPage.objects.get(title="Below").get_parent().title == "New one"

    undone = undo_import(imported=Import.objects.get(pk=report.import_id), actor=CLERK, at=pages.AT)

    assert (undone.removed, undone.restored, undone.stands) == (2, 1, ())
    assert PostPage.objects.get().title == "We met"
    assert client.get("/en/river/new-one/").status_code == 404
    assert move(file(item(1, "We met"))).unchanged == 1


def test_undo_leaves_what_was_edited_since() -> None:
    pages.grounded(areas=1)
    report = move(file(item(1, "We met")))
    PostPage.objects.get().save_revision().publish()

    undone = undo_import(imported=Import.objects.get(pk=report.import_id), actor=CLERK, at=pages.AT)

    assert undone.removed == 0
    assert [stand.reason for stand in undone.stands] == ["edited"]
    assert PostPage.objects.exists()


def test_dry_run_writes_nothing() -> None:
    pages.grounded(areas=1)
    terms = {"name": "old.xml", "campaign": "river", "language": "es", "source": "", "as_of": date(2026, 11, 20)}

    report = operations.preview_wordpress(data=file(item(1, "We met")), actor=CLERK, at=pages.AT, **terms)

    assert (report.new, report.import_id) == (1, None)
    assert not PostPage.objects.exists()
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (file(item(1, "We met"))[:-20], "wxr_broken", 14),
        (b"", "wxr_broken", 1),
        (b"<html><body>Hello</body></html>", "wxr_none", 1),
        (HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", "").encode() + b"</channel></rss>", "wxr_no_version", 5),
        (b'<!DOCTYPE rss [\n<!ENTITY a "b">]>\n<rss/>', "wxr_entities", 2),
        (b"\x00\x01\x02", "wxr_broken", 1),
    ],
)
def test_broken_file_is_refused_whole_with_its_line(data: bytes, code: str, line: int) -> None:
    pages.grounded(areas=1)

    with pytest.raises(FileRefused) as refusal:
        move(data)

    report = refusal.value.report
    assert report.whole is not None
    assert (report.whole.code, report.whole.line) == (code, line)
    assert report.adds_up()
    assert not PostPage.objects.exists()


def test_item_that_says_nothing_of_itself_is_refused_with_its_line_and_the_others_go_on() -> None:
    pages.grounded(areas=1)
    untold = "<item><title>What am I?</title></item>\n"

    report = move(file(untold, item(1, "We met"), item(1, "Twice")))

    assert [(fault.code, fault.line) for fault in report.refused] == [("wxr_untold", 9), ("wxr_repeated", 16)]
    assert (report.rows_read, report.new) == (3, 1)
