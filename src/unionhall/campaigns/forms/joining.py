"""The public forms: join and CAT ask four things, updates two."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import EntryKind, ShiftTime, Tongue
from unionhall.campaigns.models import LANGUAGES, Campaign
from unionhall.campaigns.phrases import consent_words
from unionhall.campaigns.queries import SignUp
from unionhall.foundation.contacts import Contact, InvalidContact, is_employer_mail, parse_contact
from unionhall.foundation.errors import NotFound
from unionhall.roster.enums import SiteStatus
from unionhall.roster.models import Worksite
from unionhall.roster.queries import WorksiteHit, find_worksite_by_text, find_worksites, get_worksite
from unionhall.rulebook.names import fold

NOT_LISTED: Final = "none"


CANDIDATES: Final = 8


# What may be written into a demonstration: numbers kept for fiction, and the domains kept for examples.
INVENTED_NUMBER: Final = "55501"


INVENTED_DOMAINS: Final = ("example.org", "example.com", "example.net")


def is_invented(contact: Contact) -> bool:
    """Whether nobody real can be behind it, so that a demonstration may keep it."""
    if contact.kind == "mail":
        return contact.value.rpartition("@")[2] in INVENTED_DOMAINS
    return contact.value[-7:].startswith(INVENTED_NUMBER)


def live_worksite(public_id: str) -> Worksite | None:
    """The worksite of that public id where people work now, or none."""
    if not public_id:
        return None
    try:
        site = get_worksite(public_id)
    except NotFound:
        return None
    return site if site.status == SiteStatus.LIVE else None


def fits(text: str, hit: WorksiteHit) -> bool:
    """Whether every word that was written begins a word of the worksite's name or line: a look-alike is not taken."""
    words = fold(f"{hit.name} {hit.line}").split()
    return all(any(word.startswith(start) for word in words) for start in fold(text).split())


class SignForm(forms.Form):
    """What every public form has: one way to reach her, and a proof of work that a script fills in.

    The language she is written to in is the page's, unless the form asks. kind: which form it is.
    """

    kind: ClassVar[EntryKind]

    contact = forms.CharField(
        label=_("Your cell phone or your mail"),
        help_text=_("Your own, never the employer’s."),
        max_length=254,
        error_messages={"required": _("Write a cell phone number with its area code, or a mail address.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"}),
    )
    proof = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, campaign: Campaign) -> None:
        super().__init__(data, initial={"language": page_language()}, label_suffix="")
        self.campaign = campaign
        self.contact_found: Contact | None = None

    def clean_contact(self) -> str:
        """The text as it was typed; the contact it means is kept aside."""
        text: str = self.cleaned_data["contact"]
        try:
            contact = parse_contact(text)
        except InvalidContact as error:
            raise forms.ValidationError(error.sentence(), code=error.code) from error
        if contact.kind == "mail" and is_employer_mail(contact.value):
            raise forms.ValidationError(
                _("This mail belongs to the employer, who may read it. Write your own address, or your cell phone."),
                code="employer_mail",
            )
        if settings.DEMO and not is_invented(contact):
            raise forms.ValidationError(
                _("This is a demonstration: keep your own number. Write 213 555 0142, or name@example.org."),
                code="real_contact_in_demo",
            )
        self.contact_found = contact
        return text

    def sent(self, **more: Any) -> SignUp:
        """What was sent, as it is passed on. Only after `is_valid()`. more: what the form asks beyond the contact."""
        if self.contact_found is None:
            raise ValueError("the form is not valid")
        said: dict[str, Any] = {
            "name": "",
            "contact": self.contact_found,
            "worksite": None,
            "worksite_text": "",
            "language": self.cleaned_data.get("language") or page_language(),
            "wording": consent_words(self.contact_found.kind, self.campaign.union_name),
            "page_language": page_language(),
            "kind": self.kind,
        }
        return SignUp(**said | more)


def page_language() -> str:
    """The language of the page, in two letters."""
    return (get_language() or "en")[:2]


class SiteForm(SignForm):
    """A form that asks name and worksite too.

    The worksite comes as the id the type-ahead chose, or as text: text that fits one worksite is taken, of several the
    form asks which, and what fits none may stay as it is written. `candidates` holds what it asks about.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Write your name, as people at work know you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    worksite = forms.CharField(
        label=_("Where you work"),
        help_text=_("The first letters of the place where you work."),
        max_length=200,
        error_messages={"required": _("Write the name of the place where you work.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    worksite_id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    which = forms.CharField(required=False, max_length=12)

    def __init__(self, data: QueryDict | None = None, *, campaign: Campaign) -> None:
        super().__init__(data, campaign=campaign)
        self.candidates: list[WorksiteHit] = []
        self.found_none = False
        self.worksite_found: Worksite | None = None

    def clean_name(self) -> str:
        """The name as it was typed; it must hold a letter of some alphabet."""
        name: str = self.cleaned_data["name"]
        if not fold(name):
            raise forms.ValidationError(_("Write your name, as people at work know you."), code="nameless")
        return name

    def clean(self) -> dict[str, Any]:
        """Settle which worksite is meant, once there is something to go by."""
        data = super().clean() or self.cleaned_data
        text = data.get("worksite", "")
        if not text:
            return data
        answered = data.get("which", "") if data.get("asked") == text else ""
        if answered != NOT_LISTED:
            self.worksite_found = live_worksite(answered or data.get("worksite_id", "")) or self._written(text)
        return data

    def sign_up(self) -> SignUp:
        """What was sent, as the operation takes it. Only after `is_valid()`."""
        site = self.worksite_found
        return self.sent(
            name=self.cleaned_data["name"],
            worksite=site,
            worksite_text=site.name if site else self.cleaned_data["worksite"],
            shifts=tuple(self.cleaned_data.get("shifts", ())),
            speaks=tuple(self.cleaned_data.get("speaks", ())),
        )

    def asked_text(self) -> str:
        """The words the candidates were found for; an answer counts only while they stand unchanged."""
        return str(self.data.get(self.add_prefix("worksite"), "")).strip()

    def _written(self, text: str) -> Worksite | None:
        exact = find_worksite_by_text(text)
        if exact is not None:
            return exact
        hits = find_worksites(text, limit=CANDIDATES)
        if len(hits) == 1 and fits(text, hits[0]):
            return live_worksite(hits[0].public_id)
        self.candidates, self.found_none = hits, not hits
        if hits:
            self.add_error("worksite", _("More than one place fits what you wrote. Choose yours below."))
        else:
            self.add_error("worksite", _("We find no place of that name. Try fewer letters, or tell us below."))
        return None


class JoinForm(SiteForm):
    """Four fields: name, one way to reach her, where she works, in which language."""

    kind = EntryKind.JOIN
    field_order = ("name", "contact", "worksite", "language")
    language = forms.ChoiceField(label=_("Write to me in"), choices=LANGUAGES, widget=forms.RadioSelect)


class CatForm(SiteForm):
    """Four fields: name, one way to reach her, where she works, and when and in which languages she can talk to people.

    The page's language is the one she is written to in.
    """

    kind = EntryKind.CAT
    field_order = ("name", "contact", "worksite", "shifts", "speaks")
    shifts = forms.MultipleChoiceField(
        label=_("When you work"),
        choices=ShiftTime.choices,
        error_messages={"required": _("Choose when you work; “It changes” is an answer too.")},
        widget=forms.CheckboxSelectMultiple,
    )
    speaks = forms.MultipleChoiceField(
        label=_("Languages you can talk with coworkers in"),
        choices=Tongue.choices,
        error_messages={"required": _("Choose at least one language.")},
        widget=forms.CheckboxSelectMultiple,
    )


class UpdatesForm(SignForm):
    """Two fields: one way to reach her, in which language. What she wrote is shown to her once more before it is taken.

    checked: the contact as she saw it written out and said yes to.
    """

    kind = EntryKind.UPDATES
    field_order = ("contact", "language")
    language = forms.ChoiceField(label=_("Write to me in"), choices=LANGUAGES, widget=forms.RadioSelect)
    checked = forms.CharField(required=False, max_length=254, widget=forms.HiddenInput)

    def is_checked(self) -> bool:
        """Whether she has seen this very contact written out, and said that it is right. Only after `is_valid()`."""
        return self.contact_found is not None and self.cleaned_data["checked"] == self.contact_found.value

    def sign_up(self) -> SignUp:
        """What was sent, as the operation takes it. Only after `is_valid()`."""
        return self.sent()


class CodeForm(forms.Form):
    """The six digits of our message."""

    code = forms.CharField(
        label=_("The six digits"),
        max_length=20,
        error_messages={"required": _("Write the six digits of our message.")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "input--code",
                "spellcheck": "false",
            }
        ),
    )
