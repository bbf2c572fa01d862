"""Addresses that raise, for the tests of errors and policies."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from unionhall.foundation import errors, urls
from unionhall.foundation.origin import require_same_origin

KINDS: dict[str, type[Exception]] = {
    "refused": errors.Refused,
    "invalid": errors.Invalid,
    "not-found": errors.NotFound,
    "not-allowed": errors.NotAllowed,
    "sign-in": errors.SignInNeeded,
    "unavailable": errors.Unavailable,
    "broken": errors.UnionhallError,
    "http404": Http404,
    "bug": ZeroDivisionError,
}


def raises(request: HttpRequest, kind: str) -> HttpResponse:
    """Raise the error of that name."""
    raise KINDS[kind]


def fine(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """A page without trouble."""
    return HttpResponse("fine")


def public_form(request: HttpRequest) -> HttpResponse:
    """A form that only our own pages may send."""
    require_same_origin(request)
    return HttpResponse("taken")


urlpatterns = [
    *urls.urlpatterns,
    path("raise/<slug:kind>/", raises),
    path("api/raise/<slug:kind>/", raises),
    path("fine/", fine),
    path("admin/fine/", fine),
    path("form/", public_form),
    path("sign-in/", fine, name="account_login"),
]
