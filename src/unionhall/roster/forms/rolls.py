"""What comes in to draw up a list that is to be frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from unionhall.roster.enums import Employment, Membership, Standing

ASKED = ("areas", "units", "employment", "membership", "standing")


class RollForm(forms.Form):
    """Whom a list is to hold, as of which day, and what it is for. Nothing ticked in a group asks for all of it."""

    name = forms.CharField(label=_("What is the list called?"), max_length=200)
    reason = forms.CharField(
        label=_("What is it for?"), max_length=250, help_text=_("Such as the motion that called for it, with its day.")
    )
    as_of = forms.DateField(label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    areas = forms.MultipleChoiceField(label=_("Areas"), required=False, widget=forms.CheckboxSelectMultiple)
    units = forms.MultipleChoiceField(label=_("Units"), required=False, widget=forms.CheckboxSelectMultiple)
    employment = forms.MultipleChoiceField(
        label=_("Employment"), required=False, widget=forms.CheckboxSelectMultiple, choices=Employment.choices[1:-1]
    )
    membership = forms.MultipleChoiceField(
        label=_("Membership"), required=False, widget=forms.CheckboxSelectMultiple, choices=Membership.choices[1:]
    )
    standing = forms.MultipleChoiceField(
        label=_("Standing"), required=False, widget=forms.CheckboxSelectMultiple, choices=Standing.choices[1:]
    )

    def __init__(
        self, data: QueryDict | None, *, choices: Mapping[str, Sequence[tuple[str, str]]], today: date
    ) -> None:
        super().__init__(data, initial={"as_of": today}, use_required_attribute=False)
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def asked(self) -> dict[str, list[str]]:
        """The filter, as it is frozen."""
        return {name: self.cleaned_data[name] for name in ASKED if self.cleaned_data[name]}

    def values(self) -> dict[str, Any]:
        """What freezing wants to know."""
        plain = {name: self.cleaned_data[name] for name in ("name", "reason", "as_of")}
        return {**plain, "asked": self.asked()}
