"""Worksites in the Hall: the viewer's own, one of them, and what is written about it by hand."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.roster import access, operations
from unionhall.roster.forms.worksites import HoursForm, WorksiteForm, site_filter, status_chips
from unionhall.roster.models import Worksite
from unionhall.roster.queries import worksites as queries

A_PAGE = 40


@never_cache
@require_safe
def worksite_list(request: HttpRequest) -> HttpResponse:
    """The viewer's worksites, by name, area and status."""
    viewer = _viewer(request)
    wanted = site_filter(request.GET)
    page = Paginator(queries.list_worksites(viewer, wanted), A_PAGE).get_page(request.GET.get("page"))
    areas = queries.areas_of_viewer(viewer)
    chips = status_chips(wanted)
    context = {"viewer": viewer, "wanted": wanted, "page": page, "areas": areas, "chips": chips}
    return render(request, "roster/worksites.html", context)


@never_cache
@require_safe
def worksite_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One worksite: its names and codes, hours, people, leaders, districts, and the lists that touched it."""
    viewer = _viewer(request)
    page = queries.get_worksite_page(viewer, public_id, on=clock.today())
    may_edit = access.may_import(viewer)
    context = {"viewer": viewer, "page": page, "site": page.site, "may_edit": may_edit, "hours": HoursForm()}
    return render(request, "roster/worksite.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worksite_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write what a list has wrong; it stands from then on."""
    viewer, site = _to_edit(request, public_id)
    form = WorksiteForm(request.POST if request.method == "POST" else None, worksite=site)
    if request.method == "POST" and form.is_valid():
        actor, at = _actor(viewer), clock.now()
        operations.edit_worksite(worksite=site, values=form.said(), actor=actor, at=at)
        if form.cleaned_data["area"] and form.cleaned_data["area"].pk != site.area_id:
            operations.set_area(worksite=site, area=form.cleaned_data["area"], actor=actor, at=at)
        return redirect("worksite", public_id)
    context = {"viewer": viewer, "site": site, "form": form}
    return render(request, "roster/worksite_edit.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def worksite_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close it, or open it again."""
    viewer, site = _to_edit(request, public_id)
    change = operations.reopen_worksite if request.POST.get("open") else operations.close_worksite
    change(worksite=site, actor=_actor(viewer), at=clock.now())
    return redirect("worksite", public_id)


@require_POST
def worksite_hours(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a shift, or a bell where no end is said."""
    viewer, site = _to_edit(request, public_id)
    form = HoursForm(request.POST)
    if not form.is_valid():
        page = queries.get_worksite_page(viewer, public_id, on=clock.today())
        context = {"viewer": viewer, "page": page, "site": page.site, "may_edit": True, "hours": form}
        return render(request, "roster/worksite.html", context, status=422)
    _put_hours(site, form, _actor(viewer))
    return redirect("worksite", public_id)


def _put_hours(site: Worksite, form: HoursForm, actor: Actor) -> None:
    said, at = form.cleaned_data, clock.now()
    if said["ends_at"]:
        hours = {name: said[name] for name in ("name", "starts_at", "ends_at")}
        operations.put_shift(worksite=site, **hours, actor=actor, at=at)
    else:
        operations.put_bell(worksite=site, name=said["name"], rings_at=said["starts_at"], actor=actor, at=at)


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_people(viewer)
    return viewer


def _to_edit(request: HttpRequest, public_id: str) -> tuple[Viewer, Worksite]:
    viewer = get_viewer(request, on=clock.today())
    access.require_import(viewer)
    return viewer, queries.find_own_worksite(viewer, public_id)


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
