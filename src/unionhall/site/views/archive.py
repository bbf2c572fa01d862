"""What the public pages of a campaign said: by page, by day, one version whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from unionhall.campaigns.models import Campaign
from unionhall.campaigns.queries import get_campaign, get_ribbon
from unionhall.foundation import clock
from unionhall.foundation.public import public_page
from unionhall.rulebook.short_codes import read_code
from unionhall.site import queries
from unionhall.site.forms import DayForm


@public_page("of", "on", "page")
@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version in this language, the newest first; of one page (?of=), or what stood there on a day (?on=)."""
    campaign, form = get_campaign(slug), DayForm(request.GET or None)
    day: date | None = form.cleaned_data["on"] if form.is_valid() else None
    of = read_code(request.GET.get("of", "")[:20]).code
    page = _page(campaign) | {"form": form, "day": day, "of": of}
    if day is not None:
        page["lines"] = queries.stood_on(campaign, get_language() or "en", day=day, on=clock.today())
    else:
        sheet = queries.history(campaign, get_language() or "en", of=of, number=request.GET.get("page", "1"))
        page |= {"sheet": sheet, "lines": queries.lines_of(list(sheet.object_list), on=clock.today())}
    return render(request, "site/archive.html", page)


@public_page()
@require_safe
def archive_version(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One page as it was published on a day, whatever it says today."""
    campaign = get_campaign(slug)
    version = queries.get_version(campaign, read_code(code).code, on=clock.today())
    return render(request, "site/archive_version.html", _page(campaign) | {"version": version})


def _page(campaign: Campaign) -> dict[str, Any]:
    on = clock.today()
    return {"campaign": campaign, "ribbon": get_ribbon(campaign, on=on), "on": on}
