"""Files that came in: kept encrypted while they are looked at and applied, then forgotten."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit, crypto
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import NotFound, Refused
from unionhall.roster.enums import ImportState
from unionhall.roster.models import Import, ImportFile
from unionhall.roster.operations.files.reports import report_kept
from unionhall.roster.queries.retention import files_held
from unionhall.rulebook.reports import Report

KEPT_DAYS: Final = 30
CONTEXT: Final = "roster.importfile.sealed"


class FileForgotten(NotFound):
    """The file of an import whose days are over."""

    code = "file_forgotten"
    message = _("The file of import %(id)s is kept no longer. Send it again: what is written already stays as it is.")


class NotToApply(Refused):
    """Applying, or throwing away, an import that is applied or taken back."""

    code = "not_to_apply"
    message = _("Import %(id)s is applied or taken back already. Nothing was changed.")


@transaction.atomic
def receive_file(
    *,
    data: bytes,
    report: Report,
    columns: list[str],
    mapping: Mapping[str, str],
    options: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> Import:
    """The file is here with its report; nothing of it is written yet.

    data: its bytes. columns: its heads. mapping: field → head, as somebody said it. options: of its importer.
    """
    imported = Import.objects.create(
        state=ImportState.LOOKED_AT,
        kind=report.kind,
        source=report.source,
        as_of=report.as_of,
        file_name=report.file,
        sha256=report.sha256,
        columns=columns,
        mapping=dict(mapping),
        options=dict(options),
        report=report_kept(report),
        received_at=at,
    )
    sealed = crypto.encrypt_bytes(zlib.compress(data, 1), context=f"{CONTEXT}:{imported.pk}")
    ImportFile.objects.create(
        imported=imported, sealed=sealed, delete_on=timezone.localdate(at) + timedelta(days=KEPT_DAYS)
    )
    detail = {"import": imported.pk, "rows": report.rows_read}
    audit.record(actor=actor, verb="roster.file_received", at=at, obj=imported, detail=detail)
    return imported


def applied_row(
    *,
    report: Report,
    columns: Sequence[str],
    options: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    imported: Import | None = None,
) -> Import:
    """The row of a list that is applied whole, at this moment: the one that was kept, or a new one.

    imported: as it was received; a list applied at once has none. Raises NotToApply where it was applied meanwhile.
    """
    row = Import(file_name=report.file, sha256=report.sha256)
    if imported is not None:
        row = Import.objects.select_for_update().get(pk=imported.pk)
        if row.state != ImportState.LOOKED_AT:
            raise NotToApply(id=row.pk)
    row.kind, row.source, row.as_of, row.state = report.kind, report.source, report.as_of, ImportState.APPLIED
    row.columns, row.options = list(columns), dict(options)
    row.applied_at, row.applied_by_id, row.applied_by = at, actor.user_id, actor.label
    row.save()
    return row


@transaction.atomic
def discard(imported: Import, *, actor: Actor, at: datetime) -> None:
    """A list that was only looked at is gone, with its file. Raises NotToApply where it was applied meanwhile."""
    row = Import.objects.select_for_update().get(pk=imported.pk)
    if row.state != ImportState.LOOKED_AT:
        raise NotToApply(id=row.pk)
    audit.record(actor=actor, verb="roster.file_discarded", at=at, obj=row, detail={"import": row.pk})
    row.delete()


def bytes_of(imported: Import) -> bytes:
    """The file of an import, as it came. Raises FileForgotten."""
    row = ImportFile.objects.filter(imported=imported).first()
    if row is None:
        raise FileForgotten(id=imported.pk)
    return zlib.decompress(crypto.decrypt_bytes(bytes(row.sealed), context=f"{CONTEXT}:{imported.pk}"))


@transaction.atomic
def forget_files(*, actor: Actor, at: datetime) -> int:
    """The files whose days are over are gone, but for those that hold somebody on legal hold; gives how many.

    Their imports stay, with report and undo.
    """
    due = ImportFile.objects.filter(delete_on__lte=timezone.localdate(at)).exclude(files_held())
    count, _tables = ImportFile.objects.filter(pk__in=list(due.values_list("pk", flat=True))).delete()
    if count:
        audit.record(actor=actor, verb="roster.files_forgotten", at=at, detail={"files": count})
    return count
