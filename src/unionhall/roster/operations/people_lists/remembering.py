"""Lines that say what they said before, of people whom nobody has touched since: known again without being read.

A digest is made of everything that decides what a line does: its cells, how the list is read, which worksite and job
title its words mean now, and all that is held of the person. It is kept only where reading the line has shown that it
changes nothing; then a line with the same digest changes nothing either, whatever came between.
Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from unionhall.foundation import crypto
from unionhall.roster.models import LineSeen
from unionhall.roster.operations.inserting import put_all
from unionhall.roster.operations.people_lists.diffs import UNPLACED, Told, compare
from unionhall.roster.operations.people_lists.known import (
    END,
    PART,
    Known,
    Persons,
    Places,
    Points,
    Record,
    Records,
    read_persons,
    read_places,
    read_points,
    read_records,
)
from unionhall.roster.operations.people_lists.line_texts import LineTexts, line_texts
from unionhall.roster.operations.people_lists.sites import NewTitle
from unionhall.rulebook.best import ABSENT
from unionhall.rulebook.people_list import Reading
from unionhall.rulebook.sheets import HeadedTable

BY_ID: Final = "="
_AT_ONCE: Final = 5_000
_MANAGEMENT: Final = "management"


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held of some persons, or of all."""

    persons: Persons
    records: Records
    points: Points
    places: Places

    def text(self, person: int, said: str) -> str:
        """All of it that decides what a line does to one person. said: of the record of the line, as JSON."""
        points, places = self.points.rows.get(person, ()), self.places.rows.get(person, ())
        name = self.persons.rows[person][2]
        return f"{END}{person}{PART}{name}{END}{said}{END}{END.join(points)}{END}{END.join(places)}"


@dataclass(slots=True)
class Memory:
    """What is remembered of the lines of one source. lines: of the list at hand, once its heads are known."""

    known: Known
    lines: LineTexts | None = None
    _rows: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def ids(self) -> list[str]:
        """The ids under which the source has named people before."""
        return [code[len(BY_ID) :] for code in self.known.records if code.startswith(BY_ID)]

    def recalled(self, table: HeadedTable, reading: Reading, keys: Sequence[str]) -> set[int]:
        """Which lines change nothing, by their place below the heads. keys: the id of each, "" where it has none."""
        known = self.known
        self.lines = line_texts(table, reading, known.sites)
        if not known.digests:
            return set()
        seal, held_text = crypto.sealer("line", begin=self.lines.begin), _held(known).text
        places, found = list(self._may_be_the_same(keys)), set()
        for start in range(0, len(places), _AT_ONCE):
            part = places[start : start + _AT_ONCE]
            texts = self.lines.texts([table.body[place].cells for place, _record, _digest in part])
            for (place, record, digest), text in zip(part, texts, strict=True):
                if text is not None and seal(text + held_text(record[1], record[3])) == digest:
                    found.add(place)
        return found

    def _may_be_the_same(self, keys: Sequence[str]) -> Iterator[tuple[int, Sequence[Any], str]]:
        """The place of each line of which something is remembered that may hold, with its record and its digest."""
        known, counts = self.known, Counter(keys)
        records, digests, hand = known.records.rows, known.digests, known.hand
        for place, key in enumerate(keys):
            record = records.get(BY_ID + key) if key else None
            if record is None or record[0] not in digests:
                continue
            if record[5] is None and counts[key] == 1 and record[1] not in hand:
                yield place, record, digests[record[0]]

    def keep(self, items: Iterable[tuple[Told, str]]) -> None:
        """Remember lines that change nothing. items: each line with the code of its record."""
        self._put(items, _held(self.known))

    def keep_written(
        self,
        items: Iterable[tuple[Told, str]],
        *,
        persons: Iterable[int],
        source: str,
        titles: Mapping[tuple[int, str], int],
    ) -> None:
        """Remember lines of which everything was just written. persons: theirs. titles: made for the list."""
        ids, items = sorted(set(persons)), list(items)
        if not ids or self.lines is None:
            return
        if titles and not titles.keys() <= self.lines.sites.titles.keys():
            self.lines.sites.titles |= titles
            self.lines.forget_titles()
        held = _Held(
            read_persons(ids), read_records(source, [code for _told, code in items]), read_points(ids), read_places(ids)
        )
        self._put(((_with_titles(told, titles), code) for told, code in items), held)

    def _put(self, items: Iterable[tuple[Told, str]], held: _Held) -> None:
        if self.lines is None:
            return
        if not self._rows:
            self._rows = {row.line: row.cells for row in self.lines.table.body}
        seal, lines = crypto.sealer("line", begin=self.lines.begin), []
        for told, code in items:
            row = self._rows.get(told.entry.lines[0])
            if row is None or code not in held.records or not _is_plain(told, code):
                continue
            record, text = held.records[code], self.lines.text(row)
            if text is not None and self._is_meant(told, row) and _says_nothing(told, record, held):
                lines.append((record.pk, seal(text + held.text(record.person, record.text))))
        put_all(LineSeen, ("record_id", "digest"), lines)

    def _is_meant(self, told: Told, row: tuple[str, ...]) -> bool:
        """Whether the text of a line has it at the place at which it was read."""
        if self.lines is None or len(told.spots) > 1:
            return False
        return all((str(spot.worksite), str(spot.title)) == self.lines.meant(row) for spot in told.spots)


def _held(known: Known) -> _Held:
    return _Held(known.persons, known.records, known.points, known.places)


def _with_titles(told: Told, titles: Mapping[tuple[int, str], int]) -> Told:
    """The entry with the numbers of job titles that were new."""
    if not any(isinstance(spot.title, NewTitle) for spot in told.spots):
        return told
    spots = [
        spot._replace(title=titles.get((spot.title.unit, spot.title.code.casefold()), spot.title))
        if isinstance(spot.title, NewTitle)
        else spot
        for spot in told.spots
    ]
    return replace(told, spots=spots)


def _is_plain(told: Told, code: str) -> bool:
    """Whether nothing need be said of a line in a report: one line of one id, without remarks, at a known place."""
    entry = told.entry
    return (
        len(entry.lines) == 1
        and not entry.row.remarks
        and bool(entry.row.id)
        and code == BY_ID + entry.row.id
        and UNPLACED not in told.texts
        and told.texts.get("employment") != _MANAGEMENT
    )


def _says_nothing(told: Told, record: Record, held: _Held) -> bool:
    """Whether a line says nothing that its record does not say, and calls the person by the name she goes by."""
    name = told.entry.row.name
    said = record.said
    if ABSENT in said or "name" not in said or said["name"][0] != name or held.persons[record.person].name != name:
        return False
    return compare(told, said, held.points.get(record.person, {}), held.places.get(record.person, ())).is_empty()
