"""Roles that are offered: what the viewer sent, who waits for a second person, and offering one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts import operations as accounts
from unionhall.accounts.models import Invitation
from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.roster import access
from unionhall.roster.forms.invitations import InvitationForm
from unionhall.roster.queries import find_worksites
from unionhall.roster.queries import invitations as queries

A_PAGE = 25
SENT = "roster_invited"


@never_cache
@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    """What the viewer offered, how far each has come, and what waits for a second person."""
    viewer, at = _viewer(request), clock.now()
    page = Paginator(queries.sent_by(viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "viewer": viewer,
        "page": page,
        "rows": queries.rows_of(viewer, list(page.object_list), at=at),
        "waiting": queries.waiting_for(viewer, at=at),
        "sent": request.session.pop(SENT, ""),
    }
    return render(request, "roster/invitations.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: HttpRequest) -> HttpResponse:
    """Offer a role. The link goes out after the offer is written, from here, so that its secret is kept nowhere."""
    viewer, at = _viewer(request), clock.now()
    choices = queries.choices_for(viewer, at=at)
    if not choices["roles"]:
        return redirect("hall")
    form = InvitationForm(request.POST if request.method == "POST" else None, **choices)
    if request.method == "POST" and form.is_valid():
        try:
            made, token = accounts.invite(offer=form.offer(), viewer=viewer, actor=_actor(viewer), at=at)
        except UnionhallError as error:
            form.add_error(None, error.sentence())
        else:
            return _sent(request, made, token)
    status = 422 if request.method == "POST" else 200
    return render(request, "roster/invitation_new.html", {"viewer": viewer, "form": form}, status=status)


@require_POST
def invitation_agree(request: HttpRequest, public_id: str) -> HttpResponse:
    """Be the second person; the link goes out now."""
    viewer, at = _viewer(request), clock.now()
    found = queries.get_invitation(viewer, public_id)
    token = accounts.agree_to_invitation(invitation=found, viewer=viewer, actor=_actor(viewer), at=at)
    found.refresh_from_db()
    return _sent(request, found, token)


@require_POST
def invitation_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an offer back."""
    viewer = _viewer(request)
    found = queries.get_invitation(viewer, public_id)
    accounts.withdraw_invitation(invitation=found, actor=_actor(viewer), at=clock.now())
    return redirect("invitations")


@require_POST
def invitation_clear(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody take the role whom the list calls management, and say why; a fresh link goes out."""
    viewer = _viewer(request)
    found = queries.get_invitation(viewer, public_id)
    said: dict[str, Any] = {"reason": request.POST.get("why", ""), "actor": _actor(viewer), "at": clock.now()}
    token = accounts.clear_invitation(invitation=found, viewer=viewer, **said)
    found.refresh_from_db()
    return _sent(request, found, token)


@never_cache
@require_safe
def invitation_sites(request: HttpRequest) -> HttpResponse:
    """Worksites for the type-ahead, as JSON."""
    _viewer(request)
    hits = find_worksites(request.GET.get("q", "")[:100], limit=8)
    return JsonResponse([{"id": hit.public_id, "name": hit.name, "line": hit.line} for hit in hits], safe=False)


def _sent(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Send the link, unless a second person is still to agree, and say on the list what became of it."""
    at = clock.now()
    if queries.waits(invitation, at=at):
        request.session[SENT] = "waits"
    else:
        went = accounts.send_invitation(invitation=invitation, token=token, at=at)
        request.session[SENT] = "sent" if went else "failed"
    return redirect("invitations")


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_inviting(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
