"""What a member types on her own page."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CalledForm(forms.Form):
    """What she wants to be called."""

    called = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_("Leave it blank, and we say the name that stands on the lists."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


class WrongForm(forms.Form):
    """What is wrong, in her words."""

    text = forms.CharField(
        label=_("What is wrong, and how should it be?"),
        help_text=_("Your worksite, your job, a date: somebody looks at it and puts it right."),
        max_length=2000,
        error_messages={"required": _("Write what is wrong and how it should be; then somebody can put it right.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OwnContactForm(forms.Form):
    """A number or address of her own."""

    contact = forms.CharField(
        label=_("New cell phone or mail"),
        help_text=_("We send a code there. It counts once you have typed it. Never a work address."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"}),
    )


class ProofForm(forms.Form):
    """The code that came there."""

    code = forms.CharField(
        label=_("The code we sent"),
        help_text=_("Six digits. You can paste them."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class LeaveForm(forms.Form):
    """That it is meant."""

    meant = forms.BooleanField(
        label=_("Yes: stop all messages now, and close my account in a week"),
        error_messages={"required": _("Tick this, so that nobody leaves by a slip of the finger.")},
    )


class SpokenForm(forms.Form):
    """The language to be spoken to in."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
