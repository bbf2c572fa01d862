"""What every page template may count on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """`demo`: whether this is a demonstration. Nothing personal: public pages are kept as bytes."""
    return {"demo": settings.DEMO}
