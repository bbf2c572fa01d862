"""What the page cache asks of the rest of the house: which doors are public, and the stamp of what is kept."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings
from django.db import close_old_connections
from django.urls import Resolver404, resolve
from django.utils import translation

from unionhall.config.pagecache import Application, PageCache
from unionhall.foundation import clock, generation
from unionhall.foundation.public import public_parameters
from unionhall.site.queries import guarded_addresses

# Pages that editors write are answered by Wagtail's one door, which carries no mark of ours.
EDITORS_DOOR: Final = "wagtail_serve"
EDITORS_PARAMETERS: Final = ("page", "q", "tag")
MEGABYTE: Final = 1024 * 1024


def with_finished_pages(app: Application) -> Application:
    """The application behind finished pages; itself where PAGE_CACHE_MB is 0."""
    if not settings.PAGE_CACHE_MB:
        return app
    return PageCache(
        app, read_stamp=read_stamp, parameters_of=parameters_of, most_bytes=settings.PAGE_CACHE_MB * MEGABYTE
    )


def read_stamp() -> tuple[int, date]:
    """The generation of the public pages, and the day: a phase begins at midnight without anybody's doing."""
    try:
        return generation.current(), clock.today()
    finally:
        close_old_connections()


def parameters_of(path: str) -> tuple[str, ...] | None:
    """The query parameters of the public door at an address; None where the door is not public. path: as in WSGI."""
    try:
        decoded = path.encode("latin-1").decode("utf-8")
        with translation.override(decoded[1:3]):
            match = resolve(decoded)
    except (Resolver404, UnicodeError):
        return None
    finally:
        close_old_connections()
    if match.url_name != EDITORS_DOOR:
        return public_parameters(match.func)
    return None if _is_guarded(decoded) else EDITORS_PARAMETERS


def _is_guarded(path: str) -> bool:
    """Whether an editor put a password or a login before the page at an address, or before one above it."""
    try:
        return any(path.startswith(guarded) for guarded in guarded_addresses())
    finally:
        close_old_connections()
