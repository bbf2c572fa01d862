"""Waking Django for a command, and what a command may ask before it starts."""

from __future__ import annotations

import os

import django
from django.apps import apps
from django.utils import translation

SETTINGS = "unionhall.config.settings"


def setup_django(*, demo: bool | None = None) -> None:
    """Load settings and apps once; a second call does nothing.

    demo: True makes demo mode the default where the environment says nothing. Raises ImproperlyConfigured with the
    sentences that mend wrong settings, which the root of the commands prints.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if demo is not None:
        os.environ.setdefault("DEMO", "1" if demo else "0")
    if not apps.ready:
        django.setup()
    translation.activate("en")
