"""The few words an organizer writes under an entry, and which entries she asks to see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import EntryState
from unionhall.campaigns.forms.joining import live_worksite
from unionhall.campaigns.forms.screened import ScreenedForm
from unionhall.campaigns.models import LANGUAGES
from unionhall.campaigns.queries import QueueFilter
from unionhall.roster.queries import find_worksite_by_text


class NoteForm(ScreenedForm):
    """A few words under an entry."""

    text = forms.CharField(
        label=_("Note"),
        max_length=2000,
        error_messages={"required": _("Write a word or two first; an empty note helps nobody.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlaceForm(forms.Form):
    """Which worksite on our list an entry means."""

    worksite = forms.CharField(
        label=_("Worksite on our list"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    worksite_id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The worksite that was chosen or written. What fits none, or several, is an error."""
        data = super().clean() or self.cleaned_data
        chosen, text = data.get("worksite_id", ""), data.get("worksite", "")
        found = live_worksite(chosen) or (find_worksite_by_text(text) if text else None)
        if found is None and text:
            self.add_error("worksite", _("No worksite has exactly this name. Choose one from the list."))
        data["found"] = found
        return data


def queue_filter(query: Any) -> QueueFilter:
    """What the address asks to see; whatever it cannot mean falls back to those who wait. query: request.GET."""
    state = query.get("state", "")
    language = query.get("language", "")
    return QueueFilter(
        state=state if state in EntryState.values else EntryState.OPEN,
        language=language if language in dict(LANGUAGES) else "",
        page=page_of(query),
    )


def page_of(query: Any) -> int:
    """Which page of a list the address asks for; the first for whatever it cannot mean. query: request.GET."""
    page = query.get("page", "")
    return max(int(page), 1) if page.isdecimal() and len(page) < 5 else 1
