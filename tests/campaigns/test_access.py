"""Whose queue an entry lies in, and who may read the contact."""

from __future__ import annotations

import pytest

from tests.factories import campaigns as factory
from tests.factories import roster
from unionhall.campaigns import access
from unionhall.foundation.access import PUBLIC, Grant, Reach, Role, SecondFactorNeeded, Viewer
from unionhall.foundation.errors import NotAllowed, SignInNeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    return roster.area("E")


@pytest.fixture
def west():
    return roster.area("W")


@pytest.fixture
def entries(east, west):
    """One entry in the east, one in the west, one at a site of no area, one at a site we do not know."""
    campaign = factory.campaign()
    sites = {
        "east": factory.school("Palo Verde Elementary", area=east),
        "west": factory.school("Harbor High", area=west),
        "nowhere": factory.school("Island Depot"),
        "unknown": None,
    }
    return {key: factory.entry(campaign, site=site) for key, site in sites.items()}


def seen(viewer: Viewer, entries) -> set[str]:
    mine = set(access.entries_visible_to(viewer))
    return {key for key, entry in entries.items() if entry in mine}


def test_organizer_sees_the_own_areas_only(entries, east, west):
    assert seen(roster.viewer(Role.ORGANIZER, Reach.AREA, east.public_id), entries) == {"east"}
    assert seen(roster.viewer(Role.ORGANIZER, Reach.AREA, east.public_id, west.public_id), entries) == {"east", "west"}


def test_steward_sees_the_own_site_only(entries):
    site = entries["west"].worksite.public_id
    assert seen(roster.viewer(Role.STEWARD, Reach.WORKSITE, site), entries) == {"west"}


def test_cat_member_sees_the_own_turf_only(entries):
    person = entries["unknown"].person.public_id
    assert seen(roster.viewer(Role.CAT_MEMBER, Reach.TURF, person), entries) == {"unknown"}


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.DATA_ADMINISTRATOR, Role.OFFICER])
def test_who_reaches_all_sees_also_what_has_no_area(entries, role):
    assert seen(roster.viewer(role, Reach.ALL), entries) == {"east", "west", "nowhere", "unknown"}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.BARGAINING_TEAM, Role.COMMUNICATIONS, Role.COUNSEL])
def test_other_roles_see_no_entry(entries, role):
    assert seen(roster.viewer(role, Reach.ALL), entries) == set()


def test_the_public_and_a_plain_account_see_no_entry(entries):
    assert seen(PUBLIC, entries) == set()
    assert seen(Viewer(user_id=9), entries) == set()


@pytest.mark.parametrize(
    ("role", "contact", "notes", "place"),
    [
        (Role.ORGANIZER, True, True, True),
        (Role.DATA_ADMINISTRATOR, True, False, True),
        (Role.OFFICER, False, False, False),
        (Role.STEWARD, True, True, False),
    ],
)
def test_what_each_role_may_do_follows_the_access_table(entries, role, contact, notes, place):
    viewer = roster.viewer(role, Reach.ALL)
    entry = entries["east"]
    assert access.may_see_contact(viewer, entry) is contact
    assert access.may_answer(viewer, entry) is contact
    assert access.may_see_notes(viewer, entry) is notes
    assert access.may_place(viewer) is place


def test_contact_stays_with_those_of_the_turf(entries, east, west):
    steward = roster.viewer(Role.STEWARD, Reach.WORKSITE, entries["east"].worksite.public_id)
    colleague = roster.viewer(Role.ORGANIZER, Reach.AREA, west.public_id)
    turf = roster.viewer(Role.CAT_MEMBER, Reach.TURF, entries["unknown"].person.public_id)
    assert [key for key in entries if access.may_see_contact(steward, entries[key])] == ["east"]
    assert [key for key in entries if access.may_see_contact(colleague, entries[key])] == ["west"]
    assert [key for key in entries if access.may_see_contact(turf, entries[key])] == ["unknown"]
    assert [key for key in entries if access.may_see_contact(PUBLIC, entries[key])] == []


def test_an_officer_with_an_area_of_his_own_reads_contacts_there_only(entries, east):
    both = Viewer(
        user_id=3,
        grants=(Grant(Role.OFFICER, Reach.ALL), Grant(Role.ORGANIZER, Reach.AREA, frozenset({east.public_id}))),
    )
    assert len(seen(both, entries)) == 4
    assert [key for key in entries if access.may_see_contact(both, entries[key])] == ["east"]


def test_the_queue_opens_by_role_and_strength():
    with pytest.raises(SignInNeeded):
        access.require_queue(PUBLIC)
    with pytest.raises(NotAllowed):
        access.require_queue(roster.viewer(Role.MEMBER, Reach.OWN))
    with pytest.raises(SecondFactorNeeded):
        access.require_queue(roster.viewer(Role.ORGANIZER, Reach.AREA, "a"))
    with pytest.raises(SecondFactorNeeded):
        access.require_queue(roster.viewer(Role.STEWARD, Reach.WORKSITE, "a", "b"))
    access.require_queue(roster.viewer(Role.ORGANIZER, Reach.AREA, "a", strong=True))
    access.require_queue(roster.viewer(Role.STEWARD, Reach.WORKSITE, "a"))
    access.require_queue(roster.viewer(Role.CAT_MEMBER, Reach.TURF, "p", "q"))
