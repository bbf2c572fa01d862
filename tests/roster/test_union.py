"""Chapters and offices of the union: given, held, ended."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import roster as factory
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries
from unionhall.roster.enums import ChosenBy, OfficeKind

pytestmark = pytest.mark.django_db

BY = {"actor": factory.CLERK, "at": factory.AT}
DAY = date(2026, 9, 1)


def chapter(*sites, code="OAK", **fields):
    return operations.put_chapter(code=code, name=Bilingual("Oak", "Encino"), worksites=sites, **fields, **BY)


def give(person, kind=OfficeKind.STEWARD, **fields):
    return operations.give_office(person=person, kind=kind, starts_on=DAY, **fields, **BY)


def test_stewards_of_a_worksite_are_those_of_it_and_of_its_chapter_on_that_day():
    site, other = factory.worksite("Oak"), factory.worksite("Elm")
    ana, beto, carla = (factory.person(name, site=site) for name in ("Ana Luna", "Beto Sol", "Carla Mar"))
    oak = chapter(site)
    give(beto, worksite=site, chosen_by=ChosenBy.ELECTED)
    give(ana, OfficeKind.CHAPTER_CHAIR, chapter=oak)
    give(ana, worksite=site)
    give(carla, OfficeKind.BARGAINING_TEAM)
    assert queries.stewards_of(site, DAY) == [ana, beto]
    assert queries.stewards_of(site, date(2026, 8, 31)) == []
    assert queries.stewards_of(other, DAY) == []
    assert queries.chapter_of(site) == oak


def test_office_ends_on_its_last_day_and_may_be_held_again():
    site, ana = factory.worksite(), factory.person("Ana Luna")
    office = give(ana, worksite=site)
    with pytest.raises(operations.OfficeHeldAlready):
        give(ana, worksite=site)
    operations.end_office(office=office, ends_on=date(2026, 10, 31), **BY)
    assert queries.stewards_of(site, date(2026, 10, 31)) == [ana]
    assert queries.stewards_of(site, date(2026, 11, 1)) == []
    again = operations.give_office(
        person=ana, kind=OfficeKind.STEWARD, worksite=site, starts_on=date(2026, 11, 1), **BY
    )
    assert list(queries.offices_of(ana)) == [again, office]
    assert AuditEntry.objects.filter(verb__startswith="roster.office_").count() == 3


def test_office_holds_in_one_place_and_ends_after_it_starts():
    site, ana = factory.worksite(), factory.person("Ana Luna")
    with pytest.raises(operations.OfficeInTwoPlaces):
        give(ana, worksite=site, area=factory.area())
    with pytest.raises(operations.OfficeInTwoPlaces):
        give(ana, worksite=site, ends_on=date(2026, 8, 1))
    with pytest.raises(operations.OfficeInTwoPlaces):
        operations.end_office(office=give(ana), ends_on=date(2026, 8, 1), **BY)


def test_roving_chapter_holds_people_of_no_worksite_of_its_own():
    site, ana, beto = factory.worksite(), factory.person("Ana Luna"), factory.person("Beto Sol")
    subs = chapter(code="SUBS", is_roving=True)
    operations.join_chapter(chapter=subs, person=ana, starts_on=DAY, **BY)
    operations.join_chapter(chapter=subs, person=ana, starts_on=DAY, **BY)
    assert list(queries.people_of_chapter(subs, DAY)) == [ana]
    operations.leave_chapter(chapter=subs, person=ana, ends_on=date(2026, 10, 1), **BY)
    assert list(queries.people_of_chapter(subs, date(2026, 10, 2))) == []
    oak = chapter(site)
    assert list(queries.people_of_chapter(oak, DAY)) == []
    stay = beto.assignments.get()
    stay.worksite = site
    stay.save()
    assert list(queries.people_of_chapter(oak, DAY)) == [beto]


def test_chapter_put_again_has_exactly_the_worksites_named():
    one, two = factory.worksite("Oak"), factory.worksite("Elm")
    first = chapter(one)
    again = chapter(two)
    assert (again.pk, list(again.worksites.all())) == (first.pk, [two])
