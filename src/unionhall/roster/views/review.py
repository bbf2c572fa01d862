"""Doors of the review queue: records, and lines of lists, side by side; one key each for what they are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.roster import access, operations
from unionhall.roster.enums import Decision
from unionhall.roster.forms.review import ReviewForm, group_said
from unionhall.roster.queries import persons, review
from unionhall.roster.queries import review_lines as lines

UNDO = "roster_review_undo"


@never_cache
@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    """The next records that look like one person's, side by side."""
    viewer = _viewer(request)
    _areas, sites = persons.choices_of(access.worksites_visible_to(viewer))
    form = ReviewForm(request.GET, sites=sites)
    page = review.group_page(viewer, on=clock.today(), place=form.place(), worksite=form.worksite())
    undo = request.session.get(UNDO)
    waiting = lines.lines_for(viewer).count()
    context = {"viewer": viewer, "page": page, "form": form, "undo": undo, "lines": waiting}
    return render(request, "roster/review.html", context)


@require_POST
def review_group(request: HttpRequest, pair: int) -> HttpResponse:
    """Say what the records of a group are: one person, all others than each other, or one of them another."""
    viewer = _viewer(request)
    members = review.get_group(viewer, pair, on=clock.today())
    said = group_said(request.POST, members)
    values: dict[str, Any] = {"actor": _actor(viewer), "at": clock.now()}
    if said.said == "one":
        _keep_undo(request, said.kept.name, operations.merge_group(kept=said.kept, others=said.marked, **values))
    elif said.said == "apart":
        _keep_undo(request, members[0].name, operations.part_group(ones=members, others=members, **values))
    elif said.out is not None:
        _keep_undo(request, said.out.name, operations.part_group(ones=[said.out], others=members, **values))
    return _back(request)


@never_cache
@require_safe
def review_lines(request: HttpRequest) -> HttpResponse:
    """The next line of a list that may be somebody we know, beside those it may be."""
    viewer = _viewer(request)
    _areas, sites = persons.choices_of(access.worksites_visible_to(viewer))
    form = ReviewForm(request.GET, sites=sites)
    page = lines.line_page(viewer, on=clock.today(), place=form.place(), worksite=form.worksite())
    pairs = len(review.groups_for(viewer, on=clock.today()))
    context = {"viewer": viewer, "page": page, "form": form, "pairs": pairs, "settled": lines.settled_lately(viewer)}
    return render(request, "roster/review_lines.html", context)


@require_POST
def review_line(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say whom a line means: one of its candidates by number, somebody new, or that it is left out."""
    viewer = _viewer(request)
    found = lines.get_line(viewer, public_id)
    said = request.POST.get("said", "")
    values: dict[str, Any] = {"doubt": found, "actor": _actor(viewer), "at": clock.now()}
    if said in (Decision.NEW, Decision.SKIP):
        operations.settle_doubt(decision=Decision(said), **values)
    else:
        person = lines.get_candidate(viewer, found, said, on=clock.today())
        operations.settle_doubt(decision=Decision.SAME, person=person, **values)
    return _back(request, "review_lines")


@require_POST
def review_undo(request: HttpRequest) -> HttpResponse:
    """Take back what was said last."""
    viewer = _viewer(request)
    if request.POST.get("line"):
        found = lines.get_settled(viewer, request.POST["line"])
        operations.unsettle_doubt(doubt=found, actor=_actor(viewer), at=clock.now())
        return _back(request, "review_lines")
    last = request.session.pop(UNDO, None) or {}
    values: dict[str, Any] = {"actor": _actor(viewer), "at": clock.now()}
    if "merges" in last:
        merges = review.get_merges(viewer, last["merges"], on=clock.today())
        aparts = review.get_aparts(viewer, last["aparts"], on=clock.today())
        operations.take_group_back(merges=merges, aparts=aparts, **values)
        request.session[UNDO] = {"back": True}
    return _back(request)


def _keep_undo(request: HttpRequest, name: str, answer: operations.Answer) -> None:
    """Keep what takes the last answer back."""
    request.session[UNDO] = {"merges": answer.merges, "aparts": answer.aparts, "name": name}


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_desk(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)


def _back(request: HttpRequest, queue: str = "review") -> HttpResponse:
    """To the place in the queue where the viewer was."""
    form = ReviewForm(request.POST, sites={})
    return redirect(f"{reverse(queue)}?{form.query()}")
