"""Files that go out are made after a second person has agreed, and those whom it concerns are told by mail."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django_tasks import task

from unionhall.foundation import clock
from unionhall.foundation.events import subscribe
from unionhall.foundation.jobs import JobRun, runs
from unionhall.roster import operations, queries
from unionhall.roster.enums import ExportKind
from unionhall.roster.events import ExportAsked, ExportDecided, ExportReady
from unionhall.roster.models import Export
from unionhall.roster.tables import Written, write_everything, write_sheet
from unionhall.rulebook.cells_out import Imprint


@runs(operations.EXPORT_WORK)
def make_file(job: JobRun) -> dict[str, Any]:
    """Make the file of an export that was agreed to; it waits here for a day, encrypted. Running twice makes one."""
    export = queries.export_to_make(job.payload["export"])
    folder = Path(settings.DATA_DIR)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as place:
        path = Path(place) / export.file_name
        written = _write(export, path, by=job.actor.label)
        data = path.read_bytes()
    operations.keep_made(export=export, data=data, rows=written.rows, actor=job.actor, at=clock.now())
    job.progress(done=written.rows, total=written.rows)
    return {"rows": written.rows, "address": reverse("export", args=[export.public_id])}


def _write(export: Export, path: Path, *, by: str) -> Written:
    imprint = Imprint(export.public_id, by, f"{export.asked_at:%Y-%m-%d %H:%M} UTC", export.reason)
    if export.kind == ExportKind.EVERYTHING:
        return write_everything(path, imprint, on=clock.today())
    sheet, source = queries.sheet_for(export.kind, queries.filter_of(export.filter), on=clock.today())
    told = Imprint(imprint.export_id, imprint.by, imprint.at, imprint.why, source)
    return write_sheet(path, sheet, told, format=export.format)


@task()
def tell(export_id: int, what: str) -> None:
    """Mail whom it concerns: who may be the second person, or who asked."""
    operations.tell_about_export(export_id=export_id, what=what, at=clock.now())


@subscribe(ExportAsked)
def tell_deciders(event: ExportAsked) -> None:
    """Somebody must decide."""
    tell.enqueue(event.export_id, "asked")


@subscribe(ExportDecided)
def tell_asker(event: ExportDecided) -> None:
    """A refusal is told at once; what was agreed to is told when it is ready."""
    if not event.agreed:
        tell.enqueue(event.export_id, "refused")


@subscribe(ExportReady)
def tell_ready(event: ExportReady) -> None:
    """The file waits for its asker."""
    tell.enqueue(event.export_id, "ready")
