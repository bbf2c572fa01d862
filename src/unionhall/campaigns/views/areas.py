"""An organizer's worksites, ranked by what is missing."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import access, queries
from unionhall.campaigns.forms import sorted_by
from unionhall.foundation import clock

A_PAGE: Final = 25


@require_safe
@never_cache
def areas(request: HttpRequest) -> HttpResponse:
    """Where most is missing: coverage, who waits too long, who heard from nobody."""
    viewer = get_viewer(request, on=clock.today())
    access.require_areas(viewer)
    sort = sorted_by(request.GET)
    ranking = queries.get_ranking(viewer, sort, now=clock.now())
    page = Paginator(ranking.rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"viewer": viewer, "page": page, "total": ranking.total, "sort": sort, "sites": len(ranking.rows)}
    return render(request, "campaigns/hall_areas.html", context)
