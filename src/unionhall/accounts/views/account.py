"""The account's own page: where it is signed in, its keys, its language; and a paper code for somebody else."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts import access, operations, queries
from unionhall.accounts.forms import LanguageForm
from unionhall.accounts.models import User
from unionhall.accounts.views.session import landing, set_language_cookie, wanted
from unionhall.foundation import clock
from unionhall.foundation.errors import NotFound
from unionhall.foundation.hooks import hall_notices
from unionhall.foundation.origin import require_same_origin


def signed_in(request: HttpRequest) -> User:
    """The account in front of the screen, behind `login_required`."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type after login_required
    return request.user


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Where you are signed in, your keys, your language."""
    user = signed_in(request)
    context = {
        "devices": queries.open_devices(user, at=clock.now()),
        "here": request.session.session_key,
        "factors": queries.second_factors(user),
        "form": LanguageForm(initial={"language": user.language}),
        "home": landing(user),
    }
    return render(request, "accounts/account.html", context)


@never_cache
@login_required
@require_safe
def hall_menu(request: HttpRequest) -> HttpResponse:
    """Every room of the Hall that is open to the viewer."""
    viewer = queries.get_viewer(request, on=clock.today())
    notices = [notice for waits in hall_notices for notice in waits(viewer)]
    return render(request, "accounts/hall_menu.html", {"viewer": viewer, "notices": notices})


@login_required
@require_POST
def end_device(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sign one place out; a place of somebody else does not exist."""
    user = signed_in(request)
    device = access.devices_visible_to(user).filter(public_id=public_id).first()
    if device is None:
        raise NotFound
    operations.end_device(device=device, actor=user.as_actor(), at=clock.now())
    return HttpResponseRedirect(reverse("account"))


@login_required
@require_POST
def end_other_devices(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user = signed_in(request)
    here = request.session.session_key or ""
    operations.end_sessions(user=user, actor=user.as_actor(), at=clock.now(), but=here)
    return HttpResponseRedirect(reverse("account"))


@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Read in another language from now on, on pages without a language in their address."""
    require_same_origin(request)
    form = LanguageForm(request.POST)
    response = HttpResponseRedirect(wanted(request) or reverse("account"))
    if form.is_valid():
        language = form.cleaned_data["language"]
        if isinstance(request.user, User):
            actor = request.user.as_actor()
            operations.set_language(user=request.user, language=language, actor=actor, at=clock.now())
        set_language_cookie(response, language)
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def paper_code(request: HttpRequest, public_id: str) -> HttpResponse:
    """A paper code for a member without a phone, by who stands for her face to face. Shown once, here."""
    viewer = queries.get_viewer(request, on=clock.today())
    member = access.find_vouched(viewer, public_id)
    if member is None:
        raise NotFound
    code = ""
    if request.method == "POST":
        code = operations.issue_paper_code(user=member, actor=signed_in(request).as_actor(), at=clock.now())
    return render(request, "accounts/paper_code.html", {"member": member, "code": code, "address": _paper_page(member)})


def _paper_page(member: User) -> str:
    with translation.override(member.language):
        return f"{settings.BASE_URL}{reverse('sign_in_paper')}"
