"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from unionhall.foundation import clock, health

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def wait_since(at, **fields):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default", **fields
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=at)


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response.headers["Cache-Control"]


def test_health_is_read_only(client):
    assert client.post("/healthz").status_code == client.post("/readyz").status_code == 405


def test_ready_answers_in_few_queries_and_names_no_secret(client, settings, django_assert_num_queries, db):
    settings.TASKS = DATABASE_QUEUE
    client.get("/readyz")  # one of Wagtail's migrations asks the database while it is first imported

    with django_assert_num_queries(4):  # itself, the oldest task, is there a table of migrations, which are applied
        response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "cache": "ok",
        "migrations": "ok",
        "queue": "ok",
        "queue_seconds": 0,
    }


def test_ready_without_a_database_is_not(client, monkeypatch, db):
    def fail(*args, **kwargs):
        raise OperationalError("host=secret-host")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", fail)
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "failing",
        "database": "failing",
        "cache": "ok",
        "migrations": "unknown",
        "queue": "unknown",
        "queue_seconds": None,
    }


def test_ready_with_a_missing_migration_is_not(client, monkeypatch, db):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("a", False)])

    assert client.get("/readyz").json()["migrations"] == "failing"


@pytest.mark.parametrize("broken", ["set", "get"])
def test_ready_without_a_cache_is_not(monkeypatch, db, broken):
    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, broken, fail if broken == "set" else lambda *args, **kwargs: None)

    found = health.readiness(at=AT)

    assert (found.cache, found.is_ready) == ("failing", False)


def test_queue_is_late_after_five_minutes_and_still_ready(settings, db):
    settings.TASKS = DATABASE_QUEUE
    at = clock.now()
    wait_since(at - timedelta(seconds=301))
    wait_since(at - timedelta(days=2), status="SUCCESSFUL")

    found = health.readiness(at=at)

    assert (found.queue, found.queue_seconds, found.is_ready) == ("late", 301, True)
    assert found.to_json()["status"] == "late"
    assert health.readiness(at=at - timedelta(seconds=1)).queue == "ok"


def test_queue_elsewhere_is_not_measured(db):
    assert health.queue_seconds(at=AT) is None


def test_queue_that_cannot_be_read_is_unknown(settings, monkeypatch, db):
    def fail(*args, **kwargs):
        raise OperationalError

    settings.TASKS = DATABASE_QUEUE
    monkeypatch.setattr(DBTaskResult.objects, "ready", fail)

    assert health.queue_seconds(at=AT) is None
