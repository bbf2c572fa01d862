"""The public pages of a campaign and its forms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from unionhall.campaigns import operations, queries
from unionhall.campaigns.forms import JoinForm
from unionhall.foundation import clock
from unionhall.foundation.access import system_actor
from unionhall.foundation.origin import require_same_origin
from unionhall.foundation.public import public_page
from unionhall.roster.queries import find_worksites

View = Callable[..., HttpResponse]


PUBLIC_FORM = system_actor("public form")


def unkept_answer(view: View) -> View:
    """Make browsers and proxies forget the answer to a form: it repeats what somebody typed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@public_page()
@require_safe
def local_home(request: HttpRequest) -> HttpResponse:
    """The local: its campaigns."""
    campaigns = queries.campaigns_on(clock.today())
    return render(request, "campaigns/local.html", {"campaigns": campaigns})


@public_page()
@require_safe
def campaign_home(request: HttpRequest, slug: str) -> HttpResponse:
    """The campaign: who, what, next step; the record below."""
    campaign = queries.get_campaign(slug)
    home = queries.get_home(campaign, on=clock.today())
    form = JoinForm(campaign=campaign)
    return render(request, "campaigns/home.html", {"campaign": campaign, "home": home, "ribbon": home, "form": form})


@csrf_exempt
@unkept_answer
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_join(request: HttpRequest, slug: str) -> HttpResponse:
    """The sign-up of four fields. No session and no token: the sender's origin is checked instead."""
    require_same_origin(request)
    campaign = queries.get_campaign(slug)
    posted = request.method == "POST"
    form = JoinForm(request.POST if posted else None, campaign=campaign)
    if posted and form.is_valid():
        operations.receive_entry(campaign=campaign, sign_up=form.sign_up(), actor=PUBLIC_FORM, at=clock.now())
        return redirect("campaign_joined", slug)
    ribbon = queries.get_ribbon(campaign, on=clock.today())
    context = {"campaign": campaign, "ribbon": ribbon, "form": form}
    return render(request, "campaigns/join.html", context, status=422 if posted else 200)


@public_page()
@require_safe
def campaign_joined(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, and what happens next. The same page for everybody: it tells nobody who had signed up before."""
    campaign = queries.get_campaign(slug)
    ribbon = queries.get_ribbon(campaign, on=clock.today())
    return render(request, "campaigns/joined.html", {"campaign": campaign, "ribbon": ribbon})


@require_safe
@cache_control(public=True, max_age=300)
def campaign_sites(request: HttpRequest, slug: str) -> HttpResponse:
    """Worksites for the type-ahead, as JSON."""
    hits = find_worksites(request.GET.get("q", "")[:100], limit=8)
    found = [{"id": hit.public_id, "name": hit.name, "line": hit.line} for hit in hits]
    return JsonResponse(found, safe=False)
