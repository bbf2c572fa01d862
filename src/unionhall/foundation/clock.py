"""The one place where the clock is read. Only doors (views, tasks, commands) call it; lower floors take `at`."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The day it is in the local's zone."""
    return timezone.localdate()
