"""The data desk's list of forms that wait for their code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import access, operations, queries
from unionhall.campaigns.forms import page_of
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer


@require_safe
@never_cache
def hall_held(request: HttpRequest) -> HttpResponse:
    """What waits for its code, and how many get updates."""
    viewer, page = _desk(request), page_of(request.GET)
    held = queries.held_slips(page=page)
    return render(request, "campaigns/hall_held.html", {"viewer": viewer, "held": held, "page": page})


@require_POST
def hall_release(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let one in by hand."""
    viewer = _desk(request)
    slip = queries.get_held_slip(public_id)
    actor = Actor(user_id=viewer.user_id, label=viewer.name)
    operations.release_slip(slip=slip, actor=actor, at=clock.now())
    return redirect("hall_held")


def _desk(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_held_desk(viewer)
    return viewer
