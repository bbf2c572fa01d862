"""The vectors of the format page are what the code makes, byte for byte; `python -m tests.verify.test_vectors` writes
them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from tests.factories.voting import tool_accepts, verifier_says, we_say
from unionhall.rulebook.voting.ballot_making import make_ballot
from unionhall.rulebook.voting.ballot_wire import read_ballot, write_ballot
from unionhall.rulebook.voting.ballots import Marks
from unionhall.rulebook.voting.chain import Happening, Writer
from unionhall.rulebook.voting.credentials import public_credential, signing_key
from unionhall.rulebook.voting.election import Question
from unionhall.rulebook.voting.group import BELENIOS_2048
from unionhall.rulebook.voting.hashing import fingerprint
from unionhall.rulebook.voting.rehearsal import (
    Draft,
    close_election,
    open_election,
    threshold_committee,
    write_opening,
)
from unionhall.rulebook.voting.tally import add_ballots, empty_tally, write_sized_tally, write_tally

PATH = Path(__file__).resolve().parents[2] / "docs/rules/voting-vectors.json"
QUESTIONS = (
    Question("Shall we strike?", ("YES", "NO")),
    Question("Who? ¿Quién?", ("Alma", "Beto", "Cleo"), 1, 2, allows_blank=True),
)
MARKS = ((Marks((1, 0)), Marks((1, 0, 1))), (Marks((0, 1)), Marks((0, 0, 0), is_blank=True)))
DRAWS = "Every random number below n, in the order drawn: SHA-512 of the text 'vector 1', 'vector 2', ... modulo n."


class Draws:
    """Random numbers anyone can draw again; never for a vote."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, below: int) -> int:
        self.count += 1
        return int.from_bytes(hashlib.sha512(f"vector {self.count}".encode()).digest(), "big") % below


def vectors() -> tuple[dict[str, Any], bytes]:
    """A whole election with every value a third implementer may want to compare, and its archive."""
    draw = Draws()
    committee = threshold_committee(2, 3, random_below=draw)
    draft = Draft("VectorsForUs11", "Vectors ñ", QUESTIONS, "Made by ourselves")
    opened = open_election(draft, committee, eligible=3, random_below=draw)
    election = opened.election
    keys = [signing_key(credential, uuid=election.uuid, group=BELENIOS_2048) for credential in opened.credentials]
    ballots = [
        write_ballot(make_ballot(election, credential, marks, random_below=draw))
        for credential, marks in zip(opened.credentials, MARKS, strict=False)
    ]
    writer = Writer(1_790_000_000)
    archive = write_opening(opened, writer)
    archive += b"".join(writer.add(Happening.BALLOT, raw) for raw in ballots)
    tally = add_ballots(empty_tally(election), [read_ballot(raw, election) for raw in ballots], election)
    count = close_election(opened, tally, writer, random_below=draw)
    archive += count.records
    return {
        "draws": DRAWS,
        "election": election.raw.decode(),
        "fingerprint": election.fingerprint,
        "trustees": committee.trustees.raw.decode(),
        "private_keys": {str(owner): str(key.reveal()) for owner, key in committee.private_keys.items()},
        "credentials": [credential.reveal() for credential in opened.credentials],
        "signing_keys": [str(key.reveal()) for key in keys],
        "public_credentials": [str(public_credential(key, group=BELENIOS_2048)) for key in keys],
        "credential_list": opened.listed.raw.decode(),
        "marks": [[list(mark.numbers(q)) for mark, q in zip(marks, QUESTIONS, strict=True)] for marks in MARKS],
        "ballots": [raw.decode() for raw in ballots],
        "trackers": [fingerprint(raw) for raw in ballots],
        "encrypted_tally": write_tally(tally).decode(),
        "sized_encrypted_tally": write_sized_tally(tally).decode(),
        "result": count.counts,
        "head": writer.head.name,
        "archive_bytes": len(archive),
        "archive_sha256": hashlib.sha256(archive).hexdigest(),
    }, archive


def written() -> str:
    """The file's text."""
    return json.dumps(vectors()[0], ensure_ascii=False, indent=1) + "\n"


def test_code_makes_the_published_vectors() -> None:
    assert PATH.read_text("utf-8") == written()


def test_vectors_pass_every_verifier() -> None:
    _, archive = vectors()

    assert (we_say(archive), verifier_says(archive)) == ("fine", "fine")
    assert tool_accepts(archive)


if __name__ == "__main__":
    PATH.write_text(written(), "utf-8")
