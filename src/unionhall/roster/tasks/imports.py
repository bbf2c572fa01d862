"""Long work of the roster: lists that are applied, taken back, and who stands twice after them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from unionhall.foundation import clock
from unionhall.foundation.access import system_actor
from unionhall.foundation.events import subscribe
from unionhall.foundation.jobs import JobRun, runs, start
from unionhall.roster import operations, queries, tables
from unionhall.roster.enums import ImportKind
from unionhall.roster.events import ImportApplied, ImportUndone
from unionhall.roster.operations.keeping import access_review


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


@runs("roster.look_alikes")
def look_alikes(job: JobRun) -> dict[str, Any]:
    """Look through the whole roster for people who seem to stand twice. It is written all at once."""
    found = operations.find_look_alikes(actor=job.actor, at=clock.now())
    job.progress(done=found, total=found)
    return {"pairs": found, "address": "/hall/review/"}


@subscribe(ImportApplied)
def look_after(event: ImportApplied) -> None:
    """After a list of people, look who stands twice now."""
    if event.kind == ImportKind.PEOPLE and event.new + event.changed:
        actor = system_actor("import")
        start("roster.look_alikes", payload={"import": event.import_id}, actor=actor, at=clock.now())


@subscribe(ImportApplied)
def open_access_review(event: ImportApplied) -> None:
    """After a list of people, look through who has access."""
    if event.kind == ImportKind.PEOPLE:
        access_review.open_access_review(import_id=event.import_id, at=clock.now())


@subscribe(ImportUndone)
def void_access_review(event: ImportUndone) -> None:
    """The list that asked for it was taken back."""
    access_review.overtake_review(import_id=event.import_id, at=clock.now())
