"""Who is looking, and which doors open."""

from __future__ import annotations

import pytest

from unionhall.foundation.access import (
    PUBLIC,
    Actor,
    Grant,
    Reach,
    Role,
    SecondFactorNeeded,
    Viewer,
    require_role,
    require_signed_in,
    system_actor,
)
from unionhall.foundation.errors import NotAllowed, SignInNeeded

ALMA = Viewer(
    user_id=7,
    grants=(
        Grant(Role.STEWARD, Reach.WORKSITE, frozenset({"bcdf"})),
        Grant(Role.STEWARD, Reach.WORKSITE, frozenset({"ghjk"})),
        Grant(Role.CAT_MEMBER, Reach.TURF, frozenset({"mnpq"})),
    ),
)


def test_viewer_has_a_role_wherever_it_holds():
    assert ALMA.has(Role.STEWARD)
    assert ALMA.has(Role.OFFICER, Role.CAT_MEMBER)
    assert not ALMA.has(Role.OFFICER)
    assert not PUBLIC.has(*Role)


def test_reach_joins_several_grants():
    assert ALMA.reach_of(Role.STEWARD) == {Reach.WORKSITE: frozenset({"bcdf", "ghjk"})}
    assert ALMA.reach_of(Role.STEWARD, Role.CAT_MEMBER) == {
        Reach.WORKSITE: frozenset({"bcdf", "ghjk"}),
        Reach.TURF: frozenset({"mnpq"}),
    }
    assert ALMA.reach_of(Role.OFFICER) == {}


@pytest.mark.parametrize(
    ("viewer", "strong", "error"),
    [
        (PUBLIC, False, SignInNeeded),
        (Viewer(user_id=8), False, NotAllowed),
        (ALMA, False, None),
        (ALMA, True, SecondFactorNeeded),
        (Viewer(user_id=7, grants=ALMA.grants, strong=True), True, None),
    ],
    ids=["public", "stranger", "steward", "weak steward", "strong steward"],
)
def test_require_role_opens_to_the_role_alone(viewer, strong, error):
    if error is None:
        require_role(viewer, Role.OFFICER, Role.STEWARD, strong=strong)
        return

    with pytest.raises(error) as caught:
        require_role(viewer, Role.OFFICER, Role.STEWARD, strong=strong)
    assert type(caught.value) is error


def test_require_signed_in_opens_to_any_account():
    require_signed_in(Viewer(user_id=8))

    with pytest.raises(SignInNeeded):
        require_signed_in(PUBLIC)


def test_system_actor_is_no_person():
    assert system_actor("import") == Actor(user_id=None, label="import")
