"""The archive in the Hall: taken out whole by staff, and what lies sealed, for counsel."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns.queries import get_campaign
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import UnionhallError
from unionhall.site import access, operations, queries
from unionhall.site.forms import ReasonForm


@never_cache
@require_safe
def hall_archive(request: HttpRequest) -> HttpResponse:
    """Every campaign's archive, and for counsel what was taken back."""
    viewer = _viewer(request)
    access.require_archive(viewer)
    counsel = access.may_open_sealed(viewer)
    page = {"viewer": viewer, "archives": queries.archives(), "counsel": counsel, "hold": queries.hold_stands()}
    page["sealed"] = queries.sealed_parts() if counsel else []
    return render(request, "site/hall_archive.html", page)


@never_cache
@require_safe
def hall_archive_file(request: HttpRequest, slug: str) -> FileResponse:
    """The archive of one campaign as a zip; written into the trail."""
    viewer, file = _viewer(request), BytesIO()
    access.require_archive(viewer)
    operations.take_archive(
        campaign=get_campaign(slug), file=file, actor=_actor(viewer), at=clock.now(), on=clock.today()
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"archive-{slug}-{clock.today():%Y-%m-%d}.zip")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hall_sealed(request: HttpRequest, digest: str) -> HttpResponse:
    """One sealed original: the reason is asked first, then it is shown and the trail knows."""
    viewer = _viewer(request)
    access.require_sealed(viewer)
    part, form = queries.get_sealed(digest), ReasonForm(request.POST or None)
    page = {"viewer": viewer, "part": part, "form": form, "said": None}
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            page["said"] = operations.open_sealed(part=part, reason=reason, actor=_actor(viewer), at=clock.now())
        except UnionhallError as error:
            form.add_error(None, error.sentence())
    refused = request.method == "POST" and page["said"] is None
    return render(request, "site/hall_sealed.html", page, status=422 if refused else 200)


def _viewer(request: HttpRequest) -> Viewer:
    return get_viewer(request, on=clock.today())


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
