"""What an import did to a person, kept so that it can be taken back: numbers of rows and texts, never a contact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from unionhall.roster.enums import ChangeKind
from unionhall.roster.models import Import, ImportChange, PersonRecord
from unionhall.roster.operations.inserting import fresh, insert_all
from unionhall.roster.operations.people.records import BATCH, save_rows

PERSON: Final = "person"


@dataclass(slots=True)
class Trace:
    """What one import did to one person.

    said: record → field → the entry it held before, None where it said nothing. seen: record → code, days and count as
    they were. records, contacts, places: rows that were made. ended: assignment → the day it was ended on.
    """

    kind: ChangeKind
    person: int
    name: str
    line: int | None
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: dict[str, list[Any]] = field(default_factory=dict)
    records: list[int] = field(default_factory=list)
    contacts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    ended: dict[str, str] = field(default_factory=dict)

    def note_seen(self, record: PersonRecord) -> None:
        """Remember when the record was seen until now."""
        missing = record.missing_since.isoformat() if record.missing_since else None
        self.seen.setdefault(
            str(record.pk),
            [
                record.code,
                record.first_seen_on.isoformat(),
                record.last_seen_on.isoformat(),
                missing,
                record.missing_lists,
            ],
        )

    def note_said(self, record: PersonRecord, said: Mapping[str, Any]) -> None:
        """Remember what the record said until now, where it says otherwise from here on. A new record needs none."""
        if record._state.adding:
            return
        before = self.said.setdefault(str(record.pk), {})
        for name in {*record.said, *said}:
            if record.said.get(name) != said.get(name):
                before.setdefault(name, record.said.get(name))

    def end(self, places: Iterable[int], *, on: date) -> None:
        """Remember the assignments that were ended."""
        self.ended |= {str(pk): on.isoformat() for pk in places}

    def made(self, *, records: Sequence[int], contacts: Sequence[int], places: Sequence[int]) -> None:
        """Remember the rows that were made."""
        self.records += records
        self.contacts += contacts
        self.places += places

    def put_on(self, change: ImportChange) -> None:
        """Add this to a change: what it remembers already is older and stays."""
        before = dict(change.before)
        said = {pk: dict(fields) for pk, fields in before.get("said", {}).items()}
        for pk, fields in self.said.items():
            if int(pk) not in change.after.get("records", ()):
                said[pk] = {**fields, **said.get(pk, {})}
        before["said"] = said
        before["seen"] = {**self.seen, **before.get("seen", {})}
        after = dict(change.after)
        for name in ("records", "contacts", "places"):
            after[name] = sorted({*after.get(name, ()), *getattr(self, name)})
        after["ended"] = {**after.get("ended", {}), **self.ended}
        change.before = {name: value for name, value in before.items() if value}
        change.after = {name: value for name, value in after.items() if value}


def keep_traces(imported: Import, traces: Sequence[Trace]) -> None:
    """One row a person and import; what the import does to a person it has touched before joins its row."""
    ids = [trace.person for trace in traces if trace.kind == ChangeKind.CHANGED]
    held: dict[int, ImportChange] = {}
    for start in range(0, len(ids), BATCH):
        # In no order: asked for one, SQLite would look at all that the import has done so far.
        part = ImportChange.objects.filter(imported=imported, record=PERSON, record_pk__in=ids[start : start + BATCH])
        rows = part.order_by()
        held |= {change.record_pk: change for change in rows}
    new = []
    for trace in traces:
        change = held.get(trace.person)
        if change is None:
            change = fresh(
                ImportChange,
                imported_id=imported.pk,
                kind=trace.kind,
                record=PERSON,
                record_pk=trace.person,
                label=trace.name[:250],
                line=trace.line,
            )
            new.append(change)
        trace.put_on(change)
    insert_all(new)
    save_rows(list(held.values()), ("before", "after"))
