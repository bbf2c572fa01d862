"""Search over the public pages, in the visitor's language."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unionhall.campaigns.queries import campaigns_on
from unionhall.foundation import clock
from unionhall.site import queries

A_PAGE = 10


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What answers a question (?q=), of all campaigns or of one (?in=)."""
    asked, within = request.GET.get("q", "")[:200].strip(), request.GET.get("in", "")[:30]
    on = clock.today()
    found = queries.find_pages(asked, get_language() or "en", on=on, campaign=within)
    context = {
        "asked": asked,
        "within": within,
        "campaigns": campaigns_on(on),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page", "1")),
        "query": urlencode({"q": asked, "in": within}) + "&",
    }
    return render(request, "site/search.html", context)
