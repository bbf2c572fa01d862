"""P1: finished pages from our server alone, beside nginx serving the same bytes from a file."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from unionhall.bench.crowd import NEEDED, Crowd, await_port, free_port, missing, nginx, press
from unionhall.bench.house import House
from unionhall.bench.rows import Row
from unionhall.bench.weight import fetch

PAGES: Final = {
    "home": "/en/ewu/",
    "updates": "/en/ewu/updates/",
    "pickets": "/en/wof/pickets/",
    "results": "/en/wof/votes/",
}
CONNECTIONS: Final = (32, 1_000)
OK: Final = 200
SLOTS: Final = 3
SLOT_SECONDS: Final = 2.0
LEAST_RATIO, MOST_SLOWEST = 0.6, 1.5
SERVER: Final = """
    gzip_static on;
    server {{ listen 127.0.0.1:{port} backlog=2048; root {root}; index index.html; }}
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """Both servers before the same crowd, one after the other."""

    theirs: Crowd
    ours: Crowd


def run(house: House) -> list[Row]:
    """A row a page, number of connections and encoding; one row where a program is missing."""
    lacking = missing(*NEEDED)
    if lacking:
        return [Row("P1", "finished pages against nginx", lacking, "not measured", "–", "≥ 0.6×")]
    with TemporaryDirectory(prefix="unionhall-served-") as folder:
        Path(folder).chmod(0o755)
        pages = {name: path for name, path in PAGES.items() if _save(house, path, Path(folder))}
        port = free_port()
        with nginx(SERVER.format(port=port, root=folder)):
            await_port(port)
            return [
                _row(name, connections, packed, _slots(house, port, path, connections, packed))
                for name, path in pages.items()
                for connections in CONNECTIONS
                for packed in (False, True)
            ]


def _save(house: House, path: str, root: Path) -> bool:
    """The page as a file of nginx's, and packed beside it; False where the house has no such page."""
    answer = fetch(house, path)
    if answer.status != OK:
        return False
    text = answer.text.encode()
    folder = root / path.strip("/")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_bytes(text)
    (folder / "index.html.gz").write_bytes(gzip.compress(text, 9))
    return True


def _slots(house: House, port: int, path: str, connections: int, packed: bool) -> list[Slot]:
    def one(at: int) -> Crowd:
        return press(f"http://localhost:{at}{path}", connections=connections, packed=packed, seconds=SLOT_SECONDS)

    return [Slot(theirs=one(port), ours=one(house.port)) for _ in range(SLOTS)]


def _row(name: str, connections: int, packed: bool, slots: list[Slot]) -> Row:
    ratio = median(slot.ours.rate / slot.theirs.rate for slot in slots)
    slowest = median(slot.ours.slowest / slot.theirs.slowest for slot in slots)
    failed = sum(slot.ours.failed for slot in slots)
    theirs, ours = (
        f"{median(one.rate for one in crowds):,.0f}/s, p99 {median(one.slowest for one in crowds) * 1000:.0f} ms"
        for crowds in ([slot.theirs for slot in slots], [slot.ours for slot in slots])
    )
    return Row(
        "P1",
        f"{name}, {connections:,} connections, {'packed' if packed else 'plain'}; {os.getloadavg()[0]:.1f} at work",
        f"nginx, the same bytes from a file: {theirs}",
        f"{ours}; {failed} failed",
        f"{ratio:.2f}×, p99 {slowest:.2f}×",
        f"≥ {LEAST_RATIO}×, p99 ≤ {MOST_SLOWEST}×",
        met=ratio >= LEAST_RATIO and slowest <= MOST_SLOWEST and not failed,
    )
