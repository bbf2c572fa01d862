"""Words of a person's record for templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import phonenumbers
from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.contacts import mask
from unionhall.roster import phrases
from unionhall.roster.enums import Employment, Membership, Standing
from unionhall.roster.models import ContactPoint
from unionhall.roster.models.people import LANGUAGES
from unionhall.roster.queries.person import BestValue, SaidOnce
from unionhall.rulebook.best import HAND, JOIN
from unionhall.rulebook.matching import Reason

register = template.Library()

FIELDS: Final[dict[str, str | Promise]] = {
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
_CHOICES: Final[dict[str, Mapping[str, str | Promise]]] = {
    "employment": dict(Employment.choices),
    "membership": dict(Membership.choices),
    "standing": dict(Standing.choices),
    "language": dict(LANGUAGES),
}
VERBS: Final[dict[str, str | Promise]] = {
    "roster.person_added": _("came onto the roster"),
    "roster.person_edited": _("was edited by hand"),
    "roster.person_linked": _("was tied to an account"),
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


@register.filter
def field_label(name: str) -> str:
    """What a field of a person is called."""
    return str(FIELDS.get(name, name))


@register.filter
def verb_words(verb: str) -> str:
    """What an entry of the trail says of a person."""
    return str(VERBS.get(verb, verb))


@register.filter
def source_label(source: str) -> str:
    """Who says something of a person."""
    if source == HAND:
        return gettext("written by one of us")
    return gettext("the sign-up form") if source == JOIN else source


@register.simple_tag
def field_words(name: str, value: str) -> str:
    """A value as people read it: a choice by its name, a day as a day, a birthday without a year."""
    if name in _CHOICES:
        return str(_CHOICES[name].get(value, value))
    if name == "birth" and value:
        month, day = map(int, value.split("-"))
        return date_format(date(2024, month, day), "MONTH_DAY_FORMAT")
    if name == "hired_on" and value:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return value


@register.filter
def why_words(best: BestValue) -> str:
    """Why this value holds and no other, in a sentence."""
    if best.why == "unsaid":
        return gettext("No source says anything.")
    first = best.said[0]
    fields = {"source": source_label(first.source), "day": date_format(first.on, "DATE_FORMAT")}
    if best.why == "hand":
        return gettext("Written by one of us on %(day)s, which stands before every list.") % fields
    if best.why == "alone":
        return gettext("Only this source speaks of it: %(source)s, since %(day)s.") % fields
    if best.why == "agreed":
        number = len({one.source for one in best.said})
        text = ngettext("%(number)s source agrees.", "%(number)s sources agree.", number)
        return text % {"number": number}
    return gettext("The newest word: %(source)s, on %(day)s.") % fields


@register.filter
def others(best: BestValue) -> list[SaidOnce]:
    """Those who say something else than what holds."""
    return [one for one in best.said if one.value != best.value]


@register.filter
def spoken(point: ContactPoint) -> str:
    """A number as people here write it, (213) 555-0142; anything else as it is."""
    if point.kind not in ("sms", "phone"):
        return str(point.value)
    return phonenumbers.format_number(phonenumbers.parse(point.value), phonenumbers.PhoneNumberFormat.NATIONAL)


@register.filter
def masked(point: ContactPoint) -> str:
    """What may be shown of a contact so that its owner knows it."""
    return mask(point.value)


@register.filter
def contact_icon(kind: str) -> str:
    """The sign before a contact."""
    return {"sms": "text", "phone": "phone", "mail": "mail", "post": "pin"}.get(kind, "phone")


LINES: Final[dict[str, str | Promise]] = {
    "worksites": _("Worksites"),
    "areas": _("Areas"),
    "units": _("Units"),
    "languages": _("Language"),
    "jobs": _("Jobs"),
    "phones": _("Phones"),
    "mails": _("Mail"),
    "ids": _("Ids"),
}


@register.filter
def line_label(name: str) -> str:
    """What a line of two records side by side is called."""
    return str(LINES.get(name) or field_label(name))


@register.simple_tag
def line_words(name: str, value: str) -> str:
    """One value of such a line."""
    if name == "phones":
        return phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.NATIONAL)
    return field_words(name, value)


@register.filter
def reasons_words(reasons: list[Reason]) -> str:
    """What speaks for and against two records being one person's."""
    return phrases.reasons_sentence(reasons)
