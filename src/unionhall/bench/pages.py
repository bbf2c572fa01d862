"""The home page without any cache: what our server alone gives. Its references (nginx, WordPress) come with P1."""

from __future__ import annotations

import http.client
import threading
import time
from statistics import median, quantiles
from typing import Final

from unionhall.bench.house import House
from unionhall.bench.rows import Row
from unionhall.bench.weight import PAGES

CONNECTIONS: Final = 8
SLOT_SECONDS: Final = 3.0
SLOTS: Final = 3


def run(house: House) -> list[Row]:
    """Requests a second and the slowest hundredth, over connections that stay open."""
    slots = [_slot(house, PAGES["home"]) for _ in range(SLOTS)]
    rate = median(len(times) / SLOT_SECONDS for times in slots)
    slowest = median(quantiles(times, n=100)[98] for times in slots)
    return [
        Row(
            "P2",
            f"home without any cache, {CONNECTIONS} connections, our server and the asking process on the same cores",
            "– (WordPress and nginx come with the page cache)",
            f"{rate:.0f} pages/s, p99 {slowest * 1000:.0f} ms",
            "–",
            "≥ 3× WordPress (27-29/s in trials)",
        )
    ]


def _slot(house: House, path: str) -> list[float]:
    end = time.monotonic() + SLOT_SECONDS
    times: list[float] = []
    askers = [threading.Thread(target=_ask, args=(house, path, end, times)) for _ in range(CONNECTIONS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    return times


def _ask(house: House, path: str, end: float, times: list[float]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
    while (began := time.monotonic()) < end:
        line.request("GET", path, headers={"Host": f"localhost:{house.port}", "Accept-Encoding": "gzip"})
        line.getresponse().read()
        times.append(time.monotonic() - began)
    line.close()
