"""Employer's lists for tests: made of heads and lines, read, looked at and applied."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories import roster as factory
from unionhall.roster import operations, queries, tables
from unionhall.roster.models import (
    Assignment,
    Classification,
    Consent,
    ContactPoint,
    Import,
    OptOut,
    Person,
    PersonRecord,
)
from unionhall.rulebook.reports import Report

HEADS = "Employee ID,Last Name,First Name,Job Title,Site,Cell Phone,Status"


def data_of(*lines: str, heads: str = HEADS) -> bytes:
    """The bytes of a list."""
    return ("\n".join([heads, *lines]) + "\n").encode()


def preview(*lines: str, source: str = "district", day: date = date(2026, 9, 1), **other: Any) -> Report:
    """What the list would do, every line among the proposals."""
    file = tables.read_bytes(data_of(*lines, heads=other.pop("heads", HEADS)), name=other.pop("name", "district.csv"))
    kind = other.pop("kind", "people")
    return operations.look_at(kind=kind, file=file, source=source, as_of=day, **other).whole_report()


def receive(*lines: str, source: str = "district", day: date = date(2026, 9, 1), **other: Any) -> Import:
    """The list, looked at and kept."""
    data = data_of(*lines, heads=other.pop("heads", HEADS))
    file = tables.read_bytes(data, name=other.pop("name", "district.csv"))
    values = {"kind": "people", "source": source, "as_of": day, "actor": factory.CLERK, "at": factory.AT} | other
    return operations.receive(file=file, data=data, **values)


def apply(*lines: str, **other: Any) -> Report:
    """The list, applied."""
    return resume(receive(*lines, **other))


def resume(imported: Import, **other: Any) -> Report:
    """A list that was received, applied from its stored file."""
    at: datetime = other.pop("at", factory.AT + timedelta(minutes=1))
    file = tables.stored_file(imported)
    return operations.apply_import(imported=imported, file=file, actor=factory.CLERK, at=at, **other)


def undo(number: int | None, **other: Any) -> operations.Undone:
    """The import of that number, taken back."""
    at = factory.AT + timedelta(hours=1)
    return operations.undo_import(imported=queries.get_import(number or 0), actor=factory.CLERK, at=at, **other)


def preview_undo(number: int | None) -> operations.Undone:
    """What taking it back would do."""
    return operations.preview_undo(imported=queries.get_import(number or 0))


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row that lists of people write, but for the trail and the imports themselves."""
    kept = (Person, PersonRecord, ContactPoint, Assignment, Classification, Consent, OptOut)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in kept}


def counts(report: Report) -> tuple[int, int, int, int, int]:
    """new, changed, unchanged, review, refused of a report that adds up."""
    assert report.adds_up()
    return report.new, report.changed, report.unchanged, report.review, len(report.refused)


def codes(report: Report) -> list[str]:
    """The reason codes of the notices."""
    return [notice.code for notice in report.notices]
