"""The public pages of a campaign; its forms stand in signing.py."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from unionhall.campaigns import queries
from unionhall.campaigns.forms import JoinForm
from unionhall.foundation import clock
from unionhall.foundation.installation import find_installation
from unionhall.foundation.public import public_page
from unionhall.roster.queries import find_worksites


@public_page()
@require_safe
def local_home(request: HttpRequest) -> HttpResponse:
    """The local: its campaigns, and where each of them stands."""
    held = find_installation()
    context = {"cards": queries.campaign_cards(clock.today()), "local_name": held.name if held else ""}
    return render(request, "campaigns/local.html", context)


@public_page()
@require_safe
def campaign_home(request: HttpRequest, slug: str) -> HttpResponse:
    """The campaign: who, what, next step; the record below."""
    campaign = queries.get_campaign(slug)
    home = queries.get_home(campaign, on=clock.today())
    form = JoinForm(campaign=campaign)
    return render(request, "campaigns/home.html", {"campaign": campaign, "home": home, "ribbon": home, "form": form})


@public_page("area", "worksite")
@require_safe
def campaign_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of the campaign, what is to come first; of one area or worksite where the address names one."""
    campaign = queries.get_campaign(slug)
    given = {name: request.GET.get(name, "")[:20] for name in ("area", "worksite")}
    calendar = queries.get_calendar(campaign, **given)
    ribbon = queries.get_ribbon(campaign, on=clock.today())
    ahead, past = queries.ahead_and_past(queries.dates_of(calendar), on=ribbon.on)
    context = {"campaign": campaign, "ribbon": ribbon, "calendar": calendar, "ahead": ahead, "past": past}
    return render(request, "campaigns/calendar.html", context | {"areas": queries.areas_in_calendar(campaign)})


@public_page()
@require_safe
def campaign_date(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """One day of the calendar: what, when, where, for whom; and how to put it into one's own."""
    campaign = queries.get_campaign(slug)
    date = queries.get_date(campaign, date_slug)
    ribbon = queries.get_ribbon(campaign, on=clock.today())
    return render(request, "campaigns/date.html", {"campaign": campaign, "ribbon": ribbon, "date": date})


@require_safe
@cache_control(public=True, max_age=300)
def campaign_sites(request: HttpRequest, slug: str) -> HttpResponse:
    """Worksites for the type-ahead, as JSON."""
    hits = find_worksites(request.GET.get("q", "")[:100], limit=8)
    found = [{"id": hit.public_id, "name": hit.name, "line": hit.line} for hit in hits]
    return JsonResponse(found, safe=False)
