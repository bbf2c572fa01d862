"""Why somebody of ours reads a person's whole file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from unionhall.roster.operations.people.reading import LONGEST, SHORTEST


class FileForm(forms.Form):
    """The reason, before a line is shown."""

    reason = forms.CharField(
        label=_("Why is the whole file read?"),
        help_text=_("Such as: her written request of 3 March. It stands in the trail, and the person reads it there."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
