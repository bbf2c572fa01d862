"""Lists of contacts, as texting and mail tools give them: ways to reach people we know.

Source: docs/rules/contact-lists.md, docs/rules/imports.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from unionhall.roster.enums import ImportKind
from unionhall.roster.models import PersonRecord
from unionhall.roster.operations.files.looked import WAYS, Asked, Looked, open_list
from unionhall.roster.operations.files.refusals import FileRefused
from unionhall.roster.operations.people_lists.known import read_known
from unionhall.roster.operations.people_lists.plans import plan_contacts
from unionhall.roster.operations.people_lists.remembering import BY_ID
from unionhall.roster.operations.people_lists.reports import all_proposals, report_of
from unionhall.roster.phrases import row_sentence
from unionhall.rulebook.cells import Fault, plain_text
from unionhall.rulebook.contact_list import WANTED, ContactRow, read_contacts
from unionhall.rulebook.keys import is_rounded, keys_of
from unionhall.rulebook.people_columns import HOME, REACH
from unionhall.rulebook.people_entries import PersonEntry
from unionhall.rulebook.people_file import cells_of, people_table
from unionhall.rulebook.people_list import PersonRow
from unionhall.rulebook.reports import Notice
from unionhall.rulebook.sheets import HeadedTable, SourceFile

ANY_OF: Final = frozenset(item.field for item in (*REACH, *HOME))


@dataclass(frozen=True, slots=True)
class ContactFile:
    """A list of contacts, read."""

    table: HeadedTable
    rows: tuple[ContactRow, ...] = ()
    refused: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()
    whole: Fault | None = None


def look(asked: Asked) -> Looked:
    """What a list of contacts would change; nothing is written. Raises FileRefused."""
    file = asked.file
    read, report, mapping = open_list(
        asked,
        kind=ImportKind.CONTACTS.value,
        no_header="no_contacts_header",
        table_of=lambda mapping: people_table(file.tables, mapping, wanted=WANTED, any_of=ANY_OF)[0],
        read=lambda source, mapping: _read(file, source, mapping),
    )
    report = replace(report, refused=read.refused)
    if not read.rows:
        code, other = ("nothing_usable", row_sentence(read.refused[0])) if read.refused else ("no_rows", "")
        raise FileRefused(replace(report, whole=Fault(line=0, code=code, other=other)))
    known = read_known(source=report.source, as_of=asked.as_of, but=asked.but)
    plan = plan_contacts(_entries(read.rows), known=known, source=report.source, as_of=asked.as_of)
    report = report_of(report, plan, file=file, read=read)
    return Looked(report, read.table.heads, mapping, {}, plan, lambda: all_proposals(plan))


def _read(file: SourceFile, source: str, mapping: Mapping[str, str]) -> ContactFile:
    table, dropped = people_table(file.tables, mapping, wanted=WANTED, any_of=ANY_OF)
    notices = tuple(Notice(code=f"dropped_{item.why}", fields={"head": item.head}) for item in dropped)
    lines = list(cells_of(table))
    ids = [text for line in lines if (text := plain_text(line.values.get("id", "")))]
    rounded = next((text for text in ids if is_rounded(text)), None)
    if rounded is not None:
        whole = Fault(line=0, code="rounded_ids", column=table.head_of("id"), value=rounded[:80])
        return ContactFile(table=table, whole=whole)
    rows = PersonRecord.objects.filter(source=source, code__startswith=BY_ID)
    known = [code[len(BY_ID) :] for code in rows.values_list("code", flat=True)]
    found = read_contacts(lines, ways=WAYS, keys=keys_of(ids, known=known))
    return ContactFile(
        table=table,
        rows=tuple(item for item in found if isinstance(item, ContactRow)),
        refused=tuple(item for item in found if isinstance(item, Fault)),
        notices=notices,
    )


def _entries(rows: Sequence[ContactRow]) -> list[PersonEntry]:
    """The people of a list of contacts: lines with one id, or one name and one contact, are one."""
    found: dict[object, list[ContactRow]] = {}
    for row in rows:
        found.setdefault(row.id or (row.name, row.contacts[0].value), []).append(row)
    return [_entry(held) for held in found.values()]


def _entry(rows: Sequence[ContactRow]) -> PersonEntry:
    first = rows[0]
    row = PersonRow(
        line=first.line,
        name=first.name,
        id=first.id,
        given_name=first.given_name,
        family_name=first.family_name,
        language=next((row.language for row in rows if row.language), ""),
        contacts=tuple(dict.fromkeys(contact for row in rows for contact in row.contacts)),
        remarks=tuple(remark for row in rows for remark in row.remarks),
    )
    return PersonEntry(lines=tuple(row.line for row in rows), row=row)
