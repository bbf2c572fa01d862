"""Who sees which worksites, persons and contacts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import accounts
from tests.factories import roster as factory
from unionhall.foundation.access import PUBLIC, Reach, Role, Viewer
from unionhall.roster import access
from unionhall.roster.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    return factory.area("E")


@pytest.fixture
def home(east):
    return factory.worksite("Rosemead Street Elementary", area=east)


@pytest.fixture
def elsewhere():
    return factory.worksite("Harbor Middle", area=factory.area("W"))


@pytest.fixture
def beto(home):
    return factory.person("Beto Luna", site=home)


@pytest.fixture
def cleo(elsewhere):
    return factory.person("Cleo Park", site=elsewhere)


def test_public_and_plain_account_see_nobody(beto):
    assert list(access.persons_visible_to(PUBLIC)) == []
    assert list(access.persons_visible_to(Viewer(user_id=99))) == []
    assert list(access.worksites_visible_to(PUBLIC)) == []
    assert not access.may_see_contact(PUBLIC, beto)


def test_member_sees_oneself_only(beto, cleo):
    user = accounts.make_user()
    factory.operations.link_user(person=beto, user=user, actor=factory.CLERK, at=factory.AT)
    owner = factory.viewer(Role.MEMBER, Reach.OWN, user_id=user.pk)
    assert list(access.persons_visible_to(owner)) == [beto]
    assert access.may_see_contact(owner, beto)
    assert not access.may_see_contact(owner, cleo)


def test_organizer_sees_people_and_contacts_of_the_own_area(east, home, beto, cleo):
    organizer = factory.viewer(Role.ORGANIZER, Reach.AREA, east.public_id)
    assert list(access.worksites_visible_to(organizer)) == [home]
    assert list(access.persons_visible_to(organizer)) == [beto]
    assert access.may_see_contact(organizer, beto)
    assert not access.may_see_contact(organizer, cleo)
    assert access.area_ids_of(organizer) == {east.pk}


def test_lead_organizer_sees_everything(east, home, elsewhere, beto, cleo):
    lead = factory.viewer(Role.ORGANIZER, Reach.ALL)
    assert set(access.worksites_visible_to(lead)) == {home, elsewhere}
    assert set(access.persons_visible_to(lead)) == {beto, cleo}
    assert access.area_ids_of(lead) == {east.pk, elsewhere.area_id}


def test_steward_sees_the_own_worksite(home, beto, cleo):
    steward = factory.viewer(Role.STEWARD, Reach.WORKSITE, home.public_id)
    assert list(access.persons_visible_to(steward)) == [beto]
    assert access.may_see_contact(steward, beto)
    assert not access.may_see_contact(steward, cleo)
    assert access.area_ids_of(steward) == frozenset()


def test_cat_member_sees_the_own_turf_and_its_worksites(home, beto, cleo):
    colleague = factory.person("Dora Vega", site=home)
    turf = factory.viewer(Role.CAT_MEMBER, Reach.TURF, beto.public_id)
    assert list(access.persons_visible_to(turf)) == [beto]
    assert list(access.worksites_visible_to(turf)) == [home]
    assert not access.may_see_contact(turf, colleague)


def test_officer_sees_names_without_contacts(beto, cleo):
    officer = factory.viewer(Role.OFFICER, Reach.ALL, strong=True)
    assert set(access.persons_visible_to(officer)) == {beto, cleo}
    assert not access.may_see_contact(officer, beto)


@pytest.mark.parametrize("role", [Role.BARGAINING_TEAM, Role.COMMUNICATIONS, Role.ELECTION_OBSERVER])
def test_roles_without_names_see_nobody(role, beto):
    assert list(access.persons_visible_to(factory.viewer(role, Reach.ALL, strong=True))) == []


def test_former_colleague_is_out_of_sight_from_the_day_after(home, beto):
    steward = factory.viewer(Role.STEWARD, Reach.WORKSITE, home.public_id)
    Assignment.objects.filter(person=beto).update(ends_on=date(2026, 11, 20))
    assert list(access.persons_visible_to(steward, on=date(2026, 11, 20))) == [beto]
    assert list(access.persons_visible_to(steward, on=date(2026, 11, 21))) == []
    assert list(access.persons_visible_to(steward)) == []


def test_only_a_strong_data_administrator_imports():
    assert access.may_import(factory.viewer(Role.DATA_ADMINISTRATOR, Reach.ALL, strong=True))
    assert not access.may_import(factory.viewer(Role.DATA_ADMINISTRATOR, Reach.ALL))
    assert not access.may_import(factory.viewer(Role.ORGANIZER, Reach.ALL, strong=True))
    assert not access.may_import(PUBLIC)
