"""Whether asking for a sign-in code takes longer for a contact we know: in pairs, first one, then the other first."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from statistics import median
from typing import Final
from urllib.parse import urlencode

from unionhall.bench.house import House
from unionhall.bench.rows import Row

PAIRS: Final = 60
KNOWN: Final = "213 555 0100"
# Numbers that nobody in the invented local has.
UNKNOWN: Final = tuple(f"213 555 01{number}" for number in range(70, 99))
NEAR: Final = (0.9, 1.1)


def run(house: House) -> list[Row]:
    """One row: the medians of both, and of the ratios pair by pair."""
    known, unknown, ratio = measure(partial(_ask, house.port))
    return [
        Row(
            "–",
            f"asking for a code, {PAIRS} pairs in turn",
            f"a contact nobody has: {unknown * 1000:.1f} ms",
            f"a member’s: {known * 1000:.1f} ms",
            f"{ratio:.2f}×",
            "nobody can tell: 0.9 to 1.1",
            met=NEAR[0] <= ratio <= NEAR[1],
        )
    ]


def measure(ask: Callable[[str], float], *, pairs: int = PAIRS) -> tuple[float, float, float]:
    """Median seconds for the known and the unknown contact, and the median of their ratios in pairs.

    ask: asks for a code with that contact; gives the seconds it took.
    """
    times = list(_pairs(ask, pairs))
    known, unknown = (median(pair[place] for pair in times) for place in (0, 1))
    return known, unknown, median(one / other for one, other in times)


def _pairs(ask: Callable[[str], float], count: int) -> Iterator[tuple[float, float]]:
    for number, other in zip(range(count), cycle(UNKNOWN), strict=False):
        if number % 2:
            unknown = ask(other)
            yield ask(KNOWN), unknown
        else:
            yield ask(KNOWN), ask(other)


def _ask(port: int, contact: str) -> float:
    """The seconds until the whole answer is here."""
    link = http.client.HTTPConnection("localhost", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    began = time.perf_counter()
    link.request("POST", "/en/sign-in/", urlencode({"contact": contact}), headers)
    link.getresponse().read()
    took = time.perf_counter() - began
    link.close()
    return took
