"""What is fixed before a vote: the election's text, the trustees' keys."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.factories.voting import COMMITTEE, STRIKE, chance, committee, opened
from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.checks import Check, CheckFailed
from unionhall.rulebook.voting.election import make_election, read_election
from unionhall.rulebook.voting.encryption import ElectionKey
from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.threshold import combine_shares
from unionhall.rulebook.voting.threshold_making import play_ceremony
from unionhall.rulebook.voting.trustees import make_trustees, read_trustees

E = opened("VoteForTests11", (STRIKE, COMMITTEE)).election


def changed(**changes: Any) -> bytes:
    """The election's text with some fields changed; None removes one."""
    value = json.loads(E.raw) | changes
    return wire.write({name: part for name, part in value.items() if part is not None})


def question(**changes: Any) -> bytes:
    """The election's text with its first question changed."""
    first, *rest = json.loads(E.raw)["questions"]
    return changed(questions=[first | changes, *rest])


def test_election_is_read_as_it_was_made() -> None:
    again = read_election(E.raw)

    assert (again, again.fingerprint) == (E, E.fingerprint)
    assert again.questions == (STRIKE, COMMITTEE)
    assert len(E.fingerprint) == 43


def test_election_names_who_runs_it() -> None:
    election = make_election(
        uuid="VoteForTests11", name="N", description="D", key=ElectionKey(GROUP, GROUP.g), questions=(STRIKE,),
        administrator="Alma", credential_authority="Beto",
    )  # fmt: skip

    assert election.raw == (
        b'{"version":1,"description":"D","name":"N","group":"BELENIOS-2048","public_key":"%s","questions":[{"answers":'
        b'["YES","NO"],"min":1,"max":1,"question":"Shall we strike?"}],"uuid":"VoteForTests11","administrator":"Alma",'
        b'"credential_authority":"Beto"}' % str(GROUP.g).encode()
    )
    assert (election.administrator, election.credential_authority) == ("Alma", "Beto")


@pytest.mark.parametrize(
    ("raw", "check"),
    [
        (changed(version=2), Check.VERSION),
        (changed(version=True), Check.VERSION),
        (changed(group="Ed25519"), Check.GROUP),
        (changed(public_key="2"), Check.ELEMENT),
        (changed(public_key=2), Check.NUMBER),
        (changed(uuid="short"), Check.SHAPE),
        (changed(uuid=None), Check.SHAPE),
        (changed(name=5), Check.SHAPE),
        (changed(note=5), Check.SHAPE),
        (changed(questions=[]), Check.QUESTIONS),
        (changed(questions={}), Check.SHAPE),
        (question(answers=[]), Check.QUESTIONS),
        (question(answers=[5]), Check.SHAPE),
        (question(min=2), Check.QUESTIONS),
        (question(max=3), Check.QUESTIONS),
        (question(min=0, max=0), Check.QUESTIONS),
        (question(min=-1), Check.SHAPE),
        (question(min=True), Check.SHAPE),
        (question(blank="yes"), Check.SHAPE),
        (question(type="NonHomomorphic"), Check.SHAPE),
        (E.raw + b" ", Check.CANONICAL),
        (changed(questions=20 * [{"answers": 60 * ["x"], "min": 0, "max": 60, "question": "y"}]), Check.QUESTIONS),
        (E.raw.replace(b'"min":1', b'"min":0,"min":1', 1), Check.CANONICAL),
    ],
)
def test_election_nobody_could_vote_in_is_refused(raw: bytes, check: Check) -> None:
    with pytest.raises(CheckFailed) as caught:
        read_election(raw)

    assert caught.value.check == check


@pytest.mark.parametrize("kind", ["1of1", "3of3", "2of3"])
def test_trustees_are_read_as_they_were_made(kind: str) -> None:
    trustees = committee(kind).trustees

    assert read_trustees(trustees.raw, group=GROUP) == trustees
    assert list(trustees.keys) == list(range(1, 1 + int(kind[-1])))


def test_single_and_shared_keys_open_together() -> None:
    shared, private = play_ceremony(2, 3, group=GROUP, random_below=chance(8).randrange)
    alone = committee("1of1")
    both = make_trustees(*alone.trustees.kinds, shared)
    base = GROUP.base.power(77)
    shares = {1: GROUP.power(base, alone.private_keys[1].reveal())}
    shares |= {1 + place: GROUP.power(base, private[place - 1].reveal()) for place in (1, 3)}

    assert both.opening(shares, GROUP) == GROUP.power(both.election_key(GROUP), 77)
    for missing in (1, 2, 4):
        with pytest.raises(CheckFailed) as caught:
            both.opening({owner: share for owner, share in shares.items() if owner != missing}, GROUP)
        assert caught.value.check == Check.MISSING_SHARE


@pytest.mark.parametrize(("threshold", "size"), [(0, 3), (4, 3)])
def test_impossible_threshold_is_refused(threshold: int, size: int) -> None:
    with pytest.raises(CheckFailed):
        play_ceremony(threshold, size, group=GROUP, random_below=chance().randrange)


def test_nobody_opens_nothing() -> None:
    with pytest.raises(CheckFailed):
        combine_shares({}, GROUP)
    with pytest.raises(CheckFailed):
        make_trustees()


def single(**changes: Any) -> bytes:
    (_, value), *rest = json.loads(committee("3of3").trustees.raw)
    return wire.write([["Single", value | changes], *rest])


def shared(**changes: Any) -> bytes:
    ((_, value),) = json.loads(committee("2of3").trustees.raw)
    return wire.write([["Pedersen", value | changes]])


def pedersen() -> dict[str, Any]:
    ((_, value),) = json.loads(committee("2of3").trustees.raw)
    return value


def reordered(name: str) -> bytes:
    """Two trustees' entries exchanged."""
    one, two, three = pedersen()[name]
    return shared(**{name: [two, one, three]})


def message(name: str, text: str) -> bytes:
    """The first trustee's message says something else."""
    first, *rest = pedersen()[name]
    return shared(**{name: [first | {"message": text}, *rest]})


@pytest.mark.parametrize(
    ("raw", "check"),
    [
        (b"[]", Check.SHAPE),
        (b'[["Double",{}]]', Check.SHAPE),
        (b'[["Single"]]', Check.SHAPE),
        (single(public_key="2"), Check.ELEMENT),
        (single(public_key=str(GROUP.g)), Check.KEY_PROOF),
        (single(note=1), Check.SHAPE),
        (committee().trustees.raw + b" ", Check.CANONICAL),
        (shared(threshold=0), Check.SHAPE),
        (shared(threshold=4), Check.SHAPE),
        (shared(threshold=1), Check.SHAPE),
        (shared(verification_keys=[]), Check.THRESHOLD),
        (shared(certs=[]), Check.SHAPE),
        (reordered("verification_keys"), Check.VERIFICATION_KEY),
        (reordered("certs"), Check.COEFFICIENTS),
        (reordered("coefexps"), Check.COEFFICIENTS),
        (message("certs", "{}"), Check.CERTIFICATE),
        (message("certs", '{"verification":"2","encryption":"2"}'), Check.CERTIFICATE),
        (message("certs", json.dumps({"verification": str(GROUP.g), "encryption": str(GROUP.g)})), Check.CERTIFICATE),
        (message("coefexps", "{}"), Check.COEFFICIENTS),
        (message("coefexps", "5"), Check.COEFFICIENTS),
        (shared(certs=[5, 5, 5]), Check.SHAPE),
    ],
)
def test_trustees_whose_keys_are_not_proved_are_refused(raw: bytes, check: Check) -> None:
    with pytest.raises(CheckFailed) as caught:
        read_trustees(raw, group=GROUP)

    assert caught.value.check == check
