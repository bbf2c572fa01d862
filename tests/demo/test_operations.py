"""The invented local: complete, the same every time, and never where a real one lives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import models
from django.test import Client

from unionhall.accounts.models import RoleGrant, User
from unionhall.campaigns.models import Campaign, Entry, Fact, FocusArea, PhaseRecord
from unionhall.demo import operations, queries
from unionhall.demo.operations import DemoSummary, build_demo
from unionhall.foundation.access import system_actor
from unionhall.foundation.installation import DatabaseIsTaken, mark_installation
from unionhall.roster.models import Area, ContactPoint, Person, Worksite

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "SITES", 40)


def build() -> DemoSummary:
    return build_demo(campaign="both", people=50, reset=False, if_empty=False, at=AT, say=lambda text: None)


def counts() -> dict[type[models.Model], int]:
    kinds = (Campaign, Entry, Fact, FocusArea, PhaseRecord, Area, Person, Worksite, ContactPoint, User, RoleGrant)
    return {kind: kind._default_manager.count() for kind in kinds}


@pytest.mark.django_db
@pytest.mark.usefixtures("_small")
@pytest.mark.slow
def test_build_demo_makes_both_campaigns_from_their_facts_and_a_second_time_nothing() -> None:
    summary = build()

    assert summary.campaigns == ("ewu", "wof")
    assert summary.worksites == 40
    assert str(Fact.objects.get(campaign__slug="ewu", key="unit-size").value.normalize()) == "3E+4"
    titles = [area.title.en for area in FocusArea.objects.filter(campaign__slug="ewu").order_by("order")]
    assert titles == ["Staffing Levels", "Fair Wages", "Training & Education", "Safety & Respect"]
    assert FocusArea.objects.filter(campaign__slug="wof").count() == 5
    before = counts()
    build()
    assert counts() == before


@pytest.mark.django_db
def test_build_demo_refuses_a_database_that_holds_a_real_local() -> None:
    mark_installation(kind="real", name="Local 1", languages=["en"], actor=system_actor("test"), at=AT)

    with pytest.raises(DatabaseIsTaken):
        build()

    assert Campaign.objects.count() == 0


def test_invented_people_and_sites_are_the_same_at_every_call() -> None:
    assert list(queries.invented_people(300)) == list(queries.invented_people(300))
    assert list(queries.invented_sites(300)) == list(queries.invented_sites(300))


def test_invented_sites_bear_different_names() -> None:
    names = [site.name for site in queries.invented_sites(operations.SITES)]

    assert len(set(names)) == len(names)


@pytest.mark.django_db
@pytest.mark.parametrize(("shown", "texts"), [(1, 1), (3, 3)])
def test_outbox_costs_the_same_for_one_message_and_three(
    client: Client, django_assert_num_queries: pytest.FixtureRequest, shown: int, texts: int
) -> None:
    from unionhall.foundation.models import OutboxMessage

    for _ in range(texts):
        OutboxMessage.objects.create(at=AT, channel="sms", to="+12135550142", body="Gracias", language="es")

    with django_assert_num_queries(3):
        page = client.get("/hall/outbox/").content.decode()

    assert page.count("Gracias") == shown
