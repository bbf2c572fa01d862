"""P10: eight writers on SQLite against one, each write a row and its entry in one transaction, as a sign-up is."""

from __future__ import annotations

import multiprocessing
import queue
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from unionhall.bench.rows import Row, alternate

MANY: Final = 8
SLOT_SECONDS: Final = 1.5
SLOTS: Final = 3
FRESH: Final = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload([__name__])
TABLES: Final = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL, site INTEGER NOT NULL);
CREATE INDEX entry_by_site ON entry (site, at);
CREATE TABLE trail (id INTEGER PRIMARY KEY, verb TEXT NOT NULL, at TEXT NOT NULL, object INTEGER NOT NULL);
"""


def run() -> list[Row]:
    """The ratio of writes a second, the worst wait, and how often the database said "locked"."""
    locked: list[int] = []
    waits: list[float] = []

    def measure(writers: int) -> float:
        rate, worst, refused = _slot(writers)
        if writers == MANY:
            locked.append(refused)
            waits.append(worst)
        return rate

    one, many = alternate(lambda: measure(1), lambda: measure(MANY), slots=SLOTS)
    ratio, worst, refused = many / one, max(waits), sum(locked)
    return [
        Row(
            "P10",
            f"{MANY} writers on SQLite, one file, our settings",
            f"one writer: {one:.0f} writes/s",
            f"{many:.0f} writes/s; worst wait {worst:.2f} s; {refused} refused as locked",
            f"{ratio:.2f}×",
            "≥ 0.8×, none refused, worst wait < 2 s",
            met=ratio >= 0.8 and not refused and worst < 2,
        )
    ]


def _slot(writers: int) -> tuple[float, float, int]:
    with tempfile.TemporaryDirectory(dir=_disk()) as folder:
        path = Path(folder) / "writers.sqlite3"
        database = _open(path, settings.SQLITE_OPTIONS)
        database.executescript(TABLES)
        database.close()
        results: Any = FRESH.Queue()
        start = FRESH.Barrier(writers)
        workers = [
            FRESH.Process(target=_write, args=(path, settings.SQLITE_OPTIONS, SLOT_SECONDS, start, results))
            for _ in range(writers)
        ]
        for worker in workers:
            worker.start()
        told = [_result(results) for _ in workers]
        for worker in workers:
            worker.join()
    return sum(one[0] for one in told) / SLOT_SECONDS, max(one[1] for one in told), sum(one[2] for one in told)


def _result(results: Any) -> tuple[int, float, int]:
    try:
        told: tuple[int, float, int] = results.get(timeout=60)
    except queue.Empty:
        return 0, 60.0, 1
    return told


def _write(path: Path, options: dict[str, Any], seconds: float, start: Any, results: Any) -> None:
    database = _open(path, options)
    done = refused = 0
    worst = 0.0
    start.wait()
    end = time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        try:
            database.execute("BEGIN IMMEDIATE")
            row = database.execute(
                "INSERT INTO entry (name, at, site) VALUES ('Alma', '2026-11-22', ?)", (done % 1400,)
            )
            database.execute(
                "INSERT INTO trail (verb, at, object) VALUES ('signed_up', '2026-11-22', ?)", (row.lastrowid,)
            )
            database.execute("COMMIT")
            done += 1
        except sqlite3.OperationalError:
            refused += 1
        worst = max(worst, time.monotonic() - began)
    database.close()
    results.put((done, worst, refused))


def _open(path: Path, options: dict[str, Any]) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=options["timeout"], isolation_level=None)
    database.executescript(options["init_command"])
    return database


def _disk() -> Path | None:
    """The disk the real database lies on."""
    folder = Path(settings.DATA_DIR)
    return folder if folder.is_dir() else None
