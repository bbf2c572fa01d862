"""The record of a campaign, kept in the Hall."""

from __future__ import annotations

from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import access, operations, queries
from unionhall.campaigns.enums import Part
from unionhall.campaigns.forms.record import (
    FORMS,
    IdentityForm,
    NewCampaignForm,
    PackForm,
    PhaseForm,
    RecordForm,
    WordForm,
    key_of,
)
from unionhall.campaigns.models import Campaign, PhaseRecord
from unionhall.campaigns.queries import keeping
from unionhall.foundation import clock, vocabulary
from unionhall.foundation.access import Actor, Viewer

FORM = "campaigns/record/form.html"


@never_cache
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The local's campaigns, for those who keep their record."""
    viewer = _viewer(request)
    context = {"viewer": viewer, "cards": queries.campaign_cards(clock.today())}
    return render(request, "campaigns/record/campaigns.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Open a campaign."""
    viewer = _viewer(request)
    form = NewCampaignForm(
        _posted(request), taken=frozenset(queries.campaign_slugs()), may_strike=access.may_record_phases(viewer)
    )
    if form.is_bound and form.is_valid():
        made = operations.create_campaign(actor=_actor(viewer), at=clock.now(), **form.said())
        messages.success(request, _("The campaign is open. Next: where does it stand?"))
        return redirect("record", made.slug)
    context = {"viewer": viewer, "form": form, "skins": True}
    return render(request, "campaigns/record/new.html", context, status=_status(form))


@never_cache
@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign's record at a glance."""
    viewer, campaign = _kept(request, slug)
    page = keeping.get_overview(campaign, on=clock.today())
    parts = [(part.value, part.label, page.counts[part]) for part in Part if part in page.counts]
    context = {"viewer": viewer, "campaign": campaign, "page": page, "home": page.home, "parts": parts}
    return render(request, "campaigns/record/overview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, slug: str) -> HttpResponse:
    """Who the campaign is."""
    viewer, campaign = _kept(request, slug)
    form = IdentityForm(_posted(request), row=campaign, may_strike=access.may_record_phases(viewer))
    if form.is_bound and form.is_valid():
        operations.create_campaign(slug=slug, actor=_actor(viewer), at=clock.now(), **form.said())
        return _saved(request, "record_identity", slug)
    context = {"viewer": viewer, "campaign": campaign, "form": form, "part": Part.IDENTITY, "skins": True}
    return render(request, FORM, context | {"history": keeping.history(campaign, Part.IDENTITY)}, status=_status(form))


@never_cache
@require_safe
def phases(request: HttpRequest, slug: str) -> HttpResponse:
    """The four tracks."""
    viewer, campaign = _kept(request, slug)
    tracks = keeping.tracks(campaign, on=clock.today())
    context = _list_page(viewer, campaign, Part.PHASES) | {"tracks": tracks}
    return render(request, "campaigns/record/phases.html", context | {"may_phase": access.may_record_phases(viewer)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phase_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a step: looked at in both languages first, then saved."""
    viewer, campaign = _phased(request, slug)
    day = campaign.day(clock.today())
    form = PhaseForm(_posted(request), may_strike=True, starts_on=day, step=request.GET.get("step", ""), public=True)
    return _phase_page(request, viewer, campaign, form, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phase(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct or end a step: looked at in both languages first, then saved."""
    viewer, campaign = _phased(request, slug)
    row = keeping.get_row(campaign, Part.PHASES, pk)
    form = PhaseForm(_posted(request), row=row, may_strike=True)
    if "end" in request.GET and row.ends_on is None:
        form.initial["ends_on"] = max(row.starts_on, campaign.day(clock.today()))
    return _phase_page(request, viewer, campaign, form, row)


@require_POST
def phase_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a step off the record; it can be taken back."""
    viewer, campaign = _phased(request, slug)
    row = keeping.get_row(campaign, Part.PHASES, pk)
    operations.remove_row(part=Part.PHASES, row=row, title=row.title, actor=_actor(viewer), at=clock.now())
    messages.success(request, _("It is off the record. You can take that back below."))
    return redirect("record_phases", slug)


@never_cache
@require_safe
def part_list(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """The rows of one part."""
    viewer, campaign = _kept(request, slug)
    context = _list_page(viewer, campaign, part) | _rows(campaign, part)
    return render(request, f"campaigns/record/{part}.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row_new(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Add a row."""
    viewer, campaign = _kept(request, slug)
    day = campaign.day(clock.today())
    form = FORMS[part](
        _posted(request),
        may_strike=access.may_record_phases(viewer),
        on=day,
        as_of=day,
        starts_on=day,
        used_on=["home"],
    )
    return _row_page(request, viewer, campaign, part, form, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row_edit(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponse:
    """Correct a row, or give a fact its newer value."""
    viewer, campaign = _kept(request, slug)
    row = keeping.get_row(campaign, part, pk)
    form = FORMS[part](_posted(request), row=row, may_strike=access.may_record_phases(viewer))
    return _row_page(request, viewer, campaign, part, form, row)


@require_POST
def row_remove(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponse:
    """Take a row off the record; it can be taken back."""
    viewer, campaign = _kept(request, slug)
    row = keeping.get_row(campaign, part, pk)
    access.require_words(viewer, keeping.texts_of(row))
    title = row.label if part == Part.FACTS else row.title
    operations.remove_row(part=Part(part), row=row, title=title, actor=_actor(viewer), at=clock.now())
    messages.success(request, _("It is off the record. You can take that back below."))
    return redirect("record_part", slug, part)


@require_POST
def area_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One place up or down."""
    viewer, campaign = _kept(request, slug)
    area = keeping.get_row(campaign, Part.AREAS, pk)
    by: Literal[-1, 1] = -1 if request.POST.get("by") == "up" else 1
    operations.move_focus_area(area=area, by=by, actor=_actor(viewer), at=clock.now())
    return redirect("record_part", slug, Part.AREAS)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a change back: what stood there before stands there again."""
    viewer = _viewer(request)
    change = keeping.get_change(public_id)
    if change.part == Part.PHASES:
        access.require_phases(viewer)
    access.require_words(viewer, keeping.texts_of(change.before, change.after))
    operations.take_back_change(change=change, actor=_actor(viewer), at=clock.now())
    messages.success(request, _("Taken back. What stood there before stands there again."))
    return redirect(*_door_of(change.part, change.campaign))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """What the local calls things: the pack, and each word."""
    viewer = _viewer(request)
    choice = vocabulary.chosen()
    form = PackForm(_posted(request), pack=choice.pack)
    if form.is_bound and form.is_valid():
        operations.choose_words(pack=form.cleaned_data["pack"], actor=_actor(viewer), at=clock.now())
        return _saved(request, "record_words")
    own = choice.own_words
    lines = [(key, word, key in own) for key, word in sorted(vocabulary.words().items())]
    context = {"viewer": viewer, "form": form, "lines": lines, "history": keeping.history(None, Part.WORDS)}
    return render(request, "campaigns/record/words.html", context, status=_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, key: str) -> HttpResponse:
    """Say one thing otherwise, or as the pack again."""
    viewer = _viewer(request)
    held = keeping.get_word(key)
    form = WordForm(_posted(request), word=held)
    if "pack" in request.POST or (form.is_bound and form.is_valid()):
        said = None if "pack" in request.POST else form.said()
        operations.put_word(key=key, said=said, actor=_actor(viewer), at=clock.now())
        return _saved(request, "record_words")
    own = key in vocabulary.chosen().own_words
    context = {"viewer": viewer, "form": form, "key": key, "word": held, "own": own}
    return render(request, "campaigns/record/word.html", context, status=_status(form))


def _door_of(part: str, campaign: Campaign | None) -> tuple[str, ...]:
    """Where a part of the record is kept."""
    doors = {Part.IDENTITY: "record_identity", Part.PHASES: "record_phases"}
    if campaign is None:
        return ("record_words",)
    return (doors[Part(part)], campaign.slug) if part in doors else ("record_part", campaign.slug, part)


def _phase_page(
    request: HttpRequest, viewer: Viewer, campaign: Campaign, form: PhaseForm, row: PhaseRecord | None
) -> HttpResponse:
    """The form of a step; once it is whole, what the public will see of it; once that was looked at, the deed."""
    context: dict[str, Any] = {"viewer": viewer, "campaign": campaign, "form": form, "part": Part.PHASES, "row": row}
    if form.is_bound and form.is_valid():
        if "save" in request.POST:
            operations.record_phase(campaign=campaign, row=row, actor=_actor(viewer), at=clock.now(), **form.said())
            return _saved(request, "record_phases", campaign.slug)
        looked = PhaseRecord(pk=row.pk if row else None, campaign=campaign, changed_at=clock.now(), **form.said())
        context["previews"] = keeping.preview_phase(campaign, looked, on=clock.today())
        return render(request, "campaigns/record/phase_form.html", context)
    return render(request, "campaigns/record/phase_form.html", context, status=_status(form))


def _row_page(
    request: HttpRequest, viewer: Viewer, campaign: Campaign, part: str, form: RecordForm, row: Any
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        _write(part, campaign, row, form.said(), _actor(viewer))
        return _saved(request, "record_part", campaign.slug, part)
    context = {"viewer": viewer, "campaign": campaign, "form": form, "part": Part(part), "row": row}
    return render(request, FORM, context, status=_status(form))


def _write(part: str, campaign: Campaign, row: Any, said: dict[str, Any], actor: Actor) -> None:
    by: dict[str, Any] = {"campaign": campaign, "actor": actor, "at": clock.now()} | said
    if part == Part.FACTS:
        operations.record_fact(key=row.key if row else key_of(said, "label"), **by)
    elif part == Part.AREAS:
        operations.add_focus_area(slug=row.slug if row else key_of(said, "title"), row=row, **by)
    elif part == Part.DATES:
        operations.record_date(row=row, **by)
    else:
        operations.put_banner(row=row, **by)


def _rows(campaign: Campaign, part: str) -> dict[str, Any]:
    on = clock.today()
    if part == Part.FACTS:
        return {"facts": keeping.fact_rows(campaign, on=on)}
    if part == Part.DATES:
        to_come, past = keeping.dates_around(campaign, on=on)
        return {"to_come": to_come, "past": past}
    return {"rows": keeping.plain_rows(campaign, part), "on": campaign.day(on)}


def _list_page(viewer: Viewer, campaign: Campaign, part: str) -> dict[str, Any]:
    history = keeping.history(campaign, part)
    return {"viewer": viewer, "campaign": campaign, "part": Part(part), "history": history}


def _viewer(request: HttpRequest) -> Viewer:
    viewer = get_viewer(request, on=clock.today())
    access.require_record(viewer)
    return viewer


def _kept(request: HttpRequest, slug: str) -> tuple[Viewer, Campaign]:
    return _viewer(request), queries.get_campaign(slug)


def _phased(request: HttpRequest, slug: str) -> tuple[Viewer, Campaign]:
    viewer = get_viewer(request, on=clock.today())
    access.require_phases(viewer)
    return viewer, queries.get_campaign(slug)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _saved(request: HttpRequest, where: str, *rest: str) -> HttpResponse:
    messages.success(request, _("Saved. It stands on the page now."))
    return redirect(where, *rest)


def _actor(viewer: Viewer) -> Actor:
    return Actor(user_id=viewer.user_id, label=viewer.name)
