"""Words of a person's record for templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import phonenumbers
from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.contacts import mask
from unionhall.foundation.vocabulary import lazy_words
from unionhall.roster import phrases
from unionhall.roster.models import ContactPoint
from unionhall.roster.queries import words
from unionhall.roster.queries.person import BestValue, SaidOnce
from unionhall.rulebook.matching import Reason

register = template.Library()


@register.filter
def field_label(name: str) -> str:
    """What a field of a person is called."""
    return words.field_label(name)


@register.filter
def verb_words(verb: str) -> str:
    """What an entry of the trail says of a person."""
    return words.verb_words(verb)


register.filter(words.source_label)
register.simple_tag(words.field_words)


@register.filter
def source_list(sources: Sequence[str]) -> str:
    """Those who say something, one after the other."""
    return ", ".join(words.source_label(source) for source in sources)


@register.filter
def why_words(best: BestValue) -> str:
    """Why this value holds and no other, in a sentence."""
    if best.why == "unsaid":
        return gettext("No source says anything.")
    first = best.said[0]
    fields = {"source": words.source_label(first.source), "day": date_format(first.on, "DATE_FORMAT")}
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
    "worksites": lazy_words("worksite"),
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
    return words.field_words(name, value)


@register.filter
def reasons_words(reasons: list[Reason]) -> str:
    """What speaks for and against two records being one person's."""
    return phrases.reasons_sentence(reasons)
