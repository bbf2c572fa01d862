"""Doors to the breach list: who was exposed, to read and print, and asked for as a file by two persons."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import NotAllowed
from unionhall.roster import access, operations
from unionhall.roster.enums import ExportKind
from unionhall.roster.forms.breach import BreachFileForm, BreachForm
from unionhall.roster.operations.keeping.breach import note_breach_asked
from unionhall.roster.queries import ExportFilter
from unionhall.roster.queries import breach as queries

A_PAGE: Final = 100
A_PRINT: Final = 1_000


@never_cache
@require_safe
def breach(request: HttpRequest) -> HttpResponse:
    """Who was exposed by what was asked for, and what of each."""
    viewer = _viewer(request)
    form = BreachForm(request.GET, viewer=viewer, today=clock.today())
    return render(request, "roster/breach.html", _page(request, viewer, form, BreachFileForm()))


@require_POST
def breach_file(request: HttpRequest) -> HttpResponse:
    """Ask for the list as a file, with contacts; a second person must agree."""
    viewer = _viewer(request)
    if not access.may_ask_export(viewer):
        raise NotAllowed
    form, why = BreachForm(request.GET, viewer=viewer, today=clock.today()), BreachFileForm(request.POST)
    asked = form.asked()
    if not why.is_valid() or asked.is_blank:
        return render(request, "roster/breach.html", _page(request, viewer, form, why), status=422)
    wanted = ExportFilter(contacts=True, breach=asked.to_json())
    said = {"actor": _actor(viewer), "at": clock.now(), **why.cleaned_data}
    export = operations.ask_export(kind=ExportKind.BREACH, wanted=wanted, **said)
    return redirect("export", export.public_id)


def _page(request: HttpRequest, viewer: Viewer, form: BreachForm, why: BreachFileForm) -> dict[str, Any]:
    asked, kept = form.asked(), request.GET.copy()
    kept.pop("page", None)
    may = {"may_take": access.may_ask_export(viewer), "query": kept.urlencode()}
    context = {"viewer": viewer, "form": form, "asked": asked, "file_form": why}
    return context | may | ({} if asked.is_blank else _found(request, viewer, asked))


def _found(request: HttpRequest, viewer: Viewer, asked: queries.BreachAsked) -> dict[str, Any]:
    """The list itself; drawing it up stands in the trail once, not for every page of it."""
    found, size = queries.breach_of(asked), A_PRINT if request.GET.get("print") else A_PAGE
    page = Paginator(queries.ordered(found), size).get_page(request.GET.get("page"))
    if page.number == 1:
        told: dict[str, Any] = {"asked": asked.to_json(), "persons": len(found.of)}
        note_breach_asked(**told, actor=_actor(viewer), at=clock.now())
    rows = queries.page_of(found, start=page.start_index() - 1 if found.of else 0, size=size)
    devices = queries.devices_of(asked.doer) if asked.doer is not None else []
    return {"found": found, "rows": rows, "page": page, "states": queries.states_of(found), "devices": devices}


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_breach(viewer)
    return viewer


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
