"""The type-ahead over all worksites, measured inside a house: `unionhall manage bench_lookups`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from unionhall.bench.house import House
from unionhall.bench.rows import Row, alternate
from unionhall.roster.models import Worksite
from unionhall.roster.queries import find_worksites

TYPED: Final = ("r", "re", "res", "rese", "reseda", "reseda h", "93rd", "escuela 5", "san fer", "gra", "lincoln", "av")
SLOTS: Final = 5
DIRECTORY: Final = Path("../shared/data/schools-cde-la/cde_lausd_all_status.csv")


def run(house: House) -> list[Row]:
    """One row: the median answer, against the plainest query over the same table."""
    if DIRECTORY.is_file():
        house.call("import", "worksites", str(DIRECTORY.resolve()), "--source", "cde", "--yes")
    told = json.loads(house.call("manage", "bench_lookups"))
    ratio = told["ours"] / told["reference"]
    return [
        Row(
            "–",
            f"type-ahead, one keystroke over {told['worksites']:,} worksites",
            f"name contains the text, no order: {told['reference'] * 1000:.1f} ms",
            f"{told['ours'] * 1000:.1f} ms, p99 {told['slowest'] * 1000:.1f} ms",
            f"{ratio:.1f}×",
            "felt as instant: < 50 ms",
            met=told["slowest"] < 0.05,
        )
    ]


def measure() -> dict[str, Any]:
    """The medians of both, taken in turn in this process, in seconds; and our slowest hundredth."""
    slowest: list[float] = []

    def ours() -> float:
        times = _times(find_worksites)
        slowest.extend(times)
        return median(times)

    def plain() -> float:
        return median(_times(lambda text: list(Worksite.objects.filter(name__icontains=text).values_list("name")[:8])))

    mine, reference = alternate(ours, plain, slots=SLOTS)
    return {
        "worksites": Worksite.objects.count(),
        "ours": mine,
        "reference": reference,
        "slowest": quantiles(slowest, n=100)[98],
    }


def _times(look: Callable[[str], object]) -> list[float]:
    times = []
    for text in TYPED:
        began = time.perf_counter()
        look(text)
        times.append(time.perf_counter() - began)
    return times
