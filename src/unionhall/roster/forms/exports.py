"""Asking for a file, and refusing one."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from unionhall.roster.enums import EXPORTS_ASKED, ExportFormat, ExportKind
from unionhall.roster.queries import ExportFilter, export_areas

LONGEST: Final = 500


class AskExportForm(forms.Form):
    """What, of whom, in which form, and why. Numbers and addresses are left out unless they are asked for."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[(kind.value, capfirst(kind.label)) for kind in EXPORTS_ASKED],
        initial=ExportKind.PEOPLE,
        widget=forms.RadioSelect,
    )
    contacts = forms.BooleanField(
        label=_("With phone numbers, mail and home addresses"),
        help_text=_("Only for people. Leave it out where names and worksites are enough."),
        required=False,
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    format = forms.ChoiceField(
        label=_("File"),
        choices=ExportFormat,
        initial=ExportFormat.XLSX,
        widget=forms.RadioSelect,
        help_text=_("Everything comes as one ZIP file, whatever is chosen here."),
    )
    reason = forms.CharField(
        label=_("Why it is needed, and what becomes of it"),
        help_text=_("The second person decides by this, and it stands in the log for good."),
        min_length=5,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("The whole local")), *export_areas()]  # type: ignore[attr-defined]

    def wanted(self) -> ExportFilter:
        """What was asked to be in the file; everything is never narrowed."""
        data = self.cleaned_data
        if data["kind"] == ExportKind.EVERYTHING:
            return ExportFilter(contacts=True)
        contacts = data["contacts"] and data["kind"] == ExportKind.PEOPLE
        return ExportFilter(area=data["area"], contacts=contacts)


class RefuseExportForm(forms.Form):
    """A few words for the one who asked."""

    why = forms.CharField(label=_("Or refuse, and say why"), max_length=LONGEST, required=False)
