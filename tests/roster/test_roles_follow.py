"""Roles that name a worksite or a person follow it into the one it is merged with, and come back with it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import accounts
from tests.factories import roster as factory
from unionhall.accounts import operations as doors
from unionhall.accounts.models import RoleGrant
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def sites():
    return [factory.worksite(name) for name in ("Oak Elementary", "Elm Elementary", "Ash Middle")]


def steward_of(*sites):
    grant = accounts.grant(accounts.make_member(), Role.STEWARD, Reach.WORKSITE, [site.public_id for site in sites])
    return grant.pk


def codes_of(pk):
    return set(RoleGrant.objects.get(pk=pk).codes)


def ids(*rows):
    return {row.public_id for row in rows}


def merge(kept, absorbed):
    return operations.merge_worksites(kept=kept, absorbed=absorbed, **BY)


def test_steward_of_a_merged_worksite_is_steward_of_the_kept_one_until_both_are_parted(sites):
    oak, elm, ash = sites
    grant, other = steward_of(elm), steward_of(ash)
    done = merge(oak, elm)
    assert codes_of(grant) == ids(oak)
    assert RoleGrant.objects.get(pk=grant).named == [elm.public_id]
    assert AuditEntry.objects.filter(verb="accounts.role_followed").count() == 1
    operations.part_worksites(merge=done, **BY)
    assert codes_of(grant) == ids(elm)
    assert RoleGrant.objects.get(pk=grant).named == []
    assert codes_of(other) == ids(ash)


def test_role_over_both_is_over_one_and_over_both_again(sites):
    oak, elm, _ash = sites
    grant = steward_of(oak, elm)
    done = merge(oak, elm)
    assert codes_of(grant) == ids(oak)
    operations.part_worksites(merge=done, **BY)
    assert codes_of(grant) == ids(oak, elm)


def test_role_follows_through_two_merges_and_back_one_after_the_other(sites):
    oak, elm, ash = sites
    grant = steward_of(elm)
    first = merge(oak, elm)
    oak.refresh_from_db()
    second = merge(ash, oak)
    assert codes_of(grant) == ids(ash)
    operations.part_worksites(merge=second, **BY)
    assert codes_of(grant) == ids(oak)
    operations.part_worksites(merge=first, **BY)
    assert codes_of(grant) == ids(elm)


def test_merges_into_one_worksite_are_parted_in_any_order(sites):
    oak, elm, ash = sites
    grant = steward_of(elm, ash)
    first, second = merge(oak, elm), merge(oak, ash)
    assert codes_of(grant) == ids(oak)
    operations.part_worksites(merge=first, **BY)
    assert codes_of(grant) == ids(elm, oak)
    operations.part_worksites(merge=second, **BY)
    assert codes_of(grant) == ids(elm, ash)


def test_role_given_after_the_merge_stays_with_the_kept_one(sites):
    oak, elm, _ash = sites
    done = merge(oak, elm)
    grant = steward_of(oak)
    operations.part_worksites(merge=done, **BY)
    assert codes_of(grant) == ids(oak)


def test_role_offered_for_a_worksite_that_was_merged_meanwhile_holds_at_the_kept_one(sites):
    oak, elm, _ash = sites
    done = merge(oak, elm)
    grant = steward_of(elm)
    assert codes_of(grant) == ids(oak)
    operations.part_worksites(merge=done, **BY)
    assert codes_of(grant) == ids(elm)


def test_ended_roles_and_other_reaches_stand_as_they_were(sites):
    oak, elm, _ash = sites
    ended = steward_of(elm)
    doors.end_role(grant=RoleGrant.objects.get(pk=ended), **BY)
    turf = accounts.grant(accounts.make_member(), Role.CAT_MEMBER, Reach.TURF, [elm.public_id]).pk
    merge(oak, elm)
    assert (codes_of(ended), codes_of(turf)) == (ids(elm), ids(elm))


def test_turf_follows_a_person_and_comes_back(sites):
    rosa, twin, beto = (factory.person(name, site=sites[0]) for name in ("Rosa García", "Rosa Garcia", "Beto Luna"))
    grant = accounts.grant(accounts.make_member(), Role.CAT_MEMBER, Reach.TURF, list(ids(twin, beto))).pk
    done = operations.merge_people(kept=rosa, absorbed=twin, **BY)
    assert codes_of(grant) == ids(rosa, beto)
    operations.part_people(merge=done, **BY)
    assert codes_of(grant) == ids(twin, beto)
