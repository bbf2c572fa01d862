"""Reads an export of WordPress (WXR): what it holds, item by item, with the line of each.

Source: docs/rules/wordpress.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Final, Literal
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

_WP: Final = re.compile(r"https?://wordpress\.org/export/[\d.]+/")
_EXCERPT: Final = re.compile(r"https?://wordpress\.org/export/[\d.]+/excerpt/")
_SPACES: Final = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "": "",
}
_VERSION: Final = re.compile(r"\d+(?:\.\d+)+")
_ELSEWHERE: Final = "?"
_CHANNEL, _ITEM = 2, 3
PAGES: Final = frozenset({"post", "page"})
MENUS: Final = frozenset({"nav_menu_item", "wp_navigation"})
THROWN_AWAY: Final = frozenset({"trash", "auto-draft"})

Shown = Literal["live", "draft", "scheduled", "private", "protected"]


class BrokenExport(ValueError):
    """A file that cannot be taken as an export of WordPress. code: why; line: where; detail: what the parser said."""

    def __init__(self, code: str, line: int, detail: str = "") -> None:
        super().__init__(f"{code} at line {line}: {detail}")
        self.code, self.line, self.detail = code, line, detail


@dataclass(frozen=True, slots=True)
class Item:
    """One post or page. kind: post or page. parent: the id of the page above, "" for none. posted: None where unknown.

    status: in WordPress's words. protected: behind a password. tags: names of tags and categories, in their order.
    """

    line: int
    id: str
    kind: str
    title: str
    slug: str
    content: str
    excerpt: str
    author: str
    status: str
    protected: bool
    posted: datetime | None
    local: bool
    tags: tuple[str, ...]
    link: str
    parent: str
    order: int

    def shown(self, at: datetime) -> Shown:
        """Whether the public may see it at a moment; if not, why. Only what was published openly, and not ahead."""
        if self.protected:
            return "protected"
        if self.status == "private":
            return "private"
        if self.status == "future" or (self.status == "publish" and self.posted and self.posted > at):
            return "scheduled"
        return "live" if self.status == "publish" else "draft"


@dataclass(frozen=True, slots=True)
class Export:
    """What a file holds. site: the address of the old site. menus, comments, files, others, thrown_away: what is left.

    untold: lines of items that do not say what they are.
    """

    version: str
    title: str
    site: str
    items: tuple[Item, ...]
    untold: tuple[int, ...] = ()
    menus: int = 0
    comments: int = 0
    files: int = 0
    others: int = 0
    thrown_away: int = 0


@dataclass(slots=True)
class _Open:
    """An item while it is read."""

    line: int
    said: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    comments: int = 0


def read_export(data: bytes) -> Export:
    """What an export of WordPress holds. Raises BrokenExport for anything else, with the line where it breaks."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BrokenExport("wxr_broken", error.lineno, expat.errors.messages.get(error.code, str(error))) from error
    except (ValueError, LookupError) as error:
        if isinstance(error, BrokenExport):
            raise
        raise BrokenExport("wxr_broken", max(1, reader.parser.CurrentLineNumber), str(error)[:100]) from error
    return reader.export()


class _Reader:
    """Hears what the parser meets."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.path: list[str] = []
        self.about: dict[str, str] = {}
        self.authors: dict[str, str] = {}
        self.author: dict[str, str] = {}
        self.item: _Open | None = None
        self.items: list[_Open] = []
        self.words: list[str] = []
        self.domain = ""
        self.channel_line = 1

    def _entity(self, *_args: object) -> None:
        raise BrokenExport("wxr_entities", self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _short(name)
        self.path.append(tag)
        depth = len(self.path)
        if depth == 1 and tag != "rss":
            raise BrokenExport("wxr_none", self.parser.CurrentLineNumber, tag[:40])
        if self.path == ["rss", "channel"]:
            self.channel_line = self.parser.CurrentLineNumber
        if depth == _ITEM and tag == "item":
            self.item = _Open(self.parser.CurrentLineNumber)
        if depth == _ITEM and tag == "wp:author":
            self.author = {}
        if self.item is not None and depth == _ITEM + 1:
            self.item.comments += tag == "wp:comment"
            self.domain = attributes.get("domain", "category")
        self.words = []

    def _text(self, words: str) -> None:
        self.words.append(words)

    def _end(self, _name: str) -> None:
        tag, depth, text = self.path[-1], len(self.path), "".join(self.words)
        if self.item is not None:
            self._end_in_item(self.item, tag, depth, text)
        elif depth == _ITEM:
            self.about.setdefault(tag, text.strip())
            if tag == "wp:author":
                login = self.author.get("wp:author_login", "")
                self.authors[login] = self.author.get("wp:author_display_name", "") or login
        elif depth == _ITEM + 1 and self.path[-2] == "wp:author":
            self.author.setdefault(tag, text.strip())
        self.path.pop()
        self.words = []

    def _end_in_item(self, item: _Open, tag: str, depth: int, text: str) -> None:
        if depth == _ITEM:
            self.items.append(item)
            self.item = None
        elif depth == _ITEM + 1:
            if tag == "category" and self.domain in {"category", "tag", "post_tag"}:
                item.tags.append(" ".join(text.split()))
            item.said.setdefault(tag, text)

    def export(self) -> Export:
        """What was heard, once all is."""
        version = self.about.get("wp:wxr_version", "")
        if not _VERSION.fullmatch(version):
            raise BrokenExport("wxr_no_version", self.channel_line, version[:40])
        kinds = Counter(item.said.get("wp:post_type", "").strip() for item in self.items)
        wanted = [item for item in self.items if item.said.get("wp:post_type", "").strip() in PAGES]
        thrown = [item for item in wanted if item.said.get("wp:status", "").strip() in THROWN_AWAY]
        kept = [item for item in wanted if item.said.get("wp:status", "").strip() not in THROWN_AWAY]
        menus = sum(kinds[name] for name in MENUS)
        return Export(
            version=version,
            title=self.about.get("title", ""),
            site=self.about.get("wp:base_blog_url") or self.about.get("wp:base_site_url") or self.about.get("link", ""),
            items=tuple(_item(item, self.authors) for item in kept),
            untold=tuple(item.line for item in self.items if not item.said.get("wp:post_type", "").strip()),
            menus=menus,
            comments=sum(item.comments for item in self.items),
            files=kinds["attachment"],
            others=len(self.items) - len(wanted) - menus - kinds["attachment"] - kinds[""],
            thrown_away=len(thrown),
        )


def _short(name: str) -> str:
    """The name of an element with the prefix that exports use; one of a strange space gets a name nobody asks for."""
    space, _blank, tag = name.rpartition(" ")
    if _WP.fullmatch(space):
        return f"wp:{tag}"
    if _EXCERPT.fullmatch(space):
        return f"excerpt:{tag}"
    prefix = _SPACES.get(space, _ELSEWHERE)
    return f"{prefix}:{tag}" if prefix else tag


def _item(item: _Open, authors: Mapping[str, str]) -> Item:
    said = {name: text.strip() for name, text in item.said.items()}
    creator = unescape(said.get("dc:creator", ""))
    posted, local = _posted(said)
    number = said.get("wp:post_parent", "")
    order = said.get("wp:menu_order", "")
    link = said.get("link", "") or said.get("guid", "")
    return Item(
        line=item.line,
        id=said.get("wp:post_id") or said.get("guid") or said.get("link") or f"{said.get('title', '')}",
        kind=said["wp:post_type"],
        title=" ".join(unescape(re.sub(r"<[^>]*>", "", said.get("title", ""))).split()),
        slug=unquote(said.get("wp:post_name", "")),
        content=item.said.get("content:encoded", ""),
        excerpt=" ".join(unescape(re.sub(r"<[^>]*>", " ", said.get("excerpt:encoded", ""))).split()),
        author=authors.get(creator, creator),
        status=said.get("wp:status", ""),
        protected=bool(said.get("wp:post_password", "")),
        posted=posted,
        local=local,
        tags=tuple(dict.fromkeys(unescape(tag) for tag in item.tags if tag and tag.casefold() != "uncategorized")),
        link=link,
        parent="" if number in {"", "0"} else number,
        order=int(order) if re.fullmatch(r"\d{1,6}", order) else 0,
    )


def _posted(said: Mapping[str, str]) -> tuple[datetime | None, bool]:
    """When it was posted, in UTC; and whether only the old site's own clock is known, so that it is local time."""
    exact = _clock(said.get("wp:post_date_gmt", ""))
    if exact:
        return exact, False
    local = _clock(said.get("wp:post_date", ""))
    if local:
        return local, True
    try:
        heard = parsedate_to_datetime(said.get("pubDate", ""))
    except (ValueError, TypeError, IndexError):
        return None, False
    found = heard if heard.tzinfo else heard.replace(tzinfo=UTC)
    return (found.astimezone(UTC) if 1 < found.year < 9999 else None), False


def _clock(text: str) -> datetime | None:
    try:
        found = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if found.year > 1 else None


def old_address(link: str) -> str:
    """The path of an old address, with its query where the path alone says nothing; "" where there is none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path if path != "/" else ""
