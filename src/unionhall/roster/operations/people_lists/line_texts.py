"""The lines of a list of people as text: each with how the list is read, and with what its words mean at work.

Source: docs/rules/imports.md.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import phonenumbers
from django.conf import settings

from unionhall import rulebook
from unionhall.foundation import contacts
from unionhall.roster.operations.people_lists.known import END, PART
from unionhall.roster.operations.people_lists.sites import Sites
from unionhall.rulebook.cells import Cells
from unionhall.rulebook.people_list import Reading, job_of
from unionhall.rulebook.sheets import HeadedTable

_SITE: Final = ("worksite_code", "worksite")
_TITLE: Final = ("unit", "job_code", "job")

Pick = Callable[[tuple[str, ...]], Any]


@dataclass(slots=True)
class LineTexts:
    """What decides how a line is read, as text. begin: what is the same for all lines of the list, and not in those.

    last: the place of the last cell that is read.
    """

    table: HeadedTable
    sites: Sites
    begin: str
    last: int
    _cells: Pick
    _site_cells: Pick
    _title_cells: Pick
    _sites: dict[Any, str] = field(default_factory=dict)
    _titles: dict[Any, str] = field(default_factory=dict)

    def text(self, row: tuple[str, ...]) -> str | None:
        """The line and what it means; None where it is too short, or holds the mark between two parts."""
        if len(row) <= self.last:
            return None
        cells = PART.join(self._cells(row))
        site, title = self.meant(row)
        return None if END in cells else f"{cells}{END}{site}{PART}{title}"

    def texts(self, rows: Sequence[tuple[str, ...]]) -> Iterable[str | None]:
        """The same of many lines at a time."""
        if min(map(len, rows), default=0) <= self.last:
            return map(self.text, rows)
        places = [*map(self._site_cells, rows)], [*map(self._title_cells, rows)]
        for row, site, title in zip(rows, *places, strict=True):
            if site not in self._sites or title not in self._titles:
                self.meant(row)
        sites, titles = map(self._sites.__getitem__, places[0]), map(self._titles.__getitem__, places[1])
        cells = map(PART.join, map(self._cells, rows))
        return [
            None if END in text else f"{text}{END}{site}{PART}{title}"
            for text, site, title in zip(cells, sites, titles, strict=True)
        ]

    def meant(self, row: tuple[str, ...]) -> tuple[str, str]:
        """The worksite and the job title that the words of a line mean now. Raises IndexError for a short line."""
        site = self._sites.get(self._site_cells(row))
        title = self._titles.get(self._title_cells(row))
        if site is None or title is None:
            columns = self.table.header.columns
            values = {name: row[columns[name]] for name in (*_SITE, *_TITLE) if name in columns}
            job = job_of(Cells(0, values, {}))
            site, title = ("", "") if job is None else (str(self.sites.place_of(job).site), str(self.sites.title(job)))
            self._sites[self._site_cells(row)], self._titles[self._title_cells(row)] = site, title
        return site, title

    def forget_titles(self) -> None:
        """New job titles are known since."""
        self._titles.clear()


def line_texts(table: HeadedTable, reading: Reading, sites: Sites) -> LineTexts:
    """The lines of a list that is read so, as text."""
    columns = table.header.columns
    fields = sorted(columns)
    days = [(style.order, style.epoch, style.as_of.year) for style in (reading.days, reading.births)]
    begin = f"{fields}{days}{sorted(settings.EMPLOYER_DOMAINS)}{_rules()}{END}"
    return LineTexts(
        table,
        sites,
        begin,
        max(columns.values(), default=0),
        _pick([columns[name] for name in fields]),
        _pick([columns[name] for name in _SITE if name in columns]),
        _pick([columns[name] for name in _TITLE if name in columns]),
    )


def _pick(places: Sequence[int]) -> Pick:
    """What takes these cells of a row."""
    return itemgetter(*places) if len(places) > 1 else lambda row: tuple(row[place] for place in places)


@cache
def _rules() -> str:
    """A digest of the rules by which lists are read here: a line is read anew by new ones."""
    digest = hashlib.sha256(f"{sys.version} {phonenumbers.__version__}".encode())
    folders = (Path(rulebook.__file__).parent, Path(__file__).parent)
    for path in (*(path for folder in folders for path in sorted(folder.rglob("*.py"))), Path(contacts.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
