"""The room from which all others are closed, and opened again by two."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts import access, operations, queries
from unionhall.accounts.forms import LockdownForm
from unionhall.accounts.views.account import signed_in
from unionhall.foundation import clock


@never_cache
@login_required
@require_safe
def lockdown(request: HttpRequest) -> HttpResponse:
    """Whether the rooms are closed, since when, and who has agreed to open them."""
    return _page(request, LockdownForm())


@login_required
@require_POST
def lockdown_begin(request: HttpRequest) -> HttpResponse:
    """Close every inner room; the one who does it is signed out too."""
    access.require_lockdown_room(queries.get_viewer(request, on=clock.today()))
    form = LockdownForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    user = signed_in(request)
    operations.begin_lockdown(why=form.cleaned_data["why"], actor=user.as_actor(), at=clock.now())
    return redirect("account_login")


@login_required
@require_POST
def lockdown_agree(request: HttpRequest) -> HttpResponse:
    """One officer's word that the rooms may open."""
    access.require_lockdown_room(queries.get_viewer(request, on=clock.today()))
    user = signed_in(request)
    operations.agree_to_open(user=user, actor=user.as_actor(), at=clock.now())
    return redirect("lockdown")


def _page(request: HttpRequest, form: LockdownForm) -> HttpResponse:
    viewer = queries.get_viewer(request, on=clock.today())
    access.require_lockdown_room(viewer)
    standing = queries.find_lockdown()
    context = {
        "viewer": viewer,
        "lockdown": standing,
        "voices": list(standing.voices.select_related("user")) if standing else [],
        "officers": queries.officers(on=clock.today()).count(),
        "form": form,
    }
    return render(request, "accounts/lockdown.html", context, status=422 if form.errors else 200)
