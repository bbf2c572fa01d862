"""What takes the answer to a doubtful line back: the rows it touched, as they were, and a mark of how it left them.

The answer is taken back exactly or not at all: where anything has been written about those people since, it stands.
Source: docs/rules/imports.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model, Q, QuerySet

from unionhall.roster.models import Apart, Assignment, ContactPoint, ImportChange, Person, PersonRecord
from unionhall.roster.operations.people_lists.trail import PERSON
from unionhall.roster.operations.people_lists.undo import others_point_at

# In the order in which rows that were made can go.
_TABLES: Final[Mapping[str, type[Model]]] = {
    "changes": ImportChange,
    "aparts": Apart,
    "places": Assignment,
    "contacts": ContactPoint,
    "records": PersonRecord,
    "persons": Person,
}

Rows = dict[str, dict[str, dict[str, Any]]]


@dataclass(slots=True)
class WayBack:
    """The people an answer touches, and the imports it is a part of; before: their rows, as they were."""

    persons: set[int]
    imports: set[int]
    before: Rows = field(default_factory=dict)

    def begin(self) -> None:
        """Remember how the rows are now, before anything is written."""
        self.before = _rows(self.persons, self.imports)

    def sealed(self, *, made: int | None, lines: Mapping[int, str]) -> str:
        """All of it as text, once everything is written. made: whom the line turned out to be; lines: doubt → row."""
        persons = self.persons | ({made} if made is not None else set())
        after = _rows(persons, self.imports)
        changed, new = _differences(self.before, after)
        kept = {
            "persons": sorted(persons),
            "imports": sorted(self.imports),
            "changed": changed,
            "made": new,
            "mark": _mark(after),
            "lines": {str(pk): row for pk, row in lines.items()},
        }
        return json.dumps(kept, ensure_ascii=False, default=str)


def lines_of(text: str) -> dict[int, str]:
    """Doubt → its row, as an answer found them."""
    return {int(pk): row for pk, row in json.loads(text)["lines"].items()}


def put_back(text: str) -> bool:
    """The rows are again as the answer found them; False, and nothing is written, where they are not as it left them.

    text: what `WayBack.sealed` gave.
    """
    kept = json.loads(text)
    if _mark(_rows(kept["persons"], kept["imports"])) != kept["mark"]:
        return False
    made: dict[str, list[int]] = kept["made"]
    if others_point_at(persons=made["persons"], contacts=made["contacts"]):
        return False
    for name, model in _TABLES.items():
        model._base_manager.filter(pk__in=made[name]).delete()
    for name, rows in kept["changed"].items():
        fields = {one.attname: one for one in _TABLES[name]._meta.concrete_fields}
        for pk, values in rows.items():
            told = {attname: fields[attname].to_python(value) for attname, value in values.items()}
            _TABLES[name]._base_manager.filter(pk=pk).update(**told)
    return True


def _rows(persons: Collection[int], imports: Iterable[int]) -> Rows:
    """All that is held of these persons, and what these imports did to them: table → number → column → value."""
    asked: dict[str, QuerySet[Any]] = {
        "changes": ImportChange.objects.filter(imported__in=imports, record=PERSON, record_pk__in=persons),
        "aparts": Apart.objects.filter(Q(first__in=persons) | Q(second__in=persons)),
        "places": Assignment.objects.filter(person__in=persons),
        "contacts": ContactPoint.objects.filter(person__in=persons),
        "records": PersonRecord.objects.filter(person__in=persons),
        "persons": Person.objects.filter(pk__in=persons),
    }
    return {name: {str(row["id"]): row for row in rows.order_by("pk").values()} for name, rows in asked.items()}


def _differences(before: Rows, after: Rows) -> tuple[Rows, dict[str, list[int]]]:
    """What each row held before in the columns that changed, and the numbers of the rows that were made."""
    changed: Rows = {name: {} for name in _TABLES}
    made: dict[str, list[int]] = {name: [] for name in _TABLES}
    for name, rows in after.items():
        for pk, row in rows.items():
            held = before[name].get(pk)
            if held is None:
                made[name].append(int(pk))
            elif held != row:
                changed[name][pk] = {column: value for column, value in held.items() if value != row[column]}
    return changed, made


def _mark(rows: Rows) -> str:
    """The same for the same rows, and for no others."""
    text = json.dumps(rows, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
