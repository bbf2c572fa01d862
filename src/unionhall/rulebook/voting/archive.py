"""The public file of an election: a plain tar that only ever grows, and in which no record carries a time of its
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.hashing import record_name

BLOCK = 512
HEADER_NAME = "BELENIOS"
_DATA, _EVENT = ".data.json", ".event.json"


class Readable(Protocol):
    """An open file of bytes, opened by whoever calls."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the archive. is_event: an event of the chain; otherwise data an event refers to. name: its hash."""

    raw: bytes
    name: str
    is_event: bool


def write_header(timestamp: int) -> bytes:
    """The start of an archive. timestamp: seconds since 1970; every record carries this one, so that none tells a time.

    Source: docs/rules/voting-format.md, section 10.
    """
    return _record(HEADER_NAME, _header(timestamp), timestamp)


def write_data(raw: bytes, timestamp: int) -> bytes:
    """A data record: a ballot, a tally, anything an event refers to by its hash."""
    return _record(record_name(raw) + _DATA, raw, timestamp)


def write_event(raw: bytes, timestamp: int) -> bytes:
    """An event record."""
    return _record(record_name(raw) + _EVENT, raw, timestamp)


def read_timestamp(source: Readable) -> int:
    """The timestamp in an archive's header; the source stands behind it afterwards. Raises CheckFailed (header)."""
    block = source.read(2 * BLOCK)
    length = _size(block[:BLOCK], Check.HEADER)
    require(0 < length <= BLOCK and len(block) == 2 * BLOCK, Check.HEADER)
    found = wire.fields(wire.read(block[BLOCK : BLOCK + length]), "version", "timestamp")
    said = wire.text(found["timestamp"])
    require(found["version"] == 1 and said.isascii() and said.isdigit() and len(said) <= 10, Check.HEADER)
    require(write_header(int(said)) == block, Check.HEADER)
    return int(said)


def read_entries(source: Readable, timestamp: int) -> Iterator[Entry]:
    """The records after the header, one by one, so that an archive of any size fits in little memory.

    A record is taken only if its bytes, padding and header included, are exactly what `write_data` or `write_event`
    would have made of it. Raises CheckFailed (record); its place says which record, counted from 1.
    """
    position = 0
    while block := source.read(BLOCK):
        position += 1
        place = f"record {position}"
        size = _size(block, Check.RECORD, place)
        require(size <= wire.MAX_SETUP_BYTES, Check.RECORD, place)
        padded = source.read(_padded(size))
        raw = padded[:size]
        entry = Entry(raw, record_name(raw), block[64 : 64 + len(_EVENT)] == _EVENT.encode())
        write = write_event if entry.is_event else write_data
        require(block + padded == write(raw, timestamp), Check.RECORD, place)
        yield entry


def _header(timestamp: int) -> bytes:
    return wire.write({"version": 1, "timestamp": str(timestamp)})


def _record(name: str, raw: bytes, timestamp: int) -> bytes:
    numbers = b"0000644\0" + b"0000000\0" * 2 + b"%011o\0%011o\0" % (len(raw), timestamp)
    fixed = name.encode().ljust(100, b"\0") + numbers
    checksum = sum(fixed) + 8 * ord(" ") + ord("0")
    head = (fixed + b"%06o\0 0" % checksum).ljust(BLOCK, b"\0")
    return head + raw.ljust(_padded(len(raw)), b"\0")


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _size(block: bytes, check: Check, place: str = "") -> int:
    digits = block[124:135]
    require(len(block) == BLOCK and digits.isdigit() and not digits.strip(b"01234567"), check, place)
    return int(digits, 8)
