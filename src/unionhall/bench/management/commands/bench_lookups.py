"""Measures the type-ahead in the database of the settings; prints one JSON object."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from unionhall.bench.lookups import measure


class Command(BaseCommand):
    """Called by `unionhall bench` inside its own house."""

    help = "Measure the type-ahead over the worksites of this database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures."""
        self.stdout.write(json.dumps(measure()))
