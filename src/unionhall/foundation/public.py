"""Marking a door whose answer is the same for everybody, so that it may be kept finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V", bound=Callable[..., object])
MARK = "public_parameters"


def public_page(*parameters: str) -> Callable[[V], V]:
    """Mark a view that shows everybody the same: it reads no cookie, no session, no language but the address's.

    parameters: those of the query that it reads, such as "page"; whatever else stands there never reaches it.
    """

    def mark(view: V) -> V:
        setattr(view, MARK, parameters)
        return view

    return mark


def public_parameters(view: object) -> tuple[str, ...] | None:
    """The query parameters that a marked view reads; None where it is not marked."""
    found: tuple[str, ...] | None = getattr(view, MARK, None)
    return found
