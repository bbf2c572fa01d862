"""The file: a header, then records named by their hash, each exactly as the format page, section 10, writes it."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from unionhall_verify.numbers import Q, mpz

MAX_BYTES = 1 << 26
_NUMBER = re.compile("0|[1-9][0-9]{0,616}", re.ASCII)


@dataclass(eq=False)
class Problem(Exception):
    """A check that was not passed: its code for programs, stable, and a sentence for people."""

    code: str
    sentence: str


def insist(passed: object, code: str, sentence: str) -> None:
    """Raise the Problem unless the check is passed."""
    if not passed:
        raise Problem(code, sentence)


@dataclass
class Event:
    """An event, the data that came with it, where in the file the last of them stands, and the event's own hash."""

    kind: str
    data: list[bytes]
    offset: int
    name: str


def compact(value: Any) -> bytes:
    """JSON in its one spelling."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def parse(raw: bytes, what: str) -> Any:
    """The JSON in a record, which must be in its one spelling: one spelling, one meaning, one hash."""
    try:
        value = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise Problem("syntax", f"{what} is no JSON text.") from None
    insist(compact(value) == raw, "canonical", f"{what} is not written in the one spelling the format allows.")
    return value


def fields(value: Any, names: str, what: str) -> list[Any]:
    """The values of an object that has exactly these fields, in this order."""
    right = isinstance(value, dict) and list(value) == names.split()
    insist(right, "shape", f"{what} does not have the fields the format asks for.")
    return list(value.values())


def row(value: Any, length: int, what: str) -> list[Any]:
    """The list, if it has this length."""
    insist(isinstance(value, list) and len(value) == length, "shape", f"{what} has not the right number of parts.")
    return list(value)


def number(value: Any, what: str, below: Any) -> Any:
    """The number a text of digits stands for."""
    right = isinstance(value, str) and _NUMBER.fullmatch(value)
    insist(right, "number", f"{what} holds a number not written as digits.")
    insist(mpz(value) < below, "range", f"{what} holds a number that is too large.")
    return mpz(value)


def proof(value: Any, what: str) -> tuple[Any, Any]:
    """A challenge and its response, both below q."""
    c, r = fields(value, "challenge response", what)
    return number(c, what, Q), number(r, what, Q)


def digest(raw: bytes) -> str:
    """The hash that names a record."""
    return hashlib.sha256(raw).hexdigest()


def read_events(file: BinaryIO, progress: Callable[[int], None]) -> Iterator[Event]:
    """The events in order, each naming the one before; their data stand right before them, and nothing else does."""
    names: dict[str, Any] = {"height": 0}
    waiting: list[bytes] = []
    offset = 0
    for is_event, raw, start in _read_records(file):
        if not is_event:
            waiting.append(raw)
            offset = start
            continue
        height = names["height"]
        event = parse(raw, f"Event {height}")
        insist(isinstance(event, dict), "chain", f"Event {height} is none.")
        expected = names | {"type": event.get("type")} | ({"payload": digest(waiting[-1])} if waiting else {})
        follows = compact(expected) == raw
        insist(follows, "chain", f"Event {height} does not follow from the one before: one was changed or left out.")
        if height % 100 == 0:
            progress(start)
        names = {"parent": digest(raw), "height": height + 1}
        yield Event(str(event["type"]), waiting, offset, names["parent"])
        waiting = []
    insist(not waiting, "chain", "The file ends with a record that no event names: it was cut off or added to.")


def _read_records(file: BinaryIO) -> Iterator[tuple[bool, bytes, int]]:
    """Whether each record is an event, its bytes, and where they stand; every other byte of the file is given."""
    block = file.read(1024)
    size = block[124:135]
    insist(size.isdigit() and len(block) == 1024, "header", "The file does not begin as the archive of an election.")
    head = parse(block[512 : 512 + min(int(size), 512)].rstrip(b"\0"), "The header")
    version, stamp = fields(head, "version timestamp", "The header")
    right = version == 1 and re.fullmatch("[0-9]{1,10}", str(stamp))
    insist(right, "header", "The archive is of a version we do not know.")
    insist(block == _record("BELENIOS", compact(head), stamp), "header", "The archive's header is not as it must be.")
    count = 0
    while block := file.read(512):
        count += 1
        size = block[124:135]
        right = re.fullmatch(b"[0-7]{11}", size) and int(size, 8) <= MAX_BYTES
        insist(right, "record", f"Record {count} of the file is damaged or the file is cut off.")
        start, length = file.tell(), int(size, 8)
        padded = file.read(-(-length // 512) * 512)
        raw, is_event = padded[:length], block[64:76] == b".event.json\0"
        right = block + padded == _record(digest(raw) + (".event.json" if is_event else ".data.json"), raw, stamp)
        insist(right, "record", f"Record {count} of the file is damaged, or was changed, or carries a time of its own.")
        yield is_event, raw, start


def _record(name: str, raw: bytes, stamp: str) -> bytes:
    start = name.encode().ljust(100, b"\0") + b"0000644\0000000000\0000000000\0"
    start += b"%011o\0%011o\0" % (len(raw), int(stamp))
    checksum = b"%06o\0 " % (sum(start) + 8 * 32 + 48)
    return (start + checksum + b"0").ljust(512, b"\0") + raw + b"\0" * (-len(raw) % 512)
