"""A database holds a real local or the invented one, never both."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from unionhall.foundation.access import system_actor
from unionhall.foundation.installation import DatabaseIsTaken, find_installation, mark_installation, refuse_real
from unionhall.foundation.models import AuditEntry, Installation

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
OPERATOR = system_actor("operator")


def mark(kind, name="Local 99"):
    return mark_installation(kind=kind, name=name, languages=["en", "es"], actor=OPERATOR, at=AT)


@pytest.mark.django_db
def test_mark_writes_one_row_and_one_entry():
    assert find_installation() is None

    mark("real")

    held = find_installation()
    assert (held.kind, held.name, held.languages) == ("real", "Local 99", ["en", "es"])
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["foundation.installation_marked"]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "second"), [("real", "demo"), ("demo", "real"), ("real", "real")])
def test_mark_refuses_a_second_local(first, second):
    mark(first)

    with pytest.raises(DatabaseIsTaken) as refused:
        mark(second, name="Local 7")

    assert str(refused.value) == (
        f"This database holds Local 99, a {first} local. Use another DATA_DIR or DATABASE_URL for this one."
    )


@pytest.mark.django_db
def test_demo_may_be_marked_again():
    assert mark("demo") == mark("demo")
    assert Installation.objects.count() == 1


@pytest.mark.django_db
def test_refuse_real_lets_invented_people_into_empty_and_demo_databases_only():
    refuse_real()
    mark("demo")
    refuse_real()
    Installation.objects.all().delete()
    mark("real")
    with pytest.raises(DatabaseIsTaken):
        refuse_real()


@pytest.mark.django_db
def test_database_itself_holds_one_row():
    mark("demo")

    with pytest.raises(IntegrityError):
        Installation.objects.create(id=2, kind="demo", name="x", made_at=AT)
