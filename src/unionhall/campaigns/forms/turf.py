"""Asking somebody to become a CAT member, noting a talk, and which of the people a page shows."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.forms.screened import ScreenedForm
from unionhall.campaigns.queries import SORTS
from unionhall.foundation.contacts import Contact, InvalidContact, is_employer_mail, parse_contact

SHOWS: Final = ("all", "uncovered", "silent")


class AskForm(forms.Form):
    """Whom to ask: a name and a phone of her own."""

    name = forms.CharField(label=_("Their name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    contact = forms.CharField(
        label=_("Their own cell phone or mail"),
        help_text=_("Never the employer’s. The link goes there, and whoever opens it has the list."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": (get_language() or "en")[:2]}, use_required_attribute=False)

    def clean_contact(self) -> Contact:
        """The contact as the house keeps it; it must be their own cell phone or mail."""
        try:
            contact = parse_contact(self.cleaned_data["contact"])
        except InvalidContact as error:
            raise forms.ValidationError(error.sentence(), code=error.code) from error
        if contact.kind == "mail" and is_employer_mail(contact.value):
            raise forms.ValidationError(
                _("This mail belongs to the employer, who may read it. Ask for a cell phone or a mail of their own."),
                code="employer_mail",
            )
        return contact


class TalkForm(ScreenedForm):
    """What was asked and said in a talk; both may be left out."""

    asked = forms.CharField(
        label=_("What did you ask?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "asks"}),
    )
    text = forms.CharField(
        label=_("What did they say?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def shown(query: Any) -> str:
    """Which people of a worksite the address asks to see: one of SHOWS. query: request.GET or POST."""
    asked = query.get("show", "")
    return asked if asked in SHOWS else "all"


def sorted_by(query: Any) -> str:
    """By what the address asks to rank worksites: one of SORTS. query: request.GET."""
    asked = query.get("sort", "")
    return asked if asked in SORTS else SORTS[0]
