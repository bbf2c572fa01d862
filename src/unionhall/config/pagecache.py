"""Finished public pages, kept ready before Django wakes (docs/decisions/0006-finished-pages.md).

A page is kept as bytes, compressed, under the generation of the public pages and the day. Whoever asks, whatever
cookie is sent, gets the same bytes; only doors marked with `foundation.public.public_page` are kept at all.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import brotli

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
Key = tuple[str, str, str]
Hot = tuple[str, str, str, str, str, str]

PREFIXES: Final = ("/en/", "/es/")
READING: Final = frozenset({"GET", "HEAD"})
LOOK_EVERY_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 3.0
# How long after a change a crowd still gets the last copy while the new one is made; with the look, under two seconds.
GRACE_SECONDS: Final = 0.4
MOST_HOT: Final = 4096
MOST_DOORS: Final = 4096
LONGEST_PATH: Final = 300
LONGEST_VALUE: Final = 100
OVERHEAD: Final = 1024
# How many answers of "not found" are kept: enough for the wrong links that go round, too few to push pages out.
MOST_LOST: Final = 256
LOST: Final = "404"
# What differs from visitor to visitor never reaches a page that is kept.
PERSONAL: Final = frozenset(
    {
        "HTTP_COOKIE",
        "HTTP_AUTHORIZATION",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_RANGE",
        "HTTP_REFERER",
        "HTTP_HX_REQUEST",
        "HTTP_HX_TARGET",
        "HTTP_HX_BOOSTED",
    }
)
DROPPED: Final = frozenset(
    {"vary", "etag", "content-length", "content-encoding", "cache-control", "expires", "last-modified"}
)


@dataclass(frozen=True, slots=True)
class Ready:
    """One answer as it goes over the wire: its heads and its bytes in one encoding, in the list that WSGI wants."""

    status: str
    etag: str
    modified: str
    headers: Headers
    short_headers: Headers
    chunks: list[bytes]


@dataclass(slots=True)
class Copy:
    """A finished page. stamp: generation and day it was made under. modified: since when it says what it says.

    ready: by encoding, made when first asked for.
    """

    stamp: Hashable
    status: str
    headers: Headers
    body: bytes
    modified: str
    ready: dict[str, Ready] = field(default_factory=dict)

    def weight(self) -> int:
        """Bytes it holds."""
        return len(self.body) + sum(len(one.chunks[0]) for one in self.ready.values()) + OVERHEAD


@dataclass(slots=True)
class Flight:
    """A page in the making: others wait for it."""

    done: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Django answered, whole."""

    status: str
    headers: Headers
    body: bytes


class PageCache:
    """A WSGI application that answers public pages from memory and leaves everything else to the one behind it."""

    def __init__(
        self,
        app: Application,
        *,
        read_stamp: Callable[[], Hashable],
        parameters_of: Callable[[str], tuple[str, ...] | None],
        most_bytes: int,
        now: Callable[[], float] = time.monotonic,
        date: Callable[[], str] = lambda: formatdate(usegmt=True),
    ) -> None:
        """Put it before `app`.

        read_stamp: the generation and the day; may raise while the database is away. parameters_of: path → query
        parameters of a public door, None for any other. most_bytes: bound of all that is kept. now: seconds. date:
        the instant as HTTP writes it.
        """
        self.app = app
        self.read_stamp, self.parameters_of = read_stamp, parameters_of
        self.most_bytes, self.now, self.date = most_bytes, now, date
        self.stamp: Hashable = None
        self.bytes = 0
        self._next_look = self._changed = float("-inf")
        self._looking = threading.Lock()
        self._lock = threading.Lock()
        self._hot: dict[Hot, Ready] = {}
        self._copies: OrderedDict[Key, Copy] = OrderedDict()
        self._lost: OrderedDict[Key, None] = OrderedDict()
        self._doors: dict[str, tuple[str, ...]] = {}
        self._flights: dict[Key, Flight] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request. Only what every page of a crowd passes through stands here."""
        if self.now() >= self._next_look:
            self._look()
        get = environ.get
        hot = (
            environ["PATH_INFO"],
            get("HTTP_HOST", ""),
            get("QUERY_STRING", ""),
            get("HTTP_ACCEPT_ENCODING", ""),
            get("wsgi.url_scheme", ""),
            get("HTTP_X_FORWARDED_PROTO", ""),
        )
        ready = self._hot.get(hot)
        method = environ["REQUEST_METHOD"]
        if ready is None or method not in READING:
            return self._seldom(environ, start_response, hot)
        if method == "GET" and "HTTP_IF_NONE_MATCH" not in environ and "HTTP_IF_MODIFIED_SINCE" not in environ:
            start_response(ready.status, ready.headers)
            return ready.chunks
        return _send(ready, environ, start_response)

    def _seldom(self, environ: Environ, start_response: StartResponse, hot: Hot) -> Iterable[bytes]:
        """Answer what is not at hand: not ours, not made yet, or asked for in another way than last time."""
        path = hot[0]
        is_ours = path.startswith(PREFIXES) and environ["REQUEST_METHOD"] in READING
        parameters = self._parameters(path) if is_ours else None
        if parameters is None:
            return self.app(environ, start_response)
        key = (f"{hot[4]}:{hot[5]}:{hot[1]}", path, _query(hot[2], parameters))
        found = self._find(key, environ)
        if isinstance(found, Answer):
            start_response(found.status, found.headers)
            return [b"" if environ["REQUEST_METHOD"] == "HEAD" else found.body]
        return _send(self._prepared(found, _encoding(hot[3]), key, hot), environ, start_response)

    def _look(self) -> None:
        """Learn the stamp anew, in one thread at a time; the last one holds on where it cannot be read."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            stamp = self.read_stamp()
            if stamp != self.stamp:
                with self._lock:
                    self.stamp, self._hot, self._doors, self._changed = stamp, {}, {}, self.now()
        except Exception:  # the database is away: the last good copies go on
            logger.warning("the generation of the pages cannot be read: the last copies are served")
        finally:
            self._next_look = self.now() + LOOK_EVERY_SECONDS
            self._looking.release()

    def _parameters(self, path: str) -> tuple[str, ...] | None:
        if len(path) > LONGEST_PATH:
            return None
        known = self._doors.get(path)
        if known is not None:
            return known
        try:
            found = self.parameters_of(path)
        except Exception:  # finding the door may ask the database; Django's own answer says what is wrong
            logger.warning("whether a page is public cannot be told", exc_info=True)
            return None
        if found is not None:
            with self._lock:
                if len(self._doors) >= MOST_DOORS:
                    self._doors.clear()
                self._doors[path] = found
        return found

    def _find(self, key: Key, environ: Environ) -> Copy | Answer:
        """A fresh copy; or, while one is being made, that one; or the last one where none can be made."""
        with self._lock:
            copy = self._copies.get(key)
            if copy is not None and copy.stamp == self.stamp:
                self._copies.move_to_end(key)
                return copy
            flight = self._flights.get(key)
            if mine := flight is None:
                flight = self._flights[key] = Flight()
        if mine:
            return self._make(key, environ, flight, last=copy)
        if copy is not None and self.now() < self._changed + GRACE_SECONDS:
            return copy
        flight.done.wait(PATIENCE_SECONDS)
        with self._lock:
            made = self._copies.get(key)
        return made if made is not None else self._render(key, environ)

    def _make(self, key: Key, environ: Environ, flight: Flight, *, last: Copy | None) -> Copy | Answer:
        stamp = self.stamp
        try:
            answer = self._render(key, environ)
            if answer.status.startswith("5") and last is not None:
                return last
            if not _may_be_kept(answer):
                with self._lock:
                    self._drop(key)
                return answer
            return self._keep(key, self._copy(answer, stamp, last))
        except Exception:
            if last is None:
                raise
            logger.exception("a public page could not be made: its last copy is served")
            return last
        finally:
            with self._lock:
                self._flights.pop(key, None)
            flight.done.set()

    def _copy(self, answer: Answer, stamp: Hashable, last: Copy | None) -> Copy:
        """The answer as it is kept; the same bytes as before keep their date and need no packing."""
        headers = [pair for pair in answer.headers if pair[0].lower() not in DROPPED]
        if last is not None and (last.status, last.body, last.headers) == (answer.status, answer.body, headers):
            return Copy(stamp, last.status, headers, last.body, last.modified, dict(last.ready))
        return Copy(stamp, answer.status, headers, answer.body, self.date())

    def _render(self, key: Key, environ: Environ) -> Answer:
        """The page as Django makes it for nobody in particular."""
        asked = {name: value for name, value in environ.items() if name not in PERSONAL}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key[2]}
        got: list[tuple[str, Headers]] = []

        def take(status: str, headers: Headers, exc_info: Any = None) -> None:
            got[:] = [(status, list(headers))]

        answer = self.app(asked, take)
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        return Answer(got[0][0], got[0][1], body)

    def _keep(self, key: Key, copy: Copy) -> Copy:
        with self._lock:
            self._drop(key)
            self._copies[key] = copy
            self.bytes += copy.weight()
            if copy.status.startswith(LOST):
                self._lost[key] = None
                if len(self._lost) > MOST_LOST:
                    self._drop(next(iter(self._lost)))
            self._shrink()
        return copy

    def _drop(self, key: Key) -> None:
        old = self._copies.pop(key, None)
        self._lost.pop(key, None)
        if old is not None:
            self.bytes -= old.weight()

    def _shrink(self) -> None:
        while self.bytes > self.most_bytes and self._copies:
            self._drop(next(iter(self._copies)))
            self._hot = {}

    def _prepared(self, copy: Copy, encoding: str, key: Key, hot: Hot) -> Ready:
        ready = copy.ready.get(encoding) or _pack(copy, encoding)
        with self._lock:
            if encoding not in copy.ready:
                copy.ready[encoding] = ready
                if self._copies.get(key) is copy:
                    self.bytes += len(ready.chunks[0])
                    self._shrink()
            if copy.stamp == self.stamp and self._copies.get(key) is copy and key not in self._lost:
                if len(self._hot) >= MOST_HOT:
                    self._hot = {}
                self._hot[hot] = ready
        return ready


def _may_be_kept(answer: Answer) -> bool:
    heads = {name.lower(): value.lower() for name, value in answer.headers}
    private = any(word in heads.get("cache-control", "") for word in ("private", "no-store"))
    return answer.status.startswith(("200", LOST)) and "set-cookie" not in heads and not private


def _pack(copy: Copy, encoding: str) -> Ready:
    """The copy in one encoding, with its heads."""
    packers: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip, "": bytes}
    body = packers[encoding](copy.body)
    etag = f'"{hashlib.sha256(copy.body).hexdigest()[:20]}{"-" + encoding if encoding else ""}"'
    lasting = [
        ("ETag", etag),
        ("Last-Modified", copy.modified),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", "public, max-age=0, s-maxage=1, stale-if-error=86400"),
    ]
    coded = [("Content-Encoding", encoding)] if encoding else []
    whole = [*copy.headers, *lasting, *coded, ("Content-Length", str(len(body)))]
    return Ready(
        status=copy.status, etag=etag, modified=copy.modified, headers=whole, short_headers=lasting, chunks=[body]
    )


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=9))


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def _send(ready: Ready, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    known, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    same = ready.etag in known or known.strip() == "*" if known is not None else since == ready.modified
    if same and ready.status.startswith("200"):
        start_response("304 Not Modified", ready.short_headers)
        return []
    start_response(ready.status, ready.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else ready.chunks


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    """The best encoding of ours that the browser takes; "" for the bytes as they are."""
    takes = set()
    for part in accepted.lower().split(","):
        name, _semicolon, quality = part.partition(";")
        if quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            takes.add(name.strip())
    return "br" if "br" in takes else "gzip" if "gzip" in takes or "*" in takes else ""


def _query(text: str, parameters: tuple[str, ...]) -> str:
    """The query as the page reads it: what it knows, once each, bounded, in one order."""
    if not text or not parameters:
        return ""
    said = dict(parse_qsl(text[: 10 * LONGEST_VALUE]))
    return urlencode([(name, said[name][:LONGEST_VALUE]) for name in sorted(parameters) if said.get(name)])
