"""Long work of the roster: lists that are applied."""

from __future__ import annotations

from typing import Any

from unionhall.foundation import clock
from unionhall.foundation.jobs import JobRun, runs
from unionhall.roster import operations, queries, tables


@runs("roster.import")
def apply_list(job: JobRun) -> dict[str, Any]:
    """Apply a list that was received. payload: import, its number; address: where the outcome is shown."""
    imported = queries.get_import(job.payload["import"])

    def progress(done: int, total: int) -> None:
        job.progress(done=done, total=total)
        job.stop_if_cancelled()

    file = tables.stored_file(imported)
    operations.apply_import(imported=imported, file=file, actor=job.actor, at=clock.now(), progress=progress)
    return {"import": imported.pk, "address": job.payload.get("address", "")}
