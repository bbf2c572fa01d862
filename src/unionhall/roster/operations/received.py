"""Files that came in: kept encrypted while they are looked at and applied, then forgotten."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit, crypto
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import NotFound
from unionhall.roster.enums import ImportState
from unionhall.roster.models import Import, ImportFile
from unionhall.roster.operations.reports import report_as_json
from unionhall.rulebook.reports import Report

KEPT_DAYS: Final = 30
CONTEXT: Final = "roster.importfile.sealed"


class FileForgotten(NotFound):
    """The file of an import whose days are over."""

    code = "file_forgotten"
    message = _("The file of import %(id)s is kept no longer. Send it again: what is written already stays as it is.")


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
        report=report_as_json(report),
        received_at=at,
    )
    sealed = crypto.encrypt_bytes(zlib.compress(data, 1), context=f"{CONTEXT}:{imported.pk}")
    ImportFile.objects.create(
        imported=imported, sealed=sealed, delete_on=timezone.localdate(at) + timedelta(days=KEPT_DAYS)
    )
    detail = {"import": imported.pk, "rows": report.rows_read}
    audit.record(actor=actor, verb="roster.file_received", at=at, obj=imported, detail=detail)
    return imported


def bytes_of(imported: Import) -> bytes:
    """The file of an import, as it came. Raises FileForgotten."""
    row = ImportFile.objects.filter(imported=imported).first()
    if row is None:
        raise FileForgotten(id=imported.pk)
    return zlib.decompress(crypto.decrypt_bytes(bytes(row.sealed), context=f"{CONTEXT}:{imported.pk}"))


@transaction.atomic
def forget_files(*, actor: Actor, at: datetime) -> int:
    """The files whose days are over are gone; gives how many. Their imports stay, with report and undo."""
    count, _tables = ImportFile.objects.filter(delete_on__lte=timezone.localdate(at)).delete()
    if count:
        audit.record(actor=actor, verb="roster.files_forgotten", at=at, detail={"files": count})
    return count
