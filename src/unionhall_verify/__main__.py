"""unionhall-verify: checks the archive of a secret-ballot election. Exit code 0: right; 1: not; 2: misuse."""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from unionhall_verify.archive import Problem, insist
from unionhall_verify.election import Found, check_file, uuid_of
from unionhall_verify.numbers import FAST

Report = dict[str, Any]


def main(words: list[str] | None = None) -> int:
    """The command; its exit code."""
    options = _options().parse_args(words)
    if bool(options.revoked) != (options.spares is not None):
        _options().error("--revoked and --spares belong together.")
    matched: set[Path] = set()
    reports = [_check(path, options, matched) for path in options.archives]
    for old in sorted(set(options.previous) - matched):
        sentence = "None of the archives given goes on from this older copy."
        reports.append({"file": old.name, "ok": False, "problem": {"code": "previous", "sentence": sentence}})
    good = all(report["ok"] for report in reports)
    if options.json:
        print(json.dumps({"ok": good, "archives": reports, "sum": _sum(reports)}, ensure_ascii=False, indent=2))
        return 0 if good else 1
    print("\n\n".join("\n".join(_words(report)) for report in reports))
    if len(reports) > 1 and (added := _sum(reports)):
        print("\n".join([f"\nAll {len(reports)} together:", *_question_words(added)]))
    elif len(reports) > 1:
        print("\nNot added up: not all are verified and counted, or they asked different questions.")
    return 0 if good else 1


def _options() -> argparse.ArgumentParser:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    parser = argparse.ArgumentParser("unionhall-verify", description=(__doc__ or "").split(": ", 1)[1])
    parser.add_argument("archives", nargs="+", type=Path, metavar="FILE.bel", help="the public archive of an election")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of words")
    how = "a copy you kept: the new archive must begin with it, byte for byte"
    parser.add_argument("--previous", type=Path, action="append", default=[], metavar="OLD.bel", help=how)
    parser.add_argument("--revoked", type=Path, metavar="FILE", help="revoked public credentials, one a line")
    parser.add_argument("--spares", type=int, metavar="N", help="how many listed credentials are spare ones")
    parser.add_argument("--cores", type=int, default=cores, help="processors to use; all, if not said")
    return parser


def _check(path: Path, options: argparse.Namespace, matched: set[Path]) -> Report:
    def progress(done: int) -> None:
        if not options.json and sys.stderr.isatty():
            sys.stderr.write(f"\r{path.name}: {100 * done // path.stat().st_size} % read ")

    report: Report = {"file": path.name, "ok": False}
    started = time.monotonic()
    try:
        found = check_file(path, cores=max(1, options.cores), progress=progress)
        report |= _facts(found)
        for old in options.previous:
            if len(options.archives) == 1 or uuid_of(old) == found.election.uuid:
                matched.add(old)
                _check_previous(path, old)
        if options.revoked:
            _check_revoked(found, options.revoked, options.spares)
        report["ok"] = True
    except Problem as problem:
        report["problem"] = {"code": problem.code, "sentence": problem.sentence}
    except OSError as error:
        report["problem"] = {"code": "file", "sentence": f"{error.filename} cannot be read: {error.strerror}."}
    return report | {"seconds": round(time.monotonic() - started, 2), "fast_arithmetic": FAST}


def _facts(found: Found) -> Report:
    election, questions = found.election, []
    uncounted: list[Any] = [[None] * question.width for question in election.questions]
    for question, votes in zip(election.questions, found.votes or uncounted):
        texts = [None] * question.blank + list(question.answers)
        answers = [{"answer": text, "votes": count} for text, count in zip(texts, votes)]
        questions.append({"question": question.text, "answers": answers})
    names = {"name": election.name, "uuid": election.uuid, "fingerprint": election.fingerprint, "head": found.head}
    counts = {"ballots": found.ballots, "credentials": len(found.listed), "voted": len(found.voted)}
    circles = [{"needed": circle.needed, "of": len(circle.keys)} for circle in found.circles]
    return names | counts | {"stage": found.stage, "trustees": circles, "questions": questions}


def _check_previous(path: Path, old: Path) -> None:
    """The new archive begins with the old."""
    with path.open("rb") as new, old.open("rb") as kept:
        while piece := kept.read(1 << 20):
            same = new.read(len(piece)) == piece
            insist(same, "previous", f"The archive does not begin with {old.name}: something that was there is gone.")


def _check_revoked(found: Found, path: Path, spares: int) -> None:
    """No revoked credential voted, and no more spare ones are out than were revoked."""
    lines = {int(line) for line in path.read_text().split() if line.isdigit()}
    revoked, most, voted = lines & found.listed, len(found.listed) - spares, len(found.voted)
    used = len(revoked & found.voted.keys())
    insist(not used, "revoked", f"{used} revoked credentials have a ballot in the archive.")
    insist(len(revoked) <= spares, "revoked", f"{len(revoked)} credentials are revoked, but only {spares} are spare.")
    insist(voted <= most, "spares", f"{voted} credentials voted, but without the spare ones there are only {most}.")


def _words(report: Report) -> list[str]:
    if "problem" in report:
        return [f"{report['file']}: NOT VERIFIED.", f"  {report['problem']['sentence']}"]
    again = report["ballots"] - report["voted"]
    replaced = f" {again} ballots were replaced by later ones of the same credentials." if again else ""
    unfinished = ["  The count is not finished; all there is so far is right."] * (report["stage"] != "Result")
    opened = ", ".join(f"{circle['needed']} of {circle['of']}" for circle in report["trustees"])
    return [
        f"{report['file']}: every check passed, in {report['seconds']} s.",
        f"  {report['name']}",
        f"  {report['credentials']} credentials listed, {report['voted']} voted.{replaced}",
        f"  Trustees needed to open the count: {opened}.",
        *_question_words(report["questions"]),
        *unfinished,
        f"  Last link of the chain: {report['head']}",
        f"  Fingerprint of the election: {report['fingerprint']}",
    ]


def _question_words(questions: list[Report]) -> list[str]:
    lines = []
    for question in questions:
        lines.append(f"  {question['question']}")
        for answer in question["answers"]:
            votes = "not counted yet" if answer["votes"] is None else answer["votes"]
            lines.append(f"    {'(blank)' if answer['answer'] is None else answer['answer']}: {votes}")
    return lines


def _sum(reports: list[Report]) -> list[Report] | None:
    """The results of several areas added up, if all are good and counted and asked the same."""
    asked = [[(q["question"], [a["answer"] for a in q["answers"]]) for q in r.get("questions", [])] for r in reports]
    counted = all(report["ok"] and report.get("stage") == "Result" for report in reports)
    if not counted or any(one != asked[0] for one in asked):
        return None
    added = []
    for same in zip(*(report["questions"] for report in reports)):
        columns = zip(*(question["answers"] for question in same))
        answers = [{"answer": column[0]["answer"], "votes": sum(one["votes"] for one in column)} for column in columns]
        added.append({"question": same[0]["question"], "answers": answers})
    return added


def run() -> None:
    """The console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()
