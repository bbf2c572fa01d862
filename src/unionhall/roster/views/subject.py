"""The subject file: everything held about one person, handed out on a written request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.roster import access, operations
from unionhall.roster.forms.subject import FileForm
from unionhall.roster.models import Person
from unionhall.roster.queries.person import get_person
from unionhall.roster.queries.subject import held_about
from unionhall.roster.tables.subject import TYPES, subject_file


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the reason; then show the whole file, notes too, or give it to take along."""
    viewer = get_viewer(request, on=clock.today())
    access.require_subject_file(viewer)
    person = get_person(viewer, public_id, on=clock.today())
    if person.merged_into is not None:
        return redirect("person_file", person.merged_into.public_id)
    form = FileForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _given(request, viewer, person, form.cleaned_data["reason"])
    context = {"viewer": viewer, "person": person, "form": form}
    return render(request, "roster/person_file.html", context, status=422 if form.is_bound else 200)


def _given(request: HttpRequest, viewer: Viewer, person: Person, reason: str) -> HttpResponse:
    """The file as a page to read and print, or as bytes."""
    at, wanted = clock.now(), request.POST.get("as", "")
    actor = Actor(user_id=viewer.user_id, label=viewer.name)
    kept = operations.read_file(person=person, reason=reason, format=wanted or "page", actor=actor, at=at)
    sections = held_about(person, all_lines=True)
    if wanted not in TYPES:
        context = {"viewer": viewer, "person": person, "sections": sections, "reason": kept, "at": at}
        return render(request, "roster/person_file.html", context)
    file = subject_file(wanted, person, sections, at=at, reason=kept)
    response = HttpResponse(file.data, content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
