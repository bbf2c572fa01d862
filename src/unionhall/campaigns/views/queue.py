"""The queue in the Hall."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import access, operations, queries
from unionhall.campaigns.forms import NoteForm, PlaceForm, queue_filter
from unionhall.campaigns.models import Entry
from unionhall.campaigns.tables import QueueTable
from unionhall.campaigns.views.noting import note_entries
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Viewer
from unionhall.foundation.errors import NotAllowed


@require_safe
@never_cache
def hall(request: HttpRequest) -> HttpResponse:
    """The viewer's queue, those who waited longest first."""
    viewer = _queue_viewer(request)
    wanted = queue_filter(request.GET)
    queue = queries.get_queue(viewer, wanted, now=clock.now())
    note_entries(viewer, (row.entry for row in queue.rows))
    did = queries.find_act(viewer, request.GET.get("did", ""))
    context = {"viewer": viewer, "queue": queue, "wanted": wanted, "table": QueueTable(queue, wanted), "did": did}
    return render(request, "campaigns/hall.html", context)


@require_safe
@never_cache
def hall_entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """One entry: what she sent, what she agreed to, what was done."""
    viewer = _queue_viewer(request)
    entry = queries.get_entry(viewer, public_id)
    note_entries(viewer, [entry])
    return render(request, "campaigns/hall_entry.html", _entry_page(request, viewer, entry))


@require_POST
def hall_act(request: HttpRequest, public_id: str) -> HttpResponse:
    """A call, a text, a mail, or done: recorded with one tap."""
    viewer, entry = _entry_to_answer(request, public_id)
    at, actor, act = clock.now(), _actor(viewer), request.POST.get("act", "")
    note = operations.record_act(entry=entry, kind=act, actor=actor, at=at)
    if request.htmx:  # type: ignore[attr-defined]
        return _card(request, viewer, public_id, did=note)
    return _back(request, public_id, did=note.public_id)


@require_POST
def hall_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one line back."""
    viewer, entry = _entry_to_answer(request, public_id)
    note = queries.get_note(entry, request.POST.get("note", ""))
    operations.take_back(note=note, actor=_actor(viewer), at=clock.now())
    if request.htmx:  # type: ignore[attr-defined]
        return _card(request, viewer, public_id)
    return _back(request, public_id)


@require_POST
def hall_note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a note."""
    viewer = _queue_viewer(request)
    entry = queries.get_entry(viewer, public_id)
    if not access.may_see_notes(viewer, entry):
        raise NotAllowed
    form = NoteForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        operations.add_note(entry=entry, text=text, actor=_actor(viewer), at=clock.now())
        return redirect("hall_entry", public_id)
    page = _entry_page(request, viewer, entry) | {"note_form": form}
    return render(request, "campaigns/hall_entry.html", page, status=422)


@require_POST
def hall_place(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which worksite on our list she means."""
    viewer = _queue_viewer(request)
    entry = queries.get_entry(viewer, public_id)
    if not access.may_place(viewer):
        raise NotAllowed
    form = PlaceForm(request.POST)
    if form.is_valid():
        operations.place_entry(entry=entry, worksite=form.cleaned_data["found"], actor=_actor(viewer), at=clock.now())
        return redirect("hall_entry", public_id)
    page = _entry_page(request, viewer, entry) | {"place_form": form}
    return render(request, "campaigns/hall_entry.html", page, status=422)


@require_POST
def hall_clear(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let her in although the list calls her management, and say why."""
    viewer = _queue_viewer(request)
    entry = queries.get_entry(viewer, public_id)
    if not access.may_clear(viewer, entry):
        raise NotAllowed
    operations.clear_entry(entry=entry, reason=request.POST.get("why", ""), actor=_actor(viewer), at=clock.now())
    return redirect("hall_entry", public_id)


def _queue_viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_queue(viewer)
    return viewer


def _entry_to_answer(request: HttpRequest, public_id: str) -> tuple[Viewer, Entry]:
    viewer = _queue_viewer(request)
    entry = queries.get_entry(viewer, public_id)
    if not access.may_answer(viewer, entry):
        raise NotAllowed
    return viewer, entry


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)


def _entry_page(request: HttpRequest, viewer: Viewer, entry: Entry) -> dict[str, Any]:
    """What the page of one entry shows; notes only to those who may read them."""
    return {
        "viewer": viewer,
        "row": queries.row_of(entry, now=clock.now()),
        "entry": entry,
        "lines": queries.lines_of(viewer, entry),
        "did": queries.find_act(viewer, request.GET.get("did", "")),
        "note_form": NoteForm(),
        "place_form": PlaceForm(),
        "may_clear": entry.is_stopped and access.may_clear(viewer, entry),
    }


def _card(request: HttpRequest, viewer: Viewer, public_id: str, **extra: Any) -> HttpResponse:
    row = queries.row_of(queries.get_entry(viewer, public_id), now=clock.now())
    context = {"viewer": viewer, "row": row, "entry": row.entry, "swapped": True, **extra}
    return render(request, "campaigns/hall.html#card", context)


def _back(request: HttpRequest, public_id: str, *, did: str = "") -> HttpResponseRedirect:
    """To the page the button stood on: the entry's, or the queue as it was filtered."""
    address = reverse("hall_entry", args=[public_id]) if request.POST.get("back") == "entry" else reverse("hall_queue")
    return HttpResponseRedirect(f"{address}?did={did}" if did else address)
