"""What is said of a worksite by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.roster.enums import SiteKind, SiteStatus
from unionhall.roster.models import Area, Worksite
from unionhall.roster.operations.places.sites import BY_HAND
from unionhall.roster.queries.worksites import CHARTER, SiteFilter

LONGEST_QUESTION = 100


def site_filter(asked: QueryDict) -> SiteFilter:
    """What the address of the list asks for; nonsense is left out."""
    status = asked.get("status", SiteStatus.LIVE.value)
    known = {*SiteStatus.values, CHARTER, ""}
    return SiteFilter(
        text=asked.get("q", "")[:LONGEST_QUESTION],
        area=asked.get("area", "")[:12],
        status=status if status in known else SiteStatus.LIVE.value,
    )


@dataclass(frozen=True, slots=True)
class StatusChip:
    """One choice above the list. status: as the address says it."""

    label: str | Promise
    status: str
    current: bool


def status_chips(wanted: SiteFilter) -> list[StatusChip]:
    """The choices above the list, in order."""
    labels = {
        SiteStatus.LIVE.value: _("Open"),
        SiteStatus.PENDING.value: _("Not open yet"),
        SiteStatus.CLOSED.value: _("Closed"),
        SiteStatus.MERGED.value: _("Merged"),
        CHARTER: _("Charter schools"),
    }
    return [StatusChip(label, status, status == wanted.status) for status, label in labels.items()]


class WorksiteForm(forms.Form):
    """The fields of a worksite that one of us may write; what is changed here, no list overwrites."""

    name = forms.CharField(label=_("Name"), max_length=250)
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteKind)
    address = forms.CharField(label=_("Street"), max_length=250, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    state = forms.CharField(label=_("State"), max_length=20, required=False)
    zip = forms.CharField(label=_("ZIP code"), max_length=10, required=False)
    is_charter = forms.BooleanField(label=_("A charter school, offered to nobody as their worksite"), required=False)
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.order_by("code"), required=False)

    def __init__(self, data: QueryDict | None = None, *, worksite: Worksite) -> None:
        initial: dict[str, Any] = {name: getattr(worksite, name) for name in BY_HAND} | {"area": worksite.area_id}
        super().__init__(data, initial=initial)

    def said(self) -> dict[str, Any]:
        """The fields of the worksite itself."""
        return {name: self.cleaned_data[name] for name in BY_HAND}


class HoursForm(forms.Form):
    """A shift with its hours, or, without an end, a bell."""

    name = forms.CharField(label=_("Name"), help_text=_("Such as Night shift, or First bell."), max_length=40)
    starts_at = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends_at = forms.TimeField(
        label=_("Until"),
        help_text=_("Leave it out for a bell."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
