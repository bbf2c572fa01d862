"""Did the union really send this? A short code, and what stands under it."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unionhall.campaigns.queries import get_campaign, get_ribbon
from unionhall.foundation import clock, crypto
from unionhall.foundation.hooks import Spoken, spoken_codes
from unionhall.rulebook.short_codes import LENGTH, ReadCode, read_code, show_code

# Whoever tries codes by chance finds one in ten thousand; nobody reads so many off paper.
MOST_UNKNOWN = 40
WITHIN_SECONDS = 600


@never_cache
@require_safe
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """A form for the code, or what stands under the code given, in both languages."""
    campaign, typed = get_campaign(slug), request.GET.get("code", "")[:40]
    read, tired = read_code(typed), bool(typed) and _tired(request)
    found = None if tired else _spoken(request, read)
    page = {"campaign": campaign, "ribbon": get_ribbon(campaign, on=clock.today()), "typed": typed, "read": read}
    page |= {"found": found, "tired": tired, "shown": show_code(read.code), "length": LENGTH, "both": ("en", "es")}
    return render(request, "site/check.html", page, status=429 if tired else 200)


def _spoken(request: HttpRequest, read: ReadCode) -> Spoken | None:
    if not read.code:
        return None
    on = clock.today()
    found = next((spoken for find in spoken_codes if (spoken := find(read.code, on))), None)
    if found is None:
        cache.add(_key(request), 0, WITHIN_SECONDS)
        cache.incr(_key(request))
    return found


def _tired(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= MOST_UNKNOWN


def _key(request: HttpRequest) -> str:
    """Whoever asks, as a keyed hash that says nothing about her."""
    return f"site:check:{crypto.blind_index(request.META.get('REMOTE_ADDR', ''), purpose='check')}"
