"""Is this process fit to answer members? Looked at by the proxy and by the operator's watch; tells nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Literal

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from unionhall.foundation.jobs import DATABASE_QUEUE

QUEUE_LATE_SECONDS: Final = 300
Word = Literal["ok", "failing", "late", "unknown"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found. queue: "late" when the oldest waiting task is older than five minutes: does a worker run?"""

    database: Word
    cache: Word
    migrations: Word
    queue: Word
    queue_seconds: int | None

    @property
    def is_ready(self) -> bool:
        """Whether pages can be answered; a late queue does not stop them."""
        return "failing" not in (self.database, self.cache, self.migrations)

    def to_json(self) -> dict[str, object]:
        """The findings with one word over them."""
        status = "failing" if not self.is_ready else "late" if self.queue == "late" else "ok"
        return {"status": status, **asdict(self)}


def readiness(*, at: datetime) -> Readiness:
    """Look at database, cache, migrations and queue. Never raises; without a database the rest of it is unknown."""
    database = _database()
    waiting = queue_seconds(at=at) if database == "ok" else None
    late = waiting is not None and waiting > QUEUE_LATE_SECONDS
    return Readiness(
        database=database,
        cache=_cache(),
        migrations=_migrations() if database == "ok" else "unknown",
        queue="late" if late else "ok" if database == "ok" else "unknown",
        queue_seconds=waiting,
    )


def queue_seconds(*, at: datetime) -> int | None:
    """How long the oldest task has waited that may run now; 0 for none; None where the queue is not the database."""
    if settings.TASKS["default"]["BACKEND"] != DATABASE_QUEUE:
        return None
    try:
        oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    except DatabaseError:
        return None
    return max(0, int((at - oldest).total_seconds())) if oldest else 0


def _database() -> Word:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "failing"
    return "ok"


def _cache() -> Word:
    # A cache client raises whatever its library raises; each of them means the same here.
    try:
        cache.set("foundation:ready", "1", 5)
        return "ok" if cache.get("foundation:ready") == "1" else "failing"
    except Exception:
        return "failing"


def _migrations() -> Word:
    executor = MigrationExecutor(connection)
    return "failing" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"
