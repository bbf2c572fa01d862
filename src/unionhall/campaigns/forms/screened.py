"""A text that is screened before it is saved: what may not be kept is asked about once, a number never taken."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.rulebook.screening import screened

ASKS: Final[dict[str, Promise]] = {
    "number": _("This looks like a Social Security number. We may not keep it: take it out."),
    "immigration": _("This speaks of somebody’s immigration status. We may not keep that: take it out."),
    "health": _("This speaks of somebody’s health. We may not keep that: take it out."),
}


class ScreenedForm(forms.Form):
    """Adds the question to a form with a field `text`. asks: whether the box to say "about nobody" is shown."""

    sure = forms.BooleanField(label=_("It is about nobody in particular: save it as it stands"), required=False)
    asks = False

    def clean(self) -> dict[str, Any]:
        """The words, without what may not be kept; `sure` and `asks` are ours and go no further."""
        said = super().clean() or self.cleaned_data
        sure, found = said.pop("sure", False), screened(f"{said.get('asked', '')}\n{said.get('text', '')}")
        held = [code for code in found if code == "number" or not sure]
        for code in held:
            self.add_error("text", str(ASKS[code]))
        self.asks = any(code != "number" for code in found)
        return said
