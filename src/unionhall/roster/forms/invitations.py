"""Offering a role: to whom, on which channel, which, where, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.operations import Offer
from unionhall.accounts.phrases import role_word
from unionhall.foundation.access import Grant, Reach, Role
from unionhall.foundation.contacts import InvalidContact, is_employer_mail, parse_contact
from unionhall.roster.models import Worksite
from unionhall.roster.queries import find_worksite_by_text

AT_A_WORKSITE: Final = frozenset({Role.STEWARD})


class InvitationForm(forms.Form):
    """Whom to ask, and for what. Which place is wanted follows from the role.

    roles: what the viewer may offer. areas: public id → name.
    """

    name = forms.CharField(label=_("Name"), max_length=200)
    contact = forms.CharField(
        label=_("Their cell phone or their mail"),
        help_text=_("Their own, never the employer’s. The link goes there, and whoever opens it has the role."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    worksite = forms.CharField(
        label=_("Worksite"),
        help_text=_("For stewards."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    worksite_id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    area = forms.ChoiceField(label=_("Area"), help_text=_("For organizers."), required=False)
    ends_on = forms.DateField(
        label=_("Last day of the role"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None, *, roles: Sequence[Role], areas: Mapping[str, str], today: date) -> None:
        super().__init__(data, initial={"language": (get_language() or "en")[:2]}, use_required_attribute=False)
        self.today = today
        self.areas = areas
        self.fields["role"].choices = [(role.value, capfirst(role_word(role))) for role in roles]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", "–"), *areas.items()]  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.initial["role"] = roles[0].value
        if Role.ORGANIZER not in roles:
            del self.fields["area"]

    def clean_contact(self) -> str:
        """The text as it was typed; it must mean a cell phone or a mail of their own."""
        text: str = self.cleaned_data["contact"]
        try:
            contact = parse_contact(text)
        except InvalidContact as error:
            raise forms.ValidationError(error.sentence(), code=error.code) from error
        if contact.kind == "mail" and is_employer_mail(contact.value):
            raise forms.ValidationError(
                _("This mail belongs to the employer, who may read it. Ask for a cell phone or a mail of their own."),
                code="employer_mail",
            )
        return text

    def clean_ends_on(self) -> date | None:
        """The last day, not before today."""
        day: date | None = self.cleaned_data["ends_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("This day is past."), code="past")
        return day

    def clean(self) -> dict[str, Any]:
        """The place that the role wants must be said, and be one that we know."""
        data = super().clean() or self.cleaned_data
        role = data.get("role", "")
        data["site"] = self._site(data) if role in AT_A_WORKSITE else None
        if role in AT_A_WORKSITE and data["site"] is None:
            self.add_error("worksite", _("No worksite has exactly this name. Choose one from the list."))
        if role == Role.ORGANIZER and not data.get("area"):
            self.add_error("area", _("Choose the area."))
        return data

    def offer(self) -> Offer:
        """What is offered, once the form is valid."""
        data = self.cleaned_data
        grant, place = self._where(Role(data["role"]))
        contact = parse_contact(data["contact"])
        return Offer(data["name"], contact, data["language"], grant, place, data["ends_on"])

    def _where(self, role: Role) -> tuple[Grant, str]:
        site, area = self.cleaned_data["site"], self.cleaned_data.get("area", "")
        if site is not None:
            return Grant(role, Reach.WORKSITE, frozenset({site.public_id})), site.name
        if role is Role.ORGANIZER:
            return Grant(role, Reach.AREA, frozenset({area})), self.areas[area]
        return Grant(role, Reach.ALL), ""

    @staticmethod
    def _site(data: Mapping[str, Any]) -> Worksite | None:
        chosen = Worksite.objects.live().filter(public_id=data.get("worksite_id", "")).first()
        return chosen or find_worksite_by_text(data.get("worksite", ""))
