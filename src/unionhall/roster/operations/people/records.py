"""What each source says of a person, and what therefore holds. Nothing else writes the best values of a person.

Source: docs/rules/people.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import models

from unionhall.roster.models import Person, PersonRecord
from unionhall.roster.models.people import LANGUAGES
from unionhall.rulebook.best import FIELDS, NAMES, Best, Says, best
from unionhall.rulebook.names import fold

BATCH: Final = 500
LANGUAGE: Final = "en"
DAYS: Final = frozenset({"hired_on"})
# The columns of a person that follow from what her records say.
DERIVED: Final = (*FIELDS, "name_key", "search", "missing_since", "separated_on")


def refresh(person_ids: Iterable[int]) -> list[Person]:
    """What holds of these persons is worked out anew from their records; gives those of whom anything changed.

    A person without a record is left as she is. To be called in the transaction that changed the records.
    """
    ids = sorted(set(person_ids))
    changed: list[Person] = []
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        records = _records_of(part)
        persons = Person.objects.in_bulk([pk for pk in part if pk in records])
        changed += [person for pk, person in persons.items() if put_best(person, records[pk])]
    save_rows(changed, DERIVED)
    return changed


def put_best(person: Person, records: Sequence[Says]) -> bool:
    """Set on the person what holds by these records; whether anything changed. Not saved."""
    values = columns_of(best(records), records, name=person.name)
    changed = False
    for name, value in values.items():
        if getattr(person, name) != value:
            setattr(person, name, value)
            changed = True
    return changed


def columns_of(found: Best, records: Sequence[Says], *, name: str) -> dict[str, Any]:
    """The columns of a person that follow from her records. name: what she is called where no record names her."""
    values: dict[str, Any] = {field: found.values.get(field, "") for field in FIELDS}
    values["name"] = values["name"] or name
    values["language"] = values["language"] if values["language"] in dict(LANGUAGES) else LANGUAGE
    values["hired_on"] = _day(values["hired_on"])
    values["missing_since"] = _day(found.missing_since)
    values["separated_on"] = _day(found.separated_on)
    values["name_key"] = fold(values["name"])[:400]
    values["search"] = search_names([values, *({key: entry[0] for key, entry in r.said.items()} for r in records)])
    return values


def search_names(sources: Iterable[Mapping[str, Any]]) -> str:
    """Every folded name that any of the sources gives, each word with one blank before it."""
    names = dict.fromkeys(fold(str(said[field])) for said in sources for field in NAMES if said.get(field))
    kept: list[str] = []
    for name in names:
        words = set(name.split())
        if name and not any(words <= set(other.split()) for other in kept):
            kept.append(name)
    return " " + " ".join(kept) if kept else ""


def says_of(row: Sequence[Any]) -> Says:
    """A record for the rule. row: source, said, missing_since, code, database number."""
    source, said, missing, code, pk = row
    missing_since = missing.isoformat() if missing else None
    return Says(source=source, said=said, missing_since=missing_since, code=code, place=pk)


def hand_record(person: Person, *, source: str, code: str, day: date) -> PersonRecord:
    """The one record of that source and code, locked to be written; made where the person has none."""
    record, _made = PersonRecord.objects.select_for_update().get_or_create(
        source=source, code=code, defaults={"person": person, "first_seen_on": day, "last_seen_on": day}
    )
    return record


def say_of(
    person: Person,
    *,
    source: str,
    day: date,
    values: Mapping[str, str],
    contacts: Iterable[int] = (),
    places: Iterable[int] = (),
) -> PersonRecord:
    """Add to what a source that is no list says of a person.

    values: field → text. contacts, places: ids of contact points and of assignments.
    """
    record = hand_record(person, source=source, code=person.public_id, day=day)
    said = dict(record.said)
    for field, text in values.items():
        if text and (field not in said or said[field][0] != text):
            said[field] = [text, day.isoformat(), None]
    for field, ids in (("contacts", contacts), ("places", places)):
        held = said.get(field, [[]])[0]
        if more := set(ids) - set(held):
            said[field] = [sorted({*held, *more}), day.isoformat(), None]
    if said != record.said:
        record.said, record.last_seen_on = said, max(day, record.last_seen_on)
        record.save(update_fields=["said", "last_seen_on"])
    return record


def save_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write these columns of rows that exist already, many at a time."""
    if rows:
        manager = type(rows[0])._base_manager
        manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=list(fields)
        )


def _records_of(person_ids: Sequence[int]) -> Mapping[int, list[Says]]:
    found: dict[int, list[Says]] = defaultdict(list)
    rows = PersonRecord.objects.filter(person__in=person_ids).order_by("pk")
    for pk, *row in rows.values_list("person_id", "source", "said", "missing_since", "code", "pk"):
        found[pk].append(says_of(row))
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
