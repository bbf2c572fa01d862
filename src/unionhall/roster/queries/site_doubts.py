"""Lines of a worksite list that may be a worksite we hold, beside those they may be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from unionhall.foundation.errors import NotFound
from unionhall.roster.models import Doubt, Import, Worksite
from unionhall.roster.phrases import why_sentence
from unionhall.roster.queries.doubts import open_doubts
from unionhall.roster.queries.places import line_of

A_PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class SiteCandidate:
    """A worksite that a line may mean. why: what speaks for it, in words."""

    public_id: str
    name: str
    line: str
    why: str


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A doubtful line: what it says, and what it may be, best first."""

    public_id: str
    number: int
    name: str
    line: str
    candidates: Sequence[SiteCandidate]


def site_doubts(imported: Import) -> QuerySet[Doubt]:
    """The lines of a worksite list that still wait for somebody."""
    return open_doubts().filter(imported=imported, record="worksite")


def get_site_doubt(imported: Import, public_id: str) -> Doubt:
    """A line of that list that waits. Raises NotFound, also where somebody settled it a moment ago."""
    found = site_doubts(imported).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def site_lines(imported: Import, page: str | None) -> tuple[Page[Doubt], list[SiteLine]]:
    """A page of the lines that wait, and what each may be. page: as asked. The same number of queries for any."""
    shown = Paginator(site_doubts(imported), A_PAGE).get_page(page)
    doubts = list(shown.object_list)
    held = Worksite.objects.in_bulk([item["pk"] for doubt in doubts for item in doubt.candidates])
    return shown, [_line(doubt, held) for doubt in doubts]


def _line(doubt: Doubt, held: dict[int, Worksite]) -> SiteLine:
    row: dict[str, Any] = json.loads(doubt.row)
    candidates = [
        SiteCandidate(site.public_id, site.name, _where(site), why_sentence("+".join(item["reasons"])))
        for item in doubt.candidates
        if (site := held.get(item["pk"])) is not None
    ]
    said = line_of(row["address"], row["city"], row["zip"])
    return SiteLine(doubt.public_id, doubt.line, row["name"], said, candidates)


def _where(site: Worksite) -> str:
    return line_of(site.address, site.city, site.zip)
