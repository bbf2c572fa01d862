"""Who sent this form: our own page, or another one? For public forms, which carry no session and no token."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import NotAllowed

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignOrigin(NotAllowed):
    """A form that none of our pages sent."""

    code = "foreign_origin"
    message = _("This form did not come from our own page. Open the page again and send the form from there.")


def require_same_origin(request: HttpRequest) -> None:
    """Let the request pass when one of our own pages sent it; reading is always let pass.

    `Sec-Fetch-Site` decides where a browser sends it (a page cannot forge it), else `Origin`, else `Referer`.
    Raises ForeignOrigin for another site's page, and where nothing tells.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise ForeignOrigin
        return
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if not _is_ours(sender, request):
        raise ForeignOrigin


def _is_ours(sender: str, request: HttpRequest) -> bool:
    parts, base = urlsplit(sender), urlsplit(settings.BASE_URL)
    return (parts.scheme, parts.netloc) in {(request.scheme, request.get_host()), (base.scheme, base.netloc)}
