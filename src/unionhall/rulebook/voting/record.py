"""A whole public record, checked from its first byte to its result, by a fresh reader who trusts nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from unionhall.rulebook.voting import chain, wire
from unionhall.rulebook.voting.archive import Entry, Readable, read_entries, read_timestamp
from unionhall.rulebook.voting.arithmetic import RandomBelow
from unionhall.rulebook.voting.ballot_checks import check_ballots
from unionhall.rulebook.voting.chain import Happening, Head
from unionhall.rulebook.voting.checks import Check, CheckFailed, require
from unionhall.rulebook.voting.credentials import CredentialList, read_credential_list
from unionhall.rulebook.voting.decryption import PartialDecryption, read_part, write_owned_part
from unionhall.rulebook.voting.election import Election, read_election
from unionhall.rulebook.voting.hashing import fingerprint
from unionhall.rulebook.voting.result import Counts, open_tally, write_result
from unionhall.rulebook.voting.tally import (
    EncryptedTally,
    add_ballots,
    empty_tally,
    merge,
    write_sized_tally,
    write_tally,
)
from unionhall.rulebook.voting.trustees import Trustees, read_trustees

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some ballots of an archive. first: the number of the first, from 1."""

    first: int
    raws: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class CheckedChunk:
    """What is left of ballots once they are checked: who signed, how each is tracked, their sum."""

    credentials: tuple[int, ...]
    trackers: tuple[str, ...]
    tally: EncryptedTally


Spread = Callable[[Callable[[Chunk], CheckedChunk], Iterable[Chunk]], Iterator[CheckedChunk]]
"""How checks are spread over processors: `map`, or a pool's `imap`, handed in by who has one."""


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A public record that passed every check. counts is None until the result is published.

    head: of the chain. trackers: of the ballots in it, in order.
    """

    election: Election
    trustees: Trustees
    credentials: CredentialList
    head: Head
    trackers: tuple[str, ...]
    counts: Counts | None = None


@dataclass(slots=True)
class _Reader:
    """Takes the record apart event by event."""

    source: Readable
    random_below: RandomBelow
    spread: Spread
    head: Head = field(default_factory=Head)
    trackers: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    parts: dict[int, PartialDecryption] = field(default_factory=dict)
    counts: Counts | None = None

    def events(self) -> Iterator[tuple[Happening, list[bytes]]]:
        """Each event with its data, of which it names the last; nothing unnamed stands between."""
        waiting: list[Entry] = []
        for entry in read_entries(self.source, read_timestamp(self.source)):
            if not entry.is_event:
                waiting.append(entry)
                continue
            event = chain.read_event(entry.raw)
            require(event.payload == (waiting[-1].name if waiting else ""), Check.CHAIN, f"event {event.height}")
            self.head = self.head.accept(event, entry.name)
            yield event.happening, [kept.raw for kept in waiting]
            waiting = []
        require(not waiting, Check.CHAIN, "end")
        require(self.head.length, Check.ORDER, "end")


def check_record(source: Readable, *, random_below: RandomBelow, spread: Spread = map) -> CheckedRecord:
    """The record in this archive, finished or not, every check passed: each prefix of a good record is good.

    One ballot a credential: a record in which somebody votes twice is refused here, as the hall's own never holds one.
    random_below: nobody who wrote the archive may foresee it. Raises CheckFailed.
    Source: docs/rules/voting-format.md, section 11.
    """
    reader = _Reader(source, random_below, spread)
    events = reader.events()
    election, trustees, credentials = _read_setup(next(events, None), random_below)
    tally = empty_tally(election)
    rest: list[tuple[Happening, list[bytes]]] = []
    for checked in spread(partial(check_chunk, election, random_below), _chunks(events, rest)):
        _accept(checked, credentials, reader)
        tally = merge(tally, checked.tally, election)
    for happening, data in [*rest, *events]:
        _read_end(happening, data, election, trustees, tally, reader)
    return CheckedRecord(election, trustees, credentials, reader.head, tuple(reader.trackers), reader.counts)


def check_chunk(election: Election, random_below: RandomBelow, chunk: Chunk) -> CheckedChunk:
    """These ballots, each checked by itself; a worker process can do it, knowing only the election.

    Whether their credentials are listed, and used once, is checked where all of them meet.
    Raises CheckFailed; its place says which ballot of the archive.
    """
    try:
        ballots = check_ballots(chunk.raws, election, random_below=random_below)
    except CheckFailed as failed:
        position = failed.place.removeprefix("ballot ")
        raise CheckFailed(failed.check, f"ballot {chunk.first + int(position) - 1}") from None
    return CheckedChunk(
        tuple(ballot.credential for ballot in ballots),
        tuple(map(fingerprint, chunk.raws)),
        add_ballots(empty_tally(election), ballots, election),
    )


def _read_setup(
    first: tuple[Happening, list[bytes]] | None, random_below: RandomBelow
) -> tuple[Election, Trustees, CredentialList]:
    """What was fixed before the vote. The first event is the setup, or the chain would not have taken it."""
    require(first is not None and len(first[1]) == 4, Check.SHAPE, "setup")
    raw_election, raw_trustees, raw_credentials, named = first[1] if first else []
    require(named == chain.write_setup(raw_election, raw_trustees, raw_credentials), Check.SHAPE, "setup")
    election = read_election(raw_election)
    trustees = read_trustees(raw_trustees, group=election.group)
    require(trustees.election_key(election.group) == election.key.value, Check.ELECTION_KEY)
    credentials = read_credential_list(raw_credentials, group=election.group, random_below=random_below)
    return election, trustees, credentials


def _chunks(
    events: Iterator[tuple[Happening, list[bytes]]], rest: list[tuple[Happening, list[bytes]]]
) -> Iterator[Chunk]:
    """The ballots, some hundreds at a time; the first event that is none goes to `rest`."""
    ballots = _ballots(events, rest)
    first = 1
    while raws := tuple(islice(ballots, CHUNK)):
        yield Chunk(first, raws)
        first += len(raws)


def _ballots(
    events: Iterator[tuple[Happening, list[bytes]]], rest: list[tuple[Happening, list[bytes]]]
) -> Iterator[bytes]:
    for happening, data in events:
        if happening is not Happening.BALLOT:
            rest.append((happening, data))
            return
        require(len(data) == 1, Check.SHAPE, "ballot event")
        yield data[0]


def _accept(checked: CheckedChunk, credentials: CredentialList, reader: _Reader) -> None:
    """Each ballot is signed by a listed credential that signed none before."""
    known = set(reader.trackers)
    for credential, tracker in zip(checked.credentials, checked.trackers, strict=True):
        place = f"ballot {len(reader.trackers) + 1}"
        require(credential in credentials, Check.CREDENTIAL_UNKNOWN, place)
        require(tracker not in known, Check.DUPLICATE, place)
        require(credential not in reader.used, Check.CREDENTIAL_USED, place)
        known.add(tracker)
        reader.used.add(credential)
        reader.trackers.append(tracker)


def _read_end(
    happening: Happening,
    data: list[bytes],
    election: Election,
    trustees: Trustees,
    tally: EncryptedTally,
    reader: _Reader,
) -> None:
    """An event after the ballots: each can only say what follows from them and from the trustees' keys."""
    match happening:
        case Happening.ENCRYPTED_TALLY:
            require(len(data) == 2 and data[0] == write_tally(tally), Check.TALLY)
            require(data[1] == write_sized_tally(tally), Check.COUNT)
        case Happening.PARTIAL_DECRYPTION:
            _read_share(data, election, trustees, tally, reader)
        case Happening.RESULT:
            reader.counts = open_tally(election, trustees, tally, reader.parts)
            require(data == [write_result(reader.counts)], Check.RESULT)
        case _:
            require(not data, Check.SHAPE, "end of ballots")


def _read_share(
    data: list[bytes], election: Election, trustees: Trustees, tally: EncryptedTally, reader: _Reader
) -> None:
    require(len(data) == 2, Check.SHAPE, "partial decryption")
    owner = wire.small(wire.fields(wire.read(data[1]), "owner", "payload")["owner"], low=1)
    require(data[1] == write_owned_part(data[0], owner), Check.OWNER)
    keys = trustees.keys
    require(owner in keys and owner not in reader.parts, Check.OWNER)
    place = f"trustee {owner}"
    reader.parts[owner] = read_part(data[0], election, tally, keys[owner].value, place=place)
