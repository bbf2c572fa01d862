"""A public page as a visitor gets it now: its title and main content, what rests on somebody's leave taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils import translation

from unionhall.rulebook.archive_chain import digest_of, reference_to

_MAIN: Final = re.compile(r'<main id="main"[^>]*>(.*)</main>', re.DOTALL)
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# A form is for today's visitor, and what runs belongs to no record.
_LEFT_OUT: Final = re.compile(r"<(form|script|uh-proof)\b.*?</\1>", re.DOTALL)
LONGEST_TITLE: Final = 300
_MARK: Final = re.compile(r"<!--leave:(\d+)-->")


@dataclass(frozen=True, slots=True)
class Leave:
    """A piece of a page that rests on somebody's leave. releases: their numbers; photo: its number where it is one."""

    html: str
    releases: tuple[int, ...]
    photo: int | None = None


@dataclass(slots=True)
class Keeper:
    """Rides on a request whose page is being kept, and takes the pieces that rest on somebody's leave out of it."""

    pieces: list[Leave] = field(default_factory=list)
    within: list[set[int]] = field(default_factory=list)

    def take(self, piece: Leave) -> str:
        """The mark that stands in its place."""
        self.pieces.append(piece)
        return f"<!--leave:{len(self.pieces) - 1}-->"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page in one language. main: with a reference for each piece. pieces: by the number in its mark."""

    title: str
    main: str
    pieces: tuple[Leave, ...]

    def with_references(self, digests: Iterable[str]) -> str:
        """The main content, each mark replaced by the reference to its part. digests: of the pieces, in order."""
        held = list(digests)
        return _MARK.sub(lambda match: reference_to(held[int(match[1])]), self.main)

    def looks_like(self) -> str:
        """A hash of all of it, to see whether anything is different."""
        whole = [self.title, self.main, *(f"{piece.releases}{piece.photo}{piece.html}" for piece in self.pieces)]
        return digest_of("\x00".join(whole).encode())


def render_public(address: str, language: str) -> Rendered | None:
    """The public page at an address of ours, or None where there is none now. language: en or es, as it stands there.

    Nothing of the asking visitor is in it: no cookie, no account, no query.
    """
    keeper = Keeper()
    with translation.override(language):
        html = _answer(address, keeper)
    found = _MAIN.search(html or "")
    if html is None or found is None:
        return None
    head = _TITLE.search(html)
    title = unescape(head[1]).strip().rsplit(" · ", 1)[0] if head else ""
    return Rendered(title[:LONGEST_TITLE], _LEFT_OUT.sub("", found[1]).strip(), tuple(keeper.pieces))


def _answer(address: str, keeper: Keeper) -> str | None:
    try:
        match = resolve(address)
    except Resolver404:
        return None
    request = _request(address)
    request.resolver_match = match
    request.keeper = keeper  # type: ignore[attr-defined] # read by the tag that marks what rests on somebody's leave
    try:
        response: Any = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return None
    if hasattr(response, "render"):
        response = response.render()
    return response.content.decode() if response.status_code == 200 else None


def _request(address: str) -> WSGIRequest:
    base = urlsplit(settings.BASE_URL)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": base.hostname or "localhost",
            "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": base.scheme or "http",
            "wsgi.input": BytesIO(b""),
        }
    )
