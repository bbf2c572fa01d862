"""Settling the rows of lists of which nobody could be sure: the same person, somebody new, or left out.

Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import AlreadyDone, Invalid, Refused
from unionhall.roster.enums import ChangeKind, Decision, ImportKind, ImportState
from unionhall.roster.models import Apart, Doubt, Import, Person, PersonRecord
from unionhall.roster.operations.people_lists.applying import make_titles
from unionhall.roster.operations.people_lists.diffs import Told, tell
from unionhall.roster.operations.people_lists.plans import BY_NAME
from unionhall.roster.operations.people_lists.remembering import BY_ID
from unionhall.roster.operations.people_lists.rows import entry_of_text
from unionhall.roster.operations.people_lists.sites import read_sites
from unionhall.roster.operations.people_lists.trail import Trace, keep_traces
from unionhall.roster.operations.people_lists.way_back import WayBack, lines_of, put_back
from unionhall.roster.operations.people_lists.writes import Run, Writing, write_portion
from unionhall.rulebook.names import fold
from unionhall.rulebook.people_entries import PersonEntry

_STANDS: Final = (ImportState.APPLYING, ImportState.APPLIED)


class SettledAlready(AlreadyDone):
    """A doubt that somebody else was quicker to settle."""

    code = "settled_already"
    message = _("Somebody has settled this already. Nothing was changed.")


class ImportGone(Refused):
    """A doubt of an import that was taken back."""

    code = "import_gone"
    message = _("The list this row comes from was taken back; there is nothing to settle.")


class AnswerStands(Refused):
    """An answer that cannot be taken back, since something was written of those people after it, or it is too old."""

    code = "answer_stands"
    message = _("Something was written about these people since, or it is too long ago: this answer stays.")


class NobodyMeant(Invalid):
    """ "The same person", without saying as whom."""

    code = "nobody_meant"
    message = _("Say which person it is.")


class NoName(Invalid):
    """Somebody new of whom the list gives no name."""

    code = "no_name"
    message = _("This row gives no name: choose a person, or leave it out.")


@transaction.atomic
def settle_doubt(
    *, doubt: Doubt, decision: Decision, person: Person | None = None, actor: Actor, at: datetime
) -> Doubt:
    """What somebody says of a doubtful row is written, as a part of its import, whose undo takes it back too.

    decision: the same as `person`, somebody new, or left out. The candidates of somebody new are apart from now on.
    The next list with the same id goes by what was said, and so do other rows with this id that wait. `unsettle_doubt`
    takes it back.
    Raises SettledAlready, ImportGone, NobodyMeant or NoName.
    """
    doubt = Doubt.objects.select_for_update().select_related("imported").get(pk=doubt.pk)
    if doubt.decision != Decision.OPEN:
        raise SettledAlready
    if doubt.imported.state not in _STANDS:
        raise ImportGone
    if decision == Decision.SAME and person is None:
        raise NobodyMeant
    meant = (person.merged_into_id or person.pk) if person is not None and decision == Decision.SAME else None
    twins = _twins(doubt) if decision in (Decision.SAME, Decision.NEW) else []
    way, lines = _way_back(doubt, twins, meant), {one.pk: one.row for one in (doubt, *twins)}
    decided = None if decision == Decision.SKIP else _write(doubt, meant, actor, at)
    if decision == Decision.NEW and decided is not None:
        _part(doubt, decided, actor, at)
    _note(doubt, decision, decided, actor, at)
    for twin in twins:
        _write(twin, decided, actor, at)
        _note(twin, Decision.SAME, decided, actor, at)
    doubt.way_back = way.sealed(made=decided, lines=lines)
    doubt.save(update_fields=["way_back"])
    return doubt


@transaction.atomic
def unsettle_doubt(*, doubt: Doubt, actor: Actor, at: datetime) -> Doubt:
    """The answer to a doubtful row is taken back: everything is as it was before it, and the row waits again.

    So do other rows that were settled with it. Doors that it shut stay shut. Raises ImportGone, or AnswerStands where
    not everything can be put back as it was.
    """
    doubt = Doubt.objects.select_for_update().select_related("imported").get(pk=doubt.pk)
    if doubt.imported.state not in _STANDS:
        raise ImportGone
    if doubt.decision == Decision.OPEN or doubt.way_back is None or not put_back(doubt.way_back):
        raise AnswerStands
    for pk, row in lines_of(doubt.way_back).items():
        one = Doubt.objects.select_for_update().get(pk=pk)
        detail = {"import": one.imported_id, "decision": one.decision, "person": one.decided_pk}
        one.decision, one.decided_pk, one.row, one.way_back = Decision.OPEN, None, row, None
        one.decided_at, one.decided_by, one.written_at = None, "", None
        one.save()
        audit.record(actor=actor, verb="roster.doubt_reopened", at=at, obj=one, label=one.public_id, detail=detail)
    doubt.refresh_from_db()
    return doubt


def _way_back(doubt: Doubt, twins: Sequence[Doubt], meant: int | None) -> WayBack:
    """All of whom the answer will touch, as they are now: who is meant, and who had the id until now."""
    code = BY_ID + entry_of_text(doubt.row).row.id
    held = PersonRecord.objects.filter(source=doubt.imported.source, code=code).values_list("person_id", flat=True)
    persons = {*held, *([meant] if meant is not None else [])}
    way = WayBack(persons=persons, imports={one.imported_id for one in (doubt, *twins)})
    way.begin()
    return way


def _note(doubt: Doubt, decision: Decision, decided: int | None, actor: Actor, at: datetime) -> None:
    doubt.decision, doubt.decided_pk, doubt.row = decision, decided, ""
    doubt.decided_at, doubt.decided_by = at, actor.label[:120]
    doubt.written_at = at if decided is not None else None
    doubt.save()
    detail = {"import": doubt.imported_id, "decision": decision.value, "person": decided}
    audit.record(actor=actor, verb="roster.doubt_settled", at=at, obj=doubt, label=doubt.public_id, detail=detail)


def _write(doubt: Doubt, person: int | None, actor: Actor, at: datetime) -> int:
    """The row is on the roster as that person, or as somebody new; gives the number."""
    imported = doubt.imported
    entry = entry_of_text(doubt.row)
    if person is None and not fold(entry.row.name):
        raise NoName
    names_people = imported.kind == ImportKind.PEOPLE or person is None
    told = tell(entry, read_sites(source=imported.source, as_of=imported.as_of), names_people=names_people)
    code = _code(imported, entry, person)
    run = Run(
        imported=imported,
        titles=make_titles(imported, [spot.title for spot in told.spots]),
        is_first=bool(imported.options.get("is_first")),
        actor=actor,
        at=at,
    )
    (written,) = write_portion(run, [Writing(_without_blank_name(told), code, person)])
    return written


def _without_blank_name(told: Told) -> Told:
    told.texts = {name: text for name, text in told.texts.items() if text}
    return told


def _code(imported: Import, entry: PersonEntry, person: int | None) -> str:
    """The code of the record to write. An id that the source gave to somebody else before is taken from them."""
    if entry.row.id:
        code = BY_ID + entry.row.id
        held = PersonRecord.objects.filter(source=imported.source, code=code).select_related("person").first()
        if held is not None and held.person_id != person:
            _rename(imported, held)
        return code
    name = BY_NAME + fold(entry.row.name)[:400]
    held_codes = set(
        PersonRecord.objects.filter(source=imported.source, code__startswith=name).values_list("code", flat=True)
    )
    number, code = 1, name
    while code in held_codes:
        number += 1
        code = f"{name}/{number}"
    return code


def _rename(imported: Import, held: PersonRecord) -> None:
    """The record keeps what it says under a code that no list will name again."""
    trace = Trace(ChangeKind.CHANGED, held.person_id, held.person.name, None)
    trace.note_seen(held)
    held.code = f"{held.code} until {imported.as_of.isoformat()} {held.pk}"
    held.save(update_fields=["code"])
    keep_traces(imported, [trace])


def _part(doubt: Doubt, person: int, actor: Actor, at: datetime) -> None:
    """Somebody new is none of those she was taken for."""
    others = Person.objects.filter(pk__in=[one["pk"] for one in doubt.candidates]).values_list("pk", flat=True)
    Apart.objects.bulk_create(
        (
            Apart(first_id=min(person, pk), second_id=max(person, pk), said_at=at, said_by=actor.label[:120])
            for pk in others
        ),
        ignore_conflicts=True,
    )


def _twins(doubt: Doubt) -> list[Doubt]:
    """Other rows with this id from the same source that wait: later lists repeat what was not settled in time."""
    wanted = entry_of_text(doubt.row).row.id
    waiting = Doubt.objects.filter(
        decision=Decision.OPEN,
        record=doubt.record,
        label=doubt.label,
        imported__source=doubt.imported.source,
        imported__kind=doubt.imported.kind,
        imported__state__in=_STANDS,
    )
    others = waiting.exclude(pk=doubt.pk).select_related("imported").order_by("imported", "pk")
    return [one for one in others if wanted and entry_of_text(one.row).row.id == wanted]
