"""Takes in last month's list, then measures this month's: looked at, then applied; prints one JSON object."""

import json
import resource
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from unionhall.foundation import clock
from unionhall.foundation.access import system_actor
from unionhall.roster import operations
from unionhall.roster.tables import read_file
from unionhall.rulebook.reports import Report

ACTOR = system_actor("bench")
LAST, THIS = date(2026, 10, 1), date(2026, 11, 1)


class Command(BaseCommand):
    """Called by `unionhall bench import` on a database of its own."""

    help = "Measure a monthly list in the database of the settings; the folder holds sites.csv, before.csv, after.csv."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the lists are."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Worksites and last month first, unmeasured; then this month's."""
        folder: Path = options["folder"]
        take_sites(folder / "sites.csv")
        first = measured_apply(folder / "before.csv", LAST)
        preview = measured_preview(folder / "after.csv")
        second = measured_apply(folder / "after.csv", THIS)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.stdout.write(json.dumps({"first": first, "preview": preview, "apply": second, "peak_mb": peak}))


def take_sites(path: Path) -> None:
    """The worksites of the lists are there."""
    operations.apply_worksites(file=read_file(path), source="employer", as_of=LAST, actor=ACTOR, at=clock.now())


def measured_preview(path: Path) -> dict[str, Any]:
    """From the file to the report, every proposal in it."""
    began, busy = time.perf_counter(), time.process_time()
    looked = operations.look_at(kind="people", file=read_file(path), source="employer", as_of=THIS)
    report = looked.whole_report()
    return told(report, began, busy)


def measured_apply(path: Path, day: date) -> dict[str, Any]:
    """From the file to the last row, with provenance, trail and undo, as the command line does it."""
    began, busy = time.perf_counter(), time.process_time()
    file = read_file(path)
    looked = operations.look_at(kind="people", file=file, source="employer", as_of=day)
    imported = operations.keep(looked=looked, data=path.read_bytes(), actor=ACTOR, at=clock.now())
    report = operations.apply_import(imported=imported, file=file, actor=ACTOR, at=clock.now(), looked=looked)
    return told(report, began, busy)


def told(report: Report, began: float, busy: float) -> dict[str, Any]:
    """Times since, and what the report counted."""
    return {
        "seconds": time.perf_counter() - began,
        "busy": time.process_time() - busy,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "review": report.review,
    }
