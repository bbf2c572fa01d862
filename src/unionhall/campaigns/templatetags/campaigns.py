"""Words of the record for templates: days, waits, figures, and who may see what of an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import phonenumbers
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

from unionhall.campaigns import access, phrases
from unionhall.campaigns.hookspecs import CampaignLink, PageFoot, campaign_links, page_feet
from unionhall.campaigns.models import Campaign, Entry, Fact
from unionhall.foundation.access import Viewer

register = template.Library()

register.filter("day", phrases.day_words)
register.filter("near", phrases.near_words)
register.filter("day_and_year", phrases.day_and_year_words)
register.filter("instant", phrases.instant_words)
register.filter("clock", phrases.clock_words)
register.filter("span", phrases.span_words)


@register.filter
def closed(words: object) -> str:
    """A title that a line follows, closed by a full stop where it has no sign of its own."""
    return phrases.closed(str(words))


@register.filter
def figure(fact: Fact) -> str:
    """The figure of a fact as it stands large, in the reader's language."""
    return phrases.figure_words(fact.value, str(fact.unit))


@register.filter
def unit_word(fact: Fact) -> str:
    """What the figure counts, where that is a word; blank where it is a sign that stands with the figure."""
    unit = str(fact.unit)
    return "" if phrases.is_sign(unit) else unit


@register.filter
def consents(campaign: Campaign) -> list[str]:
    """What one agrees to by signing up: a sentence for texts and one for mail, as they are kept with the entry."""
    return [phrases.consent_words(channel, campaign.union_name) for channel in ("sms", "mail")]


@register.simple_tag
def consent_of(campaign: Campaign, channel: str) -> str:
    """What one agrees to on that channel, word for word. channel: "sms" or "mail"."""
    return phrases.consent_words(channel, campaign.union_name)


@register.filter
def spoken(contact: str) -> str:
    """A number as people here write it, (213) 555-0142; a mail address as it is."""
    if "@" in contact:
        return contact
    return phonenumbers.format_number(phonenumbers.parse(contact), phonenumbers.PhoneNumberFormat.NATIONAL)


@register.simple_tag(takes_context=True)
def twin_address(context: dict[str, Any]) -> str:
    """The address of this page in the other language, from the route that led here: it asks the database nothing."""
    match = context["request"].resolver_match
    other = next(code for code, _name in settings.LANGUAGES if code != get_language())
    with override(other):
        return reverse(match.view_name, args=match.args, kwargs=match.kwargs)


@register.simple_tag
def page_foot(campaign: Campaign, page: object) -> PageFoot | None:
    """What stands at the foot of a page about itself. page: as the archive names it, such as "home"."""
    language = get_language() or "en"
    return next((foot for feet in page_feet if (foot := feet(campaign.slug, str(page), language))), None)


@register.simple_tag(takes_context=True)
def sections_of(context: dict[str, Any], campaign: Campaign) -> Sequence[CampaignLink]:
    """The links of a campaign's menu, asked for once a page. A page that knows them has `sections` in its context."""
    given: Sequence[CampaignLink] | None = context.get("sections")
    if given is not None:
        return given
    request = context["request"]
    if not hasattr(request, "campaign_sections"):
        language = get_language() or "en"
        request.campaign_sections = [link for links in campaign_links for link in links(campaign.slug, language)]
    found: Sequence[CampaignLink] = request.campaign_sections
    return found


@register.simple_tag
def contact_of(viewer: Viewer, entry: Entry) -> str:
    """The number or address behind an entry, to those who may see it; nothing to others."""
    if entry.contact_point is None or not access.may_see_contact(viewer, entry):
        return ""
    return str(entry.contact_point.value)


@register.simple_tag
def may_answer(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer may record a reply."""
    return access.may_answer(viewer, entry)


@register.simple_tag
def may_see_notes(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer may read and add notes."""
    return access.may_see_notes(viewer, entry)


@register.simple_tag
def may_place(viewer: Viewer) -> bool:
    """Whether the viewer may say which worksite an entry means."""
    return access.may_place(viewer)
