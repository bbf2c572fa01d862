"""`unionhall ballots`: whole invented elections, and a look into an archive."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Annotated, Any, TypeVar

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.output import Bar, finish, progress
from unionhall.rulebook.voting.ballot_wire import read_ballot
from unionhall.rulebook.voting.ballots import Marks
from unionhall.rulebook.voting.chain import Happening, Writer
from unionhall.rulebook.voting.checks import CheckFailed
from unionhall.rulebook.voting.counting import Decision, Motion, Rule, decide
from unionhall.rulebook.voting.credentials import generate_uuid
from unionhall.rulebook.voting.election import Question
from unionhall.rulebook.voting.record import CheckedRecord, check_record
from unionhall.rulebook.voting.rehearsal import (
    Committee,
    Draft,
    close_election,
    open_election,
    single_committee,
    threshold_committee,
    vote,
    write_opening,
)
from unionhall.rulebook.voting.tally import add_ballots, empty_tally

T = TypeVar("T")
R = TypeVar("R")
QUESTION = Question("Shall the bargaining team be empowered to call a strike? / ¿Se autoriza la huelga?", ("YES", "NO"))
YES, NO = (Marks((1, 0)),), (Marks((0, 1)),)
RULES = {
    "more than half of the votes": Rule(),
    "at least two thirds of the votes": Rule(Fraction(2, 3), is_exceeded=False),
}


class Trustees(StrEnum):
    """Who opens the urn in a rehearsed election."""

    ALL_OF_THREE = "3of3"
    TWO_OF_THREE = "2of3"


def register(app: typer.Typer) -> None:
    """Hang the group on the app."""
    group = typer.Typer(no_args_is_help=True, help="Rehearse secret-ballot elections; look into their archives.")
    group.command()(demo)
    group.command()(inspect)
    app.add_typer(group, name="ballots")


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the archives, the results and the report.")],
    areas: Annotated[int, typer.Option(min=1, max=99, help="How many areas, one election each.")] = 8,
    voters: Annotated[int, typer.Option(min=1, help="How many ballots in all.")] = 400,
    yes: Annotated[float, typer.Option(min=0, max=1, help="Share of YES among them.")] = 0.9,
    trustees: Annotated[Trustees, typer.Option(help="Who must come to open the count.")] = Trustees.ALL_OF_THREE,
    seed: Annotated[int, typer.Option(help="Of the choices; keys and credentials are drawn anew each time.")] = 555,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
) -> None:
    """Play whole elections through, credentials to result, and leave archives that any verifier confirms."""
    if voters < areas:
        raise Stop("There must be at least as many voters as areas.")
    draw = secrets.randbelow
    committee = (
        single_committee(3, random_below=draw)
        if trustees is Trustees.ALL_OF_THREE
        else threshold_committee(2, 3, random_below=draw)
    )
    sizes = _sizes(voters, areas)
    choices = _choices(voters, yes, seed)
    results = []
    with progress("Voting", total=voters, quiet=as_json) as bar, _workers() as workers:
        for number, size in enumerate(sizes, start=1):
            plan = Plan(number, [next(choices) for _ in range(size)], committee, out / f"area-{number:02}")
            results.append(_play(plan, workers, bar, done=sum(sizes[: number - 1])))
    report = _report(results, trustees)
    (out / "results.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
    lines = _lines(report)
    (out / "report.md").write_text("\n".join(lines) + "\n", "utf-8")
    finish(report, lines, as_json=as_json)


def inspect(
    file: Annotated[Path, typer.Argument(help="The archive of an election, FILE.bel.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
) -> None:
    """Check an archive with the product's own rules and tell what is in it. `unionhall-verify` is the independent
    check.
    """
    begun = time.monotonic()
    try:
        with file.open("rb") as source, _workers() as workers:
            record = check_record(source, random_below=secrets.randbelow, spread=workers.spread)
    except CheckFailed as failed:
        raise Stop(f"{file.name} does not pass: {failed}. `unionhall-verify` says more about it.") from None
    found = _facts(record) | {"file": file.name, "bytes": file.stat().st_size, "seconds": _since(begun)}
    finish(found, _fact_lines(found), as_json=as_json)


@dataclass(frozen=True, slots=True)
class Workers:
    """Processes that share a work piece by piece, in order, only a few pieces ahead."""

    pool: ProcessPoolExecutor
    ahead: int

    def spread(self, function: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
        """`map`, on all processors."""
        waiting: deque[Future[R]] = deque()
        for piece in pieces:
            waiting.append(self.pool.submit(function, piece))
            if len(waiting) > self.ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def _workers() -> Iterator[Workers]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        yield Workers(pool, 2 * cores)


@dataclass(frozen=True, slots=True)
class Plan:
    """One area's election to be played. choices: one a ballot."""

    number: int
    choices: list[tuple[Marks, ...]]
    committee: Committee
    folder: Path


def _play(plan: Plan, workers: Workers, bar: Bar, *, done: int) -> dict[str, Any]:
    """Play one area's election into its folder; a file appears under its name only when it is whole."""
    begun, draw = time.monotonic(), secrets.randbelow
    uuid = generate_uuid(random_below=draw)
    draft = Draft(uuid, f"Area {plan.number} / Área {plan.number}", (QUESTION,), "A rehearsal: nobody is bound by it.")
    opened = open_election(
        draft, plan.committee, eligible=len(plan.choices) + len(plan.choices) // 10, random_below=draw
    )
    writer, tally = Writer(int(time.time())), empty_tally(opened.election)
    plan.folder.mkdir(parents=True, exist_ok=True)
    for old in plan.folder.glob("*.bel*"):
        old.unlink()
    path = plan.folder / f"{uuid}.bel"
    part = path.with_suffix(".bel-part")
    with part.open("wb") as file:
        file.write(write_opening(opened, writer))
        for raw in vote(opened, plan.choices, random_below=draw, spread=workers.spread):
            file.write(writer.add(Happening.BALLOT, raw))
            tally = add_ballots(tally, [read_ballot(raw, opened.election)], opened.election)
            bar.step(done + tally.ballots)
        count = close_election(opened, tally, writer, random_below=draw)
        file.write(count.records)
    part.rename(path)
    return {
        "area": plan.number,
        "file": f"{plan.folder.name}/{path.name}",
        "fingerprint": opened.election.fingerprint,
        "head": writer.head.name,
        "eligible": len(opened.listed),
        "ballots": tally.ballots,
        "yes": count.counts[0][0],
        "no": count.counts[0][1],
        "bytes": path.stat().st_size,
        "seconds": _since(begun),
    }


def _sizes(voters: int, areas: int) -> list[int]:
    """The areas' sizes, as unlike as real ones: the first half as large again as the last."""
    weights = [2 * areas - number for number in range(areas)]
    sizes = [1 + (voters - areas) * weight // sum(weights) for weight in weights]
    sizes[0] += voters - sum(sizes)
    return sizes


def _choices(voters: int, yes: float, seed: int) -> Iterator[tuple[Marks, ...]]:
    """Everybody's marks: exactly the share of YES, in an order that the seed decides."""
    marks = [YES] * round(voters * yes)
    marks += [NO] * (voters - len(marks))
    Random(seed).shuffle(marks)  # noqa: S311 - invented choices, the same each time; secrets come from `secrets`
    return iter(marks)


def _report(results: list[dict[str, Any]], trustees: Trustees) -> dict[str, Any]:
    totals = {name: sum(result[name] for result in results) for name in ("eligible", "ballots", "yes", "no", "bytes")}
    motion = Motion(totals["yes"], totals["no"], 0, totals["eligible"])
    decisions = {words: decide(motion, rule) for words, rule in RULES.items()}
    return {
        "question": QUESTION.text,
        "trustees": trustees.value,
        "areas": results,
        "total": totals | {"seconds": round(sum(result["seconds"] for result in results), 2)},
        "decisions": {words: _decision(decision) for words, decision in decisions.items()},
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {"verdict": decision.verdict.value, "needed": decision.needed}


def _lines(report: dict[str, Any]) -> list[str]:
    total = report["total"]
    rows = [
        f"| {it['area']} | {it['eligible']:,} | {it['ballots']:,} | {it['yes']:,} | {it['no']:,} | {it['file']} |"
        for it in report["areas"]
    ]
    decisions = [
        f"By {words}: {it['verdict']} ({it['needed']:,} YES needed)." for words, it in report["decisions"].items()
    ]
    made = f"Made in {total['seconds']} s; {total['bytes'] / 1e6:.1f} MB."
    return [
        "# A rehearsed vote",
        "",
        f"{report['question']} Trustees: {report['trustees']}. Invented voters; nobody is bound by it.",
        "",
        "| Area | Eligible | Ballots | YES | NO | Archive |",
        "|---|---|---|---|---|---|",
        *rows,
        f"| All | {total['eligible']:,} | {total['ballots']:,} | {total['yes']:,} | {total['no']:,} | |",
        "",
        *decisions,
        "",
        f"{made} To check: unionhall-verify */*.bel, or `belenios-tool election verify` in each area's folder.",
    ]


def _facts(record: CheckedRecord) -> dict[str, Any]:
    election = record.election
    uncounted = tuple((None,) * question.width for question in election.questions)
    counts: Sequence[Sequence[int | None]] = record.counts or uncounted
    return {
        "name": election.name,
        "uuid": election.uuid,
        "group": election.group.name,
        "fingerprint": election.fingerprint,
        "stage": record.head.happening.value if record.head.happening else "",
        "head": record.head.name,
        "events": record.head.length,
        "credentials": len(record.credentials),
        "ballots": len(record.trackers),
        "trustees": len(record.trustees.keys),
        "questions": [
            {"question": question.text, "votes": dict(zip(_labels(question), row, strict=True))}
            for question, row in zip(election.questions, counts, strict=True)
        ],
    }


def _labels(question: Question) -> list[str]:
    return (["(blank)"] if question.allows_blank else []) + list(question.answers)


def _fact_lines(found: dict[str, Any]) -> list[str]:
    people = f"{found['credentials']:,} credentials, {found['ballots']:,} ballots, {found['trustees']} trustees"
    lines = [
        f"{found['file']}: {found['name']}; every check of ours passed in {found['seconds']} s.",
        f"  {people}, {found['events']:,} events, {found['bytes']:,} bytes; stands at {found['stage']}.",
    ]
    for question in found["questions"]:
        votes = ", ".join(f"{answer} {'-' if count is None else count}" for answer, count in question["votes"].items())
        lines.append(f"  {question['question']} {votes}")
    return [*lines, f"  Head {found['head']}", f"  Fingerprint {found['fingerprint']}"]


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 2)
