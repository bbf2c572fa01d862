"""The count's own records, and errors on their way through processes."""

from __future__ import annotations

import copy

import pytest

from tests.factories.voting import NO, YES, Forger, ballot_of, opened, reread
from unionhall.rulebook.voting.checks import Check, CheckFailed
from unionhall.rulebook.voting.result import open_tally
from unionhall.rulebook.voting.tally import EncryptedTally, add_ballots, empty_tally, merge, read_tally, write_tally

E = opened()
BALLOTS = [ballot_of(E, member, (mark,)) for member, mark in enumerate((YES, NO, YES))]


def tally_of(*raws: bytes) -> EncryptedTally:
    """The locked sums of these ballots."""
    return add_ballots(empty_tally(E.election), [reread(raw, E) for raw in raws], E.election)


def test_sums_are_read_as_they_were_written() -> None:
    tally = tally_of(*BALLOTS)

    assert read_tally(write_tally(tally), E.election, ballots=3) == tally


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda raw: raw + b" ", Check.CANONICAL),
        (lambda raw: b"[]", Check.SHAPE),
        (lambda raw: raw.replace(b'"alpha":"', b'"alpha":"0', 1), Check.NUMBER),
        (lambda raw: b'[[{"alpha":"0","beta":"1"},{"alpha":"1","beta":"1"}]]', Check.ELEMENT),
    ],
)
def test_sums_of_another_shape_are_not_decrypted(change, check) -> None:
    with pytest.raises(CheckFailed) as caught:
        read_tally(change(write_tally(tally_of(*BALLOTS))), E.election, ballots=3)

    assert caught.value.check == check


def test_two_heaps_of_ballots_add_up_to_the_sums_of_all() -> None:
    assert merge(tally_of(BALLOTS[0]), tally_of(*BALLOTS[1:]), E.election) == tally_of(*BALLOTS)


def test_sums_that_open_to_no_number_are_refused() -> None:
    *_, (_, (part, _)), _ = Forger(E).setup().cast(*BALLOTS).count(*BALLOTS).events
    from unionhall.rulebook.voting.decryption import read_part

    tally = tally_of(*BALLOTS)
    parts = {1: read_part(part, E.election, tally, E.committee.trustees.keys[1].value, place="")}

    assert open_tally(E.election, E.committee.trustees, tally, parts) == ((2, 1),)
    with pytest.raises(CheckFailed) as caught:
        open_tally(E.election, E.committee.trustees, EncryptedTally(tally.sums, 1), parts)
    assert caught.value.check == Check.RESULT


def test_error_crosses_a_process_as_itself() -> None:
    again = copy.copy(CheckFailed(Check.ELEMENT, "ballot 7"))

    assert (again.check, again.place, str(again)) == (Check.ELEMENT, "ballot 7", "element: ballot 7")
