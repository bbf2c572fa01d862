"""Ballots changed at random and signed again: what we accept, the verifier and belenios-tool accept, and the other way.

The one difference has a name: the tool keeps `answers` as they came, so within them it takes numbers in other spellings
("+5", "05", "0x5", "5_0"), fields in another order and fields it does not know. Only the credential's holder can write
such a ballot and it counts the same; we refuse it, so that a ballot has one spelling.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.factories.voting import (
    ALMA,
    ALMA_AND_CLEO,
    BLANK,
    COMMITTEE,
    NO,
    STRIKE,
    YES,
    Forger,
    ballot_of,
    opened,
    tool_accepts,
    verifier_says,
    we_say,
)
from unionhall.rulebook.voting.credentials import signing_key
from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.hashing import fingerprint
from unionhall.rulebook.voting.knowledge import prove_knowledge, write_proof

E = opened("VoteForTests11", (STRIKE, COMMITTEE))
MARKS = [(YES, BLANK), (NO, ALMA), (YES, ALMA_AND_CLEO)]
P, Q = int(GROUP.p), int(GROUP.q)

Value = Any
Change = Callable[[Value, Random], None]


def leaves(value: Value, names: set[str]) -> list[tuple[dict[str, Any], str]]:
    """Every place of these names within a ballot: the object and the field."""
    if isinstance(value, list):
        return [place for item in value for place in leaves(item, names)]
    if not isinstance(value, dict):
        return []
    here = [(value, name) for name in value if name in names]
    return here + [place for item in value.values() for place in leaves(item, names)]


def lists(value: Value) -> list[list[Any]]:
    """Every list within a ballot's answers."""
    if isinstance(value, list):
        return [value] + [found for item in value for found in lists(item)]
    return [found for item in value.values() for found in lists(item)] if isinstance(value, dict) else []


def change_element(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot["answers"], {"alpha", "beta"}))
    old = int(place[name])
    new = [0, 1, P - 1, P, old + P, P - old, old * int(GROUP.g) % P, draw.randrange(P), old * (P - 1) % P, -old]
    place[name] = str(draw.choice(new))


def change_exponent(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot["answers"], {"challenge", "response"}))
    old = int(place[name])
    place[name] = str(draw.choice([0, old + Q, old - Q, Q, (old + 1) % Q, Q - old, draw.randrange(Q)]))


def change_list(ballot: Value, draw: Random) -> None:
    found = draw.choice([one for one in lists(ballot["answers"]) if one])
    match draw.randrange(4):
        case 0:
            found.pop()
        case 1:
            found.append(found[0])
        case 2:
            found.reverse()
        case _:
            found[0] = found[-1]


def swap_fields(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot["answers"], {"alpha", "challenge", "overall_proof", "blank_proof"}))
    other = {"alpha": "beta", "challenge": "response", "overall_proof": "choices", "blank_proof": "overall_proof"}[name]
    place[name], place[other] = place[other], place[name]


def drop_field(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot, {"alpha", "challenge", "overall_proof", "blank_proof", "election_hash"}))
    del place[name]


def add_field(ballot: Value, draw: Random) -> None:
    place, _ = draw.choice(leaves(ballot, {"credential", "hash"}))
    place["note"] = "1"


def reorder_fields(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot, {"election_uuid", "credential"}))
    place[name] = place.pop(name)


def copy_answer(ballot: Value, draw: Random) -> None:
    other = json.loads(ballot_of(E, 3, (YES, ALMA), 5))
    place = draw.randrange(2)
    ballot["answers"][place] = other["answers"][place]


def change_name(ballot: Value, draw: Random) -> None:
    name = draw.choice(["election_uuid", "election_hash", "credential"])
    ballot[name] = draw.choice([ballot[name][::-1], "", ballot[name] + "1", str(GROUP.g)])


def change_type(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot, {"alpha", "response", "credential", "overall_proof", "answers"}))
    place[name] = draw.choice([None, 5, True, [], {}, "x", 1.5])


def change_nothing(ballot: Value, draw: Random) -> None:
    del ballot, draw


def add_field_to_answer(ballot: Value, draw: Random) -> None:
    place, _ = draw.choice(leaves(ballot["answers"], {"alpha", "choices", "challenge"}))
    place["note"] = "1"


def reorder_answer(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot["answers"], {"alpha", "choices", "challenge"}))
    place[name] = place.pop(name)


def respell(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot["answers"], {"alpha", "challenge"}))
    old = place[name]
    place[name] = draw.choice(["+" + old, "0" + old, hex(int(old)), old[:5] + "_" + old[5:]])


def space(ballot: Value, draw: Random) -> None:
    place, name = draw.choice(leaves(ballot, {"alpha", "challenge", "credential"}))
    place[name] = draw.choice([" " + place[name], place[name] + " ", place[name] + "\n", "-" + place[name]])


CHANGES: list[Change] = [
    change_element, change_exponent, change_list, swap_fields, drop_field, add_field, reorder_fields, copy_answer,
    change_name, change_type, space,
]  # fmt: skip
TEXT_CHANGES: list[Callable[[str, Random], str]] = [
    lambda text, draw: text,
    lambda text, draw: text.replace(":", ": ", 1),
    lambda text, draw: text.replace('"alpha":"', '"alpha":"5","alpha":"', 1),
    lambda text, draw: text.replace('"beta"', '"\\u0062eta"', 1),
    lambda text, draw: text + draw.choice([" ", "\n", "{}"]),
    lambda text, draw: text.replace("}", "},", 1),
]


def signed(ballot: Value, member: int, draw: Random) -> str:
    """The ballot with a right signature over whatever it now says."""
    ballot.pop("signature", None)
    digest = fingerprint(json.dumps(ballot, separators=(",", ":"), ensure_ascii=False).encode())
    key = signing_key(E.credentials[member], uuid=E.election.uuid, group=GROUP)
    proof = prove_knowledge(GROUP, f"sig|{digest}", key, random_below=draw.randrange)
    ballot["signature"] = {"hash": digest, "proof": write_proof(proof)}
    return json.dumps(ballot, separators=(",", ":"), ensure_ascii=False)


def mutant(seed: int, changes: list[Change]) -> bytes:
    """An archive of two ballots, of which the second was changed and signed again."""
    draw = Random(seed)
    member = draw.randrange(1, 3)
    ballot = json.loads(ballot_of(E, member, MARKS[member]))
    changes[seed % len(changes)](ballot, draw)
    text = (
        draw.choice(TEXT_CHANGES)(signed(ballot, member, draw), draw) if seed % 4 == 0 else signed(ballot, member, draw)
    )
    return Forger(E).setup().cast(ballot_of(E, 0, MARKS[0]), text.encode()).archive()


def agree(record: bytes) -> None:
    """All three say the same."""
    ours, theirs, tools = we_say(record), verifier_says(record), tool_accepts(record)

    assert (ours == "fine", theirs == "fine") == (tools, tools), (ours, theirs, tools)


@pytest.mark.parametrize("seed", range(20))
def test_all_agree_on_a_changed_ballot(seed: int) -> None:
    agree(mutant(seed, [*CHANGES, change_nothing]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 320))
def test_all_agree_on_many_changed_ballots(seed: int) -> None:
    agree(mutant(seed, [*CHANGES, change_nothing]))


@pytest.mark.parametrize("change", [respell, add_field_to_answer, reorder_answer])
@pytest.mark.parametrize("seed", [1, 5, 9])
def test_other_spelling_within_answers_is_refused_by_us_alone(seed: int, change: Change) -> None:
    record = mutant(seed, [change])

    assert we_say(record) in {"number", "shape", "canonical"}
    assert verifier_says(record) in {"number", "shape"}
    assert tool_accepts(record)


def test_ballot_signed_again_without_a_change_is_accepted_by_all() -> None:
    record = mutant(1, [change_nothing])

    assert (we_say(record), verifier_says(record), tool_accepts(record)) == ("fine", "fine", True)
