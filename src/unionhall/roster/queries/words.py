"""A person's record in words: its fields, its sources, what was done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.roster.enums import Employment, Membership, Standing
from unionhall.roster.models.people import LANGUAGES
from unionhall.rulebook.best import HAND, JOIN

PERSON: Final[dict[str, str | Promise]] = {
    "name": _("Name"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "suffix": _("Suffix"),
    "chosen_name": _("Called"),
    "language": _("Language"),
    "birth": _("Birthday"),
    "hired_on": _("Hired"),
    "employment": _("Employment"),
    "membership": _("Membership"),
    "standing": _("Standing"),
}
_PERSON_CHOICES: Final[dict[str, Mapping[str, str | Promise]]] = {
    "employment": dict(Employment.choices),
    "membership": dict(Membership.choices),
    "standing": dict(Standing.choices),
    "language": dict(LANGUAGES),
}
VERBS: Final[dict[str, str | Promise]] = {
    "roster.person_added": _("came onto the roster"),
    "roster.person_edited": _("was edited by hand"),
    "roster.person_linked": _("was tied to an account"),
    "campaigns.member_leaves": _("said that she or he leaves"),
    "campaigns.member_stays": _("took the leaving back"),
    "campaigns.own_file_taken": _("took the own file along"),
    "roster.messages_resumed": _("wants messages again, as before"),
    "roster.messages_stopped": _("wants no messages any more"),
    "roster.person_file_read": _("the whole file was read"),
    "roster.person_shrunk": _("was cut down to the minimal record"),
    "roster.people_merged": _("was merged with another record"),
    "roster.people_parted": _("was parted from another record"),
    "roster.people_apart": _("was said to be another than somebody else"),
    "roster.people_apart_unsaid": _("may be proposed with somebody else again"),
    "roster.became_management": _("came to stand on the employer’s side"),
    "roster.contact_added": _("got a contact"),
    "roster.contact_retired": _("lost a contact"),
    "roster.contact_verified": _("showed that a contact is hers or his"),
    "roster.consent_given": _("agreed to be written to"),
    "roster.consent_withdrawn": _("took an agreement back"),
}


def field_label(name: str) -> str:
    """What a field of a person is called."""
    return str(PERSON.get(name, name))


def verb_words(verb: str) -> str:
    """What an entry of the trail says of a person."""
    return str(VERBS.get(verb, verb))


def source_label(source: str) -> str:
    """Who says something of a person."""
    if source == HAND:
        return gettext("written by one of us")
    return gettext("the sign-up form") if source == JOIN else source


def field_words(name: str, value: str) -> str:
    """A value as people read it: a choice by its name, a day as a day, a birthday without a year."""
    if name in _PERSON_CHOICES:
        return str(_PERSON_CHOICES[name].get(value, value))
    if name == "birth" and value:
        month, day = map(int, value.split("-"))
        return date_format(date(2024, month, day), "MONTH_DAY_FORMAT")
    if name == "hired_on" and value:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return value
