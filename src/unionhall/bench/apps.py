"""The bench slice as a Django app."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    """See docs/slices/bench.md."""

    name = "unionhall.bench"
    label = "bench"
