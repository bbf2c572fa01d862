"""Taking data out of the house: asked for with a reason, agreed to by a second person, made, fetched once.

Source: docs/rules/exports.md, section 3.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from hashlib import sha256 as digest
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.operations import require_rooms_open
from unionhall.foundation import audit, crypto, events, jobs
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import AlreadyDone, Invalid, Refused
from unionhall.roster.enums import ExportFormat, ExportKind, ExportState
from unionhall.roster.events import ExportAsked, ExportDecided, ExportReady
from unionhall.roster.models import Export
from unionhall.roster.queries.export_sheets import ExportFilter

LASTS: Final = timedelta(hours=24)
LONGEST_REASON: Final = 500
LARGEST_MB: Final = 200
WORK: Final = "roster.export"
CONTEXT: Final = "roster.export.sealed"


class ReasonNeeded(Invalid):
    """An export without a reason."""

    code = "export_reason_needed"
    message = _("Write why the file is needed and what becomes of it. The second person decides by that.")


class OwnExport(Refused):
    """Somebody would be both persons."""

    code = "own_export"
    message = _("You asked for this file yourself. Another data administrator or an officer must agree to it.")


class ExportNotThere(Refused):
    """A file that was fetched, has expired or was never made."""

    code = "export_not_there"
    message = _("This file is not here any more: it can be fetched once, within a day. Ask for it anew.")


class ExportTooLarge(Refused):
    """More than the browser's way can carry."""

    code = "export_too_large"
    message = _(
        "This export is larger than %(limit)s MB. Ask your operator to write it with `unionhall export everything`."
    )


@transaction.atomic
def ask_export(*, kind: str, format: str, wanted: ExportFilter, reason: str, actor: Actor, at: datetime) -> Export:
    """A file is asked for and waits for a second person. kind: ExportKind; format: ExportFormat. Raises ReasonNeeded.

    actor: an account; the operator's files need no second person and are begun with `begin_export`.
    """
    text = " ".join(reason.split())[:LONGEST_REASON]
    if len(text) < 5:
        raise ReasonNeeded
    export = _new(kind, format, wanted, text, actor, at)
    _note(export, "roster.export_asked", actor, at, why=text)
    events.publish(ExportAsked(export_id=export.pk))
    return export


@transaction.atomic
def agree_to_export(*, export: Export, actor: Actor, at: datetime) -> Export:
    """The second person agrees, and the file is made for its asker. Raises OwnExport or AlreadyDone."""
    require_rooms_open()
    row = _decided(export, ExportState.AGREED, actor, at)
    _note(row, "roster.export_agreed", actor, at)
    asker = Actor(user_id=row.asked_by_id, label=row.asked_by)
    jobs.start(WORK, payload={"export": row.pk}, actor=asker, at=at, label=f"{row.get_kind_display()} {row.public_id}")
    events.publish(ExportDecided(export_id=row.pk, agreed=True))
    return row


@transaction.atomic
def refuse_export(*, export: Export, why: str, actor: Actor, at: datetime) -> Export:
    """The second person refuses; nothing is made. why: for the asker and the trail. Raises OwnExport or AlreadyDone."""
    row = _decided(export, ExportState.REFUSED, actor, at)
    _note(row, "roster.export_refused", actor, at, why=" ".join(why.split())[:LONGEST_REASON])
    events.publish(ExportDecided(export_id=row.pk, agreed=False))
    return row


@transaction.atomic
def begin_export(*, kind: str, format: str, wanted: ExportFilter, reason: str, actor: Actor, at: datetime) -> Export:
    """The operator begins to write a file at the command line: it is in the log before a line of it is written.

    reason: "" is kept as "not given". actor: no account.
    """
    export = _new(kind, format, wanted, " ".join(reason.split())[:LONGEST_REASON] or "not given", actor, at)
    export.state = ExportState.AGREED
    export.save(update_fields=["state"])
    _note(export, "roster.export_begun", actor, at, why=export.reason)
    return export


@transaction.atomic
def note_written(*, export: Export, rows: int, sha256: str, actor: Actor, at: datetime) -> Export:
    """The operator's file is written, outside of the house. rows: lines in it; sha256: of the file."""
    export.state, export.made_at, export.taken_at = ExportState.TAKEN, at, at
    export.rows, export.sha256 = rows, sha256
    export.save(update_fields=["state", "made_at", "taken_at", "rows", "sha256"])
    _note(export, "roster.export_taken", actor, at, rows=rows, sha256=sha256)
    return export


@transaction.atomic
def keep_made(*, export: Export, data: bytes, rows: int, actor: Actor, at: datetime) -> Export:
    """The file is made and lies here, encrypted, for a day. data: its bytes. Raises ExportTooLarge or AlreadyDone."""
    if len(data) > LARGEST_MB * 1_000_000:
        raise ExportTooLarge(limit=LARGEST_MB)
    row = _locked(export)
    if row.state != ExportState.AGREED:
        raise AlreadyDone
    row.state, row.made_at, row.expires_at, row.rows = ExportState.READY, at, at + LASTS, rows
    row.sha256 = digest(data).hexdigest()
    row.sealed = crypto.encrypt(base64.b64encode(data).decode("ascii"), context=CONTEXT)
    row.save(update_fields=["state", "made_at", "expires_at", "rows", "sha256", "sealed"])
    _note(row, "roster.export_made", actor, at, rows=rows, sha256=row.sha256)
    events.publish(ExportReady(export_id=row.pk))
    return row


def take_export(*, export: Export, actor: Actor, at: datetime) -> bytes:
    """The bytes of the file, given out once; from then on they are not here any more. Raises ExportNotThere."""
    require_rooms_open()
    forget_expired(at=at)
    with transaction.atomic():
        row = _locked(export)
        if not row.is_fetchable(at) or row.sealed is None:
            raise ExportNotThere
        data = base64.b64decode(crypto.decrypt(bytes(row.sealed), context=CONTEXT))
        row.state, row.sealed, row.taken_at = ExportState.TAKEN, None, at
        row.save(update_fields=["state", "sealed", "taken_at"])
        _note(row, "roster.export_taken", actor, at, rows=row.rows, sha256=row.sha256)
    return data


def forget_expired(*, at: datetime) -> int:
    """Files that nobody fetched within their day are gone; gives how many. Safe to repeat at any time."""
    over = Export.objects.filter(state=ExportState.READY, expires_at__lte=at)
    return over.update(state=ExportState.EXPIRED, sealed=None)


def _new(kind: str, format: str, wanted: ExportFilter, reason: str, actor: Actor, at: datetime) -> Export:
    """The row of a new export. Nothing goes out while the inner rooms are closed: LockedDown."""
    require_rooms_open()
    return Export.objects.create(
        kind=ExportKind(kind),
        format=ExportFormat(format),
        filter=wanted.to_json(),
        reason=reason,
        asked_by_id=actor.user_id,
        asked_by=actor.label,
        asked_at=at,
    )


def _locked(export: Export) -> Export:
    return Export.objects.select_for_update().get(pk=export.pk)


def _decided(export: Export, state: ExportState, actor: Actor, at: datetime) -> Export:
    row = _locked(export)
    if actor.user_id is None or actor.user_id == row.asked_by_id:
        raise OwnExport
    if row.state != ExportState.ASKED:
        raise AlreadyDone
    row.state, row.decided_by_id, row.decided_by, row.decided_at = state, actor.user_id, actor.label, at
    row.save(update_fields=["state", "decided_by_id", "decided_by", "decided_at"])
    return row


def _note(export: Export, verb: str, actor: Actor, at: datetime, why: str = "", **detail: Any) -> None:
    told = {"export": export.public_id, "kind": export.kind, "format": export.format, "filter": export.filter}
    audit.record(actor=actor, verb=verb, at=at, obj=export, why=why, detail={**told, **detail})
