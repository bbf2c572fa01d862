"""What log lines never hold: the secrets that stand in addresses of links we sent."""

from __future__ import annotations

import logging
from typing import Any


class Addresses(logging.Filter):
    """Writes the pattern of an address in its place: a worn link is a secret that may be a living one, typed wrongly.

    Where no pattern fits, only the first part is written: somebody may have lost the end of a link while copying it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass, with the address made harmless."""
        request: Any = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if isinstance(path, str) and isinstance(record.args, tuple):
            record.args = tuple(_plain(request) if one == path else one for one in record.args)
        return True


def _plain(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    if match is not None and match.route:
        return f"/{match.route.lstrip('^/')}"
    first = request.path.strip("/").partition("/")[0]
    return f"/{first}/…" if first else "/"
