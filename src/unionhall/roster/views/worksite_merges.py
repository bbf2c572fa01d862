"""Doors by which two worksites become one, and two again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.roster import access, operations
from unionhall.roster.queries import worksite_merges as queries
from unionhall.roster.queries.worksites import find_own_worksite


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worksite_merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look for the worksite that this one became, see both side by side, then merge them."""
    viewer = _viewer(request)
    asked = request.POST if request.method == "POST" else request.GET
    goes, into = find_own_worksite(viewer, public_id), asked.get("into", "")
    stays = find_own_worksite(viewer, into) if into else None
    if request.method == "POST" and stays is not None:
        merge = operations.merge_worksites(kept=stays, absorbed=goes, actor=_actor(viewer), at=clock.now())
        return redirect(f"{reverse('worksite', args=[stays.public_id])}?merged={merge.pk}")
    preview = queries.merge_preview(goes, stays) if stays is not None else None
    text = asked.get("q", "")[:100]
    context = {"viewer": viewer, "site": goes, "preview": preview, "text": text}
    context["others"] = [] if preview else queries.worksites_to_merge(viewer, goes, text)
    return render(request, "roster/worksite_merge.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def worksite_part(request: HttpRequest, merge: int) -> HttpResponse:
    """Take a merge back: both worksites are as they were."""
    viewer = _viewer(request)
    found = queries.get_worksite_merge(viewer, merge)
    operations.part_worksites(merge=found, actor=_actor(viewer), at=clock.now())
    return redirect(f"{reverse('worksite', args=[found.absorbed.public_id])}?parted={found.pk}")


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_import(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
