"""What happened, told to whoever listens, after the transaction is safe.

An event is a frozen dataclass named in the past tense; a slice keeps its own in `events.py`. Listeners are plain
functions, joined with `subscribe` in a slice's `receivers.py`. A listener that fails never undoes what happened: the
failure is logged and the others still hear.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

from unionhall.foundation import generation

logger = logging.getLogger(__name__)
Listener = Callable[[Any], None]
E = TypeVar("E")

_listeners: dict[type, list[Listener]] = defaultdict(list)


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Make the decorated function hear every event of that type. Raises ValueError when it listens already."""

    def join(listener: Callable[[E], None]) -> Callable[[E], None]:
        if listener in _listeners[event_type]:
            raise ValueError(f"{listener.__qualname__} listens to {event_type.__name__} already")
        _listeners[event_type].append(listener)
        return listener

    return join


def publish(event: object) -> None:
    """Tell an event once the current transaction is committed; at once where there is none; never after a rollback.

    One whose class says `changes_pages = True` makes every finished public page old, in the same transaction.
    """
    if getattr(type(event), "changes_pages", False):
        generation.advance()
    transaction.on_commit(lambda: _tell(event))


def listeners(event_type: type) -> tuple[Listener, ...]:
    """Who hears events of that type, in the order of joining. For the documentation and its test."""
    return tuple(_listeners.get(event_type, ()))


def _tell(event: object) -> None:
    for listener in listeners(type(event)):
        try:
            listener(event)
        except Exception:
            logger.exception("a listener of %s failed", type(event).__name__)
