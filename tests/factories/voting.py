"""Small elections with invented questions, and three opinions about an archive: ours, the verifier's,
belenios-tool's.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests import needs
from unionhall.rulebook.voting import archive, chain
from unionhall.rulebook.voting.ballot_making import make_ballot
from unionhall.rulebook.voting.ballot_wire import read_ballot, write_ballot
from unionhall.rulebook.voting.ballots import Ballot, Marks
from unionhall.rulebook.voting.chain import Happening, Writer
from unionhall.rulebook.voting.checks import CheckFailed
from unionhall.rulebook.voting.decryption import decrypt_part, write_owned_part, write_part
from unionhall.rulebook.voting.election import Question
from unionhall.rulebook.voting.hashing import record_name
from unionhall.rulebook.voting.record import check_record
from unionhall.rulebook.voting.rehearsal import (
    Committee,
    Draft,
    Opened,
    open_election,
    single_committee,
    threshold_committee,
    write_opening,
)
from unionhall.rulebook.voting.result import open_tally, write_result
from unionhall.rulebook.voting.tally import EncryptedTally, add_ballots, empty_tally, write_sized_tally, write_tally
from unionhall_verify.archive import Problem
from unionhall_verify.count import Count, check_file

TIMESTAMP = 1_790_000_000
STRIKE = Question("Shall we strike?", ("YES", "NO"))
COMMITTEE = Question("Who sits on the committee? ¿Quién?", ("Alma", "Beto", "Cleo"), 1, 2, allows_blank=True)
YES, NO = Marks((1, 0)), Marks((0, 1))
BLANK = Marks((0, 0, 0), is_blank=True)
ALMA, ALMA_AND_CLEO = Marks((1, 0, 0)), Marks((1, 0, 1))


def chance(seed: int = 0) -> Random:
    """Chance that comes out the same each time."""
    return Random(seed)


@cache
def committee(kind: str = "1of1") -> Committee:
    """Trustees: "3of3" all must come, "2of3" two suffice."""
    needed, size = map(int, kind.split("of"))
    draw = chance(size).randrange
    if needed == size:
        return single_committee(size, random_below=draw)
    return threshold_committee(needed, size, random_below=draw)


@cache
def opened(
    uuid: str = "VoteForTests11", questions: tuple[Question, ...] = (STRIKE,), kind: str = "1of1", eligible: int = 4
) -> Opened:
    """An open election with its credentials."""
    draft = Draft(uuid, "Unión Local 555", questions, "Invented, for tests")
    return open_election(draft, committee(kind), eligible=eligible, random_below=chance(1).randrange)


_ballots: dict[tuple[object, ...], bytes] = {}


def ballot_of(election: Opened, member: int, marks: tuple[Marks, ...], seed: int = 0) -> bytes:
    """The bytes of a member's ballot; another seed makes another ballot with the same marks. Each is made once."""
    known = (election.election.raw, member, marks, seed)
    if known not in _ballots:
        _ballots[known] = write_ballot(parsed_ballot_of(election, member, marks, seed))
    return _ballots[known]


def parsed_ballot_of(election: Opened, member: int, marks: tuple[Marks, ...], seed: int = 0) -> Ballot:
    """A member's ballot."""
    draw = chance(1000 * seed + member).randrange
    return make_ballot(election.election, election.credentials[member], marks, random_below=draw)


def begin(election: Opened, ballots: Sequence[bytes]) -> tuple[bytes, Writer]:
    """An archive with these ballots, still open, and the writer to go on with."""
    writer = Writer(TIMESTAMP)
    start = write_opening(election, writer)
    return start + b"".join(writer.add(Happening.BALLOT, raw) for raw in ballots), writer


def we_say(record: bytes) -> str:
    """Our own opinion: "fine", or the name of the check that was not passed."""
    try:
        check_record(BytesIO(record), random_below=chance().randrange)
    except CheckFailed as failed:
        return str(failed.check)
    return "fine"


def verifier_says(record: bytes) -> str:
    """The verifier's opinion: "fine", or the code of the problem."""
    try:
        verified(record)
    except Problem as problem:
        return problem.code
    return "fine"


def verified(record: bytes) -> Count:
    """What the verifier finds; raises its Problem."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "VoteForTests11.bel"
        path.write_bytes(record)
        return check_file(path, cores=1)


def tool(folder: Path, *words: str, text: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """belenios-tool, run in a folder."""
    environment = os.environ | {"BELENIOS_USE_URANDOM": "1", "LC_ALL": "C.UTF-8"}
    command = [needs.program("belenios-tool"), *words]
    return subprocess.run(command, cwd=folder, env=environment, input=text, capture_output=True, check=False)


def tool_accepts(record: bytes) -> bool:
    """belenios-tool's opinion."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "VoteForTests11.bel").write_bytes(record)
        return tool(Path(folder), "election", "verify").returncode == 0


def reread(raw: bytes, election: Opened) -> Ballot:
    """The ballot in these bytes."""
    return read_ballot(raw, election.election)


class Forger:
    """Writes an archive as nobody should: any event at any place, each well chained."""

    def __init__(self, election: Opened, *, timestamp: int = TIMESTAMP) -> None:
        self.election = election
        self.timestamp = timestamp
        self.parent = ""
        self.height = 0
        self.records = [archive.write_header(timestamp)]
        self.events: list[tuple[Happening, tuple[bytes, ...]]] = []

    def add(self, happening: Happening, *data: bytes) -> Forger:
        """One more event."""
        payload = record_name(data[-1]) if data else ""
        event = chain.write_event(chain.Event(happening, self.height, self.parent, payload))
        self.records += [archive.write_data(raw, self.timestamp) for raw in data]
        self.records.append(archive.write_event(event, self.timestamp))
        self.parent, self.height = record_name(event), self.height + 1
        self.events.append((happening, data))
        return self

    def setup(self, *, election: bytes = b"", trustees: bytes = b"", credentials: bytes = b"") -> Forger:
        """The setup, with other records where given."""
        data = (
            election or self.election.election.raw,
            trustees or self.election.committee.trustees.raw,
            credentials or self.election.listed.raw,
        )
        return self.add(Happening.SETUP, *data, chain.write_setup(*data))

    def cast(self, *ballots: bytes) -> Forger:
        """These ballots, whatever they are."""
        for raw in ballots:
            self.add(Happening.BALLOT, raw)
        return self

    def count(
        self,
        *ballots: bytes,
        owners: Sequence[int] = (),
        most: int | None = None,
        counts: Sequence[Sequence[int]] = (),
    ) -> Forger:
        """End, tally, parts and result as if these were the ballots. most: the number claimed. counts: the result."""
        election = self.election.election
        parsed = [read_ballot(raw, election) for raw in ballots]
        tally = add_ballots(empty_tally(election), parsed, election)
        claimed = tally if most is None else EncryptedTally(tally.sums, most)
        self.add(Happening.END_BALLOTS)
        self.add(Happening.ENCRYPTED_TALLY, write_tally(tally), write_sized_tally(claimed))
        private = self.election.committee.private_keys
        parts = {}
        for owner in owners or private:
            parts[owner] = decrypt_part(election, tally, private[owner], random_below=chance(owner).randrange)
            raw = write_part(parts[owner])
            self.add(Happening.PARTIAL_DECRYPTION, raw, write_owned_part(raw, owner))
        found = counts or open_tally(election, self.election.committee.trustees, tally, parts)
        return self.add(Happening.RESULT, write_result(found))

    def archive(self) -> bytes:
        """All of it."""
        return b"".join(self.records)
