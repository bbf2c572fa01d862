"""Bringing in a list of people: what it would do, and writing it in portions that may be stopped and resumed.

Source: docs/rules/imports.md, docs/rules/people.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from django.db import transaction

from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.roster.enums import ChangeKind, ImportKind, ImportState
from unionhall.roster.models import Classification, Doubt, Import, ImportChange, PersonRecord
from unionhall.roster.operations.files.looked import WAYS, Asked, Looked, Progress, open_list
from unionhall.roster.operations.files.refusals import FileRefused, ImportBusy
from unionhall.roster.operations.people.records import BATCH
from unionhall.roster.operations.people_lists.plans import BY_ID, Item, PeoplePlan, plan_people
from unionhall.roster.operations.people_lists.reports import all_proposals, report_of
from unionhall.roster.operations.people_lists.rows import entry_as_text, likely_as_json
from unionhall.roster.operations.people_lists.sites import NewTitle
from unionhall.roster.operations.people_lists.writes import Run, Writing, write_absences, write_portion, write_seen
from unionhall.roster.phrases import row_sentence
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.people_entries import PersonEntry, grouped
from unionhall.rulebook.people_file import people_table, read_people

T = TypeVar("T")
PORTION: Final = 1_000


def look(asked: Asked) -> Looked:
    """What a list of people would change; nothing is written. Raises FileRefused."""
    file = asked.file

    def known_ids(source: str) -> list[str]:
        rows = PersonRecord.objects.filter(source=source, code__startswith=BY_ID)
        return [code[len(BY_ID) :] for code in rows.values_list("code", flat=True)]

    read, report, mapping = open_list(
        asked,
        kind=ImportKind.PEOPLE.value,
        no_header="no_people_header",
        table_of=lambda mapping: people_table(file.tables, mapping)[0],
        read=lambda source, mapping: read_people(
            file.tables, fixed=mapping, ways=WAYS, as_of=asked.as_of, known_ids=known_ids(source)
        ),
    )
    items = grouped(read.rows)
    entries = [item for item in items if isinstance(item, PersonEntry)]
    faults = [*read.refused, *(item for item in items if isinstance(item, Fault))]
    report = replace(report, refused=tuple(sorted(faults, key=lambda fault: fault.line)))
    if not entries:
        code, other = ("nothing_usable", row_sentence(report.refused[0])) if report.refused else ("no_rows", "")
        raise FileRefused(replace(report, whole=Fault(line=0, code=code, other=other)))
    all_absent = bool(asked.options.get("all_absent"))
    plan = plan_people(entries, source=report.source, as_of=asked.as_of, all_absent=all_absent, but=asked.but)
    report = report_of(report, plan, file=file, read=read)
    options = {"all_absent": all_absent, "is_first": plan.known.previous is None and not plan.known.records}
    return Looked(report, read.table.heads, mapping, options, plan, lambda: all_proposals(plan))


def write(imported: Import, looked: Looked, actor: Actor, at: datetime, progress: Progress) -> None:
    """The plan of a list is written, every portion in a transaction of its own."""
    plan: PeoplePlan = looked.plan
    wanted = [spot.title for item in plan.items for spot in item.diff.new_spots]
    with transaction.atomic():
        titles = make_titles(imported, wanted)
    is_first = bool(imported.options.get("is_first"))
    run = Run(imported=imported, titles=titles, is_first=is_first, actor=actor, at=at)
    _write_all(run, plan, progress)


def make_titles(imported: Import, wanted: Sequence[int | NewTitle | None]) -> dict[tuple[int, str], int]:
    """The job titles that an import brings are there: (unit, code in small letters) → number."""
    new = {(title.unit, title.code.casefold()): title for title in wanted if isinstance(title, NewTitle)}
    if not new:
        return {}
    units = {unit for unit, _code in new}
    rows = Classification.objects.filter(unit__in=units).order_by("-pk").values_list("unit_id", "code", "pk")
    held = {(unit, code.casefold()): pk for unit, code, pk in rows}
    made = [
        Classification(unit_id=title.unit, code=title.code, name=Bilingual(en=title.name))
        for key, title in new.items()
        if key not in held
    ]
    Classification.objects.bulk_create(made, batch_size=BATCH)
    ImportChange.objects.bulk_create(
        ImportChange(
            imported=imported,
            kind=ChangeKind.NEW,
            record="classification",
            record_pk=title.pk,
            label=title.name.en[:250],
        )
        for title in made
    )
    return held | {(title.unit_id, title.code.casefold()): title.pk for title in made}


def _write_all(run: Run, plan: PeoplePlan, progress: Progress) -> None:
    """Every portion of the plan in a transaction of its own."""
    touching = [item for item in plan.items if item.kind != "unchanged"]
    seen = _not_noted(run.imported, [item for item in plan.items if item.kind == "unchanged"])
    total = len(plan.items) + len(plan.absences)
    done = total - len(touching) - len(seen) - len(plan.absences)
    progress(done, total)
    for part in _portions(touching):
        with transaction.atomic():
            _still_mine(run.imported)
            write_portion(run, [Writing(item.told, item.code, item.person) for item in part if item.kind != "review"])
            _doubt(run, [item for item in part if item.kind == "review"])
        done += len(part)
        progress(done, total)
    for absent in _portions(plan.absences):
        with transaction.atomic():
            _still_mine(run.imported)
            write_absences(run, [(absence.record.pk, absence.step) for absence in absent])
        done += len(absent)
        progress(done, total)
    for part in _portions(seen):
        with transaction.atomic():
            _still_mine(run.imported)
            write_seen(run, [(item.record.pk, item.record.last_seen_on) for item in part if item.record])
        done += len(part)
        progress(done, total)


def _portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + PORTION] for start in range(0, len(items), PORTION))


def _still_mine(imported: Import) -> None:
    """Nobody has begun to take the import back meanwhile. Raises ImportBusy."""
    row = Import.objects.select_for_update().only("state").get(pk=imported.pk)
    if row.state != ImportState.APPLYING:
        raise ImportBusy


def _not_noted(imported: Import, items: Sequence[Item]) -> list[Item]:
    """The unchanged of whom no portion of this import has noted yet that they were seen."""
    noted: set[int] = set()
    for before in ImportChange.objects.filter(imported=imported, record="seen").values_list("before", flat=True):
        for pks in before.values():
            noted.update(pks)
    return [item for item in items if item.record is not None and item.record.pk not in noted]


def _doubt(run: Run, items: Sequence[Item]) -> None:
    """Rows of which nobody can be sure wait for somebody, encrypted. One that waits already is left as it is."""
    Doubt.objects.bulk_create(
        (
            Doubt(
                imported=run.imported,
                record="person",
                line=item.told.entry.lines[0],
                label=item.told.entry.row.name[:250],
                row=entry_as_text(item.told.entry),
                candidates=likely_as_json(item.likely),
                site_id=item.told.spots[0].worksite if item.told.spots else None,
            )
            for item in items
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
