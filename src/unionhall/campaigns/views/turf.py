"""A worksite as its steward sees it, and giving out its people."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts import operations as accounts
from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import access, operations, queries
from unionhall.campaigns.forms import AskForm, shown
from unionhall.campaigns.tables import groups_of, people_shown
from unionhall.campaigns.views.noting import note_cards, note_entries
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.roster.models import Worksite

A_PAGE: Final = 25
TICKED_AT_ONCE: Final = 200


@require_safe
@never_cache
def own_site(request: HttpRequest) -> HttpResponse:
    """The steward's own worksite; of several, the first by name."""
    viewer = get_viewer(request, on=clock.today())
    access.require_own_site(viewer)
    sites = queries.own_sites(viewer)
    if not sites:
        return render(request, "campaigns/hall_nowhere.html", {"viewer": viewer})
    return render(request, "campaigns/hall_team.html", _team_page(request, viewer, sites[0]))


@require_safe
@never_cache
def team(request: HttpRequest, public_id: str) -> HttpResponse:
    """One worksite: who waits, who answers for whom, who heard from nobody, everybody by shift."""
    viewer = _viewer(request)
    site = queries.find_site_led(viewer, public_id)
    return render(request, "campaigns/hall_team.html", _team_page(request, viewer, site))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def turfs(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everybody at the worksite with who covers them; the ticked are given, taken back, or go with an invitation."""
    viewer = _viewer(request)
    site = queries.find_site_led(viewer, public_id)
    if request.method != "POST":
        return _turfs(request, viewer, site)
    form = AskForm(request.POST if request.POST.get("act") == "ask" else None)
    if form.is_bound and not form.is_valid():
        return _turfs(request, viewer, site, form=form)
    try:
        given = _change(request, viewer, site, form)
    except UnionhallError as error:
        return _turfs(request, viewer, site, form=form, error=error.sentence())
    return _to_turfs(site, given.act)


@require_POST
def turfs_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one act back whole."""
    viewer = _viewer(request)
    site = queries.find_site_led(viewer, public_id)
    operations.undo_turf(worksite=site, act=request.POST.get("did", ""), actor=_actor(viewer), at=clock.now())
    return _to_turfs(site)


def _change(request: HttpRequest, viewer: Viewer, site: Worksite, form: AskForm) -> operations.Given:
    """What the pressed button says, done to those who are ticked."""
    by: dict[str, Any] = {"actor": _actor(viewer), "at": clock.now()}
    ticked = request.POST.getlist("person")
    if form.is_bound:
        return _ask(request, viewer, site, form, ticked)
    if request.POST.get("act") == "take":
        return operations.take_turf(worksite=site, people=ticked, **by)
    team = queries.get_team(site, viewer, now=by["at"], on=clock.today())
    to = queries.find_holder(team, request.POST.get("to", ""))
    return operations.give_turf(worksite=site, people=ticked, to=to, **by)


def _ask(request: HttpRequest, viewer: Viewer, site: Worksite, form: AskForm, ticked: list[str]) -> operations.Given:
    """Invite with the ticked, and send the link from here, so that its secret is kept nowhere."""
    at = clock.now()
    invitation, token, given = operations.invite_with_turf(
        worksite=site, people=ticked, viewer=viewer, actor=_actor(viewer), at=at, **form.cleaned_data
    )
    request.session["campaigns_asked"] = accounts.send_invitation(invitation=invitation, token=token, at=at)
    return given


def _turfs(
    request: HttpRequest, viewer: Viewer, site: Worksite, *, form: AskForm | None = None, error: str = ""
) -> HttpResponse:
    found = queries.get_team(site, viewer, now=clock.now(), on=clock.today())
    page = Paginator(people_shown(found), TICKED_AT_ONCE).get_page(request.GET.get("page"))
    context = {"viewer": viewer, "site": site, "team": found, "page": page, "groups": groups_of(list(page.object_list))}
    context |= {"form": form or AskForm(), "error": error} | _ticked(request)
    context |= {"did": queries.what_was_done(site, request.GET.get("did", ""))}
    context |= {"asked": request.session.pop("campaigns_asked", None)}
    return render(request, "campaigns/hall_turfs.html", context, status=422 if request.method == "POST" else 200)


def _ticked(request: HttpRequest) -> dict[str, Any]:
    """What was ticked and chosen on the page before, so that nothing has to be done twice."""
    people, group = set(request.POST.getlist("person")), request.GET.get("tick", "")
    return {"ticked": people, "tick": group, "chosen": request.POST.get("to", "")}


def _team_page(request: HttpRequest, viewer: Viewer, site: Worksite) -> dict[str, Any]:
    now = clock.now()
    found = queries.get_team(site, viewer, now=now, on=clock.today())
    context: dict[str, Any] = {"viewer": viewer, "site": site, "sites": queries.own_sites(viewer), "team": found}
    context |= {"stand": queries.stand_of(found), "waiting": queries.waiting_at(viewer, site, now=now)}
    context |= {"did": queries.find_talk(viewer, request.GET.get("did", "")), "back": "team", "site_id": site.public_id}
    shown_now = _people_of(request, site, found, now=now)
    note_entries(viewer, (row.entry for row in context["waiting"]))
    note_cards(viewer, (card for _one, card in shown_now["rows"]))
    return context | shown_now


def _people_of(request: HttpRequest, site: Worksite, team: queries.Team, *, now: datetime) -> dict[str, Any]:
    """One page of the people who are asked for, each with her card."""
    show = shown(request.GET)
    chosen = {"all": team.people, "uncovered": team.uncovered, "silent": team.silent}[show]
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    shown_now = list(page.object_list)
    cards = queries.cards_of([one.person for one in shown_now], now=now, on=clock.today(), site=site)
    return {"show": show, "page": page, "rows": list(zip(shown_now, cards, strict=True))}


def _to_turfs(site: Worksite, act: str = "") -> HttpResponseRedirect:
    address = reverse("hall_turfs", args=[site.public_id])
    return HttpResponseRedirect(f"{address}?{urlencode({'did': act})}" if act else address)


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_team(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
