"""The personal link: harmless things for whoever opens it, and a button that stops messages. It signs nobody in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unionhall.accounts import operations as accounts
from unionhall.accounts.views.session import address_of
from unionhall.campaigns import operations
from unionhall.campaigns.queries import member as queries
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, system_actor
from unionhall.foundation.origin import require_same_origin
from unionhall.roster import operations as roster

BY_LINK: Actor = system_actor("personal link")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def me_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """My place, who stands for me, what comes next. A link that opens nothing looks the same, whatever the reason.

    Answered with 200 always: a log of refused requests would keep the address of a link.
    """
    require_same_origin(request)
    tried, at = {"account": "personal link", "address": address_of(request)}, clock.now()
    accounts.require_patience(**tried, at=at)
    page = queries.link_page(token=token, on=clock.today(), at=at)
    if page is None:
        accounts.count_failure(**tried, at=at)
        return _unkept(render(request, "campaigns/me_link_worn.html"))
    if request.method == "POST":
        return _unkept(_act(request, page, token))
    return _unkept(render(request, "campaigns/me_link.html", {"page": page, "done": request.GET.get("done", "")}))


def _act(request: HttpRequest, page: queries.LinkPage, token: str) -> HttpResponse:
    """Stop all messages, or none of ours."""
    if request.POST.get("say") == "stop":
        roster.stop_messages(person=page.person, source=operations.SOURCE, actor=BY_LINK, at=clock.now())
    response = redirect("me_by_link", token)
    response.headers["Location"] += "?done=stop"
    return response


def _unkept(response: HttpResponse) -> HttpResponse:
    """Nobody learns the address of the link from the page: not a site it leads to, not a search engine, not a cache."""
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Content-Language"] = get_language() or "en"
    return response
