"""The archive: how its records are spelled and its events linked. Sections 2, 10 of docs/rules/voting-format.md."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from unionhall_verify.numbers import P, Q, number, record_name

BLOCK = 512
# What events there are, how many data each comes with, and what it may follow.
KINDS = {
    "Setup": (4, {""}),
    "Ballot": (1, {"Setup", "Ballot"}),
    "EndBallots": (0, {"Setup", "Ballot"}),
    "EncryptedTally": (2, {"EndBallots"}),
    "PartialDecryption": (2, {"EncryptedTally", "PartialDecryption"}),
    "Result": (1, {"PartialDecryption"}),
}
# Shapes: a dict has these fields in this order; a list any number of things, a tuple just these; a range is a large
# number, written as a text; a type a small number, a text, true or false.
ELEMENT, EXPONENT = range(1, P), range(Q)
PROOF = {"challenge": EXPONENT, "response": EXPONENT}
LOCKED = {"alpha": ELEMENT, "beta": ELEMENT}
OPTIONAL = {"blank", "administrator", "credential_authority"}


class Problem(Exception):
    """A check that was not passed: a code for programs, a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code, self.sentence = code, sentence


def insist(passed: object, code: str, sentence: str) -> None:
    """Every check ends here: raises Problem unless it was passed."""
    if not passed:
        raise Problem(code, sentence)


def spelled(value: object) -> bytes:
    """The one spelling of a value. Section 2."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def read(raw: bytes, shape: object) -> Any:
    """What a record says, large numbers as numbers, if its spelling and its shape are right. Section 2."""
    try:
        value = json.loads(raw.decode())
        is_same = spelled(value) == raw
    except (ValueError, RecursionError):
        is_same = False
    insist(is_same, "canonical", "A record is not JSON in its one spelling.")
    return check_shape(value, shape)


def check_shape(value: Any, shape: Any) -> Any:
    """Every part of a record is what it must be, and no other is there. Sections 2 and 6."""
    match shape:
        case dict():
            found = value if isinstance(value, dict) else {}
            names = [name for name in shape if name in found or name not in OPTIONAL]
            insist(list(found) == names, "shape", f"The fields of a part of a record are not {', '.join(names)}.")
            return {name: check_shape(found[name], part) if name in found else False for name, part in shape.items()}
        case list() | tuple():
            insist(isinstance(value, list), "shape", "A part of a record is not a list.")
            shapes = shape * len(value) if isinstance(shape, list) else shape
            insist(len(value) == len(shapes), "shape", "A list is longer or shorter than it must be.")
            return list(map(check_shape, value, shapes))
        case range():
            is_plain = isinstance(value, str) and re.fullmatch("0|[1-9][0-9]{0,616}", value)
            insist(is_plain, "number", "A large number is not written in plain digits.")
            size = number(value) if shape == ELEMENT else int(value)
            insist(shape.start <= size < shape.stop, "number", "A number is 0 where it must not be, or too large.")
            return size
    insist(type(value) is shape, "shape", f"A part of a record is of another kind than {shape.__name__}.")
    return value


class Archive:
    """An archive, read once from its first byte to its last. Section 10."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.kind, self.height, self.head = file, "", -1, ""
        self.data, self.known = list[bytes](), set[str]()

    def events(self) -> Iterator[tuple[str, list[bytes]]]:
        """The kinds of the events, each with its data; when one is given, it is what `kind` and `head` speak of."""
        seconds = self.check_header(*self._next_record())
        for record, content in iter(self._next_record, (b"", b"")):
            if self.check_record(record, content, seconds):
                self.check_event(content)
                yield self.kind, self.data
                self.data = []
            else:
                self.check_new(content)
        self.check_end()

    def _next_record(self) -> tuple[bytes, bytes]:
        head = self.file.read(BLOCK)
        size = int(head[124:135], 8) if re.fullmatch(b"[0-7]{11}", head[124:135]) else 0
        body = self.file.read(size + -size % BLOCK)
        return head + body, body[:size]

    def check_header(self, record: bytes, content: bytes) -> int:
        """An archive begins with its header; gives the seconds that all records carry. Section 10."""
        found = re.fullmatch(rb'\{"version":1,"timestamp":"(0|[1-9][0-9]{0,9})"\}', content)
        is_right = found and int(found[1]) < 8**11 and record == written("BELENIOS", content, int(found[1]))
        insist(is_right, "header", "This is not the archive of an election: it does not begin as one.")
        return int(found[1]) if found else 0

    def check_record(self, record: bytes, content: bytes, seconds: int) -> bool:
        """A record is what its name says, byte for byte; gives whether it is an event. Section 10."""
        data, event = (written(f"{record_name(content)}.{kind}.json", content, seconds) for kind in ("data", "event"))
        insist(record in (data, event), "record", "A record is cut off, or is not what its name says.")
        return record == event

    def check_new(self, content: bytes) -> None:
        """No data come twice, hence no ballot. Section 11."""
        name = record_name(content)
        insist(name not in self.known, "duplicate", f"What event {self.height + 1} brings was in the archive before.")
        self.known.add(name)
        self.data.append(content)

    def check_event(self, raw: bytes) -> None:
        """An event names the one before, its height and its payload; it has its place and its data. Section 10."""
        self.height += 1
        before = {"parent": self.head, "height": self.height} if self.head else {"height": 0}
        payload = {"payload": record_name(self.data[-1])} if self.data else {}
        kind = next((kind for kind in KINDS if raw == spelled(before | {"type": kind} | payload)), "")
        insist(kind, "chain", f"The chain of events is broken at event {self.height}.")
        count, follows = KINDS[kind]
        insist(self.kind in follows, "order", f"Event {self.height}, {kind}, comes where none may come.")
        insist(len(self.data) == count, "shape", f"Event {self.height}, {kind}, has too many data or too few.")
        self.kind, self.head = kind, record_name(raw)

    def check_end(self) -> None:
        """An archive ends with an event. Section 11."""
        insist(self.head and not self.data, "chain", "The archive does not end with an event.")


def written(name: str, content: bytes, seconds: int) -> bytes:
    """A record as it must stand in the archive. Section 10."""
    head = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    head += b"%011o\0" % len(content) + b"%011o\0" % seconds
    head += b"%06o\0 0" % (sum(head) + sum(b"        0"))
    return head.ljust(BLOCK, b"\0") + content + bytes(-len(content) % BLOCK)
