"""The demo slice as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See docs/slices/demo.md."""

    name = "unionhall.demo"
    label = "demo"
