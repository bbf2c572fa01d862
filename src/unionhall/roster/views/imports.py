"""Lists that come in: brought, looked at, applied, taken back."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.roster import access, queries

A_PAGE = 25


@never_cache
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Every list that came in, the latest first."""
    viewer = get_viewer(request, on=clock.today())
    access.require_import(viewer)
    page = Paginator(queries.imports(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "roster/imports.html", {"viewer": viewer, "page": page})
