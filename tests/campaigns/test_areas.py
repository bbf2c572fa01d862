"""How an organizer's worksites stand, and in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import campaigns as campaign_factory
from tests.factories import roster
from tests.factories import turf as factory
from tests.factories.turf import AT
from unionhall.campaigns import queries
from unionhall.foundation.access import Grant, Reach, Role, Viewer
from unionhall.roster.models import Assignment, Person
from unionhall.rulebook.coverage import Stand

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    return roster.area("E")


def priya(*areas) -> Viewer:
    codes = frozenset(area.public_id for area in areas)
    return Viewer(5, "Priya", (Grant(Role.ORGANIZER, Reach.AREA, codes),), strong=True)


def ranked(viewer, sort="gap") -> list[str]:
    return [site.name for site, _stand in queries.get_ranking(viewer, sort, now=AT).rows]


def test_a_worksite_is_counted_person_by_person(east):
    site = roster.worksite("Magnolia", area=east)
    campaign = campaign_factory.campaign()
    crew = factory.people(site, 4)
    Assignment.objects.create(person=crew[0], worksite=site, shift="second", source="test")
    factory.give(site, factory.cat_member(), crew[0], crew[1])
    factory.talk(campaign, crew[0], "call", at=AT - timedelta(days=3))
    factory.talk(campaign, crew[1], "note", text="x")
    campaign_factory.entry(campaign, site=site, waited=timedelta(hours=50))
    campaign_factory.entry(campaign, site=site, waited=timedelta(hours=-47))
    [(_site, stand)] = queries.get_ranking(priya(east), "gap", now=AT).rows

    assert stand == Stand(people=6, covered=2, heard=1, waiting=2, late=1)


def test_who_left_or_stands_on_the_other_side_is_not_counted(east):
    site = roster.worksite("Magnolia", area=east)
    crew = factory.people(site, 4)
    Person.objects.filter(pk=crew[0].pk).update(employment="separated")
    Person.objects.filter(pk=crew[1].pk).update(employment="management")
    Assignment.objects.filter(person=crew[2]).update(ends_on=(AT - timedelta(days=1)).date())
    [(_site, stand)] = queries.get_ranking(priya(east), "gap", now=AT).rows

    assert stand.people == 1


def test_the_coldest_comes_first_and_other_areas_never(east):
    campaign = campaign_factory.campaign()
    warm, cold, far = (
        roster.worksite("Warm", area=east),
        roster.worksite("Cold", area=east),
        roster.worksite("Far", area=roster.area("W")),
    )
    for person in factory.people(warm, 3):
        factory.talk(campaign, person)
    factory.people(cold, 3)
    factory.people(far, 9)

    assert ranked(priya(east)) == ["Cold", "Warm"]


def test_each_order_asks_its_own_question(east):
    campaign = campaign_factory.campaign()
    waits, bare, silent = (roster.worksite(name, area=east) for name in ("Waits", "Bare", "Silent"))
    campaign_factory.entry(campaign, site=waits, waited=timedelta(hours=72))
    for person in factory.people(bare, 2):
        factory.talk(campaign, person)
    factory.give(silent, factory.cat_member(), *factory.people(silent, 5))
    factory.give(waits, factory.cat_member("Ana"), *Person.objects.filter(assignments__worksite=waits))

    assert ranked(priya(east), "waiting")[0] == "Waits"
    assert ranked(priya(east), "coverage")[0] == "Bare"
    assert ranked(priya(east), "silent")[0] == "Silent"


@pytest.mark.parametrize("count", [1, 3])
def test_a_ranking_costs_the_same_for_one_and_three(east, count, django_assert_num_queries):
    for number in range(count):
        factory.people(roster.worksite(f"Site {number}", area=east), 2)

    with django_assert_num_queries(7):
        queries.get_ranking(priya(east), "gap", now=AT)
