"""The chain of events: each names the one before by its hash, so that the last one stands for all that happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from unionhall.rulebook.voting import archive, wire
from unionhall.rulebook.voting.checks import Check, CheckFailed, require
from unionhall.rulebook.voting.hashing import record_name


class Happening(StrEnum):
    """What an event says has happened, in the order an election goes through."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


_AFTER = {
    None: {Happening.SETUP},
    Happening.SETUP: {Happening.BALLOT, Happening.END_BALLOTS},
    Happening.BALLOT: {Happening.BALLOT, Happening.END_BALLOTS},
    Happening.END_BALLOTS: {Happening.ENCRYPTED_TALLY},
    Happening.ENCRYPTED_TALLY: {Happening.PARTIAL_DECRYPTION},
    Happening.PARTIAL_DECRYPTION: {Happening.PARTIAL_DECRYPTION, Happening.RESULT},
    Happening.RESULT: set(),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A link of the chain. parent: the hash of the event before, none for the first. height: from 0. payload: a
    hash.
    """

    happening: Happening
    height: int
    parent: str = ""
    payload: str = ""


def write_event(event: Event) -> bytes:
    """The event's bytes."""
    parent = {"parent": event.parent} if event.parent else {}
    payload = {"payload": event.payload} if event.payload else {}
    return wire.write({**parent, "height": event.height, "type": event.happening.value, **payload})


def read_event(raw: bytes) -> Event:
    """The event in these bytes. Raises CheckFailed: size, syntax, shape, chain, canonical."""
    found = wire.fields(wire.read(raw), "height", "type", optional=("parent", "payload"))
    parent, payload = (wire.text(found.get(name, "")) for name in ("parent", "payload"))
    try:
        happening = Happening(found["type"])
    except ValueError:
        raise CheckFailed(Check.CHAIN) from None
    event = Event(happening, wire.small(found["height"]), parent, payload)
    require(write_event(event) == raw, Check.CANONICAL)
    return event


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands. name: the last event's hash; kept by anyone, it proves all that came before.

    happening: the last event's; None before the first. length: how many events there are.
    """

    name: str = ""
    happening: Happening | None = None
    length: int = 0

    def accept(self, event: Event, name: str) -> Head:
        """The head after this event. Raises CheckFailed: chain for a wrong parent or height, order for a wrong turn."""
        require(event.parent == self.name and event.height == self.length, Check.CHAIN)
        require(event.happening in _AFTER[self.happening], Check.ORDER)
        return Head(name, event.happening, self.length + 1)


@dataclass(slots=True)
class Writer:
    """Writes an archive record by record, and knows its head. timestamp: see `archive.write_header`."""

    timestamp: int
    head: Head = Head()

    def start(self) -> bytes:
        """The archive's header."""
        return archive.write_header(self.timestamp)

    def add(self, happening: Happening, *data: bytes) -> bytes:
        """The bytes to append for one event: its data, of which the last is what it names, and the event itself.

        Raises CheckFailed (order) where this cannot happen now.
        """
        payload = record_name(data[-1]) if data else ""
        event = write_event(Event(happening, self.head.length, self.head.name, payload))
        self.head = self.head.accept(read_event(event), record_name(event))
        return b"".join(archive.write_data(raw, self.timestamp) for raw in data) + archive.write_event(
            event, self.timestamp
        )


def write_setup(election: bytes, trustees: bytes, credentials: bytes) -> bytes:
    """The record that fixes what the vote is about, who holds the keys and who may vote, each by its hash."""
    named = {"election": election, "trustees": trustees, "credentials": credentials}
    return wire.write({name: record_name(raw) for name, raw in named.items()})
