"""P7: an archive verified by us, by the independent verifier and by belenios-tool, in turn; making, tally, size,
memory.
"""

from __future__ import annotations

import resource
import secrets
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from unionhall.bench.rows import Row
from unionhall.rulebook.voting.ballot_wire import read_ballot
from unionhall.rulebook.voting.ballots import Ballot, Marks
from unionhall.rulebook.voting.chain import Happening, Writer
from unionhall.rulebook.voting.credentials import generate_uuid
from unionhall.rulebook.voting.election import Election, Question
from unionhall.rulebook.voting.rehearsal import (
    Draft,
    close_election,
    open_election,
    single_committee,
    vote,
    write_opening,
)
from unionhall.rulebook.voting.tally import add_ballots, empty_tally

BALLOTS: Final = 600
MOST_OF_THE_TOOL: Final = 0.5
MOST_TALLY_SECONDS: Final = 1.0
WHOLE: Final = 35_000
SEED: Final = 7
TOOL: Final = "belenios-tool"


@dataclass(frozen=True, slots=True)
class Made:
    """A rehearsed election on disk. seconds: what making its ballots took, on one core."""

    path: Path
    election: Election
    ballots: list[Ballot]
    seconds: float


def run(ballots: int = BALLOTS) -> list[Row]:
    """Make an archive of so many ballots, have it verified in turn, count it."""
    with TemporaryDirectory() as folder:
        made = make(Path(folder), ballots)
        rows = [_verify(made, cores) for cores in (1, 2)]
        return [*rows, _tally(made), _making(made)]


def make(folder: Path, count: int) -> Made:
    """An election of so many YES and NO ballots in a folder of its own."""
    draw = secrets.randbelow
    question = Question("Shall we strike?", ("YES", "NO"))
    draft = Draft(generate_uuid(random_below=draw), "Bench", (question,))
    opened = open_election(draft, single_committee(3, random_below=draw), eligible=count, random_below=draw)
    chance = Random(SEED)  # noqa: S311 - invented choices
    marks = [(Marks((1, 0) if chance.random() < 0.9 else (0, 1)),) for _ in range(count)]
    begun = time.process_time()
    raws = list(vote(opened, marks, random_below=draw))
    seconds = time.process_time() - begun
    parsed = [read_ballot(raw, opened.election) for raw in raws]
    writer = Writer(int(time.time()))
    records = [write_opening(opened, writer), *(writer.add(Happening.BALLOT, raw) for raw in raws)]
    tally = add_ballots(empty_tally(opened.election), parsed, opened.election)
    records.append(close_election(opened, tally, writer, random_below=draw).records)
    path = folder / f"{draft.uuid}.bel"
    path.write_bytes(b"".join(records))
    return Made(path, opened.election, parsed, seconds)


def _verify(made: Made, cores: int) -> Row:
    """Our verifier beside the tool, which knows one core; on one core by processor time, on two by the clock."""
    ours = [sys.executable, "-m", "unionhall_verify", "--cores", str(cores), str(made.path)]
    theirs = [TOOL, "election", "verify"]
    slots = 3 if cores == 1 and len(made.ballots) <= BALLOTS else 1
    measure = _processor_seconds if cores == 1 else _clock_seconds
    has_tool = shutil.which(TOOL) is not None
    pairs = [
        (measure(ours, made.path.parent), measure(theirs, made.path.parent) if has_tool else 0.0) for _ in range(slots)
    ]
    mine, tools = (sorted(column)[slots // 2] for column in zip(*pairs, strict=True))
    each = 1000 / len(made.ballots)
    ratio = mine / tools if has_tool else 0
    return Row(
        "P7",
        f"verify {len(made.ballots):,} ballots, {cores} core{'s' if cores > 1 else ''}"
        f" ({'processor time' if cores == 1 else 'by the clock'})",
        f"{TOOL} election verify: {tools * each:.1f} ms a ballot" if has_tool else f"{TOOL} is not installed",
        f"{mine * each:.2f} ms a ballot; {WHOLE:,} in {mine * each * WHOLE / 60_000:.1f} min",
        f"{ratio:.2f}×" if has_tool else "–",
        f"≤ {MOST_OF_THE_TOOL}×" if cores == 1 else "reported",
        met=ratio <= MOST_OF_THE_TOOL if cores == 1 and has_tool else None,
    )


def _tally(made: Made) -> Row:
    begun = time.process_time()
    add_ballots(empty_tally(made.election), made.ballots, made.election)
    seconds = (time.process_time() - begun) / len(made.ballots) * WHOLE
    return Row(
        "P7", f"tally of {WHOLE:,} ballots", "– (an absolute goal)", f"{seconds:.2f} s", "–",
        f"< {MOST_TALLY_SECONDS:.0f} s", met=seconds < MOST_TALLY_SECONDS,
    )  # fmt: skip


def _making(made: Made) -> Row:
    each = 1000 * made.seconds / len(made.ballots)
    size = made.path.stat().st_size / len(made.ballots) / 1000
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Row(
        "P7", "make a ballot; its place in the archive; most memory of either verifier", "–",
        f"{each:.2f} ms; {size:.1f} kB; {memory:.0f} MB", "–", "reported",
    )  # fmt: skip


def _processor_seconds(command: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _do(command, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _clock_seconds(command: list[str], folder: Path) -> float:
    begun = time.monotonic()
    _do(command, folder)
    return time.monotonic() - begun


def _do(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
