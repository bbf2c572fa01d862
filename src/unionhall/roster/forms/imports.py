"""A list that somebody brings in the browser, and which of its columns holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.roster.enums import ImportKind
from unionhall.roster.phrases import column_word

LARGEST_MEGABYTES: Final = 60
KINDS: Final = (
    (ImportKind.WORKSITES, _("Worksites: schools, yards, offices")),
    (ImportKind.PEOPLE, _("People: the employer’s list, a member list")),
    (ImportKind.CONTACTS, _("Contacts: sign-in sheets, exports of texting tools")),
    (ImportKind.OPTOUTS, _("Opt-outs: who must not be written to")),
    (ImportKind.BOUNDARIES, _("District boundaries: GeoJSON or zipped shapefile")),
)


class ListForm(forms.Form):
    """A file, what it holds, who says so, and of which day it speaks.

    today: the day at the door; no list speaks of a later one.
    """

    kind = forms.ChoiceField(
        label=_("What is in it"), choices=KINDS, initial=ImportKind.PEOPLE, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, XLSX, XLS, ODS or JSON, as it came. Title rows and odd heads are no trouble."),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
    )
    source = forms.CharField(
        label=_("What to call this source"),
        help_text=_("Such as “district list”. The same name each month: that is how we see who came and who left."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    as_of = forms.DateField(
        label=_("As of"),
        help_text=_("The day of which the list speaks."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        super().__init__(data, files, initial={"as_of": today}, label_suffix="")
        self.today = today

    def clean_file(self) -> Any:
        """The file, unless it is larger than any list."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MEGABYTES * 1_000_000:
            text = _("This file is larger than %(most)s MB. Bring it in at the command line: unionhall import.")
            raise forms.ValidationError(text, params={"most": LARGEST_MEGABYTES}, code="too_large")
        return file

    def clean_as_of(self) -> Any:
        """The day, which has come already."""
        day = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return day


class ColumnsForm(forms.Form):
    """Which head of the file holds which field; one choice a field.

    fields: what the importer looks for, in its order. heads: of the file. mapping: field → head, as it is read now.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        fields: Sequence[str],
        heads: Sequence[str],
        mapping: Mapping[str, str],
    ) -> None:
        super().__init__(data, prefix="column", label_suffix="")
        choices: list[tuple[str, str | Promise]] = [("", _("not in this file"))]
        choices += [(head, head) for head in dict.fromkeys(heads) if head]
        for name in fields:
            self.fields[name] = forms.ChoiceField(
                label=column_word(name), choices=choices, required=False, initial=mapping.get(name, "")
            )

    def mapping(self) -> dict[str, str]:
        """Field → head, of the fields that the file has. Only after `is_valid()`."""
        return {name: head for name, head in self.cleaned_data.items() if head}
