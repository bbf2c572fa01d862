"""Doors to people: finding them, one person's page, what is written of her by hand, and merges."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.roster import access, operations
from unionhall.roster.forms.people import ContactForm, EditForm, WantedForm, initial_of, undone_values
from unionhall.roster.models import Person
from unionhall.roster.operations.keeping.sights import note_seen
from unionhall.roster.queries import person as one
from unionhall.roster.queries import persons as many
from unionhall.roster.queries.people import find_people
from unionhall.roster.queries.retention import clocks
from unionhall.roster.queries.review import get_merge

A_PAGE = 30
MOST_FOUND = 40
UNDO = "roster_undo"


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Find somebody, or leaf through those the viewer may know."""
    viewer = _viewer(request)
    areas, sites = many.choices_of(access.worksites_visible_to(viewer))
    form = WantedForm(request.GET, areas=areas, sites=sites)
    rows = _found(viewer, form) if form.text() else _leaf(request, viewer, form)
    kept = clocks(today=clock.today()) if access.may_administer(viewer) else None
    context = {"viewer": viewer, "form": form, "text": form.text(), "clocks": kept, **rows}
    return render(request, "roster/people.html", context)


@never_cache
@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything the viewer may see of one person; a record that was merged leads to the one it was merged into."""
    viewer = _viewer(request)
    found = one.get_person(viewer, public_id, on=clock.today())
    if found.merged_into is not None:
        return redirect("person", found.merged_into.public_id)
    page = _page(request, viewer, found)
    if page["page"].reaches and found.user_id != viewer.user_id:
        note_seen(viewer_id=viewer.user_id, person_ids=[found.pk], at=clock.now())
    return render(request, "roster/person.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write by hand what the lists have wrong."""
    viewer, found = _to_edit(request, public_id)
    before = one.hand_values(found)
    note_seen(viewer_id=viewer.user_id, person_ids=[found.pk], at=clock.now())
    form = EditForm(request.POST if request.method == "POST" else None, initial=initial_of(before))
    if request.method == "POST" and form.is_valid():
        operations.edit_person(person=found, values=form.values(), actor=_actor(viewer), at=clock.now())
        return _done(request, found.public_id, act="edit", values=initial_of(before))
    context = {
        "viewer": viewer,
        "person": found,
        "form": form,
        "page": one.person_page(viewer, found, on=clock.today()),
    }
    return render(request, "roster/person_edit.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def person_contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a phone number or a mail address."""
    viewer, found = _to_edit(request, public_id)
    form = ContactForm(request.POST)
    if form.is_valid():
        contact, owner = form.cleaned_data["contact"], form.cleaned_data["owner"]
        point = operations.add_contact(person=found, contact=contact, owner=owner, actor=_actor(viewer), at=clock.now())
        return _done(request, found.public_id, act="add", point=point.pk)
    return render(request, "roster/person.html", _page(request, viewer, found) | {"contact_form": form}, status=422)


@require_POST
def person_retire(request: HttpRequest, public_id: str, point: str) -> HttpResponse:
    """A contact is no longer hers."""
    viewer, found = _to_edit(request, public_id)
    contact = one.get_contact(found, point)
    operations.retire_contact(contact_point=contact, actor=_actor(viewer), at=clock.now())
    return _done(request, found.public_id, act="retire", point=contact.pk)


@require_POST
def person_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back what was done last: an edit by the words before it, a contact by its opposite."""
    viewer, found = _to_edit(request, public_id)
    actor, at = _actor(viewer), clock.now()
    act = request.POST.get("act", "")
    if act == "edit":
        operations.edit_person(person=found, values=undone_values(request.POST), actor=actor, at=at)
    elif act in ("add", "retire"):
        point = one.get_contact(found, request.POST.get("point", ""))
        if act == "add":
            operations.retire_contact(contact_point=point, actor=actor, at=at)
        else:
            contact = one.contact_of(point)
            operations.add_contact(person=found, contact=contact, owner=point.owner, actor=actor, at=at)
    request.session.pop(UNDO, None)
    return redirect("person", public_id)


@require_POST
def person_part(request: HttpRequest, merge: int) -> HttpResponse:
    """Part what was merged, exactly."""
    viewer = _viewer(request)
    access.require_desk(viewer)
    found = get_merge(viewer, merge, on=clock.today())
    operations.part_people(merge=found, actor=_actor(viewer), at=clock.now())
    return redirect("person", found.kept.public_id)


def _found(viewer: Viewer, form: WantedForm) -> dict[str, Any]:
    """Whom the words of the form mean, among those the viewer may know and the form narrows to."""
    today = clock.today()
    among = many.narrowed(access.persons_visible_to(viewer, on=today), form.wanted())
    reachable = among & access.persons_reached_by(viewer, on=today)
    found = find_people(form.text(), among=among, reachable=reachable, limit=MOST_FOUND)
    rows = many.rows_of(found.persons)
    return {"found": found, "rows": rows, "most": MOST_FOUND, "count": len(found.persons)}


def _leaf(request: HttpRequest, viewer: Viewer, form: WantedForm) -> dict[str, Any]:
    """A page of all whom the viewer may know and the form narrows to."""
    among = many.narrowed(access.persons_visible_to(viewer, on=clock.today()), form.wanted())
    page = Paginator(among, A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": many.rows_of(list(page.object_list)), "count": page.paginator.count}


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_people(viewer)
    return viewer


def _to_edit(request: HttpRequest, public_id: str) -> tuple[Viewer, Person]:
    viewer = _viewer(request)
    access.require_desk(viewer)
    return viewer, one.get_person_to_edit(viewer, public_id, on=clock.today())


def _page(request: HttpRequest, viewer: Viewer, found: Person) -> dict[str, Any]:
    undo = request.session.get(UNDO)
    return {
        "viewer": viewer,
        "person": found,
        "page": one.person_page(viewer, found, on=clock.today()),
        "contact_form": ContactForm(),
        "may_file": access.may_read_file(viewer),
        "may_hold": access.may_hold(viewer),
        "undo": request.session.pop(UNDO) if undo and undo["person"] == found.public_id else None,
    }


def _done(request: HttpRequest, public_id: str, **undo: Any) -> HttpResponse:
    """To the person's page, which offers to take back what was just done. Ids and our own words, never a contact."""
    request.session[UNDO] = {"person": public_id, **undo}
    return redirect("person", public_id)


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
