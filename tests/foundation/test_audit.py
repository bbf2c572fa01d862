"""The audit trail: it grows, it can be searched, and nothing in it changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.foundation import ALMA, AT, rolled_back
from unionhall.foundation import audit
from unionhall.foundation.access import Actor, system_actor
from unionhall.foundation.models import AuditEntry, Job, TrailIsAppendOnly

pytestmark = pytest.mark.django_db


def act(verb="roster.person_added", *, actor=ALMA, at=AT, **fields):
    return audit.record(actor=actor, verb=verb, at=at, **fields)


def labels(trail):
    return [entry.object_label for entry in trail]


def test_record_keeps_who_what_when_and_why():
    job = Job.objects.create(kind="roster.import", label="Directory", queued_at=AT)

    entry = act(obj=job, place="bcdfgh234567", why="asked by the office", detail={"rows": 3})

    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_label, entry.verb, entry.at) == (7, "Alma Reyes", "roster.person_added", AT)
    assert (entry.object_type, entry.object_id, entry.object_label) == ("foundation.job", str(job.pk), "Directory")
    assert (entry.place, entry.why, entry.detail) == ("bcdfgh234567", "asked by the office", {"rows": 3})
    assert str(entry) == "2026-11-22 09:00 Alma Reyes roster.person_added Directory"


def test_record_without_an_object_takes_the_label():
    entry = act(actor=system_actor("import"), label="x" * 300)

    assert (entry.object_type, entry.object_id, entry.object_label) == ("", "", "x" * 200)
    assert (entry.actor_id, entry.actor_label) == (None, "import")


def test_record_falls_with_its_transaction():
    with rolled_back():
        act()

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(why="another"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
    ],
    ids=["save", "delete", "update", "delete many"],
)
def test_trail_refuses_changes_in_python(change):
    entry = act(why="first")

    with pytest.raises(TrailIsAppendOnly):
        change(entry)

    assert AuditEntry.objects.get().why == "first"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_auditentry SET why = 'another'",
        "DELETE FROM foundation_auditentry",
        "INSERT OR REPLACE INTO foundation_auditentry SELECT * FROM foundation_auditentry",
        "TRUNCATE foundation_auditentry",
    ],
)
def test_trail_refuses_changes_in_the_database(statement):
    foreign = {"sqlite": "TRUNCATE", "postgresql": "INSERT OR REPLACE"}[connection.vendor]
    if statement.startswith(foreign):
        statement = "UPDATE foundation_auditentry SET at = at"
    act(why="first")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.get().why == "first"


def test_is_guarded_notices_missing_triggers():
    assert audit.is_guarded()

    migration = import_module("unionhall.foundation.migrations.0005_trail_is_append_only")
    with connection.cursor() as cursor:
        for statement in migration.UNGUARD[connection.vendor]:
            cursor.execute(statement)

    assert not audit.is_guarded()


@pytest.fixture
def trail():
    job = Job.objects.create(kind="roster.import", label="one", queued_at=AT)
    act("roster.import_applied", at=datetime(2026, 11, 20, 12, tzinfo=UTC), obj=job, place="bcdf", why="new year")
    act("roster.import_undone", at=datetime(2026, 11, 21, 12, tzinfo=UTC), label="two", actor=Actor(8, "Beto Ruiz"))
    act("rosters.other", at=datetime(2026, 11, 22, 12, tzinfo=UTC), label="three", place="ghjk")
    act("campaigns.phase_entered", at=datetime(2026, 11, 22, 13, tzinfo=UTC), label="four", why="New Year begins")
    return job


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({}, ["four", "three", "two", "one"]),
        ({"person": 8}, ["two"]),
        ({"place": "bcdf"}, ["one"]),
        ({"verb": "roster"}, ["two", "one"]),
        ({"verb": "roster."}, ["two", "one"]),
        ({"verb": "roster.import_undone"}, ["two"]),
        ({"verb": "roster.import"}, []),
        ({"first": date(2026, 11, 22)}, ["four", "three"]),
        ({"last": date(2026, 11, 20)}, ["one"]),
        ({"first": date(2026, 11, 21), "last": date(2026, 11, 21)}, ["two"]),
        ({"words": "new YEAR"}, ["four", "one"]),
        ({"words": "new year phase"}, ["four"]),
        ({"words": "beto"}, ["two"]),
        ({"words": "absent"}, []),
        ({"person": 7, "words": "year", "place": "bcdf"}, ["one"]),
    ],
)
def test_search_trail_narrows_by_each_condition(trail, question, expected, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = labels(audit.search_trail(**question))

    assert found == expected


def test_search_trail_counts_days_in_the_local_s_zone(settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    act(at=datetime(2026, 11, 22, 7, 59, tzinfo=UTC), label="the evening before")
    act(at=datetime(2026, 11, 22, 8, 0, tzinfo=UTC), label="midnight")

    assert labels(audit.search_trail(first=date(2026, 11, 22))) == ["midnight"]
    assert labels(audit.search_trail(last=date(2026, 11, 21))) == ["the evening before"]


def test_search_trail_finds_by_object(trail):
    assert labels(audit.search_trail(obj=trail)) == ["one"]


def test_verbs_lists_each_once(trail):
    act("roster.import_applied")

    assert audit.verbs() == [
        "campaigns.phase_entered",
        "roster.import_applied",
        "roster.import_undone",
        "rosters.other",
    ]
