"""The subject file: with a reason only, notes included, written into the trail, for officers and the data desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from tests.factories import accounts
from tests.factories import campaigns as factory
from unionhall.campaigns import operations as campaign_operations
from unionhall.campaigns.models import Entry
from unionhall.cli.main import app
from unionhall.foundation.access import Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster.models import Person

pytestmark = pytest.mark.django_db
WHY = "Her written request of 3 March"


@pytest.fixture
def rosa() -> Person:
    """Rosa, of whom an organizer noted something."""
    entry = factory.entry(factory.full_campaign(), name="Rosa Méndez", contact="213 555 0142")
    campaign_operations.add_note(entry=entry, text="Seems unsure", actor=factory.CLERK, at=factory.AT)
    return entry.person


def desk(client: Client, role: Role = Role.OFFICER) -> Client:
    """Somebody of that role, everywhere, signed in by a second factor."""
    user = accounts.make_staff("Gloria Medina")
    accounts.grant(user, role)
    accounts.sign_in(client, user)
    return client


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DATA_ADMINISTRATOR])
def test_without_a_reason_nothing_is_shown_and_nothing_written(client: Client, rosa: Person, role: Role) -> None:
    desk(client, role)
    address = f"/hall/people/{rosa.public_id}/file/"
    for answer in (client.get(address), client.post(address, {"reason": "  x "})):
        assert "Seems unsure" not in answer.content.decode()
        assert "0142" not in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="roster.person_file_read").exists()


def test_with_a_reason_all_is_shown_notes_too_and_the_trail_says_so(client: Client, rosa: Person) -> None:
    desk(client)
    body = client.post(f"/hall/people/{rosa.public_id}/file/", {"reason": WHY}).content.decode()

    assert "Seems unsure" in body
    assert "(213) 555-0142" in body
    entry = AuditEntry.objects.get(verb="roster.person_file_read")
    assert (entry.why, entry.object_label) == (WHY, rosa.public_id)


@pytest.mark.parametrize("kind", ["html", "csv", "json"])
def test_it_is_given_to_take_along(client: Client, rosa: Person, kind: str) -> None:
    desk(client)
    answer = client.post(f"/hall/people/{rosa.public_id}/file/", {"reason": WHY, "as": kind})
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert "Seems unsure" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.COUNSEL, Role.COMMUNICATIONS])
def test_other_roles_are_refused(client: Client, rosa: Person, role: Role) -> None:
    desk(client, role)
    assert client.post(f"/hall/people/{rosa.public_id}/file/", {"reason": WHY}).status_code == 403


def test_the_command_writes_the_file_for_its_owner_only(rosa: Person, tmp_path: Path) -> None:
    to = tmp_path / "rosa.json"
    asked = ["people", "file", rosa.public_id, "--reason", WHY, "--to", str(to), "--format", "json", "--json"]
    first: Any = CliRunner().invoke(app, asked)

    assert first.exit_code == 0, first.output
    assert oct(to.stat().st_mode)[-3:] == "600"
    assert json.loads(to.read_text())["reason"] == WHY
    assert CliRunner().invoke(app, asked).exit_code != 0
    assert AuditEntry.objects.filter(verb="roster.person_file_read").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_note_and_three(
    client: Client, rosa: Person, count: int, django_assert_num_queries: Any
) -> None:
    desk(client)
    entry = rosa_entry(rosa)
    for number in range(count - 1):
        campaign_operations.add_note(entry=entry, text=f"Note {number}", actor=factory.CLERK, at=factory.AT)
    with django_assert_num_queries(53):
        body = client.post(reverse("person_file", args=[rosa.public_id]), {"reason": WHY}).content.decode()

    assert body.count("Note ") >= count - 1


def rosa_entry(rosa: Person) -> Entry:
    """What Rosa sent us."""
    return Entry.objects.get(person=rosa)
