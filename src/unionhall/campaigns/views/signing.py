"""The public forms: join, CAT and updates; the code of a form that is held; the preferences of who gets updates.

No session and no token: the sender's origin is checked instead. The same answer, after the same work, to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from unionhall.accounts.views.session import address_of
from unionhall.campaigns import operations, queries
from unionhall.campaigns.enums import EntryKind, SlipState
from unionhall.campaigns.forms import CatForm, CodeForm, JoinForm, SignForm, UpdatesForm, page_language
from unionhall.campaigns.models import LANGUAGES, Campaign, Slip
from unionhall.foundation import clock
from unionhall.foundation.contacts import mask
from unionhall.foundation.origin import require_same_origin
from unionhall.foundation.public import public_page

View = Callable[..., HttpResponse]
FORMS: Final[dict[str, type[JoinForm | CatForm | UpdatesForm]]] = {
    EntryKind.JOIN: JoinForm,
    EntryKind.CAT: CatForm,
    EntryKind.UPDATES: UpdatesForm,
}
PAGES: Final[dict[str, str]] = {EntryKind.JOIN: "join", EntryKind.CAT: "cat", EntryKind.UPDATES: "sign_up"}
THANKS: Final[dict[str, str]] = {
    EntryKind.JOIN: "campaign_joined",
    EntryKind.CAT: "campaign_cat_thanks",
    EntryKind.UPDATES: "campaign_sign_up_thanks",
}


def public_form(view: View) -> View:
    """A form that anybody may send from our own page; browsers and proxies forget the answer, which repeats it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_same_origin(request)
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(answer))


@public_page()
@public_form
def campaign_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign up: four fields."""
    return _form(request, slug, EntryKind.JOIN)


@public_page()
@public_form
def campaign_cat(request: HttpRequest, slug: str) -> HttpResponse:
    """Join the Contract Action Team: four fields."""
    return _form(request, slug, EntryKind.CAT)


@public_page()
@public_form
def campaign_sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Updates by mail or text: two fields, and the contact shown once more."""
    return _form(request, slug, EntryKind.UPDATES)


@public_page()
@require_safe
def campaign_joined(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, and what happens next. The same page for everybody: it tells nobody who had signed up before."""
    return _page(request, queries.get_campaign(slug), "joined")


@public_page()
@require_safe
def campaign_cat_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks to who steps forward, and what happens next."""
    return _page(request, queries.get_campaign(slug), "cat_thanks")


@public_page()
@require_safe
def campaign_sign_up_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks to who gets updates, and what happens next."""
    return _page(request, queries.get_campaign(slug), "sign_up_thanks")


@require_safe
@never_cache
def campaign_challenge(request: HttpRequest, slug: str) -> JsonResponse:
    """A challenge for one of the forms, to be solved while she types. Asks the database nothing, keeps nothing."""
    kind = request.GET.get("form", "")
    place = f"{slug}/{kind if kind in FORMS else EntryKind.JOIN}"
    challenge = operations.make_challenge(place=place, at=clock.now())
    return JsonResponse({"challenge": challenge, "bits": operations.proof_bits()})


@never_cache
@public_form
def campaign_code(request: HttpRequest, slug: str, slip_id: str) -> HttpResponse:
    """The six digits that let a held form in, or a new message with six others."""
    slip = queries.get_slip(slug=slug, public_id=slip_id)
    form = CodeForm(request.POST if request.method == "POST" and "again" not in request.POST else None)
    if "again" in request.POST:
        operations.ask_new_code(slip=slip, at=clock.now())
        return redirect("campaign_code", slug, slip_id)
    if form.is_valid():
        slip = _try_code(form, slip)
    if slip.state != SlipState.HELD:
        return redirect(THANKS[slip.kind], slug)
    return _page(request, slip.campaign, "code", form=form, slip=slip, to=mask(queries.contact_of_slip(slip)))


@never_cache
@public_form
def campaign_code_link(request: HttpRequest, slug: str, slip_id: str, key: str) -> HttpResponse:
    """The link of our message: a page with one button, since scanners open links."""
    slip = queries.get_slip(slug=slug, public_id=slip_id)
    if request.method == "POST":
        slip = operations.confirm_slip_by_link(slip=slip, key=key, at=clock.now())
    if slip.state != SlipState.HELD:
        return redirect(THANKS[slip.kind], slug)
    return _page(request, slip.campaign, "code_link", slip=slip)


@never_cache
@public_form
def campaign_preferences(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """What somebody gets from us, and two buttons: the other language, no more. Opened by her letter alone."""
    row = queries.get_subscription(slug=slug, token=token)
    if request.method == "POST":
        operations.change_updates(subscription=row, act=request.POST.get("act", ""), at=clock.now())
        return redirect("campaign_preferences", slug, token)
    to, others = mask(row.value), [pair for pair in LANGUAGES if pair[0] != row.language]
    return _page(request, row.campaign, "preferences", subscription=row, to=to, others=others)


def _form(request: HttpRequest, slug: str, kind: EntryKind) -> HttpResponse:
    """The form, its mistakes, or where she is led once it is kept."""
    campaign, posted = queries.get_campaign(slug), request.method == "POST"
    form = FORMS[kind](request.POST if posted else None, campaign=campaign)
    if not posted or not form.is_valid():
        return _page(request, campaign, PAGES[kind], status=422 if posted else 200, form=form)
    if isinstance(form, UpdatesForm) and not form.is_checked():
        page = "sign_up" if "change" in request.POST else "sign_up_check"
        return _page(request, campaign, page, form=form, contact=form.contact_found)
    return _take(request, campaign, form)


def _take(request: HttpRequest, campaign: Campaign, form: JoinForm | CatForm | UpdatesForm) -> HttpResponse:
    """Keep what was sent: on to the thanks, or to the code where it is held."""
    slip = operations.receive_slip(
        campaign=campaign,
        sign_up=form.sign_up(),
        proof=form.cleaned_data["proof"],
        address=address_of(request),
        at=clock.now(),
    )
    if slip.state == SlipState.HELD:
        return redirect("campaign_code", campaign.slug, slip.public_id)
    return redirect(THANKS[slip.kind], campaign.slug)


def _try_code(form: CodeForm, slip: Slip) -> Slip:
    """The slip, let in where the digits fit; else as it is, with the sentence under the field."""
    try:
        return operations.confirm_slip(slip=slip, code_text=form.cleaned_data["code"], at=clock.now())
    except operations.SlipCodeWrong as error:
        form.add_error("code", error.sentence())
        return slip


def _page(request: HttpRequest, campaign: Campaign, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A public page of the campaign, with its ribbon; 422 where a form on it has something to mend."""
    form = context.get("form")
    if isinstance(form, (SignForm, CodeForm)) and form.errors:
        status = 422
    ribbon = queries.get_ribbon(campaign, on=clock.today())
    page = {"campaign": campaign, "ribbon": ribbon, "language": page_language(), **context}
    return render(request, f"campaigns/{name}.html", page, status=status)
