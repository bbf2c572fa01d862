"""What comes in about people: which ones are asked for, what is written of one by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionhall.foundation.contacts import Contact, parse_contact
from unionhall.foundation.errors import UnionhallError
from unionhall.roster.enums import ContactOwner, Employment, Membership, Standing
from unionhall.roster.models.people import LANGUAGES
from unionhall.roster.queries.persons import Wanted

ANY = pgettext_lazy("filter", "any")


class WantedForm(forms.Form):
    """Which people a list shows. areas, sites: public id → name, as far as the viewer reaches."""

    q = forms.CharField(label=_("Name, phone, id, mail or worksite"), max_length=100, required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    worksite = forms.ChoiceField(label=_("Worksite"), required=False)
    employment = forms.ChoiceField(label=_("Employment"), required=False, choices=[("", ANY), *Employment.choices[1:]])
    membership = forms.ChoiceField(label=_("Membership"), required=False, choices=[("", ANY), *Membership.choices[1:]])
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", ANY), *LANGUAGES])
    phone = forms.ChoiceField(
        label=_("Own phone"), required=False, choices=[("", ANY), ("yes", _("has one")), ("no", _("has none"))]
    )
    gone = forms.ChoiceField(
        label=_("Still here?"),
        required=False,
        choices=[("", _("those who are here")), ("missing", _("missing from the last list")), ("former", _("former"))],
    )

    def __init__(self, asked: QueryDict, *, areas: Mapping[str, str], sites: Mapping[str, str]) -> None:
        super().__init__(asked, use_required_attribute=False)
        self.fields["area"].choices = [("", ANY), *areas.items()]  # type: ignore[attr-defined]
        self.fields["worksite"].choices = [("", ANY), *sites.items()]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs.update({"type": "search", "enterkeyhint": "search"})

    def wanted(self) -> Wanted:
        """What was asked for; what no choice of ours is, is left out."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if name != "q"})

    def text(self) -> str:
        """What was typed into the box."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    def is_narrowed(self) -> bool:
        """Whether any of the filters is set, the box apart."""
        return self.wanted() != Wanted()

    def narrowing(self) -> list[forms.BoundField]:
        """The fields of the filters, without the box."""
        return [self[name] for name in self.fields if name != "q"]

    def query(self) -> str:
        """The question as it stands in an address, without the page, to be continued."""
        self.is_valid()
        kept = QueryDict(mutable=True)
        kept.update({name: value for name, value in self.cleaned_data.items() if value})
        return f"{kept.urlencode()}&" if kept else ""


class EditForm(forms.Form):
    """What one of us says of a person. A field left blank takes our own word back: the lists decide again."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    chosen_name = forms.CharField(
        label=_("Called"),
        max_length=120,
        required=False,
        help_text=_("What to say on the phone, if not the first name."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("as the lists say")), *LANGUAGES])
    membership = forms.ChoiceField(
        label=_("Membership"), required=False, choices=[("", _("as the lists say")), *Membership.choices[1:]]
    )
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("as the lists say")), *Standing.choices[1:]]
    )
    employment = forms.ChoiceField(
        label=_("Employment"), required=False, choices=[("", _("as the lists say")), *Employment.choices[1:]]
    )

    def values(self) -> dict[str, str | None]:
        """Field → what is said of it; None where our own word is taken back."""
        return {name: self.cleaned_data[name] or None for name in self.fields}


class ContactForm(forms.Form):
    """A number or address to add, and whose it is."""

    contact = forms.CharField(
        label=_("Phone number or mail address"), max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    owner = forms.ChoiceField(label=_("Whose is it?"), choices=ContactOwner.choices, initial=ContactOwner.PERSONAL)

    def clean_contact(self) -> Contact:
        """The contact as it is kept. Raises a ValidationError with the sentence of what is wrong."""
        try:
            return parse_contact(self.cleaned_data["contact"])
        except UnionhallError as error:
            raise forms.ValidationError(str(error)) from error


def undone_values(posted: QueryDict) -> dict[str, str | None]:
    """What had been written by hand before an edit: the fields of the undo button; a blank one had not been."""
    return {name: str(posted[name]) or None for name in EditForm.base_fields if name in posted}


def initial_of(hand: Mapping[str, str]) -> dict[str, Any]:
    """What the form of editing shows at first: our own words only."""
    return {name: hand.get(name, "") for name in EditForm.base_fields}
