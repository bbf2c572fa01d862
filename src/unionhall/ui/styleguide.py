"""What the style guide shows: invented content for every component, and the measured inks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from unionhall.ui import contrast
from unionhall.ui.pictures import PICTURES

SCHOOLS: Final = (
    ("g1", "Alder Street Elementary", "412 Alder St, 90033"),
    ("g2", "Cypress Park Primary", "88 Cypress Ct, 90065"),
    ("g3", "Jacaranda High", "1900 Jacaranda Av, 90018"),
    ("g4", "Magnolia Avenue Elementary", "640 Magnolia Av, 90011"),
    ("g5", "Mesa Bus Yard", "5 Depot Way, 91331"),
    ("g6", "Palo Verde Middle", "77 Channel Rd, 90731"),
)
ICONS: Final = tuple(
    name
    for line in (
        "arrow back book calendar chart check clock copy dash dispute doc down flag flag-solid globe hall info key",
        "list lock mail menu off pencil people person phone pin play plus print queue search shield sign talk text",
        "undo up vote warn x",
    )
    for name in line.split()
)

SWATCHES: Final = (
    ("text", "paper"),
    ("text-soft", "paper"),
    ("ink1-text", "paper"),
    ("on-ink1", "ink1"),
    ("on-ink1", "ink1-deep"),
    ("on-ink2", "ink2"),
    ("text", "ink1-wash"),
    ("text", "ink2-wash"),
    ("good", "good-wash"),
    ("bad", "bad-wash"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How the guide is shown: language, skin, and a scheme or "" for the reader's own; dir: "" or "rtl" for a trial."""

    language: str
    skin: str
    scheme: str
    direction: str


def choose(asked: Mapping[str, str], *, languages: Sequence[str]) -> Choice:
    """What the address asks for, the first of each where it asks for nothing we have."""
    language, skin, scheme = asked.get("lang", ""), asked.get("skin", ""), asked.get("scheme", "")
    return Choice(
        language if language in languages else languages[0],
        skin if skin in contrast.SKINS else contrast.SKINS[0],
        scheme if scheme in contrast.SCHEMES else "",
        "rtl" if asked.get("dir") == "rtl" else "",
    )


def find_schools(text: str) -> list[dict[str, str]]:
    """Invented schools whose name or address holds the text."""
    wanted = text.strip().lower()
    return [
        {"id": code, "name": name, "line": line}
        for code, name, line in SCHOOLS
        if wanted and wanted in f"{name} {line}".lower()
    ]


class GuideForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label=_("Your name"), help_text=_("As you want to be called."))
    school = forms.CharField(label=_("Your school or yard"), help_text=_("Start typing; we know the list."))
    school_id = forms.CharField(required=False, widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("Cell phone"),
        error_messages={"invalid": _("That is 8 digits. A phone number here has 10, like 323 555 0180.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    job = forms.ChoiceField(
        label=_("Job"),
        choices=[("", _("Choose one")), ("food", _("Cafeteria worker")), ("bus", _("Bus driver"))],
        required=False,
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[("before", _("Before school")), ("after", _("After school"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[("mon", _("Monday")), ("tue", _("Tuesday")), ("wed", _("Wednesday"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Anything else"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    consent = forms.BooleanField(label=_("You may text me about this campaign. STOP ends it."))

    def clean_phone(self) -> str:
        """Refuse what is too short, to show the sentence."""
        phone: str = self.cleaned_data["phone"]
        if sum(sign.isdigit() for sign in phone) < 10:
            raise forms.ValidationError(self.fields["phone"].error_messages["invalid"])
        return phone


def context(choice: Choice) -> dict[str, Any]:
    """All that the template of the guide needs."""
    measured = list(contrast.measures(contrast.tokens_of(choice.skin)))
    other = "en" if choice.language == "es" else "es"
    return {
        "choice": choice,
        "other": f"?lang={other}&skin={choice.skin}&scheme={choice.scheme}",
        "skins": contrast.SKINS,
        "schemes": contrast.SCHEMES,
        "measures": measured,
        "swatches": [it for it in measured if (it.pair.over, it.pair.under) in SWATCHES],
        "icons": ICONS,
        "pictures": [name for name in PICTURES if name != "hero"],
        "form": GuideForm(auto_id="free_%s", initial={"when": "before"}),
        "bad_form": GuideForm({"name": "Rosa", "school": "", "phone": "323 555 01", "when": "x"}, auto_id="bad_%s"),
        "school_form": GuideForm(auto_id="find_%s"),
        "page": Paginator(range(90), 10).page(2),
        "points": [(_("Survey"), 31), (_("Stickers"), 44), (_("Petition"), 58), (_("Picket"), 71)],
        "cells": [
            (_("Site %(number)s") % {"number": number}, value)
            for number, value in enumerate((1, 2, 1, 3, "", 2, 4, 1, 5, 2, 1, "", 3, 2, 1, 1), start=1)
        ],
        "assessments": ["1", "2", "3", "4", "5", ""],
    }
