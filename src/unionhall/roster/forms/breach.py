"""What fell into wrong hands: an account, a browser, a file, a frozen list, everything, and between which days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import Device, User
from unionhall.foundation.access import Viewer
from unionhall.roster.enums import ExportFormat
from unionhall.roster.forms.trail import MOST, Meant
from unionhall.roster.queries.breach import BreachAsked, find_export, find_roll
from unionhall.roster.queries.trail import find_doers


class BreachForm(forms.Form):
    """Every part may be left out; days alone ask for all that anybody saw or took on them."""

    doer = forms.CharField(label=_("Account: whose"), required=False, max_length=100)
    export = forms.CharField(label=_("File: its id"), required=False, max_length=12)
    roll = forms.CharField(label=_("Frozen list: its id"), required=False, max_length=12)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    whole = forms.BooleanField(label=_("Everything: the database or a backup"), required=False)
    device = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, viewer: Viewer, today: date) -> None:
        super().__init__(data, use_required_attribute=False)
        self.viewer, self.today = viewer, today

    def clean(self) -> dict[str, Any]:
        """A file or list of an id that there is not is said, not passed over."""
        said = super().clean() or self.cleaned_data
        for name, find in (("export", find_export), ("roll", find_roll)):
            text = said.get(name, "").strip().lower()
            said[name] = find(text)
            if text and said[name] is None:
                self.add_error(name, _("There is none of this id."))
        return said

    @property
    def doer_meant(self) -> Meant:
        """The account that the text means."""
        text = " ".join(self.data.get("doer", "").split())[:100]
        found = find_doers(self.viewer, text, on=self.today, limit=MOST) if text else []
        told = [(user.public_id, user.name, "") for user in found]
        return Meant(told, text, found[0] if len(found) == 1 else None)

    def asked(self) -> BreachAsked:
        """What is asked for; nothing while a part of it is wrong, or an account is not said clearly."""
        doer = self.doer_meant
        if not self.is_valid() or doer.is_open:
            return BreachAsked()
        said, user = self.cleaned_data, doer.one
        return BreachAsked(
            doer=user,
            device=self._device(user),
            export=said["export"],
            roll=said["roll"],
            whole=said["whole"],
            first=said["first"],
            last=said["last"],
        )

    def _device(self, user: User | None) -> Device | None:
        named = self.cleaned_data["device"]
        return user.devices.filter(public_id=named).first() if user is not None and named else None


class BreachFileForm(forms.Form):
    """Why the list is taken out, with how to reach each person."""

    format = forms.ChoiceField(label=_("File"), choices=ExportFormat, initial=ExportFormat.XLSX)
    reason = forms.CharField(
        label=_("Take the list out, with how to reach each person: why"),
        help_text=_("The second person decides by this, and it stands in the log for good."),
        min_length=5,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
