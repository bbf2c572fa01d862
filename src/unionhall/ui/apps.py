"""The design system as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Tokens, components, elements, pictures, the style guide."""

    name = "unionhall.ui"
    label = "ui"
