"""The demonstration's CAT members, whom they answer for, and what was noted after talks.

The steward's school is told in full: its CAT members, one who was asked, fourteen in nobody's turf, nine silent. The
organizer's other schools have a beginning, so that her ranking has a top and a bottom.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from unionhall.accounts.models import User
from unionhall.campaigns import operations as campaigns
from unionhall.campaigns.models import Campaign
from unionhall.campaigns.queries import at_the_site
from unionhall.demo import queries
from unionhall.foundation.access import Actor, Grant, Reach, Role, Viewer
from unionhall.foundation.contacts import parse_contact
from unionhall.roster import operations as roster
from unionhall.roster.models import Person, Worksite

TURFS: Final = (10, 9, 15, 12, 16, 12)
PROMISED, OPEN, SILENT = 10, 14, 9
OTHER_SITES: Final = 60
ASKS: Final = (("Sticker day", "Día de la calcomanía"), ("Picket on Wednesday", "El piquete del miércoles"))
WORDS: Final = ("", "", "Will ask her shift", "Worried about hours", "")


def make_turfs(*, campaign: Campaign, site: Worksite, steward: User, actor: Actor, at: datetime) -> int:
    """CAT members with their people and a log of talks; give how many CAT members.

    site: the steward's. The same every time.
    """
    chance = random.Random(queries.SEED + 5)  # noqa: S311 - invented data must be the same every time
    people = _people_of(site, at)
    made = 0
    rest = list(people)
    for size in TURFS:
        lead = _account(rest, actor, at) if len(rest) > PROMISED + OPEN else None
        if lead is None:
            break
        many = min(size, len(rest) - PROMISED - OPEN)
        mine, rest = rest[:many], rest[many:]
        _give(site, mine, lead, steward.as_actor(), at - timedelta(days=40))
        _talk(campaign, mine[:-3], lead.as_actor(), chance, at)
        made += 1
    if len(rest) > OPEN:
        _ask(site, rest[:PROMISED], steward, at)
        _talk(campaign, rest[SILENT:], steward.as_actor(), chance, at)
    others = Worksite.objects.live().exclude(pk=site.pk).exclude(area=None).order_by("pk")[:OTHER_SITES]
    for number, other in enumerate(others):
        made += number % 3 > 0 and _begin(campaign, other, chance, actor, at)
    return made


def _begin(campaign: Campaign, site: Worksite, chance: random.Random, actor: Actor, at: datetime) -> bool:
    """A CAT member with a coworker or two, some of whom were talked with."""
    people = _people_of(site, at)
    lead = _account(people, actor, at)
    if lead is None or len(people) < 2:
        return False
    _give(site, people[:10], lead, actor, at - timedelta(days=20))
    _talk(campaign, people[: chance.randrange(len(people) + 1)], lead.as_actor(), chance, at)
    return True


def _people_of(site: Worksite, at: datetime) -> list[Person]:
    return list(at_the_site(site, on=timezone.localdate(at)).order_by("pk"))


def _account(people: Sequence[Person], actor: Actor, at: datetime) -> User | None:
    """The account of the first of them who has a phone or mail to sign in by."""
    for person in people:
        user = roster.open_account(person=person, actor=actor, at=at)
        if user is not None:
            return user
    return None


def _give(site: Worksite, people: Sequence[Person], to: User, giver: Actor, at: datetime) -> None:
    campaigns.give_turf(worksite=site, people=[one.public_id for one in people], to=to, actor=giver, at=at)


def _ask(site: Worksite, people: Sequence[Person], steward: User, at: datetime) -> None:
    """Somebody was asked yesterday and has not answered yet."""
    reach = Grant(Role.STEWARD, Reach.WORKSITE, frozenset({site.public_id}))
    campaigns.invite_with_turf(
        worksite=site,
        people=[one.public_id for one in people],
        name="Luis Ortega",
        contact=parse_contact("213 555 0171"),
        language="es",
        viewer=Viewer(steward.pk, steward.name, (reach,)),
        actor=steward.as_actor(),
        at=at - timedelta(days=1),
    )


def _talk(campaign: Campaign, people: Sequence[Person], by: Actor, chance: random.Random, at: datetime) -> None:
    for person in people:
        asked = ASKS[chance.randrange(len(ASKS))][person.language == "es"]
        when = at - timedelta(days=chance.randrange(1, 50), minutes=chance.randrange(600))
        kind = chance.choice(("talk", "talk", "call", "text"))
        text = chance.choice(WORDS) if kind == "talk" else ""
        campaigns.note_talk(campaign=campaign, person=person, kind=kind, asked=asked, text=text, actor=by, at=when)
