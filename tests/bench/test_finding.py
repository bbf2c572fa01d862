"""The questions that finding somebody is measured by, on a few people."""

from __future__ import annotations

import pytest

from tests.factories import roster as factory
from unionhall.bench import finding

pytestmark = pytest.mark.django_db

NAMES = ("Rosa Medina", "Beto Luna", "Dalia Ferrer Quintero", "Edgar Yuen", "Fumiko Hara")


@pytest.fixture(autouse=True)
def people():
    site = factory.worksite()
    return [factory.person(name, site=site) for name in NAMES]


def test_questions_are_the_same_each_time_and_about_people_who_are_here() -> None:
    asked = finding.questions()

    assert asked == finding.questions()
    assert sorted(asked["a whole name"]) == sorted(NAMES)
    assert not set(asked["a mistyped name"]) & {name.split()[-1] for name in NAMES}
    assert all(asked[kind] for kind in asked if kind != "an id")


def test_each_kind_is_measured_beside_the_plainest_query() -> None:
    times = finding.measure()

    assert times.keys() == {*finding.questions(), "name contains"}
    assert all(0 <= clock < 10 for clock, _busy in times.values())
