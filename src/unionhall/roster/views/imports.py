"""Lists that come in: brought, looked at, applied, taken back."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock, jobs
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.roster import access, operations, queries, tables
from unionhall.roster.enums import Decision, ImportState
from unionhall.roster.forms.imports import ColumnsForm, ListForm
from unionhall.roster.models import Import
from unionhall.roster.queries.site_doubts import get_site_doubt, site_lines

A_PAGE: Final = 25
SITES_A_PAGE: Final = 50


@never_cache
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Every list that came in, the latest first."""
    viewer = _viewer(request)
    page = Paginator(queries.imports(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "roster/imports.html", {"viewer": viewer, "page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Bring in a file: it is looked at, and nothing is written."""
    viewer = _viewer(request)
    form = ListForm(request.POST or None, request.FILES or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("import", _look(form.cleaned_data, viewer).public_id)
        except UnionhallError as error:
            form.add_error("file", error.sentence())
    context = {"viewer": viewer, "form": form, "sources": queries.sources()}
    return render(request, "roster/import_new.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def import_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a list would change, or did."""
    viewer = _viewer(request)
    return _page(request, viewer, queries.get_import_by_public_id(public_id))


@require_POST
def import_columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which column holds what, and look again."""
    viewer = _viewer(request)
    imported = queries.get_import_by_public_id(public_id)
    form = ColumnsForm(request.POST, **_columns(imported))
    if not form.is_valid():
        return _page(request, viewer, imported, form)
    again = operations.look_again(imported, file=tables.stored_file(imported), mapping=form.mapping(), **_by(viewer))
    return redirect("import", again.public_id)


@require_POST
def import_apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write what the list would change, as work with a bar and a stop button."""
    viewer = _viewer(request)
    imported = queries.get_import_by_public_id(public_id)
    return _work("roster.import", gettext("Applying %(name)s"), imported, viewer)


@require_POST
def import_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw away a list of which nothing was written."""
    viewer = _viewer(request)
    operations.discard(queries.get_import_by_public_id(public_id), **_by(viewer))
    return redirect("imports")


@never_cache
@require_safe
def import_doubts(request: HttpRequest, public_id: str) -> HttpResponse:
    """The lines of a worksite list that may be a worksite we hold."""
    viewer = _viewer(request)
    imported = queries.get_import_by_public_id(public_id)
    page, lines = site_lines(imported, request.GET.get("page"))
    context = {"viewer": viewer, "imported": imported, "page": page, "lines": lines}
    return render(request, "roster/import_doubts.html", context)


@require_POST
def import_doubt(request: HttpRequest, public_id: str, doubt: str) -> HttpResponse:
    """Say which worksite a line means, that it is a new one, or that it is left out."""
    viewer = _viewer(request)
    found = get_site_doubt(queries.get_import_by_public_id(public_id), doubt)
    said = request.POST.get("said", "")
    values: dict[str, Any] = {"doubt": found, **_by(viewer)}
    if said in (Decision.NEW, Decision.SKIP):
        operations.settle_site_doubt(decision=Decision(said), **values)
    else:
        operations.settle_site_doubt(decision=Decision.SAME, worksite=queries.get_worksite(said), **values)
    return redirect("import_doubts", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """What taking the list back would do; and doing it."""
    viewer = _viewer(request)
    imported = queries.get_import_by_public_id(public_id)
    if request.method == "POST":
        return _work("roster.undo", gettext("Taking back %(name)s"), imported, viewer)
    undone = operations.preview_undo(imported=imported)
    return render(request, "roster/import_undo.html", {"viewer": viewer, "imported": imported, "undone": undone})


@never_cache
@require_safe
def import_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole report, as the command line gives it."""
    _viewer(request)
    imported = queries.get_import_by_public_id(public_id)
    answer = JsonResponse(queries.told(imported), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = f'attachment; filename="report-{imported.pk}.json"'
    return answer


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_import(viewer)
    return viewer


def _by(viewer: Viewer) -> dict[str, Any]:
    return {"actor": Actor(user_id=viewer.user_id, label=viewer.name), "at": clock.now()}


def _look(data: dict[str, Any], viewer: Viewer) -> Import:
    upload = data["file"]
    content = upload.read()
    return operations.receive(
        kind=data["kind"],
        file=tables.read_list(content, name=upload.name or "", kind=data["kind"]),
        data=content,
        source=data["source"],
        as_of=data["as_of"],
        **_by(viewer),
    )


def _work(kind: str, label: str, imported: Import, viewer: Viewer) -> HttpResponse:
    address = reverse("import", args=[imported.public_id])
    payload = {"import": imported.pk, "address": address}
    job = jobs.start(kind, payload=payload, label=label % {"name": imported.source}, **_by(viewer))
    return redirect("job", job.public_id)


def _columns(imported: Import) -> dict[str, Any]:
    return {
        "fields": operations.fields_of(imported.kind),
        "heads": imported.columns,
        "mapping": operations.columns_read(imported),
    }


def _page(request: HttpRequest, viewer: Viewer, imported: Import, form: ColumnsForm | None = None) -> HttpResponse:
    sites = Paginator(imported.report.get("by_worksite", []), SITES_A_PAGE).get_page(request.GET.get("page"))
    waits = imported.state == ImportState.LOOKED_AT
    context = {
        "viewer": viewer,
        "imported": imported,
        "report": queries.told(imported),
        "sites": sites,
        "doubts": queries.open_doubts().filter(imported=imported).count(),
        "columns": form or (ColumnsForm(**_columns(imported)) if waits and imported.columns else None),
    }
    return render(request, "roster/import.html", context, status=422 if form and form.errors else 200)
