"""Bringing in a list of people: what it would do, and writing it in portions that may be stopped and resumed.

Source: docs/rules/imports.md, docs/rules/people.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from django.db import transaction

from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.roster.enums import ChangeKind, ImportKind, ImportState
from unionhall.roster.models import Classification, Doubt, Import, ImportChange
from unionhall.roster.operations.files.looked import WAYS, Asked, Looked, Progress, open_list
from unionhall.roster.operations.files.refusals import FileRefused, ImportBusy
from unionhall.roster.operations.people.records import BATCH
from unionhall.roster.operations.people_lists.diffs import Diff
from unionhall.roster.operations.people_lists.known import read_known
from unionhall.roster.operations.people_lists.plans import Item, PeoplePlan, plan_people
from unionhall.roster.operations.people_lists.remembering import Memory
from unionhall.roster.operations.people_lists.reports import all_proposals, report_of
from unionhall.roster.operations.people_lists.rows import entry_as_text, likely_as_json
from unionhall.roster.operations.people_lists.sites import NewTitle
from unionhall.roster.operations.people_lists.writes import Run, Writing, write_absences, write_portion, write_seen
from unionhall.roster.phrases import row_sentence
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.people_entries import PersonEntry, grouped
from unionhall.rulebook.people_file import PeopleFile, people_table, read_people

T = TypeVar("T")
PORTION: Final = 1_000
# Of people who are only noted as seen, so many portions are one.
SEEN_PORTIONS: Final = 5


def look(asked: Asked) -> Looked:
    """What a list of people would change; nothing is written. Raises FileRefused."""
    file = asked.file
    memories: dict[str, Memory] = {}

    def read_by(source: str, mapping: Mapping[str, str]) -> PeopleFile:
        known = read_known(source=source, as_of=asked.as_of, but=asked.but)
        memory = memories[source] = Memory(known)
        return read_people(
            file.tables,
            fixed=mapping,
            ways=WAYS,
            as_of=asked.as_of,
            known_ids=memory.ids(),
            recall=memory.recalled,
        )

    read, report, mapping = open_list(
        asked,
        kind=ImportKind.PEOPLE.value,
        no_header="no_people_header",
        table_of=lambda mapping: people_table(file.tables, mapping)[0],
        read=read_by,
    )
    items = grouped(read.rows)
    entries = [item for item in items if isinstance(item, PersonEntry)]
    faults = [*read.refused, *(item for item in items if isinstance(item, Fault))]
    report = replace(report, refused=tuple(sorted(faults, key=lambda fault: fault.line)))
    if not entries and not read.recalled:
        code, other = ("nothing_usable", row_sentence(report.refused[0])) if report.refused else ("no_rows", "")
        raise FileRefused(replace(report, whole=Fault(line=0, code=code, other=other)))
    all_absent = bool(asked.options.get("all_absent"))
    plan = plan_people(
        entries,
        memory=memories[report.source],
        source=report.source,
        as_of=asked.as_of,
        all_absent=all_absent,
        recalled=read.recalled,
    )
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


def _remember_unchanged(plan: PeoplePlan, items: Sequence[Item]) -> None:
    """Lines that were read and say nothing new need not be read again."""
    if plan.memory is not None and items:
        day = plan.as_of.isoformat()
        with transaction.atomic():
            plan.memory.keep((item.told, item.code) for item in items if item.record and item.record.seen <= day)


def _write_all(run: Run, plan: PeoplePlan, progress: Progress) -> None:
    """Every portion of the plan in a transaction of its own."""
    touching = [item for item in plan.items if item.kind != "unchanged"]
    unchanged = [item for item in plan.items if item.kind == "unchanged"]
    seen = _not_noted(run.imported, [*_seen_again(unchanged), *((same.record, same.seen) for same in plan.same)])
    total = plan.people + len(plan.absences)
    done = total - len(touching) - len(seen) - len(plan.absences)
    progress(done, total)
    for part in _portions(touching):
        with transaction.atomic():
            _still_mine(run.imported)
            _write_part(run, plan, [item for item in part if item.kind != "review"])
            _doubt(run, [item for item in part if item.kind == "review"])
        done += len(part)
        progress(done, total)
    for absent in _portions(plan.absences):
        with transaction.atomic():
            _still_mine(run.imported)
            write_absences(run, [(absence.record.pk, absence.step) for absence in absent])
        done += len(absent)
        progress(done, total)
    _remember_unchanged(plan, unchanged)
    for quiet in _portions(seen, size=SEEN_PORTIONS * PORTION):
        with transaction.atomic():
            _still_mine(run.imported)
            write_seen(run, quiet)
        done += len(quiet)
        progress(done, total)


def _portions(items: Sequence[T], *, size: int = 0) -> Iterator[Sequence[T]]:
    size = size or PORTION
    return (items[start : start + size] for start in range(0, len(items), size))


def _still_mine(imported: Import) -> None:
    """Nobody has begun to take the import back meanwhile. Raises ImportBusy."""
    row = Import.objects.select_for_update().only("state").get(pk=imported.pk)
    if row.state != ImportState.APPLYING:
        raise ImportBusy


def _write_part(run: Run, plan: PeoplePlan, items: Sequence[Item]) -> None:
    """These are written, and their lines remembered, for the next list to know them again."""
    persons = write_portion(run, [Writing(item.told, item.code, item.person, _said_of(item)) for item in items])
    if plan.memory is not None:
        lines = ((item.told, item.code) for item in items)
        plan.memory.keep_written(lines, persons=persons, source=plan.source, titles=run.titles)


def _said_of(item: Item) -> Diff | None:
    """What an entry says of somebody new: nothing that is held now can have changed it."""
    return item.diff if item.kind == "new" else None


def _seen_again(items: Sequence[Item]) -> list[tuple[int, str]]:
    """The numbers of the records of these items, each with the day it was last seen."""
    return [(item.record.pk, item.record.seen) for item in items if item.record is not None]


def _not_noted(imported: Import, records: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The unchanged of whom no portion of this import has noted yet that they were seen."""
    noted: set[int] = set()
    for before in ImportChange.objects.filter(imported=imported, record="seen").values_list("before", flat=True):
        for pks in before.values():
            noted.update(pks)
    return [pair for pair in records if pair[0] not in noted]


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
