"""The day a visitor asks the archive for, and counsel's reason to open what is sealed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """A day in the past; anything else is no day."""

    on = forms.DateField(
        label=_("What stood here on this day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class ReasonForm(forms.Form):
    """Why a sealed original is opened; it goes into the trail."""

    reason = forms.CharField(
        label=_("Why you open it"),
        help_text=_("The case, in words. It stands in the audit trail."),
        max_length=250,
        error_messages={"required": _("Write the reason; it goes into the trail.")},
    )
