"""Who has access, looked through after each list of people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.roster import access
from unionhall.roster.models import AccessItem, AccessReview
from unionhall.roster.operations.keeping import access_review as operations
from unionhall.roster.queries import access_review as queries


@never_cache
@require_safe
def access_reviews(request: HttpRequest) -> HttpResponse:
    """How many hold which role, and every review."""
    context = {
        "viewer": _viewer(request),
        "roles": queries.held_roles(on=clock.today()),
        "reviews": queries.all_reviews()[:50],
    }
    return render(request, "roster/access_reviews.html", context)


@never_cache
@require_safe
def access_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one list says of those who have access, and what was decided."""
    return _page(request, _viewer(request), queries.get_review(public_id))


@require_POST
def access_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide one case."""
    viewer, item = _viewer(request), queries.get_item(public_id)
    said = {"decision": request.POST.get("decision", ""), "reason": request.POST.get("reason", "")}
    try:
        operations.decide_access(item=item, **said, actor=_actor(viewer), at=clock.now())
    except UnionhallError as error:
        return _page(request, viewer, item.review, refused=item, problem=error)
    return _back(item)


@require_POST
def access_agree(request: HttpRequest, public_id: str) -> HttpResponse:
    """Be the second person of one case."""
    viewer, item = _viewer(request), queries.get_item(public_id)
    operations.agree_to_access(item=item, actor=_actor(viewer), at=clock.now())
    return _back(item)


@require_POST
def access_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a decision that waits for its second person."""
    viewer, item = _viewer(request), queries.get_item(public_id)
    operations.take_back_decision(item=item, actor=_actor(viewer), at=clock.now())
    return _back(item)


@require_POST
def access_all(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide all that waits as it is proposed."""
    viewer, review = _viewer(request), queries.get_review(public_id)
    operations.decide_as_proposed(review=review, actor=_actor(viewer), at=clock.now())
    return redirect("access_review", public_id)


@require_POST
def access_done(request: HttpRequest, public_id: str) -> HttpResponse:
    """The review is done."""
    viewer, review = _viewer(request), queries.get_review(public_id)
    try:
        operations.end_review(review=review, actor=_actor(viewer), at=clock.now())
    except UnionhallError as error:
        return _page(request, viewer, review, problem=error)
    return redirect("access_reviews")


def _page(
    request: HttpRequest,
    viewer: Viewer,
    review: AccessReview,
    *,
    refused: AccessItem | None = None,
    problem: UnionhallError | None = None,
) -> HttpResponse:
    status, said = (200, "") if problem is None else (problem.status, problem.sentence())
    context = _rows(viewer, review) | {"refused": refused, "problem": said}
    return render(request, "roster/access_review.html", context, status=status)


def _rows(viewer: Viewer, review: AccessReview) -> dict[str, Any]:
    rows = queries.rows_of(viewer, review)
    proposed = sum(row.may_decide and row.item.proposal in ("end", "move") for row in rows)
    waits = queries.waiting_items(review).count()
    return {"viewer": viewer, "review": review, "rows": rows, "proposed": proposed, "waits": waits}


def _back(item: AccessItem) -> HttpResponse:
    return redirect("access_review", item.review.imported.public_id)


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_access_review(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
