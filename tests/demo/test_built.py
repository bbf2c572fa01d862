"""What stands in the invented local once it is built: looked at, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from unionhall.demo import operations
from unionhall.demo.operations import DemoSummary, build_demo
from unionhall.roster.models import ContactPoint, Import, PersonRecord

pytestmark = pytest.mark.slow
AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def build(*, if_empty: bool) -> DemoSummary:
    return build_demo(campaign="ewu", people=400, reset=False, if_empty=if_empty, at=AT, say=lambda text: None)


@pytest.fixture(scope="module")
def _ewu(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A small demonstration of one campaign, made once for the tests that only look: its pages cost seconds."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(operations, "SITES", 40)
        build(if_empty=False)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("_ewu")
def test_build_demo_if_empty_leaves_a_smaller_demo_as_it_is() -> None:
    summary = build(if_empty=True)

    assert summary.campaigns == ("ewu",)


@pytest.mark.django_db
@pytest.mark.usefixtures("_ewu")
def test_everybody_in_the_demo_has_invented_contacts_only() -> None:
    values = [point.value for point in ContactPoint.objects.all()]
    assert values
    assert [value for value in values if "55501" not in value and not value.endswith("@example.org")] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_ewu")
def test_outbox_shows_who_can_sign_in_and_the_printed_code_opens_the_door(client: Client) -> None:
    page = client.get("/hall/outbox/").content.decode()

    login = next(one for one in operations.logins(at=AT) if one.email == "priya@example.org")
    assert login.email in page
    assert operations.PASSWORD in page
    assert len(login.code) == 6


@pytest.mark.django_db
@pytest.mark.usefixtures("_ewu")
def test_people_come_by_two_lists_with_moves_leavers_and_somebody_to_settle() -> None:
    second, first = (imported.report for imported in Import.objects.order_by("-pk"))
    assert (first["rows_read"], first["new"], first["refused"], first["review"]) == (400, 400, [], 0)
    assert min(second["moved"], second["missing"], second["new"], second["review"]) > 0
    assert not PersonRecord.objects.filter(said={}).exists()
