"""Counts the forms that came in, in the database of the settings."""

from typing import Any

from django.core.management.base import BaseCommand

from unionhall.campaigns.models import Slip


class Command(BaseCommand):
    """Called by `unionhall bench` inside its own house."""

    help = "Count the forms that came in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the number."""
        self.stdout.write(str(Slip.objects.count()))
