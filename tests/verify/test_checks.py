"""Every check of the verifier is needed: some wrong archive is refused by it, and otherwise once it is removed."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
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
from unionhall_verify import archive, ballot, election, keys
from unionhall_verify.archive import Problem, insist

MODULES = (archive, ballot, election, keys)
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


def open_to_nothing() -> None:
    """Parts that fit no number of votes. No archive comes so far while all other checks hold: it is called by hand."""
    circle = keys.Circle(1, [GROUP.g], GROUP.g)
    keys.open_sums([circle], {1: [GROUP.base.power(5)]}, [GROUP.base.power(9)], 3)


def header(text: bytes) -> bytes:
    """An archive that begins with another header."""
    return writing._record("BELENIOS", text, 1_790_000_000) + Forger(E).setup().archive()[1024:]


def event(text: bytes, *data: bytes) -> bytes:
    """An archive that goes on, after its setup, with this event."""
    records = b"".join(writing.write_data(raw, 1_790_000_000) for raw in data)
    return Forger(E).setup().archive() + records + writing.write_event(text, 1_790_000_000)


Case = bytes | Callable[[], None]
CORPUS: list[tuple[str, Callable[[], Case]]] = [
    *(("as listed", lambda attack=attack: attack().archive()) for attack, _, _ in attacks.REFUSED_BY_ALL),
    *((name, lambda attack=attack: attack().archive()) for name, attack, _, _ in attacks.MISSED_BY_THE_TOOL),
    ("no archive", lambda: b"x" * 2000),
    ("header of another version", lambda: header(HEADER.replace(b":1,", b":2,"))),
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
    ("challenge above q", lambda: answer(0, "overall_proof", lambda it: [it[0] | {"challenge": BIG}])),
    ("hash of another ballot", lambda: cast(lambda it: it["answers"].reverse(), sign=False)),
    ("signature of somebody else", lambda: cast(raw=ballot_of(E, 1, (YES, ALMA)))),
    ("overall proof", lambda: answer(0, "overall_proof", lambda it: [it[0] | {"response": "5"}])),
    ("blank proof", lambda: answer(1, "blank_proof", lambda it: it[::-1])),
    ("ballot outside the group", out_of_group),
    ("setup incomplete", lambda: Forger(E).add(Happening.SETUP, b"{}").archive()),
    ("setup naming other records", lambda: Forger(E).add(Happening.SETUP, b"{}", b"[]", b"[]", b"{}").archive()),
    ("credentials no list", lambda: setup(credentials=b"{}")),
    ("credential outside the group", lambda: setup(credentials=b'["2"]')),
    ("election of other fields", lambda: said(note=1)),
    ("election of another version", lambda: said(version=2)),
    ("election of another name", lambda: said(uuid="short")),
    ("election asks nothing", lambda: said(questions=[])),
    ("election key outside the group", lambda: said(public_key="2")),
    ("blank that is no yes or no", lambda: asked(blank=1)),
    ("question nobody can answer", lambda: asked(max=7)),
    ("no trustees", lambda: setup(trustees=b"[]")),
    ("trustee of another kind", lambda: setup(trustees=b'[["Double",{}]]')),
    ("trustee's key outside the group", lambda: key(public_key="2")),
    ("trustee's key of somebody else", lambda: key(public_key=str(GROUP.g))),
    ("shared key of nobody", lambda: shared(verification_keys=[])),
    ("impossible threshold", lambda: shared(threshold=4)),
    ("verification keys exchanged", lambda: shared(verification_keys=ceremony("verification_keys")[::-1])),
    ("message no text", lambda: message("certs", 5)),
    ("certificate outside the group", lambda: message("certs", '{"verification":"2","encryption":"2"}')),
    ("certificates exchanged", lambda: shared(certs=ceremony("certs")[::-1])),
    ("coefficients outside the group", dishonest_trustee),
    ("part with a factor outside the group", lambda: share(lambda it: it["decryption_factors"][0].__setitem__(0, "2"))),
    ("part incomplete", incomplete_part),
    ("part of nobody", lambda: share(lambda it: None, lambda raw: write_owned_part(raw, 7))),
    ("part naming another record", lambda: share(lambda it: None, lambda raw: write_owned_part(b"", 1))),
    ("sums that open to nothing", lambda: open_to_nothing),
    ("end of ballots with data", lambda: Forger(E).setup().add(Happening.END_BALLOTS, b"{}").archive()),
]  # fmt: skip


@pytest.fixture(scope="module")
def met() -> dict[tuple[str, int], tuple[str, Case]]:
    """For every check that refused something: an archive it refused, and what it said."""
    found: dict[tuple[str, int], tuple[str, Case]] = {}
    for _, build in CORPUS:
        record = build()
        place, outcome = looked_at(record)
        assert place, outcome
        found.setdefault(place, (outcome, record))
    return found


def looked_at(case: Case) -> tuple[tuple[str, int] | None, str]:
    """Module and line of the check that refused the archive, and what came of it."""
    try:
        _ = verified(case) if isinstance(case, bytes) else case()
    except Problem as problem:
        trace = problem.__traceback__
        while trace and trace.tb_next and trace.tb_next.tb_frame.f_code.co_name != "insist":
            trace = trace.tb_next
        assert trace
        return (trace.tb_frame.f_globals["__name__"], trace.tb_lineno), f"{problem.code}: {problem.sentence}"
    except Exception as error:  # a check that guards against a crash was removed
        return None, repr(error)
    return None, "fine"


def sites() -> Iterator[tuple[ModuleType, int, int]]:
    """Every check: the module, first and last line."""
    for module in MODULES:
        tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "insist":
                yield module, node.lineno, node.end_lineno or node.lineno


SITES = [pytest.param(*site, id=f"{site[0].__name__.split('.')[1]}:{site[1]}") for site in sites()]


@pytest.mark.parametrize(("module", "first", "last"), SITES)
def test_removed_check_is_missed(
    module: ModuleType,
    first: int,
    last: int,
    met: dict[tuple[str, int], tuple[str, Case]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = [case for (name, line), case in met.items() if name == module.__name__ and first <= line <= last]
    assert refused, "no archive of the corpus is refused by this check"
    (outcome, record) = refused[0]

    def blind(passed: object, code: str, sentence: str) -> None:
        if not first <= sys._getframe(1).f_lineno <= last:
            insist(passed, code, sentence)

    monkeypatch.setattr(module, "insist", blind)

    assert looked_at(record)[1] != outcome


def test_ballot_outside_the_group_is_refused_by_all_though_its_proofs_hold() -> None:
    record = out_of_group()

    assert we_say(record) == "element"
    assert not tool_accepts(record)


def test_command_has_four_checks_of_its_own() -> None:
    """They are tried one by one in test_command: an older copy, revoked credentials, spare ones."""
    tree = ast.parse(Path(command.__file__ or "").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "insist"]

    assert len(calls) == 4
