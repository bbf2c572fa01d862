"""The bytes on the wire: compact JSON in one spelling only, so that two programs can never read one text
differently.
"""

from __future__ import annotations

import json
from typing import Any, cast

from unionhall.rulebook.voting.checks import Check, CheckFailed, require

MAX_RECORD_BYTES = 64 * 1024
MAX_SETUP_BYTES = 64 * 1024 * 1024


def write(value: object) -> bytes:
    """The one spelling of a JSON value: no blanks, fields in the order given, UTF-8 without escapes where none is
    needed.
    """
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def read(raw: bytes, *, limit: int = MAX_RECORD_BYTES) -> Any:
    """The JSON value in these bytes. limit: of bytes, looked at before anything is parsed.

    Raises CheckFailed (size, syntax). The caller compares its own spelling with the bytes: see `require_same`.
    """
    require(len(raw) <= limit, Check.SIZE)
    try:
        value = json.loads(raw.decode("utf-8", errors="strict"))
        if b"\\u" in raw:
            write(value)  # half a surrogate pair can be read where it is escaped, and never be written or hashed
    except (ValueError, RecursionError):
        raise CheckFailed(Check.SYNTAX) from None
    return value


def require_same(raw: bytes, value: object) -> None:
    """Go on only where the bytes are the one spelling of what was understood: no second key, other order, escape or
    blank survives this.

    Raises CheckFailed (canonical). Source: docs/rules/voting-format.md, section 2.
    """
    require(write(value) == raw, Check.CANONICAL)


def fields(value: object, *names: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """The object, if it has exactly the named fields (the optional ones may be missing). Raises CheckFailed (shape)."""
    require(isinstance(value, dict), Check.SHAPE)
    found = cast("dict[str, Any]", value)
    require(set(names) <= found.keys() <= {*names, *optional}, Check.SHAPE)
    return found


def in_order(value: dict[str, Any], *names: str) -> dict[str, Any]:
    """The fields of an object that it has of these, in this order; for `require_same`."""
    return {name: value[name] for name in names if name in value}


def items(value: object, length: int | None = None) -> list[Any]:
    """The list, if it is one and, where a length is given, of that length. Raises CheckFailed (shape)."""
    require(isinstance(value, list), Check.SHAPE)
    found = cast("list[Any]", value)
    require(length is None or len(found) == length, Check.SHAPE)
    return found


def text(value: object) -> str:
    """The value, if it is a text. Raises CheckFailed (shape)."""
    require(isinstance(value, str), Check.SHAPE)
    return cast("str", value)


def small(value: object, *, low: int = 0, high: int = 1_000_000_000) -> int:
    """The value, if it is a whole number in a range; true and false are no numbers. Raises CheckFailed (shape)."""
    require(type(value) is int and low <= value <= high, Check.SHAPE)
    return cast("int", value)
