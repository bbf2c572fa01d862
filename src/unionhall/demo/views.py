"""The outbox of the demonstration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from unionhall.demo import operations, queries
from unionhall.foundation import clock


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What the demonstration would have sent, newest first, and who can sign in. All its people are invented."""
    shown = {
        "messages_sent": queries.outbox(),
        "cast": operations.logins(at=clock.now()),
        "member": operations.member_login(),
        "password": operations.PASSWORD,
    }
    return render(request, "demo/outbox.html", shown)
