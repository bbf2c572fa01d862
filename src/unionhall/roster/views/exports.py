"""Files that go out: asked for, decided by a second person, fetched once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import NotAllowed
from unionhall.roster import access, operations, queries
from unionhall.roster.forms.exports import AskExportForm, RefuseExportForm
from unionhall.roster.models import Export


@never_cache
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """Every file that went out or was asked for, and what waits for this viewer."""
    viewer = _viewer(request)
    board = queries.export_board(viewer, at=clock.now())
    context = {"viewer": viewer, "board": board, "may_ask": access.may_ask_export(viewer)}
    return render(request, "roster/exports.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_ask(request: HttpRequest) -> HttpResponse:
    """Ask for a file: what, of whom, why."""
    viewer = _viewer(request)
    if not access.may_ask_export(viewer):
        raise NotAllowed
    form = AskExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("kind", "format", "reason")}
        export = operations.ask_export(**said, wanted=form.wanted(), actor=_actor(viewer), at=clock.now())
        return redirect("export", export.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "roster/export_ask.html", {"viewer": viewer, "form": form}, status=status)


@never_cache
@require_safe
def export_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One file: who asked, why, how it stands, and what this viewer may do."""
    viewer = _viewer(request)
    shown = queries.export_shown(viewer, public_id, at=clock.now())
    context = {"viewer": viewer, "shown": shown, "export": shown.export, "form": RefuseExportForm()}
    return render(request, "roster/export.html", context)


@require_POST
def export_agree(request: HttpRequest, public_id: str) -> HttpResponse:
    """Be the second person."""
    viewer, export = _to_decide(request, public_id)
    operations.agree_to_export(export=export, actor=_actor(viewer), at=clock.now())
    return redirect("export", public_id)


@require_POST
def export_refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Refuse, and say why."""
    viewer, export = _to_decide(request, public_id)
    why = request.POST.get("why", "")[:500]
    operations.refuse_export(export=export, why=why, actor=_actor(viewer), at=clock.now())
    return redirect("export", public_id)


@require_POST
def export_fetch(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file itself, once, for who asked for it."""
    viewer = _viewer(request)
    export = queries.get_export(viewer, public_id)
    if not access.may_fetch_export(viewer, export):
        raise NotAllowed
    data = operations.take_export(export=export, actor=_actor(viewer), at=clock.now())
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_exports(viewer)
    return viewer


def _to_decide(request: HttpRequest, public_id: str) -> tuple[Viewer, Export]:
    viewer = _viewer(request)
    export = queries.get_export(viewer, public_id)
    if not access.may_decide_export(viewer, export):
        raise NotAllowed
    return viewer, export


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
