"""Where others may add to the pages that editors write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest

from unionhall.foundation.hooks import Hook

# A page and the request → what its template may name.
PageContext = Callable[[Any, HttpRequest], Mapping[str, Any]]

page_contexts: Hook[PageContext] = Hook(
    "page_contexts", says="What an editors’ page shows beside its own fields: page and request → names of its template."
)
