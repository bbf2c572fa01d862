"""A CAT member's people, and the log of talks with one person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import access, operations, queries
from unionhall.campaigns.forms import TalkForm, shown
from unionhall.campaigns.models import Talk
from unionhall.campaigns.views.noting import note_cards
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.roster.models import Person


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The people a CAT member answers for, those still to talk with today first."""
    viewer = get_viewer(request, on=clock.today())
    access.require_turf(viewer)
    turf = queries.get_turf(viewer, now=clock.now(), on=clock.today())
    note_cards(viewer, turf.cards)
    did = queries.find_talk(viewer, request.GET.get("did", ""))
    return render(request, "campaigns/hall_mine.html", {"viewer": viewer, "turf": turf, "did": did, "back": "mine"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person: how to reach her, what was said, and a form for what was asked and said now."""
    viewer, person = _whom(request, public_id)
    form = TalkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _note(request, viewer, person, **form.cleaned_data)
            return _back(request, person, did=made.public_id)
        except UnionhallError as error:
            form.add_error("text", error.sentence())
    status = 422 if request.method == "POST" else 200
    return render(request, "campaigns/hall_talk.html", _talk_page(request, viewer, person, form), status=status)


@require_POST
def talk_act(request: HttpRequest, public_id: str) -> HttpResponse:
    """A call, a text, a talk, or done for today: noted with one tap."""
    viewer, person = _whom(request, public_id)
    made = _note(request, viewer, person)
    if request.htmx:  # type: ignore[attr-defined]
        return _card(request, viewer, person, did=made)
    return _back(request, person, did=made.public_id)


@require_POST
def talk_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a line the viewer wrote."""
    viewer, person = _whom(request, public_id)
    line = queries.find_talk(viewer, request.POST.get("talk", ""))
    if line is None or line.person_id != person.pk:
        raise operations.TalkTakenBack
    operations.take_back_talk(talk=line, actor=_actor(viewer), at=clock.now())
    if request.htmx:  # type: ignore[attr-defined]
        return _card(request, viewer, person)
    return _back(request, person)


@require_POST
def talk_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have the person's own link sent to her; whoever asks never sees it."""
    viewer = get_viewer(request, on=clock.today())
    access.require_team(viewer)
    person = queries.get_person_led(viewer, public_id, on=clock.today())
    operations.have_link_sent(person=person, actor=_actor(viewer), at=clock.now())
    return HttpResponseRedirect(reverse("hall_talk", args=[person.public_id]) + "?link=sent#link")


def _whom(request: HttpRequest, public_id: str) -> tuple[Viewer, Person]:
    viewer = get_viewer(request, on=clock.today())
    access.require_talks(viewer)
    return viewer, queries.get_person_to_talk_with(viewer, public_id, on=clock.today())


def _note(request: HttpRequest, viewer: Viewer, person: Person, **words: str) -> Talk:
    campaign = queries.campaign_under_way(clock.today())
    kind = request.POST.get("act", "")
    return operations.note_talk(
        campaign=campaign, person=person, kind=kind, actor=_actor(viewer), at=clock.now(), **words
    )


def _talk_page(request: HttpRequest, viewer: Viewer, person: Person, form: TalkForm) -> dict[str, Any]:
    card = queries.cards_of([person], now=clock.now(), on=clock.today())[0]
    note_cards(viewer, [card])
    return {
        "viewer": viewer,
        "card": card,
        "lines": queries.talks_of(person),
        "asks": queries.asks_of(viewer),
        "did": queries.find_talk(viewer, request.GET.get("did", "")),
        "form": form,
        "leads": access.persons_led_by(viewer, on=clock.today()).filter(pk=person.pk).exists(),
        "link_sent": request.GET.get("link") == "sent",
        "back": "talk",
    }


def _card(request: HttpRequest, viewer: Viewer, person: Person, *, did: Talk | None = None) -> HttpResponse:
    """The card anew, with how many are done today where it stands on a CAT member's own page."""
    back, site_id = request.POST.get("back", "mine"), request.POST.get("site", "")
    context = {"viewer": viewer, "did": did, "swapped": True, "show": shown(request.POST)}
    context |= {"back": back, "site_id": site_id} | _card_on(viewer, person, back=back, site_id=site_id)
    return render(request, "campaigns/talk_card.html", context)


def _card_on(viewer: Viewer, person: Person, *, back: str, site_id: str) -> dict[str, Any]:
    """What the card shows on the page it stands on: a worksite's, or a CAT member's own."""
    now, on = clock.now(), clock.today()
    site, holder = queries.line_of_person(person, site_id, now=now) if back == "team" else (None, None)
    card = queries.cards_of([person], now=now, on=on, site=site)[0]
    turf = queries.get_turf(viewer, now=now, on=on) if back == "mine" else None
    return {"card": card, "holder": holder, "turf": turf}


def _back(request: HttpRequest, person: Person, *, did: str = "") -> HttpResponseRedirect:
    """To the page the button stood on: a CAT member's people, a worksite's, or the person's own."""
    back, site = request.POST.get("back", ""), request.POST.get("site", "")
    address = reverse("hall_talk", args=[person.public_id])
    query = {"did": did} if did else {}
    if back == "mine":
        address = reverse("hall_mine")
    elif back == "team" and site.isalnum():
        address, query = reverse("hall_team", args=[site]), {"show": shown(request.POST), **query}
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
