"""The first of the demonstration's people who wrote to us."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils import translation

from unionhall.campaigns import operations as campaigns
from unionhall.campaigns.models import Campaign
from unionhall.campaigns.phrases import consent_words
from unionhall.demo import queries
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import parse_contact
from unionhall.roster.models import Worksite

# Hours ago that somebody signed up, and hours until she was answered (none: she still waits).
WAITS: Final = ((2, None), (5, None), (7, 3), (20, None), (26, 1), (30, 22), (49, 4), (74, 5), (98, None), (120, 2))


def make_entries(*, campaign: Campaign, staff: Actor, actor: Actor, at: datetime) -> int:
    """A week of sign-ups, some answered and some still waiting, over all areas; give how many.

    staff: who answered. at: now; the entries lie in the hours before.
    """
    sites = list(Worksite.objects.live().order_by("pk")[:24])
    people = [one for one in queries.invented_people(400) if one.contact.startswith("+1")][:24]
    for number, (site, one) in enumerate(zip(sites, people, strict=True)):
        since, until = WAITS[number * 3 % len(WAITS)]
        came = at - timedelta(hours=since, minutes=13 * number % 60)
        with translation.override(one.language):
            sign_up = campaigns.SignUp(
                name=f"{one.given} {one.family}",
                contact=parse_contact(one.contact),
                worksite=site,
                worksite_text=site.name,
                language=one.language,
                wording=consent_words("sms", campaign.union_name),
                page_language=one.language,
            )
        entry = campaigns.receive_entry(campaign=campaign, sign_up=sign_up, actor=actor, at=came)
        if until is not None:
            campaigns.record_reply(entry=entry, kind="call", actor=staff, at=came + timedelta(hours=until))
    return len(people)
