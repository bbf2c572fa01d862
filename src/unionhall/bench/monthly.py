"""Two lists of one employer, a month apart, in a spelling that other importers can read too: plain heads, whole ids."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from unionhall.demo.operations.employer_list import HEADS, Place, Worker, employer_lines
from unionhall.demo.operations.workers import invented_places, invented_workers

SEED: Final = 20_261_122
ID, CODE, LOCATION, STATUS = 0, 5, 6, 9
# Of a hundred people, in a month: how many leave, come, move, go on leave.
LEFT, CAME, MOVED, ON_LEAVE = 0.01, 0.01, 0.02, 0.01
FIRST_ID: Final = 10_000_000

Rows = list[tuple[str, ...]]


def places() -> list[Place]:
    """The worksites, with codes that have no zeros to lose."""
    return [replace(place, code=f"{number + 1_001}") for number, place in enumerate(invented_places())]


def two_months(count: int) -> tuple[Rows, Rows]:
    """The list of one month and that of the next, of so many rows each; in both, one row a person."""
    chance, sites = Random(SEED), places()  # noqa: S311 - invented people
    fresh = round(count * CAME)
    enough = round((count + fresh) * 1.1) + 20
    lines = employer_lines([], _workers(enough, sites), rows=enough, places=sites, seed=SEED)
    first = list(islice(_once(line.cells for line in lines), count + fresh))
    before, strangers = first[:count], first[count:]
    stay = [_changed(row, sites, chance) for row in before if chance.random() >= LEFT]
    after = (stay + strangers)[:count]
    chance.shuffle(after)
    return before, after


def write(rows: Rows, path: Path) -> None:
    """The rows below their heads, as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows((HEADS, *rows))


def write_places(path: Path) -> None:
    """The worksites, as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("Site Code", "Site Name"), *((place.code, place.name) for place in places())])


def _workers(count: int, sites: Sequence[Place]) -> Iterator[Worker]:
    for number, worker in enumerate(invented_workers(count, sites)):
        yield replace(worker, code=f"{FIRST_ID + number * 37}")


def _once(rows: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows without second jobs: the software we are compared with has one row for one id."""
    seen = set()
    for row in rows:
        if row[ID] not in seen:
            seen.add(row[ID])
            yield row


def _changed(row: tuple[str, ...], sites: Sequence[Place], chance: Random) -> tuple[str, ...]:
    cells = list(row)
    if chance.random() < MOVED:
        place = chance.choice(sites)
        cells[CODE], cells[LOCATION] = place.code, place.name.upper()
    if chance.random() < ON_LEAVE:
        cells[STATUS] = "LOA"
    return tuple(cells)
