"""The demonstration's people and the first of them who wrote to us."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils import translation

from unionhall.campaigns import operations as campaigns
from unionhall.campaigns.models import Campaign
from unionhall.campaigns.phrases import consent_words
from unionhall.demo import queries
from unionhall.demo.queries import InventedPerson
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import indexes_of, parse_contact
from unionhall.roster.models import Assignment, Classification, ContactPoint, Person, Worksite
from unionhall.rulebook.names import fold

SOURCE: Final = "demo"
# Hours ago that somebody signed up, and hours until she was answered (none: she still waits).
WAITS: Final = ((2, None), (5, None), (7, 3), (20, None), (26, 1), (30, 22), (49, 4), (74, 5), (98, None), (120, 2))


def make_people(*, count: int, at: datetime) -> int:
    """That many invented people, spread over the live worksites; give how many contacts they have.

    Written in bulk, without an audit entry each: they are invented by rule.
    """
    invented = list(queries.invented_people(count))
    people = Person.objects.bulk_create((_person(one, at) for one in invented), batch_size=500)
    pairs = list(zip(people, invented, strict=True))
    contacts = ContactPoint.objects.bulk_create(_contacts(pairs, at), batch_size=500)
    sites = list(Worksite.objects.live().order_by("pk").values_list("pk", flat=True))
    jobs = dict(Classification.objects.values_list("code", "pk"))
    Assignment.objects.bulk_create(
        (
            Assignment(
                person=person,
                worksite_id=sites[number * 7 % len(sites)],
                classification_id=jobs[one.classification],
                source=SOURCE,
            )
            for number, (person, one) in enumerate(pairs)
        ),
        batch_size=500,
    )
    return len(contacts)


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


def _person(one: InventedPerson, at: datetime) -> Person:
    name = f"{one.given} {one.family}"
    return Person(
        name=name,
        given_name=one.given,
        family_name=one.family,
        name_key=fold(name),
        language=one.language,
        source=SOURCE,
        added_at=at,
    )


def _contacts(pairs: Iterable[tuple[Person, InventedPerson]], at: datetime) -> Iterable[ContactPoint]:
    for person, one in pairs:
        if one.contact:
            contact = parse_contact(one.contact)
            found = indexes_of(contact)
            yield ContactPoint(
                person=person,
                kind=contact.kind,
                value=contact.value,
                index_full=found.full,
                index_last7=found.last7,
                index_last4=found.last4,
                source=SOURCE,
                added_at=at,
            )
