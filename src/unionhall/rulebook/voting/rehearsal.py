"""A whole election played through in one place: for demonstrations, tests and benches, never for a vote that binds.

In a real vote the keys are made on the trustees' devices, the credentials by an authority of their own, each ballot on
its voter's phone. Here one program plays all the parts, so whoever runs it could know everything. Nothing it makes says
so: an archive of a rehearsal is as good as any, which is the point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from unionhall.rulebook.voting.arithmetic import RandomBelow
from unionhall.rulebook.voting.ballot_making import make_ballot
from unionhall.rulebook.voting.ballot_wire import read_ballot, write_ballot
from unionhall.rulebook.voting.ballots import Marks
from unionhall.rulebook.voting.chain import Happening, Writer, write_setup
from unionhall.rulebook.voting.credentials import (
    CredentialList,
    generate_credential,
    make_credential_list,
    public_credential,
    signing_key,
)
from unionhall.rulebook.voting.decryption import decrypt_part, write_owned_part, write_part
from unionhall.rulebook.voting.election import Election, Question, make_election
from unionhall.rulebook.voting.encryption import ElectionKey
from unionhall.rulebook.voting.group import BELENIOS_2048, Group
from unionhall.rulebook.voting.result import Counts, open_tally, write_result
from unionhall.rulebook.voting.secret import Secret
from unionhall.rulebook.voting.tally import EncryptedTally, add_ballots, empty_tally, write_sized_tally, write_tally
from unionhall.rulebook.voting.threshold_making import play_ceremony
from unionhall.rulebook.voting.trustee_keys import generate_private_key, make_trustee_key
from unionhall.rulebook.voting.trustees import Trustees, make_trustees

CHUNK = 100


@dataclass(frozen=True, slots=True)
class Committee:
    """Who opens the urn: the public trustees, and the private keys of those who will come, by trustee number."""

    trustees: Trustees
    private_keys: dict[int, Secret[int]]


def single_committee(size: int, *, group: Group = BELENIOS_2048, random_below: RandomBelow) -> Committee:
    """So many trustees, all of whom must come."""
    private = [generate_private_key(group, random_below=random_below) for _ in range(size)]
    public = [make_trustee_key(group, key, random_below=random_below) for key in private]
    return Committee(make_trustees(*public), dict(enumerate(private, start=1)))


def threshold_committee(
    threshold: int, size: int, *, group: Group = BELENIOS_2048, random_below: RandomBelow
) -> Committee:
    """So many trustees, of whom the last `threshold` will come; the first ones stay at home."""
    shared, private = play_ceremony(threshold, size, group=group, random_below=random_below)
    coming = {place: key for place, key in enumerate(private, start=1) if place > size - threshold}
    return Committee(make_trustees(shared), coming)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rehearsed election is about. description and name are shown to members; uuid as in `make_election`."""

    uuid: str
    name: str
    questions: tuple[Question, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """An election that is open: what is published, and each member's credential, which in a real vote nobody has."""

    election: Election
    committee: Committee
    listed: CredentialList
    credentials: tuple[Secret[str], ...]


def open_election(draft: Draft, committee: Committee, *, eligible: int, random_below: RandomBelow) -> Opened:
    """The election, opened for so many eligible members."""
    group = BELENIOS_2048
    key = ElectionKey(group, committee.trustees.election_key(group))
    election = make_election(
        uuid=draft.uuid, name=draft.name, description=draft.description, key=key, questions=draft.questions
    )
    credentials = tuple(generate_credential(random_below=random_below) for _ in range(eligible))
    keys = (signing_key(credential, uuid=draft.uuid, group=group) for credential in credentials)
    listed = make_credential_list(public_credential(key, group=group) for key in keys)
    return Opened(election, committee, listed, credentials)


def write_opening(opened: Opened, writer: Writer) -> bytes:
    """The archive's start: header and setup."""
    published = (opened.election.raw, opened.committee.trustees.raw, opened.listed.raw)
    return writer.start() + writer.add(Happening.SETUP, *published, write_setup(*published))


def make_ballots(
    election: Election, random_below: RandomBelow, cast: Sequence[tuple[str, tuple[Marks, ...]]]
) -> list[bytes]:
    """The ballots of these members: each one's credential, revealed, for worker processes take no secrets; and
    marks.
    """
    return [
        write_ballot(make_ballot(election, Secret(typed), marks, random_below=random_below)) for typed, marks in cast
    ]


Spread = Callable[
    [Callable[[list[tuple[str, tuple[Marks, ...]]]], list[bytes]], Iterable[list[tuple[str, tuple[Marks, ...]]]]],
    Iterator[list[bytes]],
]
"""How the making of ballots is spread over processors: `map`, or a pool's `imap`."""


def vote(
    opened: Opened, marks: Iterable[tuple[Marks, ...]], *, random_below: RandomBelow, spread: Spread = map
) -> Iterator[bytes]:
    """The ballots of the first members with credentials, one each, in the order of the marks."""
    members = zip((credential.reveal() for credential in opened.credentials), marks, strict=False)
    chunks = iter(lambda: list(islice(members, CHUNK)), [])
    for made in spread(partial(make_ballots, opened.election, random_below), chunks):
        yield from made


@dataclass(frozen=True, slots=True)
class Count:
    """A count as it stands in the archive: the votes, and the bytes to append."""

    counts: Counts
    records: bytes


def close_election(opened: Opened, tally: EncryptedTally, writer: Writer, *, random_below: RandomBelow) -> Count:
    """The end of ballots, the sums, the parts of the trustees who come, the result."""
    election, trustees = opened.election, opened.committee.trustees
    records = [
        writer.add(Happening.END_BALLOTS),
        writer.add(Happening.ENCRYPTED_TALLY, write_tally(tally), write_sized_tally(tally)),
    ]
    parts = {}
    for owner, private in opened.committee.private_keys.items():
        parts[owner] = decrypt_part(election, tally, private, random_below=random_below)
        raw = write_part(parts[owner])
        records.append(writer.add(Happening.PARTIAL_DECRYPTION, raw, write_owned_part(raw, owner)))
    counts = open_tally(election, trustees, tally, parts)
    records.append(writer.add(Happening.RESULT, write_result(counts)))
    return Count(counts, b"".join(records))


def play(
    draft: Draft,
    committee: Committee,
    marks: Sequence[tuple[Marks, ...]],
    *,
    eligible: int,
    timestamp: int,
    random_below: RandomBelow,
) -> tuple[bytes, Counts]:
    """A whole small election in memory: its archive and its result."""
    opened = open_election(draft, committee, eligible=eligible, random_below=random_below)
    writer = Writer(timestamp)
    records = [write_opening(opened, writer)]
    tally = empty_tally(opened.election)
    for raw in vote(opened, marks, random_below=random_below):
        records.append(writer.add(Happening.BALLOT, raw))
        tally = add_ballots(tally, [read_ballot(raw, opened.election)], opened.election)
    count = close_election(opened, tally, writer, random_below=random_below)
    return b"".join([*records, count.records]), count.counts
