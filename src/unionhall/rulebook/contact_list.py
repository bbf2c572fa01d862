"""Lists of contacts, as texting and mail tools give them: who is reached by what.

Source: docs/rules/contact-lists.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from unionhall.rulebook.cells import Cells, Fault, cleaned, has_letter
from unionhall.rulebook.keys import Keys
from unionhall.rulebook.opt_out_list import OptOutRow as OptOutRow
from unionhall.rulebook.people_columns import HOME, NAMES, REACH, TONGUE
from unionhall.rulebook.people_list import name_of
from unionhall.rulebook.people_words import read_language
from unionhall.rulebook.reaching import RowContact, Ways, contacts_of

WANTED: Final = (*NAMES, *REACH, *HOME, TONGUE)
FIELDS: Final = tuple(item.field for item in WANTED)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """What one line gives to reach somebody. id, name: "" where the line says only the contact."""

    line: int
    contacts: tuple[RowContact, ...]
    id: str = ""
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    language: str = ""
    remarks: tuple[Fault, ...] = field(default=(), compare=False)


def read_contact(cells: Cells, *, ways: Ways, keys: Keys) -> ContactRow | Fault:
    """The contacts of a line and whose they are, or why it is of no use: it gives no way to reach anybody."""
    cells = cells if cells.is_clean else cleaned(cells)
    remarks: list[Fault] = []
    contacts = contacts_of(cells, ways, remarks)
    if not contacts:
        return remarks[0] if remarks else Fault(cells.line, "no_way")
    name = name_of(cells.values)
    id = cells.values.get("id", "")
    return ContactRow(
        line=cells.line,
        contacts=contacts,
        id=keys.key(id) if id else "",
        name=name.written if has_letter(name.written) else "",
        given_name=name.given,
        family_name=name.family,
        language=read_language(cells.values.get("language", "")) or "",
        remarks=tuple(remarks),
    )


def read_contacts(lines: Iterable[Cells], *, ways: Ways, keys: Keys) -> list[ContactRow | Fault]:
    """Every line of a list of contacts, in its order."""
    return [read_contact(cells, ways=ways, keys=keys) for cells in lines]
