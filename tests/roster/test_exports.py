"""Asking for a file, the second person, making and fetching it once."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from tests.factories import accounts
from tests.factories.exports import ALMA, AT, MARCUS, WHY, asked, ready
from unionhall.accounts.operations import LockedDown, begin_lockdown
from unionhall.foundation.access import Role, system_actor
from unionhall.foundation.errors import AlreadyDone
from unionhall.foundation.models import AuditEntry, Job, OutboxMessage
from unionhall.roster import operations
from unionhall.roster.enums import ExportState
from unionhall.roster.models import Export
from unionhall.roster.queries import ExportFilter

pytestmark = pytest.mark.django_db
OPERATOR = system_actor("command line")
DATA = "nombre,teléfono\r\nRosa,'+12135550142\r\n".encode()


@pytest.mark.parametrize("reason", ["", "   ", "abcd"])
def test_export_without_a_reason_is_not_asked_for(reason: str) -> None:
    with pytest.raises(operations.ReasonNeeded):
        operations.ask_export(kind="people", format="csv", wanted=ExportFilter(), reason=reason, actor=ALMA, at=AT)

    assert Export.objects.count() == 0


def test_asker_is_never_the_second_person() -> None:
    export = asked()

    with pytest.raises(operations.OwnExport):
        operations.agree_to_export(export=export, actor=ALMA, at=AT)
    with pytest.raises(operations.OwnExport):
        operations.refuse_export(export=export, why="", actor=OPERATOR, at=AT)

    assert Export.objects.get().state == ExportState.ASKED


@pytest.mark.parametrize(
    "wrong",
    [
        {"decided_by_id": ALMA.user_id},
        {"made_at": AT},
        {"sealed": b"bytes"},
        {"reason": ""},
    ],
)
def test_database_itself_refuses_what_two_persons_did_not_agree_to(wrong: dict[str, object]) -> None:
    export = asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(**wrong)


def test_agreed_export_is_made_by_the_worker_for_its_asker(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    export = asked()

    with django_capture_on_commit_callbacks(execute=True):
        operations.agree_to_export(export=export, actor=MARCUS, at=AT)

    export.refresh_from_db()
    job = Job.objects.get()
    assert (job.actor_label, job.status, job.result["address"]) == (
        "Alma Reyes",
        "done",
        f"/hall/exports/{export.public_id}/",
    )
    assert (export.state, export.rows, export.decided_by) == (ExportState.READY, 0, "Marcus Hill")


def test_second_agreement_changes_nothing() -> None:
    export = asked()
    operations.refuse_export(export=export, why="too much", actor=MARCUS, at=AT)

    with pytest.raises(AlreadyDone):
        operations.agree_to_export(export=export, actor=MARCUS, at=AT)

    assert Export.objects.get().state == ExportState.REFUSED


def test_file_lies_encrypted_and_is_given_out_once() -> None:
    export = ready(DATA)
    sealed = bytes(Export.objects.get().sealed or b"")

    given = operations.take_export(export=export, actor=ALMA, at=AT + timedelta(hours=23))

    assert given == DATA
    assert b"Rosa" not in sealed
    assert sealed
    kept = Export.objects.get()
    assert (kept.state, kept.sealed, kept.sha256) == (ExportState.TAKEN, None, sha256(DATA).hexdigest())
    with pytest.raises(operations.ExportNotThere):
        operations.take_export(export=export, actor=ALMA, at=AT)


def test_file_is_gone_after_a_day() -> None:
    export = ready(DATA)

    with pytest.raises(operations.ExportNotThere):
        operations.take_export(export=export, actor=ALMA, at=AT + timedelta(hours=24))

    kept = Export.objects.get()
    assert (kept.state, kept.sealed) == (ExportState.EXPIRED, None)


def test_operators_file_is_logged_with_a_reason_even_where_none_is_given() -> None:
    values = {"kind": "people", "format": "csv", "wanted": ExportFilter(contacts=True), "reason": " "}

    export = operations.begin_export(**values, actor=OPERATOR, at=AT)
    operations.note_written(export=export, rows=3, sha256="ab", actor=OPERATOR, at=AT)

    kept = Export.objects.get()
    assert (kept.state, kept.asked_by, kept.reason, kept.rows) == (ExportState.TAKEN, "command line", "not given", 3)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "why")) == [
        ("roster.export_begun", "not given"),
        ("roster.export_taken", ""),
    ]


def test_every_step_is_in_the_trail_with_counts_only() -> None:
    export = ready(DATA)
    operations.take_export(export=export, actor=ALMA, at=AT)

    entries = AuditEntry.objects.order_by("pk")
    assert list(entries.values_list("verb", flat=True)) == [
        "roster.export_asked",
        "roster.export_made",
        "roster.export_taken",
    ]
    assert entries[0].why == WHY
    assert "Rosa" not in str(list(entries.values()))


def test_second_persons_are_told_by_mail_in_their_language(settings, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    asker = accounts.make_staff("Alma Reyes", email="alma@example.org")
    officer = accounts.make_staff("Olga Paz", email="olga@example.org", language="es")
    accounts.grant(asker, Role.DATA_ADMINISTRATOR)
    accounts.grant(officer, Role.OFFICER)
    accounts.grant(accounts.make_staff("Priya"), Role.ORGANIZER)

    with django_capture_on_commit_callbacks(execute=True):
        export = asked(by=asker.as_actor())

    sent = OutboxMessage.objects.get()
    assert (sent.to, sent.subject) == ("olga@example.org", "Una exportación espera a una segunda persona")
    assert f"/hall/exports/{export.public_id}/" in sent.body


def test_asker_is_told_when_the_file_is_ready_or_refused(settings, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    asker = accounts.make_staff("Alma Reyes", email="alma@example.org").as_actor()
    first, second = asked(by=asker), asked(by=asker)

    with django_capture_on_commit_callbacks(execute=True):
        operations.agree_to_export(export=first, actor=MARCUS, at=AT)
        operations.refuse_export(export=second, why="too much", actor=MARCUS, at=AT)

    assert sorted(sent.subject for sent in OutboxMessage.objects.all()) == [
        "Your export is ready for one day",
        "Your export was refused",
    ]


def test_nothing_goes_out_while_the_rooms_are_closed() -> None:
    waiting, made = asked(), ready()
    values = {"kind": "people", "format": "csv", "wanted": ExportFilter(), "reason": WHY, "at": AT}
    begin_lockdown(why="A phone was taken", actor=OPERATOR, at=AT)

    for go_out in (
        lambda: operations.ask_export(**values, actor=ALMA),
        lambda: operations.begin_export(**values, actor=OPERATOR),
        lambda: operations.agree_to_export(export=waiting, actor=MARCUS, at=AT),
        lambda: operations.take_export(export=made, actor=ALMA, at=AT),
    ):
        with pytest.raises(LockedDown):
            go_out()

    made.refresh_from_db()
    assert (Export.objects.count(), made.sealed is not None) == (2, True)
