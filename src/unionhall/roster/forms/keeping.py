"""Stopping the clocks for one case, and letting them go on."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Viewer
from unionhall.foundation.vocabulary import word
from unionhall.roster import access
from unionhall.roster.models import Person, Worksite
from unionhall.roster.queries import find_worksite_by_text
from unionhall.roster.queries.people import find_people

MOST: Final = 5
EVERYBODY: Final = "everybody"


class HoldForm(forms.Form):
    """Whom a legal hold covers, and for which case.

    whom: public id of a person to begin with. A name that fits several is answered with their worksites.
    """

    scope = forms.ChoiceField(label=_("Whom it covers"), widget=forms.RadioSelect)
    person = forms.CharField(
        label=_("Person"),
        help_text=_("The name as it stands in People. Or open the page of the person, and press Legal hold there."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    worksite = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    whom = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("For which case"),
        help_text=_("Two or three words that counsel knows it by. It stands in the trail for good."),
        max_length=250,
    )

    def __init__(self, data: QueryDict | None, *, viewer: Viewer, today: date, whom: str = "") -> None:
        chosen = access.persons_visible_to(viewer, on=today).filter(public_id=whom).first() if whom else None
        start = {"scope": "person" if chosen else EVERYBODY, "whom": chosen.public_id if chosen else ""}
        super().__init__(data, initial=start | {"person": chosen.name if chosen else ""}, use_required_attribute=False)
        self.among = access.persons_visible_to(viewer, on=today).filter(merged_into=None)
        self.fields["worksite"].label = word("worksite")
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (EVERYBODY, _("Everybody")),
            ("person", _("One person")),
            ("worksite", word("worksite")),
        ]

    def clean(self) -> dict[str, Any]:
        """The one person or worksite that is meant, where the scope wants one."""
        data = super().clean() or self.cleaned_data
        data["found"] = None
        if data.get("scope") == "person":
            data["found"] = self._person(data)
        elif data.get("scope") == "worksite":
            data["found"] = find_worksite_by_text(data.get("worksite", ""))
            if data["found"] is None:
                self.add_error("worksite", _("No worksite has exactly this name. Write it as the list does."))
        return data

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        found = self.cleaned_data["found"]
        return {
            "person": found if isinstance(found, Person) else None,
            "worksite": found if isinstance(found, Worksite) else None,
            "reason": self.cleaned_data["reason"],
        }

    def _person(self, data: dict[str, Any]) -> Person | None:
        text = data.get("person", "").strip()
        chosen = self.among.filter(public_id=data.get("whom", "")).first() if data.get("whom") else None
        if chosen is not None and text in ("", chosen.name):
            return chosen
        among, nobody = self.among, Person.objects.none()
        found = find_people(text, among=among, reachable=nobody, limit=MOST).persons if text else []
        exact = [one for one in found if one.name.casefold() == text.casefold()] or list(found)
        if len(exact) == 1:
            return exact[0]
        told = _("Several people are called that. Find the right one in People, and press Legal hold on that page.")
        self.add_error("person", told if exact else _("Nobody of that name is on the roster. Look in People first."))
        return None


class LiftForm(forms.Form):
    """Why the clocks may go on."""

    why = forms.CharField(
        label=_("Why the clocks may go on"),
        help_text=_("Counsel’s word, and its day."),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
