"""Doors to frozen lists: draw one up, freeze it, look at it, print it, take its proof along, check it again."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.roster import access, operations
from unionhall.roster.forms.rolls import RollForm
from unionhall.roster.queries import rolls as queries
from unionhall.rulebook.rolls import text_of

A_PAGE = 200


@never_cache
@require_safe
def roll_list(request: HttpRequest) -> HttpResponse:
    """Every frozen list, the latest first."""
    viewer = _viewer(request)
    page = Paginator(queries.rolls_visible_to(viewer), 25).get_page(request.GET.get("page"))
    context = {"viewer": viewer, "page": page, "may_freeze": access.may_administer(viewer)}
    return render(request, "roster/rolls.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roll_new(request: HttpRequest) -> HttpResponse:
    """Draw a list up: what it would hold first, then freeze it."""
    viewer = _viewer(request)
    access.require_administrator(viewer)
    form = RollForm(request.POST or None, choices=queries.choices(), today=clock.today())
    if request.method == "POST" and form.is_valid():
        if "freeze" not in request.POST:
            lines = len(queries.roll_lines(form.asked(), form.cleaned_data["as_of"]))
            return render(request, "roster/roll_new.html", {"viewer": viewer, "form": form, "lines": lines})
        try:
            roll = operations.freeze_roll(**form.values(), actor=_actor(viewer), at=clock.now())
            return redirect("roll", roll.public_id)
        except UnionhallError as error:
            form.add_error(None, str(error))
    status = 422 if request.method == "POST" else 200
    return render(request, "roster/roll_new.html", {"viewer": viewer, "form": form}, status=status)


@never_cache
@require_safe
def roll(request: HttpRequest, public_id: str) -> HttpResponse:
    """One frozen list: its proof, its lines, and on asking how it would come out today."""
    viewer = _viewer(request)
    found = queries.get_roll(viewer, public_id)
    page = Paginator(queries.rows_of_roll(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "viewer": viewer,
        "roll": found,
        "page": page,
        "lines": queries.named_lines(viewer, list(page.object_list)),
        "asked": queries.asked_words(found.filter),
        "check": queries.named_check(viewer, found) if "check" in request.GET else None,
    }
    return render(request, "roster/roll.html", context)


@never_cache
@require_safe
def roll_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The very text whose hash is the proof: public ids only, no name."""
    found = queries.get_roll(_viewer(request), public_id)
    response = HttpResponse(text_of(queries.lines_of_roll(found)), content_type="text/tab-separated-values")
    response.headers["Content-Disposition"] = f'attachment; filename="roll-{found.public_id}.tsv"'
    return response


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_rolls(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
