"""Long work of the roster: lists that are applied, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from unionhall.foundation import clock
from unionhall.foundation.jobs import JobRun, runs
from unionhall.roster import operations, queries, tables


@runs("roster.import")
def apply_list(job: JobRun) -> dict[str, Any]:
    """Apply a list that was received. payload: import, its number; address: where the outcome is shown."""
    imported = queries.get_import(job.payload["import"])

    file = tables.stored_file(imported)
    operations.apply_import(imported=imported, file=file, actor=job.actor, at=clock.now(), progress=_progress(job))
    return {"import": imported.pk, "address": job.payload.get("address", "")}


@runs("roster.undo")
def take_back_list(job: JobRun) -> dict[str, Any]:
    """Take an import back. payload: import, its number; address: where the outcome is shown."""
    imported = queries.get_import(job.payload["import"])
    operations.undo_import(imported=imported, actor=job.actor, at=clock.now(), progress=_progress(job))
    return {"import": imported.pk, "address": job.payload.get("address", "")}


def _progress(job: JobRun) -> Callable[[int, int], None]:
    """Tells the owner how far the work is, and leaves it where they pressed Stop."""

    def tell(done: int, total: int) -> None:
        job.progress(done=done, total=total)
        job.stop_if_cancelled()

    return tell
