"""What is wanted of the trail: by person, by doer, by place, by day, by what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Viewer
from unionhall.foundation.enums import TrailGroup
from unionhall.foundation.vocabulary import word
from unionhall.roster import access
from unionhall.roster.models import Area, Person
from unionhall.roster.queries import find_worksites
from unionhall.roster.queries import trail as queries
from unionhall.roster.queries.people import find_people

MOST = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """Who or what a text may mean. found: public id → name and a second line; one of them is the one."""

    found: Sequence[tuple[str, str, str]] = ()
    text: str = ""
    one: Any = field(default=None)

    @property
    def is_open(self) -> bool:
        """Whether somebody must say which of several is meant, or that it is nobody."""
        return bool(self.text) and self.one is None


class TrailForm(forms.Form):
    """The narrowing of the trail. Every part may be left out."""

    person = forms.CharField(label=_("Seen or changed: who"), required=False, max_length=100)
    doer = forms.CharField(label=_("By whom"), required=False, max_length=100)
    place = forms.CharField(required=False, max_length=100)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    about = forms.ChoiceField(label=_("About"), required=False)
    loud = forms.BooleanField(label=_("Only what stands out"), required=False)

    def __init__(self, data: QueryDict, *, viewer: Viewer, today: date) -> None:
        super().__init__(data, use_required_attribute=False)
        self.viewer, self.today = viewer, today
        self.fields["place"].label = capfirst(word("worksite"))
        self.fields["about"].choices = [("", _("Everything")), *TrailGroup.choices]  # type: ignore[attr-defined]

    def asked(self) -> queries.TrailAsked:
        """What is wanted. A day that is none, or a name that fits several, narrows nothing; the page says so."""
        self.is_valid()
        said = self.cleaned_data
        place = self.place_meant.one
        return queries.TrailAsked(
            person=self.person_meant.one,
            doer=self.doer_meant.one,
            places=queries.places_within([place]) if place else (),
            first=said.get("first"),
            last=said.get("last"),
            group=said.get("about", ""),
            loud=bool(said.get("loud")),
            before=self.data.get("before", ""),
        )

    @property
    def person_meant(self) -> Meant:
        """The person whom the text means, among those whose names the viewer may know."""
        text = self._text("person")
        if not text or not self.viewer.has(*access.SEE_NAMES):
            return Meant()
        among = access.persons_visible_to(self.viewer, on=self.today)
        one = among.filter(public_id=text).first()
        nobody = Person.objects.none()
        found = [one] if one else list(find_people(text, among=among, reachable=nobody, limit=MOST).persons)
        told = [(person.public_id, person.name, "") for person in found]
        return Meant(told, text, found[0] if len(found) == 1 else None)

    @property
    def doer_meant(self) -> Meant:
        """The account that the text means."""
        text = self._text("doer")
        found = queries.find_doers(self.viewer, text, on=self.today, limit=MOST) if text else []
        told = [(user.public_id, user.name, "") for user in found]
        return Meant(told, text, found[0] if len(found) == 1 else None)

    @property
    def place_meant(self) -> Meant:
        """The public id of the worksite or area that the text means."""
        text = self._text("place")
        if not text:
            return Meant()
        areas = [(area.public_id, str(area), "") for area in Area.objects.filter(name__icontains=text)[:MOST]]
        known = queries.place_called(text)
        hits = [] if known else find_worksites(text, limit=MOST)
        found = known or [*areas, *((hit.public_id, hit.name, hit.line) for hit in hits)]
        exact = [one for one in found if one[1].casefold() == text.casefold()]
        meant = exact if len(exact) == 1 else found
        return Meant(found, text, meant[0][0] if len(meant) == 1 else None)

    def _text(self, name: str) -> str:
        return " ".join(self.data.get(name, "").split())[:100]


class EvidenceForm(forms.Form):
    """Why a part of the trail is taken along."""

    why = forms.CharField(
        label=_("Take this part along as evidence: why"),
        help_text=_("A file with what is asked for above, without names. The reason stands in the trail for good."),
        min_length=5,
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
