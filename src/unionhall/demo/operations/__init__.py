"""Builds the invented local: places, people, both model campaigns, their staff; always the same ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings

from unionhall.accounts.models import User
from unionhall.campaigns.models import Campaign
from unionhall.demo.operations.entries import make_entries
from unionhall.demo.operations.logins import PASSWORD, Login, cat_member_login, logins, make_staff, member_login
from unionhall.demo.operations.pages import make_pages
from unionhall.demo.operations.people import make_people
from unionhall.demo.operations.places import make_places
from unionhall.demo.operations.record import make_campaign
from unionhall.demo.operations.turf import make_turfs
from unionhall.demo.operations.wipe import wipe
from unionhall.foundation.access import system_actor
from unionhall.foundation.installation import mark_installation, refuse_real
from unionhall.foundation.vocabulary import choose_vocabulary
from unionhall.roster.models import Person, Worksite
from unionhall.site.operations import ensure_ground

__all__ = ["PASSWORD", "DemoSummary", "build_demo", "logins", "member_login"]

SITES: Final = 1_400
NAME: Final = "Unionhall demonstration local"


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What stands in the demonstration, and who can sign in to it now."""

    campaigns: tuple[str, ...]
    worksites: int
    people: int
    member: str = ""
    cat_member: str = ""
    logins: list[Login] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Counts, addresses and logins, as printed at a start."""
        pages = [f"  {settings.BASE_URL}/{language}/{slug}/" for slug in self.campaigns for language in ("en", "es")]
        staff = [f"  {one.email:24} code {one.code}   {one.name}, {one.does}" for one in self.logins]
        return [
            f"{self.worksites:,} worksites and {self.people:,} people, all invented. Campaigns:",
            *pages,
            f"What would have been sent, and fresh codes: {settings.BASE_URL}/hall/outbox/",
            *([f"Member: sign in at {settings.BASE_URL}/en/sign-in/ with {self.member}"] if self.member else []),
            *([f"CAT member: the same way, with {self.cat_member}"] if self.cat_member else []),
            f"Staff: sign in at {settings.BASE_URL}/hall/ with “{PASSWORD}” and the code of this half minute:",
            *staff,
        ]


def build_demo(
    *, campaign: str, people: int, reset: bool, if_empty: bool, at: datetime, say: Callable[[str], None]
) -> DemoSummary:
    """The invented local, built where it is missing; what stands is left as it is.

    campaign: ewu, wof or both. people: how many. reset: throw the old one away first. if_empty: do nothing more where
    one stands. say: hears what is being done. Raises DatabaseIsTaken where a real local lives in the database.
    """
    refuse_real()
    actor = system_actor("demo")
    if reset:
        say("Throwing the old demonstration away")
        wipe()
    mark_installation(kind="demo", name=NAME, languages=["en", "es"], actor=actor, at=at)
    standing = set(Campaign.objects.values_list("slug", flat=True))
    if not (if_empty and standing):
        _build(campaign, people, standing, at=at, say=say)
    return _summary(at)


def _build(campaign: str, people: int, standing: set[str], *, at: datetime, say: Callable[[str], None]) -> None:
    actor = system_actor("demo")
    if not Worksite.objects.exists():
        choose_vocabulary(pack="school", actor=actor, at=at)
        say(f"Inventing {SITES:,} worksites and {people:,} people")
        areas = make_places(sites=SITES, actor=actor, at=at)
        make_people(count=people, actor=actor, at=at)
        steward_site = _steward_s_school().public_id
        make_staff(
            areas={code: area.public_id for code, area in areas.items()}, worksite=steward_site, actor=actor, at=at
        )
        ensure_ground(name=NAME, base_url=settings.BASE_URL, actor=actor, at=at)
    for slug in ("ewu", "wof") if campaign == "both" else (campaign,):
        if slug not in standing:
            say(f"Writing the record of {slug}")
            record = make_campaign(slug=slug, actor=actor, at=at)
            make_pages(campaign=record, actor=actor, at=at)
            _sign_ups(record, at)


def _sign_ups(campaign: Campaign, at: datetime) -> None:
    """The first sign-ups, of the campaign that is out for members."""
    if campaign.slug == "ewu":
        organizer = User.objects.get(email="priya@example.org")
        make_entries(campaign=campaign, staff=organizer.as_actor(), actor=system_actor("demo"), at=at)
        steward = User.objects.get(email="denise@example.org")
        make_turfs(campaign=campaign, site=_steward_s_school(), steward=steward, actor=system_actor("demo"), at=at)


def _steward_s_school() -> Worksite:
    return Worksite.objects.live().order_by("pk")[0]


def _summary(at: datetime) -> DemoSummary:
    return DemoSummary(
        campaigns=tuple(Campaign.objects.values_list("slug", flat=True)),
        worksites=Worksite.objects.live().count(),
        people=Person.objects.present().count(),
        member=member_login(),
        cat_member=cat_member_login(),
        logins=logins(at=at),
    )
