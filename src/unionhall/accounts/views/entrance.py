"""The members' entrance: code, personal link, paper code, remembered browser. No password."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unionhall.accounts import operations, queries
from unionhall.accounts.enums import InvitationState, Method, TokenKind
from unionhall.accounts.forms import CodeForm, ContactForm, PaperForm, WhoForm
from unionhall.accounts.models import User
from unionhall.accounts.views.session import (
    address_of,
    browser_key,
    device_token,
    enter_and_go,
    landing,
    remember_asking,
    wanted,
)
from unionhall.foundation import clock
from unionhall.foundation.errors import UnionhallError
from unionhall.foundation.origin import require_same_origin


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code: the same answer whether the contact is known, unknown or the employer's."""
    if isinstance(request.user, User) and request.method == "GET":
        return HttpResponseRedirect(wanted(request) or landing(request.user))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_same_origin(request)
        try:
            return _ask(request, form.cleaned_data["contact"])
        except UnionhallError as error:
            form.add_error("contact", error.sentence())
    device = queries.find_remembered(token=device_token(request), at=clock.now())
    return _page(request, "sign_in", form=form, device=device)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Type the code that came, in the browser that asked for it."""
    if not browser_key(request):
        return _go(request, "sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_same_origin(request)
        try:
            return _redeem(request, form)
        except UnionhallError as error:
            form.add_error("code", error.sentence())
    return _page(request, "sign_in_code", form=form)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def sign_in_who(request: HttpRequest) -> HttpResponse:
    """Say who, where several people sign in by one phone; nobody is listed."""
    if not browser_key(request):
        return _go(request, "sign_in")
    form = WhoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_same_origin(request)
        try:
            return _tell_who(request, form)
        except UnionhallError as error:
            form.add_error("first_name", error.sentence())
    return _page(request, "sign_in_who", form=form)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: reading it shows a button and uses nothing up, since scanners open links."""
    if request.method == "POST":
        require_same_origin(request)
        user = operations.redeem_token(kind=TokenKind.LINK, token=token, at=clock.now())
        return enter_and_go(request, user, method=Method.LINK, remember=request.POST.get("remember", ""))
    found = queries.find_living_token(kind=TokenKind.LINK, token=token, at=clock.now())
    if found is None:
        raise operations.LinkWorn
    return _page(request, "sign_in_link", first_name=found.user.get_short_name())


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A role that is offered: what it means, and one button. Reading it settles nothing, since scanners open links."""
    if request.method == "POST":
        require_same_origin(request)
        user = operations.accept_invitation(token=token, at=clock.now())
        return enter_and_go(request, user, method=Method.LINK, remember=request.POST.get("remember", ""))
    found = queries.find_invitation(token=token)
    if found is None or found.state(clock.now()) is not InvitationState.SENT:
        raise operations.InvitationWorn
    return _page(request, "invitation", invitation=found)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def sign_in_paper(request: HttpRequest) -> HttpResponse:
    """A paper code from the steward, for a member without a phone."""
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_same_origin(request)
        try:
            return _redeem_paper(request, form.cleaned_data["code"])
        except UnionhallError as error:
            form.add_error("code", error.sentence())
    return _page(request, "sign_in_paper", form=form)


@never_cache
@csrf_exempt
@require_http_methods(["POST"])
def sign_in_device(request: HttpRequest) -> HttpResponse:
    """Come in again in a browser that was asked to be remembered."""
    require_same_origin(request)
    device = queries.find_remembered(token=device_token(request), at=clock.now())
    if device is None:
        return _go(request, "sign_in")
    operations.end_device(device=device, actor=device.user.as_actor(), at=clock.now())
    return enter_and_go(request, device.user, method=Method.DEVICE, remember="yes")


def _ask(request: HttpRequest, contact: str) -> HttpResponse:
    operations.require_rooms_open()
    key = secrets.token_urlsafe(24)
    operations.request_code(
        contact_text=contact,
        browser_key=key,
        address=address_of(request),
        language=get_language() or "en",
        at=clock.now(),
    )
    response = _go(request, "sign_in_code")
    remember_asking(response, key)
    return response


def _redeem(request: HttpRequest, form: CodeForm) -> HttpResponse:
    outcome = operations.redeem_code(
        browser_key=browser_key(request), code_text=form.cleaned_data["code"], at=clock.now()
    )
    if isinstance(outcome, operations.AskWho):
        return _go(request, "sign_in_who")
    return enter_and_go(request, outcome, method=Method.CODE, remember="yes" if form.cleaned_data["remember"] else "")


def _tell_who(request: HttpRequest, form: WhoForm) -> HttpResponse:
    data = form.cleaned_data
    user = operations.tell_who(
        browser_key=browser_key(request), first_name=data["first_name"], site_text=data["site"], at=clock.now()
    )
    return enter_and_go(request, user, method=Method.CODE, remember="yes" if data["remember"] else "")


def _redeem_paper(request: HttpRequest, code: str) -> HttpResponse:
    place, at = {"account": "paper", "address": address_of(request)}, clock.now()
    operations.require_patience(**place, at=at)
    try:
        user = operations.redeem_token(kind=TokenKind.PAPER, token=code, at=at)
    except operations.LinkWorn:
        operations.count_failure(**place, at=at)
        raise
    return enter_and_go(request, user, method=Method.PAPER)


def _go(request: HttpRequest, name: str) -> HttpResponse:
    target = wanted(request)
    return HttpResponseRedirect(reverse(name) + (f"?{urlencode({'next': target})}" if target else ""))


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    form = context.get("form")
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, f"accounts/{name}.html", {"next": wanted(request), **context}, status=status)
