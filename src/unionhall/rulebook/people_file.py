"""A file of people as a whole: its columns, how it writes ids and days, then every line.

Source: docs/rules/people-lists.md, sections 1, 3, 4 and 9.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from unionhall.rulebook.cells import Cells, Fault, are_clean, cell_text, cleaned
from unionhall.rulebook.columns import Header, NoHeader, Wanted, folded_head, likeliest_heads
from unionhall.rulebook.days import DayStyle, style_of
from unionhall.rulebook.forbidden import SAMPLE, Dropped, forbidden_columns
from unionhall.rulebook.keys import is_rounded, keys_of
from unionhall.rulebook.people_entries import can_be_one
from unionhall.rulebook.people_list import WANTED, PersonRow, Reading, Ways, read_person
from unionhall.rulebook.reports import Notice
from unionhall.rulebook.sheets import HeadedTable, RawRow, Table, choose_table

_NAMED_BY: Final = frozenset({"name", "last", "first"})
# A file whose ids are shared by so many people is not one whose ids tell people apart.
_MOST_SHARED: Final = 0.1
_FEWEST_SHARED: Final = 5

Recall = Callable[[HeadedTable, Reading, Sequence[str]], Set[int]]


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A list of people, read. rows, refused: every line is in one of them. dropped: columns never read.

    recalled: lines of which it was known that they say nothing new, with their ids; they are in neither. whole: why
    nothing of the file can be taken; then there are no rows. notices: what its reader should know.
    """

    table: HeadedTable
    rows: tuple[PersonRow, ...] = ()
    refused: tuple[Fault, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notices: tuple[Notice, ...] = ()
    whole: Fault | None = None
    recalled: tuple[tuple[int, str], ...] = ()


def people_table(
    tables: Sequence[Table],
    fixed: Mapping[str, str],
    *,
    wanted: Sequence[Wanted] = WANTED,
    any_of: frozenset[str] = _NAMED_BY,
) -> tuple[HeadedTable, tuple[Dropped, ...]]:
    """The sheet that holds the list, with its heads, and the forbidden columns, whose cells are blank from here on.

    fixed: field → head, before any guess. any_of: one of these fields is needed. Raises NoHeader or UnknownHead.
    """
    table = choose_table(tables, wanted, fixed)
    sampled = table.body[:: max(1, len(table.body) // SAMPLE)]
    samples = [_column(sampled, place) for place in range(len(table.heads))]
    dropped = tuple(forbidden_columns(table.heads, samples))
    places = {item.place for item in dropped}
    columns = {name: place for name, place in table.header.columns.items() if place not in places}
    if not any_of & columns.keys():
        raise NoHeader((min(any_of),), likeliest_heads([row.cells for row in table.table.rows]))
    header = Header(place=table.header.place, columns=columns)
    if not places:
        return replace(table, header=header), dropped
    body = tuple(_without(row, places) for row in table.body)
    # The table as it came in still holds what was dropped: only its heads are kept.
    bare = replace(table.table, rows=(*table.table.rows[: table.header.place + 1], *body))
    return replace(table, table=bare, header=header, body=body), dropped


def read_people(
    tables: Sequence[Table],
    *,
    fixed: Mapping[str, str],
    ways: Ways,
    as_of: date,
    known_ids: Iterable[str] = (),
    recall: Recall | None = None,
) -> PeopleFile:
    """Every line of a list of people. fixed: field → head, before any guess. as_of: the day the list speaks of.

    known_ids: the ids under which the source has named people before. recall: which lines say nothing new, by their
    place below the heads, as somebody knows who has read them before; of a table, read so, with the id of each line, ""
    where it has none. Raises NoHeader or UnknownHead.
    """
    table, dropped = people_table(tables, fixed)
    columns = table.header.columns
    texts = _ids(table.body, columns.get("id"))
    ids = [text for text in texts if text]
    rounded = next((text for text in ids if not text.isdecimal() and is_rounded(text)), None)
    if rounded is not None:
        return PeopleFile(table=table, dropped=dropped, whole=_of_ids(table, "rounded_ids", rounded))
    days = style_of(_column(table.body, columns.get("hired_on")), as_of=as_of, epoch=table.table.epoch)
    births = style_of(_column(table.body, columns.get("birth")), as_of=as_of, epoch=table.table.epoch)
    reading = Reading(
        ways=ways, days=_surer(days, births), births=_surer(births, days), keys=keys_of(ids, known=known_ids)
    )
    keys = [reading.keys.key(text) if text else "" for text in texts]
    same = recall(table, reading, keys) if recall is not None else frozenset()
    found = [read_person(cells, reading) for cells in cells_of(table, but=same)]
    rows = tuple(item for item in found if isinstance(item, PersonRow))
    read = PeopleFile(
        table=table,
        rows=rows,
        refused=tuple(item for item in found if isinstance(item, Fault)),
        dropped=dropped,
        notices=tuple(_notices(table, dropped, reading)),
        recalled=tuple((table.body[place].line, keys[place]) for place in sorted(same)),
    )
    shared = _most_shared_id(rows, others=len(same))
    if shared is not None:
        return replace(read, rows=(), refused=(), recalled=(), whole=_of_ids(table, "repeated_ids", shared))
    return read


def cells_of(table: HeadedTable, *, but: Set[int] = frozenset()) -> Iterable[Cells]:
    """The cells of each line by field, clean; a line that is too short is blank at its end.

    but: the places of lines that are not wanted.
    """
    columns = tuple(table.header.columns.items())
    heads = {name: table.heads[place] for name, place in columns}
    last = max((place for _name, place in columns), default=0)
    for number, row in enumerate(table.body):
        if number in but:
            continue
        cells = row.cells
        if len(cells) <= last:
            cells = (*cells, *[""] * (last + 1 - len(cells)))
        found = Cells(row.line, {name: cells[place] for name, place in columns}, heads, are_clean(cells))
        yield found if found.is_clean else cleaned(found)


def repeated_heads(heads: Sequence[str]) -> tuple[str, ...]:
    """Heads that stand over more than one column, of which only the first is read."""
    counts = Counter(folded_head(head) for head in heads if head.strip())
    return tuple(dict.fromkeys(head for head in heads if counts[folded_head(head)] > 1 and head.strip()))


def _column(body: Sequence[RawRow], place: int | None) -> list[str]:
    if place is None:
        return []
    return [row.cells[place] for row in body if place < len(row.cells)]


def _ids(body: Sequence[RawRow], place: int | None) -> list[str]:
    """The clean id of each line, "" where it has none."""
    if place is None:
        return [""] * len(body)
    cells = (row.cells[place] if place < len(row.cells) else "" for row in body)
    return [text if text.isdecimal() else cell_text(text) for text in cells]


def _without(row: RawRow, places: set[int]) -> RawRow:
    return RawRow(row.line, tuple("" if place in places else cell for place, cell in enumerate(row.cells)))


def _surer(style: DayStyle, other: DayStyle) -> DayStyle:
    """How one column writes its days, or how another column of the same file does, where that one shows it."""
    return style if style.sure or not other.shown else replace(style, order=other.order, sure=True)


def _most_shared_id(rows: Sequence[PersonRow], *, others: int) -> str | None:
    """The id that the most people share, where so many ids are shared that they tell nobody apart; else None.

    others: how many lines beside these have an id of their own.
    """
    ids = [row.id for row in rows if row.id]
    if len(set(ids)) == len(ids):
        return None
    people: defaultdict[str, list[PersonRow]] = defaultdict(list)
    for row in rows:
        if row.id:
            people[row.id].append(row)
    foreign = Counter(
        {
            id: sum(not can_be_one(lines[0], line) for line in lines[1:])
            for id, lines in people.items()
            if len(lines) > 1
        }
    )
    total = sum(foreign.values())
    if total >= _FEWEST_SHARED and total > _MOST_SHARED * (len(ids) + others):
        return foreign.most_common(1)[0][0]
    return None


def _of_ids(table: HeadedTable, code: str, shown: str) -> Fault:
    return Fault(line=0, code=code, column=table.head_of("id"), value=shown[:80])


def _notices(table: HeadedTable, dropped: Sequence[Dropped], reading: Reading) -> Iterable[Notice]:
    for item in dropped:
        yield Notice(code=f"dropped_{item.why}", fields={"head": item.head})
    if "birth" in table.header.columns and "birth_month" not in table.header.columns:
        yield Notice(code="birth_months", fields={"head": table.head_of("birth")})
    twice = repeated_heads(table.heads)
    if twice:
        yield Notice(code="repeated_heads", fields={"heads": ", ".join(head[:40] for head in twice[:20])})
    if not reading.days.sure:
        yield Notice(code="either_day", fields={"head": table.head_of("hired_on")})
    if not reading.births.sure:
        yield Notice(code="either_day", fields={"head": table.head_of("birth")})
