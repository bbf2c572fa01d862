"""The encrypted column: text outside, sealed bytes inside, never searched."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter

from tests.factories.foundation import AT
from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.models import OutboxMessage


def keep(**fields):
    defaults = {"at": AT, "channel": "sms", "to": "+12135550142", "body": "Su código: 123456"}
    return OutboxMessage.objects.create(**defaults | fields)


@pytest.mark.django_db
def test_value_comes_back_as_text_and_lies_sealed():
    row = keep()

    row.refresh_from_db()
    assert (row.to, row.body, row.subject) == ("+12135550142", "Su código: 123456", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM foundation_outboxmessage")
        stored = b" ".join(bytes(cell) if isinstance(cell, bytes | memoryview) else b"" for cell in cursor.fetchone())
    assert b"5550142" not in stored
    assert b"123456" not in stored


@pytest.mark.django_db
def test_value_is_updated_sealed():
    row = keep()

    OutboxMessage.objects.update(body="Otro")

    row.refresh_from_db()
    assert row.body == "Otro"


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["", "__exact", "__in", "__contains", "__startswith", "__gt"])
def test_searching_a_sealed_column_is_refused(lookup):
    with pytest.raises(FieldError, match="blind index"):
        list(OutboxMessage.objects.filter(**{f"to{lookup}": "+12135550142"}))


@pytest.mark.django_db
def test_absence_may_be_asked_for():
    keep()

    assert OutboxMessage.objects.filter(to__isnull=False).count() == 1


def test_none_stays_none():
    field = EncryptedTextField(null=True)

    assert field.get_db_prep_value(None, connection) is None
    assert field.from_db_value(None, None, connection) is None


def test_migration_writes_the_field_with_its_context():
    plain, bound = EncryptedTextField(), EncryptedTextField(context="job.error_text")

    assert "context" not in plain.deconstruct()[3]
    assert MigrationWriter.serialize(bound)[0] == (
        "unionhall.foundation.fields.EncryptedTextField(context='job.error_text')"
    )
    assert isinstance(bound, models.Field)


@pytest.mark.django_db
def test_serializing_gives_text_that_can_be_read_again():
    row = keep()

    text = serializers.serialize("json", [row], stream=StringIO())
    (again,) = serializers.deserialize("json", text if isinstance(text, str) else serializers.serialize("json", [row]))

    assert again.object.to == "+12135550142"
