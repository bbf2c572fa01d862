"""The editors' list of numbers: those to be checked again, and those somebody typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from unionhall.foundation import clock
from unionhall.site import queries


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Stale facts with the pages that show them, and typed numbers page by page. Wagtail lets only editors in."""
    context = {"stale": queries.stale_facts(clock.today()), "typed": queries.pages_with_typed_numbers()}
    return render(request, "site/admin/numbers.html", context)
