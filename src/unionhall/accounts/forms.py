"""What is typed at the doors of accounts."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """Where a code shall be sent."""

    contact = forms.CharField(
        label=_("Your cell phone or mail"),
        help_text=_("The one you gave the union. Never a work address."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """The six digits that came."""

    code = forms.CharField(
        label=_("The code we sent"),
        help_text=_("Six digits. You can paste them."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    remember = forms.BooleanField(label=_("This is my own phone or computer: remember it for 90 days"), required=False)


class WhoForm(forms.Form):
    """Who it is, where several people share a phone."""

    first_name = forms.CharField(
        label=_("Your first name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    site = forms.CharField(
        label=_("Where you work"),
        help_text=_("The name of the place where you work, as people say it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    remember = forms.BooleanField(label=_("This is my own phone or computer: remember it for 90 days"), required=False)


class PaperForm(forms.Form):
    """A paper code from the steward."""

    code = forms.CharField(
        label=_("The code on your paper"),
        help_text=_("Ten letters and digits, such as k7rqm-2xw9d."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class LanguageForm(forms.Form):
    """The language to read in."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class MailForm(forms.Form):
    """The mail of a staff account."""

    email = forms.EmailField(
        label=_("Your mail"), widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
    )


class LockdownForm(forms.Form):
    """Why every inner room is closed, and that it is meant."""

    why = forms.CharField(
        label=_("What happened"),
        help_text=_("One sentence for the trail, such as: a steward's phone was taken at the yard."),
        max_length=250,
    )
    meant = forms.BooleanField(
        label=_("Sign everybody out, me too, and open again only when two officers agree"),
        error_messages={"required": _("Tick this, so that nobody closes the house by a slip of the finger.")},
    )
