"""What every way in has in common: the session begins, the place is noted, cookies are set."""

from __future__ import annotations

from typing import Final

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from unionhall.accounts import operations, queries
from unionhall.accounts.enums import CODE_LIFE, DEVICE_LIFE, Method
from unionhall.accounts.models import Device, User
from unionhall.foundation import clock

BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
ASK_COOKIE: Final = "uh_ask"
DEVICE_COOKIE: Final = "uh_device"
SEEN_KEY: Final = "unionhall_seen"


def address_of(request: HttpRequest) -> str:
    """The network address of the asker; the proxy's word counts only where the settings say the proxy is ours."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def enter(request: HttpRequest, user: User, *, method: Method) -> Device:
    """Begin the session of that account in this browser, under a new key, and note the place.

    Raises LockedDown while the inner rooms are closed, but for officers.
    """
    operations.require_open(user, at=clock.now())
    user.backend = BACKEND
    auth.login(request, user)
    if method not in (Method.PASSWORD, Method.PASSKEY):
        record_authentication(request, user, method=method.value)
    if not request.session.session_key:
        request.session.create()
    agent, at = request.headers.get("User-Agent", ""), clock.now()
    request.session[SEEN_KEY] = int(at.timestamp())
    return operations.note_sign_in(
        user=user, session_key=request.session.session_key or "", agent=agent, method=method, at=at
    )


def enter_and_go(request: HttpRequest, user: User, *, method: Method, remember: str = "") -> HttpResponse:
    """Enter, and go to where the member wanted. remember: anything, where the browser shall be remembered."""
    device = enter(request, user, method=method)
    response = HttpResponseRedirect(wanted(request) or landing(user))
    set_language_cookie(response, user.language)
    forget_asking(response)
    if remember:
        token = operations.remember_device(device=device, at=clock.now())
        _set_on_entrance(response, DEVICE_COOKIE, token, seconds=int(DEVICE_LIFE.total_seconds()))
    return response


def landing(user: User) -> str:
    """Where an account arrives: the Hall for staff and whoever holds a role there, else the member's own page."""
    return "/hall/" if queries.opens_hall(user, on=clock.today()) else "/me/"


def wanted(request: HttpRequest) -> str:
    """The page that sent somebody here to sign in, if it is one of ours; else nothing."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


def set_language_cookie(response: HttpResponse, language: str) -> None:
    """The account's language holds on pages without a language in their address."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=60 * 60 * 24 * 365,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def remember_asking(response: HttpResponse, browser_key: str) -> None:
    """Bind the asking for a code to this browser: a signed cookie that only the entrance's own pages get."""
    _set_on_entrance(response, ASK_COOKIE, browser_key, seconds=int(CODE_LIFE.total_seconds()))


def browser_key(request: HttpRequest) -> str:
    """The secret of this browser's asking; blank where there is none or it was tampered with."""
    return str(request.get_signed_cookie(ASK_COOKIE, "", salt=ASK_COOKIE, max_age=CODE_LIFE))


def device_token(request: HttpRequest) -> str:
    """The secret of a remembered browser; blank where there is none."""
    return str(request.get_signed_cookie(DEVICE_COOKIE, "", salt=DEVICE_COOKIE, max_age=DEVICE_LIFE))


def forget_asking(response: HttpResponse) -> None:
    """The asking has served."""
    response.delete_cookie(ASK_COOKIE, path=reverse("sign_in"))


def _set_on_entrance(response: HttpResponse, name: str, value: str, *, seconds: int) -> None:
    # A response holds one cookie of a name: the entrance of the reader's language. Its twin asks anew.
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=seconds,
        path=reverse("sign_in"),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
