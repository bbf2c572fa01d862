"""Takes in a list of people, then measures finding them; prints one JSON object."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from unionhall.bench.finding import measure
from unionhall.bench.management.commands.bench_imports import LAST, measured_apply, take_sites


class Command(BaseCommand):
    """Called by `unionhall bench finding` on a database of its own."""

    help = "Measure finding people in the database of the settings; the folder holds sites.csv and before.csv."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the lists are."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Worksites and people first, unmeasured; then the questions."""
        folder: Path = options["folder"]
        take_sites(folder / "sites.csv")
        measured_apply(folder / "before.csv", LAST)
        self.stdout.write(json.dumps(measure()))
