"""My campaign: a member’s own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import queries
from unionhall.foundation import clock
from unionhall.foundation.access import require_signed_in


@require_safe
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """My campaign: what a member sent us, and what became of it."""
    viewer = get_viewer(request, on=clock.today())
    require_signed_in(viewer)
    entries = queries.entries_of_user(viewer)
    return render(request, "campaigns/me.html", {"viewer": viewer, "entries": entries})
