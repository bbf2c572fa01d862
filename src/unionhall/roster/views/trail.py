"""Doors to the trail: who saw and changed what, on paper, and as a file for evidence."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import audit, clock
from unionhall.foundation.access import Actor, Role, Viewer
from unionhall.foundation.errors import NotAllowed
from unionhall.roster import access
from unionhall.roster.forms.trail import EvidenceForm, TrailForm
from unionhall.roster.operations.keeping import evidence
from unionhall.roster.queries import trail as queries


@never_cache
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """A page of what was done, or of who was shown whose contacts."""
    viewer = _viewer(request)
    form = TrailForm(request.GET, viewer=viewer, today=clock.today())
    return render(request, "roster/trail.html", _page(request, viewer, form) | {"evidence_form": EvidenceForm()})


@require_POST
def trail_take(request: HttpRequest) -> HttpResponse:
    """The part that was asked for, as a file."""
    viewer = _viewer(request)
    if not access.may_take_evidence(viewer):
        raise NotAllowed
    form, why = TrailForm(request.GET, viewer=viewer, today=clock.today()), EvidenceForm(request.POST)
    if not why.is_valid():
        return render(request, "roster/trail.html", _page(request, viewer, form) | {"evidence_form": why}, status=422)
    entries = queries.trail_of(viewer, form.asked())[: evidence.MOST + 1]
    at, said = clock.now(), why.cleaned_data["why"]
    data = evidence.take_evidence(entries=entries, why=said, actor=_actor(viewer), at=at)
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="unionhall-trail-{at:%Y-%m-%d}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, viewer: Viewer, form: TrailForm) -> dict[str, Any]:
    asked, kept = form.asked(), request.GET.copy()
    kept.pop("before", None)
    may = {"may_take": access.may_take_evidence(viewer), "may_name": viewer.has(*access.SEE_NAMES)}
    context = {"viewer": viewer, "form": form, "asked": asked, "guarded": audit.is_guarded(), "query": kept.urlencode()}
    return context | may | _leaf(request, viewer, asked)


def _leaf(request: HttpRequest, viewer: Viewer, asked: queries.TrailAsked) -> dict[str, Any]:
    """One page of acts, or of who saw whose contacts, where the viewer may ask that."""
    may_see_sights = access.may_read_whole_trail(viewer) or viewer.has(Role.ORGANIZER)
    seen = request.GET.get("what") == "seen" and may_see_sights
    printed = bool(request.GET.get("print"))
    size = queries.A_PRINT if printed else queries.A_PAGE
    acts = partial(queries.trail_leaf, viewer, asked, size=size)
    leaf = queries.sights_leaf(viewer, asked, on=clock.today()) if seen else acts()
    return {"leaf": leaf, "seen": seen, "printed": printed, "may_see_sights": may_see_sights}


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_trail(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
