"""JSON: a list of records, each an object of plain values."""

from __future__ import annotations

import json
from typing import Any

from unionhall.roster.tables.errors import MapNotList, WrongJson
from unionhall.rulebook.sheets import RawRow, Table


def read_json(text: str) -> tuple[Table, ...]:
    """The records of a JSON list, or of the one list that an object holds, as rows under their keys.

    Null is blank; true and false are words; a key that only ever holds nested values is no column. Raises
    WrongJson, and MapNotList for a map.
    """
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise WrongJson(line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise WrongJson(line=1) from error
    records = value if isinstance(value, list) else _only_list(value)
    if not all(isinstance(record, dict) for record in records):
        raise WrongJson(line=1)
    if any("geometry" in record for record in records):
        raise MapNotList
    heads = tuple(dict.fromkeys(key for record in records for key, item in record.items() if _is_plain(item)))
    if not heads:
        return ()
    body = (
        RawRow(line=number, cells=tuple(_cell(record.get(head)) for head in heads))
        for number, record in enumerate(records, start=1)
    )
    filled = tuple(row for row in body if any(cell.strip() for cell in row.cells))
    return (Table(name="", rows=(RawRow(line=0, cells=heads), *filled), headed=True),)


def _only_list(value: Any) -> list[Any]:
    lists = [item for item in value.values() if isinstance(item, list)] if isinstance(value, dict) else []
    if len(lists) != 1:
        raise WrongJson(line=1)
    found: list[Any] = lists[0]
    return found


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
