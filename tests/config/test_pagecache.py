"""Finished pages: the same bytes for everybody, fresh after a change, one making at a time, within their bound."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.config.pagecache import MOST_LOST, Environ, PageCache, _encoding, _query

HOST = "local.example.org"
PUBLIC = {"/en/ewu/": ("page", "tag"), "/en/": (), "/es/ewu/": (), "/en/a/": (), "/en/b/": (), "/en/c/": ()}


@dataclass
class Behind:
    """The application behind: counts what reaches it and says back what it was asked."""

    asked: list[Environ] = field(default_factory=list)
    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=lambda: [("Content-Type", "text/html; charset=utf-8")])
    body: str = "page"
    fails: bool = False
    before: Callable[[], None] = lambda: None

    def __call__(self, environ: Environ, start_response: Any) -> list[bytes]:
        self.asked.append(environ)
        self.before()
        if self.fails:
            raise OSError("the database is away")
        start_response(self.status, [*self.headers, ("Vary", "Cookie")])
        return [f"{self.body} {environ['PATH_INFO']} {environ['QUERY_STRING']}".encode()]


@dataclass
class Stage:
    """A cache before an application, with a clock and a generation to turn."""

    behind: Behind = field(default_factory=Behind)
    most_bytes: int = 1_000_000
    public: Callable[[str], tuple[str, ...] | None] = PUBLIC.get
    stamp: Hashable = 1
    stamp_fails: bool = False
    second: float = 0.0

    def __post_init__(self) -> None:
        self.cache = PageCache(
            self.behind,
            read_stamp=self._read,
            parameters_of=self.public,
            most_bytes=self.most_bytes,
            now=lambda: self.second,
            date=lambda: f"second {self.second:.0f}",
        )

    def _read(self) -> Hashable:
        if self.stamp_fails:
            raise OSError("the database is away")
        return self.stamp

    def get(self, path: str, query: str = "", method: str = "GET", **heads: str) -> tuple[str, dict[str, str], bytes]:
        """One request: status, heads, body."""
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST, **heads}
        got: list[Any] = []
        body = b"".join(self.cache(environ, lambda status, headers: got.extend((status, dict(headers)))))
        return got[0], got[1], body

    def change(self) -> None:
        """Something public is published, and two seconds pass."""
        self.stamp = (self.stamp, "and on")
        self.second += 2


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_page_is_made_once_and_then_served_to_everybody(stage: Stage) -> None:
    first = stage.get("/en/ewu/", HTTP_COOKIE="sessionid=organizer", HTTP_ACCEPT_LANGUAGE="es")
    second = stage.get("/en/ewu/", HTTP_COOKIE="sessionid=other", HTTP_REFERER="https://elsewhere.example.org")

    assert first == second
    assert len(stage.behind.asked) == 1
    assert not {"HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING"} & stage.behind.asked[0].keys()
    assert first[1]["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "unpack"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
)
def test_page_comes_in_the_best_encoding_the_browser_takes(stage: Stage, accepted: str, unpack: Any) -> None:
    _status, heads, body = stage.get("/en/ewu/", HTTP_ACCEPT_ENCODING=accepted)

    assert unpack(body) == b"page /en/ewu/ "
    assert heads["Content-Length"] == str(len(body))


def test_encoding_that_is_declined_is_not_sent() -> None:
    assert [_encoding(text) for text in ("br;q=0, gzip", "gzip; q=0", "*", "identity", "BR")] == [
        "gzip",
        "",
        "gzip",
        "",
        "br",
    ]


def test_browser_that_has_the_page_gets_no_bytes(stage: Stage) -> None:
    etag = stage.get("/en/ewu/")[1]["ETag"]

    status, heads, body = stage.get("/en/ewu/", HTTP_IF_NONE_MATCH=f'"other", {etag}')

    assert (status, body, heads["ETag"]) == ("304 Not Modified", b"", etag)


def test_browser_that_knows_only_the_date_gets_no_bytes_until_the_page_changes(stage: Stage) -> None:
    since = stage.get("/en/ewu/")[1]["Last-Modified"]
    stage.change()
    unchanged = stage.get("/en/ewu/", HTTP_IF_MODIFIED_SINCE=since)
    stage.behind.body = "newer"
    stage.change()

    assert unchanged[0] == "304 Not Modified"
    assert stage.get("/en/ewu/", HTTP_IF_MODIFIED_SINCE=since)[:2] == ("200 OK", stage.get("/en/ewu/")[1])
    assert stage.get("/en/ewu/", HTTP_IF_MODIFIED_SINCE=since, HTTP_IF_NONE_MATCH='"else"')[0] == "200 OK"


def test_head_has_the_heads_and_no_body(stage: Stage) -> None:
    whole = stage.get("/en/ewu/")

    assert stage.get("/en/ewu/", method="HEAD") == ("200 OK", whole[1], b"")


def test_change_makes_the_page_anew_within_two_seconds(stage: Stage) -> None:
    stage.get("/en/ewu/")
    stage.behind.body = "newer"
    stage.change()

    assert stage.get("/en/ewu/")[2] == b"newer /en/ewu/ "


def test_generation_is_asked_for_twice_a_second_at_most(stage: Stage) -> None:
    stage.get("/en/ewu/")
    stage.behind.body, stage.stamp = "newer", 2

    assert stage.get("/en/ewu/")[2].startswith(b"page")
    stage.second = 0.5
    assert stage.get("/en/ewu/")[2].startswith(b"newer")


def test_unknown_parameters_neither_reach_the_page_nor_fill_the_memory(stage: Stage) -> None:
    for number in range(50):
        stage.get("/en/ewu/", f"utm_source={number}&page=2&page=3")

    assert [asked["QUERY_STRING"] for asked in stage.behind.asked] == ["page=3"]


@given(st.text(max_size=300), st.lists(st.sampled_from(["page", "tag", "q", "x"])))
def test_query_of_a_page_is_bounded_and_ordered(text: str, names: list[str]) -> None:
    query = _query("&".join(f"{name}={text}" for name in names), ("page", "tag"))

    assert len(query) < 1300
    assert "q=" not in query.split("&")
    assert query == _query(query, ("page", "tag"))


@pytest.mark.parametrize(
    ("path", "method"), [("/hall/", "GET"), ("/en/sign-in/", "GET"), ("/en/ewu/", "POST"), ("/en/" + "a" * 400, "GET")]
)
def test_other_doors_get_the_request_as_it_came(stage: Stage, path: str, method: str) -> None:
    for _ in range(2):
        stage.get(path, "next=/hall/", method, HTTP_COOKIE="sessionid=mine")

    assert [(one["HTTP_COOKIE"], one["QUERY_STRING"]) for one in stage.behind.asked] == [
        ("sessionid=mine", "next=/hall/")
    ] * 2
    assert stage.cache.bytes == 0


@pytest.mark.parametrize(
    ("status", "head"),
    [
        ("302 Found", ("Location", "/")),
        ("200 OK", ("Set-Cookie", "a=b")),
        ("200 OK", ("Cache-Control", "private")),
        ("200 OK", ("Cache-Control", "max-age=0, no-store")),
    ],
)
def test_what_is_no_finished_page_is_passed_on_and_not_kept(stage: Stage, status: str, head: tuple[str, str]) -> None:
    stage.behind.status = status
    stage.behind.headers.append(head)

    answers = [stage.get("/en/ewu/") for _ in range(2)]

    assert [answer[0] for answer in answers] == [status] * 2
    assert answers[0][1][head[0]] == head[1]
    assert (len(stage.behind.asked), stage.cache.bytes) == (2, 0)


@pytest.mark.parametrize("how", ["raises", "answers"])
def test_last_good_copy_stays_while_the_database_is_away(stage: Stage, how: str) -> None:
    stage.get("/en/ewu/")
    stage.change()
    stage.get("/en/")
    stage.behind.fails, stage.behind.status = how == "raises", "503 Service Unavailable"

    assert stage.get("/en/ewu/")[2] == b"page /en/ewu/ "
    stage.stamp_fails, stage.second = True, stage.second + 2
    assert stage.get("/en/ewu/")[0] == stage.get("/en/")[0] == "200 OK"


def test_page_that_was_never_made_fails_as_it_would_without_us(stage: Stage) -> None:
    stage.behind.fails = True

    with pytest.raises(OSError, match="away"):
        stage.get("/en/ewu/")
    stage.behind.fails = False
    assert stage.get("/en/ewu/")[0] == "200 OK"


def test_page_that_is_gone_is_not_served_from_its_last_copy(stage: Stage) -> None:
    etag = stage.get("/en/ewu/")[1]["ETag"]
    stage.behind.status = "404 Not Found"
    stage.change()

    assert [stage.get("/en/ewu/", HTTP_IF_NONE_MATCH=etag)[0] for _ in range(2)] == ["404 Not Found"] * 2
    assert len(stage.behind.asked) == 2


def test_wrong_links_are_answered_from_memory_and_push_no_page_out() -> None:
    stage = Stage(public=lambda _path: ())
    stage.get("/en/ewu/")
    stage.behind.status = "404 Not Found"
    for number in range(MOST_LOST + 3):
        stage.get(f"/en/{number}/")
    asked = len(stage.behind.asked)

    assert stage.get(f"/en/{MOST_LOST}/")[0] == "404 Not Found"
    assert stage.get("/en/ewu/")[0] == "200 OK"
    assert len(stage.behind.asked) == asked
    stage.get("/en/0/")
    assert len(stage.behind.asked) == asked + 1


def test_page_that_came_back_is_served(stage: Stage) -> None:
    stage.behind.status = "404 Not Found"
    stage.get("/en/ewu/")
    stage.behind.status = "200 OK"
    stage.change()

    assert stage.get("/en/ewu/")[0] == "200 OK"


def test_crowd_waits_for_one_making(stage: Stage) -> None:
    gate, arrived = threading.Event(), threading.Event()

    def hold() -> None:
        arrived.set()
        assert gate.wait(10)

    stage.behind.before = hold
    answers: list[str] = []
    crowd = [threading.Thread(target=lambda: answers.append(stage.get("/en/ewu/")[0])) for _ in range(8)]
    for one in crowd:
        one.start()
    assert arrived.wait(10)
    gate.set()
    for one in crowd:
        one.join(10)

    assert answers == ["200 OK"] * 8
    assert len(stage.behind.asked) == 1


@pytest.mark.parametrize(("late", "served"), [(0.3, b"page"), (0.5, b"newer")])
def test_crowd_gets_the_last_copy_for_a_moment_while_the_new_one_is_made(
    stage: Stage, late: float, served: bytes
) -> None:
    stage.get("/en/ewu/")
    gate, arrived = threading.Event(), threading.Event()

    def hold() -> None:
        arrived.set()
        assert gate.wait(10)

    stage.behind.before, stage.behind.body = hold, "newer"
    stage.change()
    maker = threading.Thread(target=stage.get, args=("/en/ewu/",))
    maker.start()
    assert arrived.wait(10)
    stage.second += late
    if served == b"newer":
        threading.Timer(0.05, gate.set).start()

    assert stage.get("/en/ewu/")[2].startswith(served)
    gate.set()
    maker.join(10)


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    stage = Stage(most_bytes=2 * 1024 + 600)
    for path in ("/en/a/", "/en/b/", "/en/c/"):
        stage.get(path)
    stage.get("/en/c/")
    stage.get("/en/a/")

    assert [one["PATH_INFO"] for one in stage.behind.asked] == ["/en/a/", "/en/b/", "/en/c/", "/en/a/"]
    assert stage.cache.bytes <= stage.most_bytes


def test_languages_and_hosts_are_kept_apart(stage: Stage) -> None:
    bodies = {stage.get("/en/ewu/")[2], stage.get("/es/ewu/")[2]}
    stage.get("/en/ewu/", HTTP_X_FORWARDED_PROTO="https")
    stage.get("/en/ewu/", HTTP_HOST="other.example.org")

    assert (len(bodies), len(stage.behind.asked)) == (2, 4)
