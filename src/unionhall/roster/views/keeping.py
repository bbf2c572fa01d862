"""What is kept, until when, and what stops the clocks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock, nightly
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.roster import access, operations
from unionhall.roster.forms.keeping import HoldForm, LiftForm
from unionhall.roster.queries import retention as queries


@never_cache
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """Every clock and what it forgets; the legal holds that stand, and those before."""
    viewer = _viewer(request)
    form = HoldForm(None, viewer=viewer, today=clock.today(), whom=request.GET.get("person", ""))
    return render(request, "roster/keeping.html", _page(viewer, form))


@require_POST
def hold_place(request: HttpRequest) -> HttpResponse:
    """Stop the clocks for one case."""
    viewer = _viewer(request)
    access.require_holds(viewer)
    form = HoldForm(request.POST, viewer=viewer, today=clock.today())
    if not form.is_valid():
        return render(request, "roster/keeping.html", _page(viewer, form), status=422)
    operations.place_hold(**form.values(), actor=_actor(viewer), at=clock.now())
    return redirect("keeping")


@require_POST
def hold_lift(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the clocks go on, by another person than who stopped them."""
    viewer = _viewer(request)
    access.require_holds(viewer)
    hold, form = queries.get_hold(public_id), LiftForm(request.POST)
    if form.is_valid():
        try:
            operations.lift_hold(hold=hold, why=form.cleaned_data["why"], actor=_actor(viewer), at=clock.now())
            return redirect("keeping")
        except UnionhallError as error:
            form.add_error(None, error.sentence())
    blank = HoldForm(None, viewer=viewer, today=clock.today())
    page = _page(viewer, blank) | {"refused": hold, "lift_form": form}
    return render(request, "roster/keeping.html", page, status=422)


def _page(viewer: Viewer, form: HoldForm) -> dict[str, Any]:
    at = clock.now()
    return {
        "viewer": viewer,
        "clocks": nightly.clocks_shown(at=at),
        "rounds": nightly.rounds(at=at),
        "holds": queries.holds(),
        "holds_before": queries.holds_before()[:50],
        "may_hold": access.may_hold(viewer),
        "form": form,
        "lift_form": LiftForm(),
    }


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_keeping(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
