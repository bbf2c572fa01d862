"""Measures, prints the table, writes docs/reference/benchmarks.md. Reached as `unionhall bench`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from unionhall.bench import runs
from unionhall.bench.rows import table
from unionhall.foundation import clock


class Command(BaseCommand):
    """Parse, one run, print."""

    help = "Measure what docs/slices/bench.md lists; each figure against a reference of the same run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Names, and where the page goes."""
        parser.add_argument("names", nargs="*", help=", ".join(runs.NAMES))
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--out", default="")
        parser.add_argument("--full", action="store_true", help="the largest sizes too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, print, write. Raises CommandError for a name nobody knows."""
        unknown = [name for name in options["names"] if name not in runs.NAMES]
        if unknown:
            raise CommandError(f"There is no benchmark {unknown[0]}. There are: {', '.join(runs.NAMES)}")
        rows = runs.run(options["names"], say=self._say, full=options["full"])
        if options["json"]:
            self.stdout.write(json.dumps({"rows": [row.told() for row in rows]}, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(table(rows))
        if options["out"]:
            page = Path(options["out"])
            before = page.read_text("utf-8") if page.exists() and options["names"] else ""
            page.write_text(runs.page(rows, at=clock.now(), before=before), "utf-8")

    def _say(self, text: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(text)
