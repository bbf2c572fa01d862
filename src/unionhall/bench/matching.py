"""P6: two lists of the same people without any number in common, matched by our rule and by splink on DuckDB."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from unionhall.bench.people import Person, two_lists, write
from unionhall.bench.rows import Row
from unionhall.rulebook.matching import Band, PersonCard, match

PEOPLE: Final = 35_000
SLOTS: Final = 3
MOST_OF_SPLINK: Final = 0.3
LEAST_BELOW_SPLINK: Final = 0.005
MOST_BY_NUMBER_SECONDS: Final = 0.3
SPLINK_PYTHON: Final = Path("var/build/bench/bin/python")
SPLINK_SCRIPT: Final = Path(__file__).with_name("against_splink.py")
# Splink gives every pair a probability and leaves the mark to the reader; we take the one that is best for it.
MARKS: Final = (0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99)

Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Quality:
    """How right some pairs are."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f} (precision {self.precision:.4f}, recall {self.recall:.4f})"


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. certain: pairs joined without a person; likely: those and the best of each row left for a person."""

    seconds: float
    processor: float
    certain: Pairs
    likely: Pairs


def run(count: int = PEOPLE) -> list[Row]:
    """The ratio of times, medians of runs in turn, and how right both are; then the same lists with numbers."""
    employer, roster = two_lists(count)
    if not SPLINK_PYTHON.exists():
        return [_without_splink(ours(employer, roster), employer, roster), _by_number(employer, roster)]
    with TemporaryDirectory() as folder:
        paths = (Path(folder, "employer.csv"), Path(folder, "roster.csv"))
        for people, path in zip((employer, roster), paths, strict=True):
            write(people, path)
        runs = [(ours(employer, roster), splink(paths, employer, roster)) for _slot in range(SLOTS)]
    return [_row(runs, employer, roster), _by_number(employer, roster)]


def card(person: Person, *, with_number: bool = False) -> PersonCard:
    """What our rule is given of somebody: the very columns that splink is given."""
    return PersonCard(
        key=person.key,
        name=f"{person.given} {person.family}",
        given_name=person.given,
        family_name=person.family,
        ids=frozenset({("employer", str(person.who))}) if with_number else frozenset(),
        phones=frozenset({person.phone}) if person.phone else frozenset(),
        mails=frozenset({person.mail}) if person.mail else frozenset(),
        worksites=frozenset({person.worksite}),
        jobs=frozenset({person.job}),
        hired_on=date.fromisoformat(person.hired) if person.hired else None,
        birth=person.birth,
    )


def ours(employer: Sequence[Person], roster: Sequence[Person]) -> Measured:
    """Our rule over both lists."""
    incoming, known = [card(one) for one in employer], [card(one) for one in roster]
    began, used = time.perf_counter(), time.process_time()
    found = match(incoming, known)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    best = [(one.key, one.candidates[0].key, one.band) for one in found.values() if one.candidates]
    return Measured(
        seconds,
        processor,
        certain=[(line, id) for line, id, band in best if band is Band.CERTAIN],
        likely=[(line, id) for line, id, _band in best],
    )


def splink(paths: tuple[Path, Path], employer: Sequence[Person], roster: Sequence[Person]) -> Measured:
    """Splink over both lists, in its own environment; the pairs are those above the mark that is best for it."""
    command = [str(SPLINK_PYTHON), str(SPLINK_SCRIPT), *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    marked = [[(one, other) for one, other, chance in told["pairs"] if chance >= mark] for mark in MARKS]
    best = max(marked, key=lambda pairs: quality(pairs, employer, roster).f1)
    return Measured(told["seconds"], told["processor"], certain=best, likely=best)


def quality(pairs: Pairs, employer: Sequence[Person], roster: Sequence[Person]) -> Quality:
    """Precision and recall against the truth."""
    lines, ids = {one.key: one.who for one in employer}, {one.key: one.who for one in roster}
    right = sum(lines[line] == ids[id] for line, id in pairs)
    return Quality(right / max(1, len(pairs)), right / len(set(lines.values()) & set(ids.values())))


def _row(runs: Sequence[tuple[Measured, Measured]], employer: Sequence[Person], roster: Sequence[Person]) -> Row:
    mine, theirs = runs[-1]
    seconds, others = median(one.seconds for one, _ in runs), median(other.seconds for _, other in runs)
    processor, used = median(one.processor for one, _ in runs), median(other.processor for _, other in runs)
    likely, best = quality(mine.likely, employer, roster), quality(theirs.likely, employer, roster)
    return Row(
        "P6",
        f"match {len(employer):,} people without a number",
        f"splink on DuckDB: {others:.1f} s, {used:.1f} s of processor; {best}",
        f"{seconds:.1f} s, {processor:.1f} s of processor; {_told(mine, employer, roster)}",
        f"{seconds / others:.2f}× by the clock, {processor / used:.2f}× of processor time",
        f"≤ {MOST_OF_SPLINK}×, F1 within {LEAST_BELOW_SPLINK}",
        met=seconds / others <= MOST_OF_SPLINK and likely.f1 >= best.f1 - LEAST_BELOW_SPLINK,
    )


def _without_splink(mine: Measured, employer: Sequence[Person], roster: Sequence[Person]) -> Row:
    return Row(
        "P6", f"match {len(employer):,} people without a number", "splink is not installed (make bench)",
        f"{mine.seconds:.1f} s; {_told(mine, employer, roster)}", "–", f"≤ {MOST_OF_SPLINK}×",
    )  # fmt: skip


def _told(mine: Measured, employer: Sequence[Person], roster: Sequence[Person]) -> str:
    certain, likely = quality(mine.certain, employer, roster), quality(mine.likely, employer, roster)
    return f"certain {certain}; with {len(mine.likely) - len(mine.certain):,} for review {likely}"


def _by_number(employer: Sequence[Person], roster: Sequence[Person]) -> Row:
    """The employer's list a month after it was taken in: one in a hundred is new, and as many have left."""
    fresh = len(employer) // 100
    gone = [replace(one, key=-1 - one.key) for one in roster if one.who < fresh]
    incoming, known = ([card(one, with_number=True) for one in side] for side in (employer, [*employer[fresh:], *gone]))
    began = time.process_time()
    match(incoming, known)
    seconds = time.process_time() - began
    return Row(
        "P6", f"match {len(employer):,} people by the employer's number", "– (an absolute goal)",
        f"{seconds:.2f} s of processor", "–", f"< {MOST_BY_NUMBER_SECONDS} s", met=seconds < MOST_BY_NUMBER_SECONDS,
    )  # fmt: skip
