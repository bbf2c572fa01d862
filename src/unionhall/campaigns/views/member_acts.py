"""What a member does on her own page: each act is one form, and leads back there with a word on what was done."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts import operations as accounts
from unionhall.accounts.views.session import set_language_cookie
from unionhall.campaigns import operations
from unionhall.campaigns.forms.member import CalledForm, LeaveForm, OwnContactForm, ProofForm, SpokenForm, WrongForm
from unionhall.campaigns.models import Campaign
from unionhall.campaigns.queries import member as queries
from unionhall.campaigns.queries.updates import own_updates
from unionhall.campaigns.views.member import Self, own_of, user_of
from unionhall.foundation import clock
from unionhall.foundation.errors import NotFound, UnionhallError
from unionhall.roster import operations as roster
from unionhall.roster.enums import ConsentPurpose


@require_POST
def me_language(request: HttpRequest) -> HttpResponse:
    """Speak to me in another language, on pages and in messages."""
    user, form = user_of(request), SpokenForm(request.POST)
    response = back("language")
    if form.is_valid():
        language, person = form.cleaned_data["language"], queries.person_of(user)
        operations.set_own_language(user=user, person=person, language=language, actor=user.as_actor(), at=clock.now())
        set_language_cookie(response, language)
    return response


@require_POST
def me_call(request: HttpRequest) -> HttpResponse:
    """Ask for a call; it stands in the queue of whoever answers for my worksite."""
    own = own_of(request)
    operations.ask_call(
        person=own.person, campaign=_campaign(own), language=own.language, actor=own.actor, at=clock.now()
    )
    return back("call")


@require_POST
def me_agree(request: HttpRequest) -> HttpResponse:
    """Agree to something on one channel, or take it back: one tap."""
    own, at = own_of(request), clock.now()
    point, purpose = queries.own_point(own.person, request.POST.get("point", "")), request.POST.get("purpose", "")
    if point is None or purpose not in ConsentPurpose.values:
        raise NotFound
    said: dict[str, Any] = {"person": own.person, "point": point, "purpose": purpose, "actor": own.actor, "at": at}
    if request.POST.get("say") == "no":
        operations.take_agreement_back(**said)
        return back("agree-no", "messages")
    union = queries.union_of(queries.campaign_for(own.person, on=clock.today()))
    operations.agree(**said, union=union, language=own.language)
    return back("agree-yes", "messages")


@require_POST
def me_updates(request: HttpRequest) -> HttpResponse:
    """The updates of one campaign: stop them, go on, or in the other language."""
    own = own_of(request)
    row = own_updates(own.person, request.POST.get("updates", ""))
    if row is None:
        raise NotFound
    act = request.POST.get("act", "")
    operations.change_updates(subscription=row, act=act, actor=own.actor, at=clock.now())
    return back("updates", "updates")


@require_POST
def me_stop(request: HttpRequest) -> HttpResponse:
    """Stop every message, at once."""
    own = own_of(request)
    roster.stop_messages(person=own.person, source=operations.SOURCE, actor=own.actor, at=clock.now())
    return back("stop", "messages")


@never_cache
@require_safe
def me_correct(request: HttpRequest) -> HttpResponse:
    """What can be put right: what I am called, my number or mail, and anything else in my words."""
    return _correct(request, own_of(request))


@require_POST
def me_name(request: HttpRequest) -> HttpResponse:
    """What I am called; it counts at once."""
    own, form = own_of(request), CalledForm(request.POST)
    if not form.is_valid():
        return _correct(request, own, naming=form)
    operations.say_name(person=own.person, called=form.cleaned_data["called"], actor=own.actor, at=clock.now())
    return back("called")


@require_POST
def me_wrong(request: HttpRequest) -> HttpResponse:
    """Say in my words what is wrong, for somebody to put right."""
    own, form = own_of(request), WrongForm(request.POST)
    if not form.is_valid():
        return _correct(request, own, wrong=form)
    said: dict[str, Any] = {"person": own.person, "campaign": _campaign(own), "language": own.language}
    operations.ask_correction(**said, text=form.cleaned_data["text"], actor=own.actor, at=clock.now())
    return back("wrong")


@require_POST
def me_contact(request: HttpRequest) -> HttpResponse:
    """A new number or address of mine: a code goes there first."""
    own, form = own_of(request), OwnContactForm(request.POST)
    if form.is_valid():
        try:
            text = form.cleaned_data["contact"]
            accounts.ask_proof(user=own.user, contact_text=text, language=own.language, at=clock.now())
            return redirect("me_contact_code")
        except UnionhallError as error:
            form.add_error("contact", error.sentence())
    return _correct(request, own, contact=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_contact_code(request: HttpRequest) -> HttpResponse:
    """Type the code that came to the new number or address."""
    own, at = own_of(request), clock.now()
    form = ProofForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            contact = accounts.prove_contact(user=own.user, code_text=form.cleaned_data["code"], at=at)
            operations.add_own_contact(person=own.person, contact=contact, actor=own.actor, at=at)
            return back("contact", "messages")
        except UnionhallError as error:
            form.add_error("code", error.sentence())
    return _page(request, "me_contact_code", {"own": own, "form": form}, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_leave(request: HttpRequest) -> HttpResponse:
    """What stops, what stays and why; then, if it is meant, leave."""
    own, at = own_of(request), clock.now()
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        campaign = queries.campaign_for(own.person, on=clock.today())
        said: dict[str, Any] = {"person": own.person, "user": own.user, "campaign": campaign}
        operations.leave(**said, language=own.language, actor=own.actor, at=at)
        return back("leave")
    return _page(request, "me_leave", {"own": own, "form": form, "leaving": queries.leaving_of(own.person)}, form)


@require_POST
def me_stay(request: HttpRequest) -> HttpResponse:
    """Take it back that I leave."""
    own = own_of(request)
    operations.take_leaving_back(person=own.person, actor=own.actor, at=clock.now())
    return back("stay")


@require_POST
def me_link(request: HttpRequest) -> HttpResponse:
    """Send me a personal link, or turn all of them off."""
    own, at = own_of(request), clock.now()
    if request.POST.get("say") == "off":
        accounts.end_view_links(user=own.user, actor=own.actor, at=at)
        return back("link-off", "link")
    accounts.ask_view_link(user=own.user, actor=own.actor, at=at)
    return back("link", "link")


def back(done: str, place: str = "") -> HttpResponseRedirect:
    """To her page, which says what was done. done: a key of templates/campaigns/me_done.html."""
    return HttpResponseRedirect(f"{reverse('me')}?done={done}{'#' + place if place else ''}")


def _campaign(own: Self) -> Campaign:
    """The campaign in whose queue she asks. Raises NotFound where none is under way."""
    campaign = queries.campaign_for(own.person, on=clock.today())
    if campaign is None:
        raise NotFound
    return campaign


def _correct(request: HttpRequest, own: Self, **filled: Form) -> HttpResponse:
    """The page of corrections; filled: the form that came in with a mistake."""
    forms = {
        "naming": CalledForm({"called": own.person.chosen_name}),
        "wrong": WrongForm(),
        "contact": OwnContactForm(),
    }
    context = {"own": own, "campaign": queries.campaign_for(own.person, on=clock.today()), **(forms | filled)}
    return render(request, "campaigns/me_correct.html", context, status=422 if filled else 200)


def _page(request: HttpRequest, name: str, context: dict[str, object], form: Form) -> HttpResponse:
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, f"campaigns/{name}.html", context, status=status)
