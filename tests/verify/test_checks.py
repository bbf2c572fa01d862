"""Every check of the verifier is needed, and every condition and bound within one: some wrong archive is refused by it,
and not, or with other words, once it is taken out.
"""

from __future__ import annotations

import ast
import json
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from inspect import isfunction
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

import unionhall_verify.__main__ as command
from tests.factories.voting import (
    ALMA,
    COMMITTEE,
    STRIKE,
    YES,
    Forger,
    ballot_of,
    chance,
    committee,
    opened,
    tool_accepts,
    verified,
    we_say,
)
from tests.verify import test_attacks as attacks
from unionhall.rulebook.voting import archive as writing
from unionhall.rulebook.voting import threshold_making, wire
from unionhall.rulebook.voting.chain import Happening
from unionhall.rulebook.voting.credentials import signing_key
from unionhall.rulebook.voting.decryption import write_owned_part
from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.hashing import fingerprint
from unionhall.rulebook.voting.knowledge import prove_knowledge, write_proof
from unionhall.rulebook.voting.trustees import make_trustees
from unionhall_verify import archive, ballot, count, election
from unionhall_verify.archive import Problem

MODULES = (archive, election, ballot, count)
E = opened("VoteForTests11", (STRIKE, COMMITTEE))
GOOD = ballot_of(E, 0, (YES, ALMA))
HEADER = b'{"version":1,"timestamp":"1790000000"}'
BIG = "9" * 78


def cast(change: Callable[[Any], object] = lambda ballot: None, *, sign: bool = True, raw: bytes = b"") -> bytes:
    """An archive with one ballot that was changed and, if so wanted, signed again."""
    value = json.loads(raw or GOOD)
    signature = value.pop("signature")
    change(value)
    digest = fingerprint(wire.write(value))
    key = signing_key(E.credentials[0], uuid=E.election.uuid, group=GROUP)
    proof = prove_knowledge(GROUP, f"sig|{digest}", key, random_below=chance(1).randrange)
    value["signature"] = {"hash": digest, "proof": write_proof(proof)} if sign else signature
    return Forger(E).setup().cast(wire.write(value)).archive()


def answer(place: int, name: str, value: Callable[[Any], object]) -> bytes:
    """A ballot of which a part of an answer is replaced by what `value` makes of it."""
    return cast(lambda ballot: ballot["answers"][place].update({name: value(ballot["answers"][place][name])}))


def outside(choices: list[dict[str, str]]) -> list[dict[str, str]]:
    """The choices with all numbers turned into their negatives, which are outside the group."""
    return [{name: str(GROUP.p - int(text)) for name, text in choice.items()} for choice in choices]


def out_of_group() -> bytes:
    """A ballot outside the group whose every proof holds: challenges are drawn until all are even.

    (-x) ^ c is x ^ c for an even c, so only the membership check can see it.
    """
    single = opened("VoteForTests11", (replace(STRIKE, answers=("YES",), minimum=0, maximum=1),))
    from unionhall.rulebook.voting import disjunction
    from unionhall.rulebook.voting.ballot_making import make_ballot
    from unionhall.rulebook.voting.ballot_wire import write_ballot
    from unionhall.rulebook.voting.ballots import Marks
    from unionhall.rulebook.voting.encryption import Ciphertext, ElectionKey

    lock, prove = ElectionKey.lock, disjunction.prove_one_of
    draw = chance(11).randrange

    def negative(key: ElectionKey, count: int, r: int) -> Ciphertext:
        locked = lock(key, count, r)
        return Ciphertext(GROUP.p - locked.alpha, GROUP.p - locked.beta)

    def even(*words: Any, **named: Any) -> Any:
        proofs = prove(*words, **named)
        while any(proof.challenge % 2 for proof in proofs):
            proofs = prove(*words, **named)
        return proofs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ElectionKey, "lock", negative)
        patch.setattr("unionhall.rulebook.voting.ballot_making.prove_one_of", even)
        made = make_ballot(single.election, single.credentials[0], (Marks((1,)),), random_below=draw)
    return Forger(single).setup().cast(write_ballot(made)).archive()


def setup(**records: bytes) -> bytes:
    """An archive with another record in its setup."""
    return Forger(E).setup(**records).archive()


def said(**changes: Any) -> bytes:
    """An archive whose election says something else."""
    return setup(election=wire.write(json.loads(E.election.raw) | changes))


def asked(**changes: Any) -> bytes:
    """An archive whose first question says something else, its fields in the right order."""
    first, *rest = json.loads(E.election.raw)["questions"]
    first |= changes
    order = [name for name in ("answers", "blank", "min", "max", "question", "note") if name in first]
    return said(questions=[{name: first[name] for name in order}, *rest])


def shared(**changes: Any) -> bytes:
    """An archive whose trustees' shared key says something else."""
    ((_, value),) = json.loads(committee("2of3").trustees.raw)
    return setup(trustees=wire.write([["Pedersen", value | changes]]))


def ceremony(name: str) -> list[Any]:
    """A part of the shared key's record."""
    ((_, value),) = json.loads(committee("2of3").trustees.raw)
    return value[name]


def message(name: str, text: Any) -> bytes:
    """An archive in which the first trustee's message of the ceremony says something else."""
    first, *rest = ceremony(name)
    return shared(**{name: [first | {"message": text}, *rest]})


def dishonest_trustee() -> bytes:
    """A ceremony in which somebody signs coefficients outside the group."""
    powers = threshold_making._Trustee.powers
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threshold_making._Trustee, "powers", lambda self: [GROUP.p - power for power in powers(self)])
        made, _ = threshold_making.play_ceremony(2, 3, group=GROUP, random_below=chance(4).randrange)
    return setup(trustees=make_trustees(made).raw)


def key(**changes: Any) -> bytes:
    """An archive whose single trustee's key says something else."""
    ((_, value),) = json.loads(E.committee.trustees.raw)
    return setup(trustees=wire.write([["Single", value | changes]]))


SETUP = (E.election.raw, E.committee.trustees.raw, E.listed.raw)
COUNTED = Forger(E).setup().count()
(_, TALLY), (_, PART), _ = COUNTED.events[-3:]


def share(
    change: Callable[[Any], object], owned: Callable[[bytes], bytes] = lambda raw: write_owned_part(raw, 1)
) -> bytes:
    """An archive in which the trustee's part was changed."""
    value = json.loads(PART[0])
    change(value)
    raw = wire.write(value)
    forger = Forger(E).setup().add(Happening.END_BALLOTS).add(Happening.ENCRYPTED_TALLY, *TALLY)
    return forger.add(Happening.PARTIAL_DECRYPTION, raw, owned(raw)).archive()


def incomplete_part() -> bytes:
    """An archive in which a trustee's part lacks the record that says whose it is."""
    forger = Forger(E).setup().add(Happening.END_BALLOTS).add(Happening.ENCRYPTED_TALLY, *TALLY)
    return forger.add(Happening.PARTIAL_DECRYPTION, PART[0]).archive()


def result(votes: list[list[int]]) -> bytes:
    """An archive of no ballots with this result."""
    forger = Forger(E).setup().add(Happening.END_BALLOTS).add(Happening.ENCRYPTED_TALLY, *TALLY)
    raw = wire.write({"result": votes})
    return forger.add(Happening.PARTIAL_DECRYPTION, *PART).add(Happening.RESULT, raw).archive()


def nobodys_election() -> bytes:
    """An election without trustees, whose key is the product of no keys."""
    raw = wire.write(json.loads(E.election.raw) | {"public_key": "1"})
    return setup(election=raw, trustees=b"[]")


def header(text: bytes) -> bytes:
    """An archive that begins with another header."""
    return writing._record("BELENIOS", text, 1_790_000_000) + Forger(E).setup().archive()[1024:]


def event(text: bytes, *data: bytes) -> bytes:
    """An archive that goes on, after its setup, with this event."""
    records = b"".join(writing.write_data(raw, 1_790_000_000) for raw in data)
    return Forger(E).setup().archive() + records + writing.write_event(text, 1_790_000_000)


CORPUS: list[tuple[str, Callable[[], bytes]]] = [
    *(("as listed", lambda attack=attack: attack().archive()) for attack, _, _ in attacks.REFUSED_BY_ALL),
    *((name, lambda attack=attack: attack().archive()) for name, attack, _, _ in attacks.MISSED_BY_THE_TOOL),
    ("no archive", lambda: b"x" * 2000),
    ("header of another version", lambda: header(HEADER.replace(b":1,", b":2,"))),
    ("header of a far future", lambda: archive.written("BELENIOS", HEADER.replace(b"179", b"979"), 9_790_000_000)),
    ("header and nothing else", lambda: writing.write_header(5)),
    ("header with another time", lambda: header(HEADER.replace(b'0"', b'1"'))),
    ("record cut off", lambda: Forger(E).setup().archive() + b"\0" * 512),
    ("record with another time", lambda: attacks.start().archive() + writing.write_data(b"{}", 5)),
    ("record nobody names", lambda: attacks.start().archive() + writing.write_data(b"{}", 1_790_000_000)),
    ("event that is none", lambda: event(b"[]")),
    ("event out of the chain", lambda: event(b'{"parent":"00","height":1,"type":"EndBallots"}')),
    ("ballot too long", lambda: cast(lambda it: it.update(election_uuid="1" * (1 << 20)))),
    ("ballot with blanks", lambda: Forger(E).setup().cast(GOOD + b" ").archive()),
    ("ballot with a field more", lambda: cast(lambda it: it.update(note=1))),
    ("ballot with an answer less", lambda: cast(lambda it: it["answers"].pop())),
    ("number of other digits", lambda: answer(0, "choices", lambda it: [it[0] | {"alpha": "05"}, it[1]])),
    ("number that is no text", lambda: answer(0, "choices", lambda it: [it[0] | {"alpha": 5}, it[1]])),
    ("number that is nothing", lambda: answer(0, "choices", lambda it: [it[0] | {"alpha": "0"}, it[1]])),
    ("challenge above q", lambda: answer(0, "overall_proof", lambda it: [it[0] | {"challenge": BIG}])),
    ("hash of another ballot", lambda: cast(lambda it: it["answers"][0]["choices"].reverse(), sign=False)),
    ("signature of somebody else", lambda: cast(raw=ballot_of(E, 1, (YES, ALMA)))),
    ("overall proof", lambda: answer(0, "overall_proof", lambda it: [it[0] | {"response": "5"}])),
    ("blank proof", lambda: answer(1, "blank_proof", lambda it: it[::-1])),
    ("ballot outside the group", out_of_group),
    ("setup incomplete", lambda: Forger(E).add(Happening.SETUP, b"{}").archive()),
    ("setup naming other records", lambda: Forger(E).add(Happening.SETUP, *SETUP, b"{}").archive()),
    ("credentials no list", lambda: setup(credentials=b"{}")),
    ("credential outside the group", lambda: setup(credentials=b'["2"]')),
    ("election of other fields", lambda: said(note=1)),
    ("election of another version", lambda: said(version=2)),
    ("election of another name", lambda: said(uuid="short")),
    ("election asks nothing", lambda: said(questions=[])),
    ("election key outside the group", lambda: said(public_key="2")),
    ("blank that is no yes or no", lambda: asked(blank=1)),
    ("question nobody can answer", lambda: asked(max=7)),
    ("question without answers", lambda: asked(answers=[], min=0, max=0)),
    ("question with less than no mark", lambda: asked(min=-1)),
    ("question with more marks than marks", lambda: asked(min=2, max=1)),
    ("no trustees", lambda: setup(trustees=b"[]")),
    ("nobody's election", nobodys_election),
    ("trustee of another kind", lambda: setup(trustees=b'[["Double",{}]]')),
    ("trustee's key outside the group", lambda: key(public_key="2")),
    ("trustee's key of somebody else", lambda: key(public_key=str(GROUP.g))),
    ("shared key of nobody", lambda: shared(verification_keys=[])),
    ("impossible threshold", lambda: shared(threshold=4)),
    ("threshold of nobody", lambda: shared(threshold=0)),
    ("ceremony of two for three", lambda: shared(certs=ceremony("certs")[1:], coefexps=ceremony("coefexps")[1:])),
    ("ceremony with a silent trustee", lambda: shared(coefexps=ceremony("coefexps")[1:])),
    ("verification keys exchanged", lambda: shared(verification_keys=ceremony("verification_keys")[::-1])),
    ("message no text", lambda: message("certs", 5)),
    ("certificate outside the group", lambda: message("certs", '{"verification":"2","encryption":"2"}')),
    ("certificates exchanged", lambda: shared(certs=ceremony("certs")[::-1])),
    ("coefficients outside the group", dishonest_trustee),
    ("part with a factor outside the group", lambda: share(lambda it: it["decryption_factors"][0].__setitem__(0, "2"))),
    ("part incomplete", incomplete_part),
    ("part of the trustee before the first", lambda: share(lambda it: None, lambda raw: write_owned_part(raw, 0))),
    ("second part", attacks.second_part),
    ("part of nobody", lambda: share(lambda it: None, lambda raw: write_owned_part(raw, 7))),
    ("part naming another record", lambda: share(lambda it: None, lambda raw: write_owned_part(b"", 1))),
    ("result below nothing", lambda: result([[-int(GROUP.q), 0], [0, 0, 0, 0]])),
    ("result above the ballots", lambda: result([[int(GROUP.q), 0], [0, 0, 0, 0]])),
    ("end of ballots with data", lambda: Forger(E).setup().add(Happening.END_BALLOTS, b"{}").archive()),
]  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """An archive that was refused: by which function of the verifier, at which line, with what words."""

    place: str
    line: int
    words: str
    record: bytes


@dataclass(frozen=True)
class Mutant:
    """A function of the verifier with a check, or a part of one, taken out. lines: where the check stands."""

    place: str
    function: FunctionType
    code: CodeType
    lines: range


@pytest.fixture(scope="module")
def refusals() -> list[Refusal]:
    """What became of every archive of the corpus."""
    found = []
    for name, build in CORPUS:
        record = build()
        words, place, line = looked_at(record)
        assert place, f"{name}: {words}"
        found.append(Refusal(place, line, words, record))
    return found


def looked_at(record: bytes) -> tuple[str, str, int]:
    """What the verifier says of an archive, and the function and line that say so."""
    try:
        verified(record)
    except Problem as problem:
        frames = [frame for frame, _ in traceback.walk_tb(problem.__traceback__)]
        lines = [line for _, line in traceback.walk_tb(problem.__traceback__)]
        check = frames[-2]  # the last is `insist`
        place = f"{check.f_globals['__name__']}.{check.f_code.co_qualname}"
        return f"{problem.code}: {problem.sentence}", place, lines[-2]
    except Exception as error:  # what was taken out guarded against a crash
        return repr(error), "", 0
    return "fine", "", 0


def mutants() -> Iterator[Any]:
    """Every mutant: without a check, without one of the conditions that a check joins, without one bound of two."""
    for module in MODULES:
        source = Path(module.__file__ or "").read_text("utf-8")
        for number, node in enumerate(ast.walk(ast.parse(source))):
            for part in range(parts(node)):
                tree = ast.parse(source)
                changed = list(ast.walk(tree))[number]
                take_out(changed, part)
                mutant = made(module, compile(tree, module.__file__ or "", "exec"), node)
                if mutant:
                    name = f"{mutant.place.removeprefix('unionhall_verify.')}:{node.lineno}"  # type: ignore[attr-defined]
                    yield pytest.param(mutant, id=f"{name}-{type(node).__name__}-{part}")


def parts(node: ast.AST) -> int:
    """In how many ways something can be taken out here."""
    match node:
        case ast.Call(func=ast.Name(id="insist")):
            return 1
        case ast.BoolOp(op=ast.And(), values=values):
            return len(values)
        case ast.Compare(ops=ops) if len(ops) > 1:
            return len(ops)
    return 0


def take_out(node: ast.AST, part: int) -> None:
    """Take one part out: a whole check, a condition, a bound. What stays is spelled as before, line by line."""
    always = ast.Constant(True)
    match node:
        case ast.Call():
            ast.copy_location(always, node.args[0])
            node.args[0] = always
        case ast.BoolOp():
            node.values[part] = ast.copy_location(always, node.values[part])
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            values = [left, *comparators]
            links = [
                ast.copy_location(ast.Compare(values[place], [ops[place]], [values[place + 1]]), node)
                for place in range(len(ops))
                if place != part
            ]
            node.left, node.ops, node.comparators = links[0].left, links[0].ops, links[0].comparators
            if len(links) > 1:
                joined = ast.copy_location(ast.BoolOp(ast.And(), links), node)
                node.left, node.ops, node.comparators = joined, [ast.Eq()], [ast.copy_location(always, node)]
    ast.fix_missing_locations(node)


def made(module: ModuleType, code: CodeType, node: ast.AST) -> Mutant | None:
    """The mutant of the function around this place, if that function makes checks at all."""
    first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
    for function in functions(module):
        lines = {line for *_, line in function.__code__.co_lines() if line}
        if first in lines and "insist" in function.__code__.co_names:
            (changed,) = [one for one in codes(code) if one.co_qualname == function.__qualname__]
            return Mutant(f"{module.__name__}.{function.__qualname__}", function, changed, range(first, last + 1))
    return None


def functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions of a module, those in its classes too."""
    for value in vars(module).values():
        if getattr(value, "__module__", "") != module.__name__:
            continue
        yield from [value] if isinstance(value, FunctionType) else filter(isfunction, vars(value).values())


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code object and all within it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes(one)


@pytest.mark.parametrize("mutant", list(mutants()))
def test_check_taken_out_is_missed(mutant: Mutant, refusals: list[Refusal], monkeypatch: pytest.MonkeyPatch) -> None:
    refused = [one for one in refusals if one.place == mutant.place]
    refused.sort(key=lambda one: one.line not in mutant.lines)
    monkeypatch.setattr(mutant.function, "__code__", mutant.code)

    assert any(looked_at(one.record)[0] != one.words for one in refused), "nothing in the corpus needs it"


def test_ballot_outside_the_group_is_refused_by_all_though_its_proofs_hold() -> None:
    record = out_of_group()

    assert we_say(record) == "element"
    assert not tool_accepts(record)


def test_command_has_four_checks_of_its_own() -> None:
    """They are tried one by one in test_command: an older copy, revoked credentials, spare ones."""
    tree = ast.parse(Path(command.__file__ or "").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "insist"]

    assert len(calls) == 4
