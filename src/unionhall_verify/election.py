"""The whole election: from the setup through every ballot to the result, each step following from the one before."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, count, groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

from unionhall_verify import ballot, keys
from unionhall_verify.archive import Event, compact, digest, fields, insist, number, parse, read_events
from unionhall_verify.ballot import Election, Question
from unionhall_verify.numbers import GROUP, P, are_elements, is_element, mpz, powmod, product

CHUNK = 200
_AFTER = {
    "Ballot": {"Setup", "Ballot"},
    "EndBallots": {"Setup", "Ballot"},
    "EncryptedTally": {"EndBallots"},
    "PartialDecryption": {"EncryptedTally", "PartialDecryption"},
    "Result": {"PartialDecryption"},
}


@dataclass
class Found:
    """What an archive says, as far as it was checked. votes: one list a question, blank first where it is allowed."""

    election: Election
    circles: list[keys.Circle]
    listed: set[Any]
    head: str
    stage: str = "Setup"
    ballots: int = 0
    voted: dict[Any, tuple[int, int]] = field(default_factory=dict)
    replaced: list[tuple[int, int]] = field(default_factory=list)
    parts: dict[int, list[Any]] = field(default_factory=dict)
    votes: list[list[int]] | None = None


def check_file(path: Path, *, cores: int, progress: Callable[[int], None]) -> Found:
    """What the archive says; raises Problem at the first thing that is wrong."""
    with path.open("rb") as file:
        events = read_events(file, progress)
        found = _setup(next(events, None))
        sums = [mpz(1)] * sum(2 * question.width for question in found.election.questions)
        for kind, group in groupby(_in_order(events, found), lambda event: event.kind):
            if kind == "Ballot":
                sums = _ballots(group, sums, found, file, cores)
            else:
                for event in group:
                    _count(event, sums, found)
        return found


def uuid_of(path: Path) -> str | None:
    """The election an older copy is of, by what its setup says; None where it says nothing."""
    with path.open("rb") as file:
        event = next(read_events(file, lambda done: None), None)
    return _read_election(event.data[0]).uuid if event and event.data else None


def _setup(event: Event | None) -> Found:
    records = event.data if event and event.kind == "Setup" else []
    insist(len(records) == 4, "setup", "The archive does not begin with the setup of an election.")
    said = dict(zip(("election", "trustees", "credentials"), map(digest, records)))
    insist(records[3] == compact(said), "setup", "The setup names other records than those that come with it.")
    election, circles = _read_election(records[0]), keys.read_trustees(records[1])
    shared = product(circle.value for circle in circles)
    insist(shared == election.key, "election_key", "The election's key is not the trustees' keys put together.")
    listed = parse(records[2], "The list of credentials")
    insist(isinstance(listed, list), "shape", "The list of credentials is no list.")
    insist(not any("," in str(item) for item in listed), "weight", "The list gives some credentials several votes.")
    credentials = {number(item, "The list of credentials", P) for item in listed}
    insist(len(credentials) == len(listed), "credential_list", "A credential is listed twice.")
    insist(are_elements(list(credentials)), "element", "A listed credential is not of the group.")
    return Found(election, circles, credentials, event.name if event else "")


def _read_election(raw: bytes) -> Election:
    what = "The election"
    value = parse(raw, what)
    names = {"version", "description", "name", "group", "public_key", "questions", "uuid"}
    known = isinstance(value, dict) and names <= set(value) <= names | {"administrator", "credential_authority"}
    insist(known, "shape", f"{what} does not have the fields the format asks for.")
    right = value["version"] == 1 and value["group"] == GROUP
    insist(right, "version", f"{what} is of a version or a group this verifier does not know.")
    uuid, asked = value["uuid"], value["questions"]
    named = isinstance(uuid, str) and re.fullmatch("[1-9A-HJ-NP-Za-km-z]{14,}", uuid)
    insist(named, "shape", f"{what} has no proper name (uuid).")
    insist(isinstance(asked, list) and asked, "shape", f"{what} asks nothing.")
    questions = tuple(map(_read_question, asked))
    key = number(value["public_key"], what, P)
    insist(is_element(key), "element", f"{what} has a key that is not of the group.")
    return Election(uuid, str(value["name"]), ballot.fingerprint(raw), key, questions)


def _read_question(value: Any) -> Question:
    has_blank = isinstance(value, dict) and "blank" in value
    names = "answers blank min max question" if has_blank else "answers min max question"
    answers, *blank, low, high, text = fields(value, names, "A question")
    insist(not blank or type(blank[0]) is bool, "shape", "A question leaves open whether blank is allowed.")
    right = isinstance(answers, list) and type(low) is int and type(high) is int and 0 <= low <= high <= len(answers)
    insist(right, "shape", "A question allows what cannot be answered.")
    return Question(str(text), tuple(map(str, answers)), low, high, blank == [True])


def _in_order(events: Iterator[Event], found: Found) -> Iterator[Event]:
    for event in events:
        insist(found.stage in _AFTER.get(event.kind, ()), "order", f"{event.kind} comes where it cannot come.")
        found.stage, found.head = event.kind, event.name
        yield event


def _ballots(events: Iterator[Event], sums: list[Any], found: Found, file: BinaryIO, cores: int) -> list[Any]:
    """Every ballot checked; the locked sums of those that count: who voted again is counted once, by the last."""
    seen: set[str] = set()
    for chunk, (voters, added) in _spread(events, found.election, cores):
        sums = [a * b % P for a, b in zip(sums, added)]
        for event, voter in zip(chunk, voters):
            found.ballots += 1
            what, name = f"Ballot {found.ballots}", digest(event.data[0])
            insist(voter in found.listed, "credential_unknown", f"{what} is signed by a credential that is not listed.")
            insist(name not in seen, "duplicate", f"{what} was in the archive before: an old ballot was put in again.")
            seen.add(name)
            if voter in found.voted:
                found.replaced.append(found.voted[voter])
            found.voted[voter] = (event.offset, len(event.data[0]))
    back = file.tell()
    for offset, length in found.replaced:
        file.seek(offset)
        sums = [a * powmod(b, -1, P) % P for a, b in zip(sums, ballot.read_locked(file.read(length)))]
    file.seek(back)
    return sums


def check_chunk(election: Election, first: int, chunk: list[Event]) -> tuple[list[Any], list[Any]]:
    """Some ballots, checked each by itself, their membership in the group all at once: who signed, and their sums."""
    checked = []
    for place, event in enumerate(chunk, first):
        insist(len(event.data) == 1, "shape", f"Ballot {place} does not come alone.")
        checked.append(ballot.check(event.data[0], election, f"Ballot {place}"))
    locked = [numbers for _, numbers in checked]
    sound = are_elements(list(chain(*locked)))
    wrong = first + (0 if sound else [all(map(is_element, numbers)) for numbers in locked].index(False))
    insist(sound, "element", f"Ballot {wrong} holds a number that is not of the group.")
    return [voter for voter, _ in checked], [product(column) for column in zip(*locked)]


def _spread(events: Iterator[Event], election: Election, cores: int) -> Iterator[tuple[list[Event], Any]]:
    """The ballots, some at a time, with what their check gave: on all cores if they are many, only a few ahead."""
    chunks = zip(count(1, CHUNK), iter(lambda: list(islice(events, CHUNK)), []))
    begin = list(islice(chunks, 2))
    if cores == 1 or len(begin) < 2:
        yield from ((chunk, check_chunk(election, first, chunk)) for first, chunk in chain(begin, chunks))
        return
    with ProcessPoolExecutor(cores) as pool:
        waiting: deque[tuple[list[Event], Future[Any]]] = deque()
        for first, chunk in chain(begin, chunks):
            waiting.append((chunk, pool.submit(check_chunk, election, first, chunk)))
            if len(waiting) > 2 * cores:
                done, future = waiting.popleft()
                yield done, future.result()
        yield from ((chunk, future.result()) for chunk, future in waiting)


def _count(event: Event, sums: list[Any], found: Found) -> None:
    """What follows the ballots: their end, the sums, a trustee's part, the result."""
    if event.kind == "EndBallots":
        insist(not event.data, "shape", "The end of the vote comes with data nobody asked for.")
    elif event.kind == "EncryptedTally":
        _check_tally(event.data, sums, found)
    elif event.kind == "PartialDecryption":
        _check_share(event.data, sums[::2], found)
    else:
        found.votes = _shape(keys.open_sums(found.circles, found.parts, sums[1::2], len(found.voted)), found)
        right = event.data == [compact({"result": found.votes})]
        insist(right, "result", "The published result is not what the ballots and the trustees' parts add up to.")


def _shape(flat: list[Any], found: Found) -> list[list[Any]]:
    rest = iter(flat)
    return [list(islice(rest, question.width)) for question in found.election.questions]


def _check_tally(data: list[bytes], sums: list[Any], found: Found) -> None:
    pairs = [{"alpha": str(alpha), "beta": str(beta)} for alpha, beta in zip(sums[::2], sums[1::2])]
    said, voted = compact(_shape(pairs, found)), len(found.voted)
    right = len(data) == 2 and data[0] == said
    insist(right, "tally", "The locked sums are not the sums of the ballots: one was left out, added or changed.")
    sized = compact({"num_tallied": voted, "total_weight": voted, "encrypted_tally": digest(said)})
    insist(data[1] == sized, "count", f"The archive claims another number of ballots than the {voted} it holds.")


def _check_share(data: list[bytes], alphas: list[Any], found: Found) -> None:
    what = "A trustee's part in opening the sums"
    insist(len(data) == 2, "shape", f"{what} is incomplete.")
    owner, payload = fields(parse(data[1], what), "owner payload", what)
    everyone = [key for circle in found.circles for key in circle.keys]
    insist(type(owner) is int and 1 <= owner <= len(everyone), "owner", f"{what} names a trustee who does not exist.")
    right = payload == digest(data[0]) and owner not in found.parts
    insist(right, "owner", f"{what} comes twice or names another record.")
    widths = [question.width for question in found.election.questions]
    key = everyone[owner - 1]
    found.parts[owner] = keys.check_part(data[0], owner, key, found.election.fingerprint, alphas, widths)
