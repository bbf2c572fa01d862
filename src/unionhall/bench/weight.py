"""P11: what a first view of a page brings over the wire, as a browser would ask for it."""

from __future__ import annotations

import gzip
import http.client
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

import brotli

from unionhall.bench.house import House
from unionhall.bench.rows import Row

PAGES: Final = {"home": "/en/ewu/", "join": "/en/ewu/join/"}
MOST_BYTES, MOST_REQUESTS = 27_000, 5
MOST_BYTES_IN_ALL, MOST_REQUESTS_IN_ALL = 100_000, 12
FONT_USED: Final = re.compile(r"url\(\s*[\"']?([^\"')]+\.woff2)", re.IGNORECASE)
IMPORT: Final = re.compile(r"@import\s+(?:url\()?[\"']([^\"']+\.css)")
MODULE: Final = re.compile(r"(?:^|[;\n\s])(?:import|export)\s[^;\"']*[\"']([./][^\"']+\.js)[\"']")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: where from, its status, its bytes on the wire, its text."""

    address: str
    status: int
    bytes: int
    text: str


class _Parts(HTMLParser):
    """Collects what a browser fetches at once: styles, scripts, preloads, pictures that are not lazy."""

    def __init__(self) -> None:
        super().__init__()
        self.code: list[str] = []
        self.media: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        rel = set(found.get("rel", "").split())
        if tag == "link" and rel & {"stylesheet", "modulepreload"}:
            self.code.append(found.get("href", ""))
        elif tag == "link" and rel & {"preload", "icon"}:
            self.media.append(found.get("href", ""))
        elif tag == "script" and found.get("src"):
            self.code.append(found["src"])
        elif tag == "img" and found.get("loading") != "lazy" and found.get("src"):
            self.media.append(found["src"])


def run(house: House) -> list[Row]:
    """A row a page: HTML, styles and scripts; and the same with typefaces and first pictures."""
    return [_row(house, name, path) for name, path in PAGES.items()]


def _row(house: House, name: str, path: str) -> Row:
    page = fetch(house, path)
    parts = _Parts()
    parts.feed(page.text)
    code = _with_imports(house, page, parts.code)
    fonts = {urljoin(sheet.address, found) for sheet in code for found in FONT_USED.findall(sheet.text)}
    wanted = fonts | {urljoin(page.address, one) for one in parts.media if not one.startswith("data:")}
    media = [fetch(house, one) for one in sorted(wanted)]
    light, requests = page.bytes + sum(one.bytes for one in code), 1 + len(code)
    heavy, all_requests = light + sum(one.bytes for one in media), requests + len(media)
    strangers = [one for one in (*parts.code, *parts.media) if urlsplit(one).netloc]
    return Row(
        "P11",
        f"first view of {name} ({path})",
        "– (WordPress's default theme comes with the page cache: 27 KB, 6 requests)",
        f"HTML, CSS, JS {light / 1000:.1f} KB in {requests} requests; with typefaces and first pictures "
        f"{heavy / 1000:.1f} KB in {all_requests}; {len(strangers)} to third parties",
        "–",
        "≤ 27 KB in ≤ 5; in all ≤ 100 KB in ≤ 12; no third party",
        met=light <= MOST_BYTES
        and requests <= MOST_REQUESTS
        and heavy <= MOST_BYTES_IN_ALL
        and all_requests <= MOST_REQUESTS_IN_ALL
        and not strangers,
    )


def fetch(house: House, address: str) -> Answer:
    """One answer of the house, asked for as a browser does, following redirects. bytes: body and head as sent."""
    path = urlsplit(address).path
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
    try:
        line.request("GET", path, headers={"Host": f"localhost:{house.port}", "Accept-Encoding": "br, gzip"})
        answer = line.getresponse()
        body = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        if answer.status in {301, 302} and (target := answer.getheader("Location")):
            return fetch(house, target)
        plain = _plain(body, answer.getheader("Content-Encoding") or "")
        return Answer(path, answer.status, len(body) + head, plain.decode("utf-8", "replace"))
    finally:
        line.close()


def _with_imports(house: House, page: Answer, links: list[str]) -> list[Answer]:
    """The styles and scripts of the page, and what they import, each once."""
    waiting = [urljoin(page.address, one) for one in links if not urlsplit(one).netloc]
    found: dict[str, Answer] = {}
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = found[address] = fetch(house, address)
        imports = (IMPORT if address.endswith(".css") else MODULE).findall(answer.text)
        waiting += [urljoin(address, one) for one in imports]
    return list(found.values())


def _plain(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if encoding == "gzip" else body
