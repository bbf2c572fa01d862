"""Very many rows at once: made as the model makes them, and written as Django writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from operator import attrgetter

import pytest
from django.db import connection

from tests.factories import roster
from unionhall.roster.enums import Employment
from unionhall.roster.models import Assignment, ContactPoint, ImportChange, Person, PersonRecord
from unionhall.roster.operations.inserting import fresh, insert_all
from unionhall.roster.operations.people_lists.known import read_records

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("model", [Person, PersonRecord, ContactPoint, Assignment, ImportChange])
def test_fresh_row_is_what_the_model_makes(model: type) -> None:
    made, usual = fresh(model), model()

    chance = {"public_id"} & made.__dict__.keys()
    plain = {name: value for name, value in usual.__dict__.items() if name not in {"_state", *chance}}
    assert {name: value for name, value in made.__dict__.items() if name not in {"_state", *chance}} == plain
    assert made._state.adding
    assert made.pk is None
    assert all(getattr(made, name) != getattr(usual, name) for name in chance)


def test_fresh_rows_share_nothing() -> None:
    one, other = fresh(PersonRecord), fresh(PersonRecord)
    one.said["name"] = ["Alma", "2026-11-22", 1]

    assert other.said == {}


@pytest.mark.django_db
def test_rows_are_written_as_django_writes_them() -> None:
    site = roster.worksite()
    people = [
        fresh(Person, name=name, employment=Employment.ACTIVE, hired_on=date(2020, 8, 1), added_at=AT)
        for name in ("Alma Reyes", "Beto Ruiz")
    ]
    insert_all(people)
    places = [fresh(Assignment, person_id=one.pk, worksite_id=site.pk, hours=Decimal("7.50")) for one in people]
    insert_all(places)

    fields = [field.attname for field in Person._meta.concrete_fields]
    kept = list(Person.objects.order_by("pk").values_list(*fields))
    assert kept == [attrgetter(*fields)(one) for one in people]
    assert [place.hours for place in Assignment.objects.order_by("pk")] == [Decimal("7.50")] * 2
    assert not people[0]._state.adding


@pytest.mark.django_db
def test_records_of_a_portion_are_found_without_looking_at_all_of_a_source() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")

    asked = PersonRecord.objects.filter(source="employer", code__in=["=1", "=2"]).order_by()
    changes = ImportChange.objects.filter(imported=1, record="person", record_pk__in=[1, 2]).order_by()

    assert dict(read_records("employer", ["=1"])) == {}
    assert "source=? AND code=?" in asked.explain()
    assert "record_pk=?" in changes.explain()
