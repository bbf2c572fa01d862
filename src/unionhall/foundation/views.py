"""Doors of the ground floor: health, and how far one's own long work is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.foundation import clock, health, jobs
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import SignInNeeded
from unionhall.foundation.problems import wants_json


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked of it."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether members can be served: 200, or 503 with what fails."""
    found = health.readiness(at=clock.now())
    return JsonResponse(found.to_json(), status=200 if found.is_ready else 503)


@never_cache
@require_safe
def job_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far one's own work is: a page, or JSON for `<uh-progress>`."""
    at = clock.now()
    job = jobs.get_own_job(public_id, owner=_owner(request))
    response = (
        JsonResponse(job.to_json(at))
        if wants_json(request)
        else render(request, "foundation/job.html", {"job": job, "shown": jobs.shown(job, at=at)})
    )
    patch_vary_headers(response, ["Accept"])
    return response


@require_POST
def stop_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask one's own work to stop."""
    job = jobs.get_own_job(public_id, owner=_owner(request))
    jobs.cancel(job, actor=_actor(request), at=clock.now())
    return redirect("job", public_id=public_id)


@require_POST
def resume_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let one's own work go on from where it was."""
    job = jobs.get_own_job(public_id, owner=_owner(request))
    jobs.resume(job, actor=_actor(request), at=clock.now())
    return redirect("job", public_id=public_id)


def _owner(request: HttpRequest) -> int:
    if request.user.pk is None:
        raise SignInNeeded
    return int(request.user.pk)


def _actor(request: HttpRequest) -> Actor:
    return Actor(user_id=_owner(request), label=str(request.user))
