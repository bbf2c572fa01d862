"""`unionhall lockdown` closes the rooms, and opens them by two officers' codes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.factories.accounts import ACTOR, TOTP_SECRET, grant, make_staff
from unionhall.accounts import operations, queries
from unionhall.cli.main import app
from unionhall.foundation import clock
from unionhall.foundation.access import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _awake(monkeypatch):
    """Django is awake and the tables are there: the test's own."""
    monkeypatch.setattr("unionhall.cli.lockdown.setup_django", lambda: None)
    monkeypatch.setattr("unionhall.cli.prepare.migrate", lambda note: None)


def officer(name, secret):
    user = make_staff(name)
    grant(user, Role.OFFICER)
    operations.enroll_totp(user=user, secret=secret, actor=ACTOR, at=clock.now())
    return user


def run(*words, typed=""):
    return CliRunner().invoke(app, ["lockdown", *words], input=typed)


def test_lockdown_closes_and_says_how_to_open():
    done = run("--why", "A phone was taken", "--json")

    assert (done.exit_code, json.loads(done.stdout)["why"]) == (0, "A phone was taken")
    assert queries.find_lockdown().begun_by == "operator"


def test_a_dry_run_changes_nothing():
    done = run("--dry-run", "--json")

    assert (done.exit_code, json.loads(done.stdout), queries.find_lockdown()) == (0, {"closed": False}, None)


def test_two_officers_open_at_the_command_line():
    other = "KVKFKRCPNZQUYMLXOVYDSQKJKZDTSRLD"
    lorraine, hector = officer("Lorraine Okafor", TOTP_SECRET), officer("Hector Salas", other)
    run()
    typed = "".join(
        f"{user.email}\n{queries.totp_code(secret=secret, at=clock.now())}\n"
        for user, secret in ((lorraine, TOTP_SECRET), (hector, other))
    )

    done = run("--lift", typed=typed)

    assert (done.exit_code, queries.find_lockdown()) == (0, None)


def test_a_wrong_code_opens_nothing():
    lorraine = officer("Lorraine Okafor", TOTP_SECRET)
    run()

    done = run("--lift", typed=f"{lorraine.email}\n12345\n")

    assert done.exit_code != 0
    assert queries.find_lockdown() is not None
