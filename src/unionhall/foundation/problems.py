"""An error of our tree, dressed for whoever asked: a page, an htmx fragment, a problem in JSON, or the sign-in page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers

from unionhall.foundation.errors import SignInNeeded, Unavailable, UnionhallError

API_PREFIX: Final = "/api/"
# The live region that every page of ours has; docs/slices/foundation.md.
FRAGMENT_TARGET: Final = "#uh-problem"
RETRY_SECONDS: Final = 120
# The attribute by which LanguageMiddleware knows an answer of ours.
FINAL: Final = "unionhall_final"


def answer(request: HttpRequest, error: UnionhallError) -> HttpResponse:
    """The response for an error, in the language now active; never kept by any cache."""
    response: HttpResponse
    if wants_json(request):
        response = problem(request, error)
    elif isinstance(error, SignInNeeded):
        response = to_sign_in(request)
    elif wants_fragment(request):
        response = fragment(request, error)
    else:
        response = render(request, "ui/error.html", {"error": error}, status=error.status)
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    setattr(response, FINAL, True)
    patch_vary_headers(response, ["Accept", "HX-Request", "Accept-Language"])
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: anything below /api/, or one that prefers JSON to HTML."""
    if request.path_info.startswith(API_PREFIX):
        return True
    return request.get_preferred_type(["text/html", "application/json", "application/problem+json"]) in (
        "application/json",
        "application/problem+json",
    )


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page; a boosted link or a step back in history wants the whole."""
    headers = request.headers
    whole = headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true"
    return headers.get("HX-Request") == "true" and not whole


def problem(request: HttpRequest, error: UnionhallError) -> JsonResponse:
    """The error as a problem of RFC 9457; `code` is stable, `detail` is for people."""
    body: dict[str, Any] = {
        "type": f"urn:unionhall:problem:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": error.sentence(),
        "instance": request.path,
    }
    return JsonResponse(body, status=error.status, content_type="application/problem+json")


def fragment(request: HttpRequest, error: UnionhallError) -> HttpResponse:
    """The error as a notice, put into the page's live region; what the person was filling in stays as it is."""
    response = render(request, "foundation/problem.html", {"error": error}, status=error.status)
    response.headers["HX-Retarget"] = FRAGMENT_TARGET
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page, and from there back; htmx is told to load it whole."""
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': place_of(request)})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def place_of(request: HttpRequest) -> str:
    """Where the person stands, as a path of ours: the page asked for; for a form or a fragment, the page it was on."""
    htmx = request.headers.get("HX-Request") == "true"
    if request.method in ("GET", "HEAD") and not htmx:
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL" if htmx else "Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")
