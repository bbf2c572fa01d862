"""Python's search for cycles of garbage, put off while many rows are made that hold none.

A list of 35,000 people is half a million small objects; looking through all of them again and again takes as long as
making them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """No search for cycles in here; nested uses and one that ends in an error put it back as it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
