"""Searching what the public pages say today, in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from threading import Lock
from typing import Final

from django.db.models import Max
from django.utils.html import strip_tags

from unionhall.foundation import generation
from unionhall.rulebook import archive_chain as chain
from unionhall.rulebook.searching import Document, Hit, Index, Piece, build, search, snippet
from unionhall.site.enums import KeptAct
from unionhall.site.models import KeptPage
from unionhall.site.queries.archive import PartRead, lines_of, read_parts

MOST_HITS: Final = 100
HEAD: Final = re.compile(r"<h1\b.*?</h1>|<p class=\"over\">.*?</p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A public page as search knows it. campaign: the name of its campaign in that language."""

    title: str
    address: str
    campaign: str
    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page that answers, with the stretch of it that does."""

    page: Page
    title: tuple[Piece, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pages of one language, ready for questions. mark: what they were read under."""

    mark: tuple[int, int, date]
    pages: Mapping[int, Page]
    index: Index


_shelves: dict[str, Shelf] = {}
_reading = Lock()


def find_pages(question: str, language: str, *, on: date, campaign: str = "") -> list[Found]:
    """The public pages of a language that answer, best first, a hundred at most. campaign: its address, or any.

    Two queries, and four more when something was published since the last question: each worker reads the pages once
    and keeps them until then. What rests on somebody's leave is found only while the leave holds.
    """
    shelf = _shelf(language, on)
    hits = search(shelf.index, question, most=MOST_HITS)
    return [_found(shelf.pages[hit.key], hit) for hit in hits if campaign in ("", shelf.pages[hit.key].slug)]


def _found(page: Page, hit: Hit) -> Found:
    return Found(page, snippet(page.title, hit.words, width=300), snippet(page.text, hit.words))


def _shelf(language: str, on: date) -> Shelf:
    newest = KeptPage.objects.aggregate(newest=Max("pk"))["newest"] or 0
    mark = (generation.current(), newest, on)
    held = _shelves.get(language)
    if held is None or held.mark != mark:
        with _reading:
            held = _shelves.get(language)
            if held is None or held.mark != mark:
                pages = _read(language, on)
                documents = [Document(key, page.title, page.text) for key, page in pages.items()]
                held = _shelves[language] = Shelf(mark, pages, build(documents))
    return held


def _read(language: str, on: date) -> dict[int, Page]:
    """The newest version of every page that is shown, as plain words."""
    rows = KeptPage.objects.filter(language=language)
    newest = rows.values("archive", "page").annotate(newest=Max("pk")).order_by().values("newest")
    shown = list(rows.filter(pk__in=newest, act=KeptAct.SHOWN).select_related("archive__campaign").order_by("pk"))
    parts = read_parts([digest for row in shown for digest in chain.references_in(row.body)], on=on)
    found = {}
    for line in lines_of(shown, on=on):
        if line.gap is None and line.address:
            campaign = line.kept.archive.campaign
            name = campaign.name.in_language(language)
            found[line.kept.pk] = Page(line.title, line.address, name, campaign.slug, plain(line.kept.body, parts))
    return found


def plain(body: str, parts: Mapping[str, PartRead]) -> str:
    """The words of a page without its markup and its title, what may not be shown left out."""
    whole = HEAD.sub(" ", chain.put_back(body, lambda digest: parts[digest].html if digest in parts else ""))
    return " ".join(unescape(strip_tags(whole.replace("<", " <"))).split())
