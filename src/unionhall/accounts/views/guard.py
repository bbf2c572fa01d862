"""What stands before the working rooms: a second factor where a role wants one, and only editors in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from unionhall.accounts import operations, queries
from unionhall.accounts.enums import ADMIN_ROLES
from unionhall.accounts.models import User
from unionhall.accounts.views.session import SEEN_KEY
from unionhall.foundation import clock, problems
from unionhall.foundation.errors import NotAllowed

ADMIN: Final = "/admin/"
ROOMS: Final = ("/hall/", "/table/", "/ballots/", ADMIN, "/account/")
# Here the proof is given or the sign-in left: these stay open while it lacks.
OPEN: Final = (
    "/account/login/",
    "/account/logout/",
    "/account/inactive/",
    "/account/language/",
    "/account/password/reset/",
    "/account/reauthenticate/",
    "/account/second-factor/",
)
SEEN_EVERY_SECONDS: Final = 3600
# Wagtail's own sign-in would let a password alone pass.
WAGTAIL_ENTRANCES: Final = ("/admin/login/", "/admin/password_reset/")


class SecondFactorGuard:
    """Leads whoever holds a wide role to the second factor before any working room opens.

    Public pages are not looked at, so that they touch no session. Which grants a page sees is decided again in
    `queries.get_viewer`: this middleware leads, it is not the lock.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The page to go to first; none where the way is free. An admin page that is not theirs answers 403."""
        if not request.path.startswith(ROOMS) or request.path.startswith(OPEN):
            return None
        user, in_admin = request.user, request.path.startswith(ADMIN)
        if not isinstance(user, User):
            return _to_sign_in(request) if in_admin else None
        if queries.wants_second_factor(request, on=clock.today()):
            return _to_second_factor(request, user)
        _note_seen(request, user)
        return _at_admin(request, user) if in_admin else None


def _at_admin(request: HttpRequest, user: User) -> HttpResponse | None:
    if not user.is_superuser and not queries.get_viewer(request, on=clock.today()).has(*ADMIN_ROLES):
        return problems.answer(request, NotAllowed())
    return HttpResponseRedirect(ADMIN) if request.path.startswith(WAGTAIL_ENTRANCES) else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    target = ADMIN if request.path.startswith(WAGTAIL_ENTRANCES) else request.get_full_path()
    return redirect_to_login(target, reverse("account_login"))


def _note_seen(request: HttpRequest, user: User) -> None:
    """Once an hour, write down that this place is in use; nothing for sessions that no door of ours began."""
    at = clock.now()
    seen = request.session.get(SEEN_KEY)
    if seen is not None and at.timestamp() - seen > SEEN_EVERY_SECONDS:
        request.session[SEEN_KEY] = int(at.timestamp())
        operations.note_seen(user=user, session_key=request.session.session_key or "", at=at)


def _to_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    factors = queries.second_factors(user)
    names = {"totp": "mfa_reauthenticate", "webauthn": "mfa_reauthenticate_webauthn"}
    name = next((names[factor] for factor in ("totp", "webauthn") if factor in factors), "mfa_index")
    target = request.get_full_path() if request.method == "GET" else "/hall/"
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': target})}")
