"""What tests of every slice need from the ground floor: people at the door, transactions that fall, jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from unionhall.foundation.access import Actor
from unionhall.foundation.models import Job

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ALMA = Actor(user_id=7, label="Alma Reyes")
BETO = Actor(user_id=8, label="Beto Ruiz")


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that is undone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_job(**fields: Any) -> Job:
    """A job of Alma's, waiting."""
    defaults: dict[str, Any] = {"kind": "tests.count", "actor_id": ALMA.user_id, "actor_label": ALMA.label}
    return Job.objects.create(**defaults | {"queued_at": AT} | fields)
