"""Publishes changed pages in the database of the settings, as an editor does; a line of JSON each."""

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand

from unionhall.bench.spike import publish


class Command(BaseCommand):
    """Called by `unionhall bench` inside its own house."""

    help = "Publish the newest post so many times, each time under another title."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How often, and how long to wait in between."""
        parser.add_argument("--times", type=int, default=10)
        parser.add_argument("--every", type=float, default=1.0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the title and the instant of each publishing."""
        for published in publish(times=options["times"], every=options["every"]):
            self.stdout.write(json.dumps(published))
            self.stdout.flush()
