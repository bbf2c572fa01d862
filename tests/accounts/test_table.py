"""The access table as data, and which grants want a second factor."""

from __future__ import annotations

import pytest

from unionhall.accounts.enums import Extent, Matter, Permission, needs_second_factor, permission, permission_table
from unionhall.foundation.access import Grant, Reach, Role


def test_every_role_has_exactly_one_row_and_every_row_every_matter() -> None:
    rows = permission_table()
    assert sorted(role for row in rows for role in row.roles) == sorted(Role)
    assert {tuple(row.permissions) for row in rows} == {tuple(Matter)}


@pytest.mark.parametrize(
    ("role", "matter", "expected"),
    [
        (Role.MEMBER, Matter.ASSESSMENTS, Permission(Extent.NONE)),
        (Role.STEWARD, Matter.CONTACTS, Permission(Extent.SITE, "tap to call")),
        (Role.ORGANIZER, Matter.CONTACTS, Permission(Extent.AREA)),
        (Role.DATA_ADMINISTRATOR, Matter.EXPORT, Permission(Extent.LIMITED, "two persons")),
        (Role.COUNSEL, Matter.TABLE, Permission(Extent.ALL)),
    ],
)
def test_permission_is_what_the_document_says(role: Role, matter: Matter, expected: Permission) -> None:
    assert permission(role, matter) == expected


def test_cell_reads_as_in_the_document() -> None:
    assert [str(permission(Role.CAT_MEMBER, matter)) for matter in Matter][:3] == ["t", "t, tap to call", "t"]


@pytest.mark.parametrize(
    ("grant", "wanted"),
    [
        (Grant(Role.MEMBER, Reach.OWN), False),
        (Grant(Role.CAT_MEMBER, Reach.TURF, frozenset("abc")), False),
        (Grant(Role.STEWARD, Reach.WORKSITE, frozenset("a")), False),
        (Grant(Role.STEWARD, Reach.WORKSITE, frozenset("ab")), True),
        (Grant(Role.STEWARD, Reach.AREA, frozenset("a")), True),
        (Grant(Role.ELECTION_OBSERVER, Reach.WORKSITE, frozenset("a")), True),
    ],
)
def test_second_factor_is_wanted_past_one_worksite_and_by_the_role(grant: Grant, wanted: bool) -> None:
    assert needs_second_factor(grant) is wanted
