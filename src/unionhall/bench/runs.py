"""Which benchmarks there are, and one run of some of them."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from unionhall.bench import (
    finding,
    imports,
    lookups,
    matching,
    pages,
    served,
    spike,
    starts,
    timings,
    votes,
    weight,
    writers,
)
from unionhall.bench.house import NoHouse, house
from unionhall.bench.rows import HEAD, Row, table

ALONE: Final[dict[str, Callable[[], list[Row]]]] = {
    "writers": writers.run,
    "votes": votes.run,
    "matching": matching.run,
    "import": imports.run,
    "finding": finding.run,
}
# Those that measure more where everything is asked for.
FULL: Final[dict[str, Callable[[], list[Row]]]] = {"import": partial(imports.run, full=True)}
SERVED: Final = {
    "served": served.run,
    "weight": weight.run,
    "pages": pages.run,
    "lookups": lookups.run,
    "timings": timings.run,
}
CROWDED: Final = {"spike": spike.run}
WEB_PROCESSES: Final = 2
NAMES: Final = (*ALONE, "starts", *SERVED, *CROWDED)
TO_COME: Final = "P4 (wall chart), P8 (casting ballots), P9 (broadcasts): each comes with the part it measures."

Say = Callable[[str], None]


def run(names: Sequence[str], *, say: Say, full: bool = False) -> list[Row]:
    """The rows of those benchmarks; all for none named. say: told what is measured. full: the largest sizes too."""
    wanted = list(names) or list(NAMES)
    rows: list[Row] = []
    for name, measure in (ALONE | FULL if full else ALONE).items():
        if name in wanted:
            say(f"Measuring {name}")
            rows += measure()
    if set(wanted) - set(ALONE):
        rows += _in_a_house(wanted, say)
    return rows


def _in_a_house(wanted: Sequence[str], say: Say) -> list[Row]:
    rows: list[Row] = []
    with house() as built:
        try:
            say("Starting an invented local in a folder of its own")
            with built.served():
                pass
            say("Starting it again")
            with built.served():
                for name, measure in SERVED.items():
                    if name in wanted:
                        say(f"Measuring {name}")
                        rows += measure(built)
            for name in CROWDED.keys() & set(wanted):
                say(f"Starting it with {WEB_PROCESSES} web processes, measuring {name}")
                with built.served(workers=WEB_PROCESSES):
                    rows += CROWDED[name](built)
        except NoHouse as error:
            return [Row("–", "the invented local", "–", f"did not start: {error}", "–", "", met=False)]
        return (starts.rows(built) if "starts" in wanted else []) + rows


def page(rows: Sequence[Row], *, at: datetime, before: str = "") -> str:
    """docs/reference/benchmarks.md. at: the instant of the run. before: the page so far, for all not measured now."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return (
        "# Benchmarks\n\n"
        "Written by `make bench`, never by hand. Figures are ratios to a reference measured in the same run on the "
        "same machine,\nmedians of slots taken in turn; absolute times say more about the machine than about us. "
        "Goals: docs/slices/bench.md.\n\n"
        f"Measured {at:%Y-%m-%d %H:%M} UTC on {machine}; {os.getloadavg()[1]:.1f} at work on average.\n\n"
        f"{table(rows)}\n"
        f"{_earlier(rows, before)}"
        f"To come: {TO_COME}\n"
    )


def _earlier(rows: Sequence[Row], before: str) -> str:
    """The lines of the page as it was about work that this run did not measure, with the day of theirs."""
    now = {(row.name, row.work) for row in rows} | {(row.name, "") for row in rows if row.name != "–"}
    kept, said = [], ""
    for line in before.splitlines():
        said = line if line.startswith(("Measured ", "Earlier, measured ")) else said
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        is_row = line.startswith("| ") and len(cells) == len(HEAD) and cells[0] not in (HEAD[0], "---")
        if is_row and not now & {(cells[0], cells[1]), (cells[0], "")}:
            kept.append((said.removeprefix("Earlier, m").removeprefix("M"), line))
    texts = []
    for day in dict.fromkeys(day for day, _line in kept):
        lines = "\n".join(line for other, line in kept if other == day)
        texts.append(f"Earlier, m{day}\n\n{table([])}{lines}\n\n")
    return "".join(texts)
