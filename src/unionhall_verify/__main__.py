"""unionhall-verify: checks the archive of a secret-ballot election. Exit code 0: right; 1: not; 2: misuse."""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from unionhall_verify.archive import Problem, insist
from unionhall_verify.count import Count, check_file
from unionhall_verify.election import Question
from unionhall_verify.numbers import number

Report = dict[str, Any]


def main(words: list[str] | None = None) -> int:
    """The command; its exit code."""
    options = read_options(words)
    counts: list[Count] = []
    reports = [report_on(path, options, counts) for path in options.archives]
    lost = {"code": "previous", "sentence": "None of the archives given goes on from this older copy."}
    reports += [{"file": old.name, "ok": False, "problem": lost} for old in options.previous if old not in options.met]
    is_right = all(report["ok"] for report in reports)
    added = add_up(counts) if is_right else None
    if options.json:
        print(json.dumps({"ok": is_right, "archives": reports, "sum": added}, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(in_words(report)) for report in reports))
        if len(reports) > 1 and added:
            print("\n".join([f"\nAll {len(counts)} together:", *in_lines(added)]))
        elif len(reports) > 1:
            print("\nNot added up: not all are verified and counted, or they asked different questions.")
    return 0 if is_right else 1


def read_options(words: list[str] | None) -> argparse.Namespace:
    """What the command line asks for; `met` is for the older copies that an archive is found to begin with."""
    parser = argparse.ArgumentParser("unionhall-verify", description=str(__doc__).split(": ", 1)[1])
    parser.add_argument("archives", nargs="+", type=Path, metavar="FILE.bel", help="the public archive of an election")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of words")
    how = "a copy you kept: the new archive must begin with it, byte for byte"
    parser.add_argument("--previous", type=Path, action="append", default=[], metavar="OLD.bel", help=how)
    parser.add_argument("--revoked", type=Path, metavar="FILE", help="revoked public credentials, one a line")
    parser.add_argument("--spares", type=int, metavar="N", help="how many listed credentials are spare ones")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="processors to use")
    options = parser.parse_args(words, argparse.Namespace(met=set()))
    if bool(options.revoked) != (options.spares is not None):
        parser.error("--revoked and --spares belong together.")
    return options


def report_on(path: Path, options: argparse.Namespace, counts: list[Count]) -> Report:
    """What is to be said of one archive; its count joins the others."""
    report: Report = {"file": path.name, "ok": False, "fast_arithmetic": number is not int}
    started, told = time.monotonic(), None if options.json or not sys.stderr.isatty() else sys.stderr
    try:
        counts.append(count := check_file(path, cores=max(1, options.cores), told=told))
        report |= facts(count)
        check_previous(path, options)
        if options.revoked:
            check_revoked(count, set(options.revoked.read_text().split()), options.spares)
        report["ok"] = True
    except Problem as problem:
        report["problem"] = {"code": problem.code, "sentence": problem.sentence}
    except OSError as error:
        report["problem"] = {"code": "file", "sentence": f"{error.filename} cannot be read: {error.strerror}."}
    return report | {"seconds": round(time.monotonic() - started, 2)}


def facts(count: Count) -> Report:
    """What an archive holds."""
    election, trustees = count.election, [{"needed": one, "of": len(keys)} for one, keys, _ in count.election.circles]
    names = {"name": election.name, "uuid": election.uuid, "fingerprint": election.fingerprint, "head": count.head}
    counts = {"ballots": count.ballots, "credentials": len(count.listed), "voted": len(count.voted)}
    more = {"stage": count.stage, "trustees": trustees, "questions": answered(election.questions, count.votes)}
    return names | counts | more


def answered(questions: list[Question], votes: list[list[Any]]) -> list[Report]:
    """Questions with the votes for each answer. A blank answer has no text, a vote not counted no number."""
    found = []
    for one, numbers in zip(questions, votes):
        texts = [None] * one["blank"] + one["answers"]
        answers = [{"answer": text, "votes": number} for text, number in zip(texts, numbers)]
        found.append({"question": one["question"], "answers": answers})
    return found


def add_up(counts: list[Count]) -> list[Report] | None:
    """The results of several areas together, if all are counted and asked the same."""
    questions = counts[0].election.questions
    if any(one.stage != "Result" or one.election.questions != questions for one in counts):
        return None
    return answered(questions, [[sum(column) for column in zip(*rows)] for rows in zip(*(one.votes for one in counts))])


def check_previous(path: Path, options: argparse.Namespace) -> None:
    """An archive begins with the older copy given; with several archives, each copy is the start of one. Section 11."""
    for old in options.previous:
        with path.open("rb") as new, old.open("rb") as kept:
            if all(new.read(len(piece)) == piece for piece in iter(lambda: kept.read(1 << 20), b"")):
                options.met.add(old)
        is_right = old in options.met or len(options.archives) > 1
        insist(is_right, "previous", f"The archive does not begin with {old.name}: something that was there is gone.")


def check_revoked(count: Count, words: set[str], spares: int) -> None:
    """No revoked credential voted, and no more spare ones are in use than were revoked. Section 11."""
    revoked = {key for key in count.listed if str(key) in words}
    used, voted, most = len(revoked & count.voted.keys()), len(count.voted), len(count.listed) - spares
    insist(not used, "revoked", f"{used} revoked credentials have a ballot in the archive.")
    insist(len(revoked) <= spares, "revoked", f"{len(revoked)} credentials are revoked, but only {spares} are spare.")
    insist(voted <= most, "spares", f"{voted} credentials voted, but without the spare ones there are only {most}.")


def in_words(report: Report) -> list[str]:
    """A report for people."""
    if not report["ok"]:
        return [f"{report['file']}: NOT VERIFIED.", f"  {report['problem']['sentence']}"]
    again = report["ballots"] - report["voted"]
    needed = ", ".join(f"{one['needed']} of {one['of']}" for one in report["trustees"])
    replaced = f" {again} ballots were replaced by later ones of the same credentials." if again else ""
    unfinished = ["  The count is not finished; all there is so far is right."]
    return [
        f"{report['file']}: every check passed, in {report['seconds']} s.",
        f"  {report['name']}",
        f"  {report['credentials']} credentials listed, {report['voted']} voted.{replaced}",
        f"  Trustees needed to open the count: {needed}.",
        *in_lines(report["questions"]),
        *unfinished[report["stage"] == "Result" :],
        f"  Last link of the chain: {report['head']}",
        f"  Fingerprint of the election: {report['fingerprint']}",
    ]


def in_lines(questions: list[Report]) -> list[str]:
    """Questions with their answers and votes, for people."""
    lines = []
    for question in questions:
        lines.append(f"  {question['question']}")
        for answer, votes in (one.values() for one in question["answers"]):
            number = "not counted yet" if votes is None else votes
            lines.append(f"    {'(blank)' if answer is None else answer}: {number}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
