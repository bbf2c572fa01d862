"""Thresholds, quorums and ties, decided with whole numbers."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import needs
from unionhall.rulebook.voting.counting import (
    Base,
    CountingError,
    Decision,
    Election,
    Motion,
    Rule,
    Verdict,
    decide,
    decide_each,
    elect,
    yes_needed,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
counts = st.integers(0, 40_000)
motions = st.builds(
    lambda yes, no, blank, more: Motion(yes, no, blank, yes + no + blank + more), counts, counts, counts, counts
)
fractions = st.fractions(0, 1, max_denominator=1000)
rules = st.builds(
    Rule, fractions.filter(lambda share: share < 1), st.sampled_from(Base), st.booleans(), st.none() | fractions
)


@pytest.mark.parametrize(
    ("motion", "rule", "expected"),
    [
        (Motion(51, 49, 0, 100), Rule(), Decision(Verdict.CARRIED, 51, 0, Fraction(51, 100))),
        (Motion(50, 50, 0, 100), Rule(), Decision(Verdict.TIED, 51, 0, HALF)),
        (Motion(50, 50, 0, 100), Rule(is_exceeded=False), Decision(Verdict.CARRIED, 50, 0, HALF)),
        (Motion(50, 49, 9, 200), Rule(), Decision(Verdict.CARRIED, 50, 0, Fraction(50, 99))),
        (Motion(50, 49, 9, 200), Rule(base=Base.PAPERS), Decision(Verdict.LOST, 55, 0, Fraction(50, 108))),
        (Motion(50, 49, 9, 200), Rule(base=Base.ELIGIBLE), Decision(Verdict.LOST, 101, 0, Fraction(1, 4))),
        (Motion(50, 50, 0, 100), Rule(base=Base.ELIGIBLE), Decision(Verdict.LOST, 51, 0, HALF)),
        (Motion(66, 34, 0, 100), Rule(TWO_THIRDS, is_exceeded=False), Decision(Verdict.LOST, 67, 0, Fraction(33, 50))),
        (Motion(2, 1, 0, 3), Rule(TWO_THIRDS, is_exceeded=False), Decision(Verdict.CARRIED, 2, 0, TWO_THIRDS)),
        (Motion(2, 1, 0, 3), Rule(TWO_THIRDS), Decision(Verdict.LOST, 3, 0, TWO_THIRDS)),
        (Motion(9, 0, 0, 100), Rule(quorum=Fraction(1, 10)), Decision(Verdict.NO_QUORUM, 5, 10, Fraction(1))),
        (Motion(9, 0, 1, 100), Rule(quorum=Fraction(1, 10)), Decision(Verdict.CARRIED, 5, 10, Fraction(1))),
        (Motion(9, 0, 1, 101), Rule(quorum=Fraction(1, 10)), Decision(Verdict.NO_QUORUM, 5, 11, Fraction(1))),
        (Motion(0, 0, 0, 100), Rule(), Decision(Verdict.LOST, 1, 0, None)),
        (Motion(0, 0, 0, 0), Rule(Fraction(0), is_exceeded=False), Decision(Verdict.LOST, 1, 0, None)),
        (Motion(0, 0, 5, 9), Rule(), Decision(Verdict.LOST, 1, 0, None)),
    ],
)
def test_motion_is_decided_exactly(motion: Motion, rule: Rule, expected: Decision) -> None:
    assert decide(motion, rule) == expected


@settings(deadline=None)
@given(motions, rules)
def test_one_vote_more_never_turns_a_carried_motion_down(motion: Motion, rule: Rule) -> None:
    assume(motion.papers < motion.eligible)
    more = Motion(motion.yes + 1, motion.no, motion.blank, motion.eligible)

    assert decide(motion, rule).verdict != Verdict.CARRIED or decide(more, rule).verdict == Verdict.CARRIED


@settings(deadline=None)
@given(motions, rules)
def test_needed_is_the_least_number_that_carries(motion: Motion, rule: Rule) -> None:
    base = motion.base(rule.base)
    needed = yes_needed(base, rule)

    def carries(yes: int) -> bool:
        return yes > 0 and (yes > rule.threshold * base if rule.is_exceeded else yes >= rule.threshold * base)

    assert carries(needed)
    assert not carries(needed - 1)


@settings(deadline=None)
@given(motions)
def test_blank_papers_never_change_a_share_of_the_votes(motion: Motion) -> None:
    without = Motion(motion.yes, motion.no, 0, motion.eligible)

    assert decide(motion, Rule()).share == decide(without, Rule()).share
    assert decide(motion, Rule()).verdict == decide(without, Rule()).verdict


@pytest.mark.parametrize("wrong", [Fraction(-1, 2), Fraction(3, 2), Fraction(1)])
def test_threshold_nobody_can_reach_is_refused(wrong: Fraction) -> None:
    with pytest.raises(CountingError) as caught:
        Rule(wrong)

    assert caught.value.code == "threshold"


def test_all_of_the_votes_may_be_asked_for() -> None:
    assert decide(Motion(5, 0, 0, 9), Rule(Fraction(1), is_exceeded=False)).verdict == Verdict.CARRIED


@pytest.mark.parametrize("numbers", [(-1, 0, 0, 5), (3, 3, 0, 5), (0, -1, 0, 5), (0, 0, -1, 5)])
def test_numbers_that_cannot_be_are_refused(numbers: tuple[int, int, int, int]) -> None:
    with pytest.raises(CountingError):
        Motion(*numbers)


def test_each_question_goes_by_its_own_rule() -> None:
    motion = Motion(60, 40, 0, 100)

    decisions = decide_each([motion, motion], [Rule(), Rule(TWO_THIRDS, is_exceeded=False)])

    assert [decision.verdict for decision in decisions] == [Verdict.CARRIED, Verdict.LOST]
    with pytest.raises(CountingError):
        decide_each([motion], [])


@pytest.mark.parametrize(
    ("votes", "seats", "least", "expected"),
    [
        ([5, 9, 7], 2, 1, Election((1, 2), (), 0)),
        ([5, 5, 7], 2, 1, Election((2,), (0, 1), 1)),
        ([5, 5, 5], 2, 1, Election((), (0, 1, 2), 2)),
        ([5, 5, 1], 2, 1, Election((0, 1), (), 0)),
        ([5, 0], 2, 1, Election((0,), (), 1)),
        ([5, 3, 2], 2, 4, Election((0,), (), 1)),
        ([], 1, 1, Election((), (), 1)),
    ],
)
def test_most_votes_are_elected_and_ties_are_left_to_people(
    votes: list[int], seats: int, least: int, expected: Election
) -> None:
    assert elect(votes, seats=seats, least=least) == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), max_size=8), st.integers(1, 4))
def test_nobody_not_elected_has_more_votes_than_somebody_elected(votes: list[int], seats: int) -> None:
    found = elect(votes, seats=seats)
    others = set(range(len(votes))) - set(found.elected)

    assert len(found.elected) + found.open_seats == seats
    assert all(votes[one] > votes[other] for one in found.elected for other in others)
    assert not found.tied or len(found.tied) > found.open_seats


@pytest.mark.parametrize("wrong", [{"seats": 0}, {"seats": 1, "least": 0}])
def test_election_without_seats_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(CountingError):
        elect([1], **wrong)
    with pytest.raises(CountingError):
        elect([-1], seats=1)


def published(name: str) -> Counter[str]:
    """The votes of each candidate in a published file of results."""
    path = needs.shared("data/election-openelections-la") / name
    votes: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            votes[row["candidate"]] += int(row["votes"] or 0)
    return votes


def test_published_runoff_is_decided_as_it_was() -> None:
    votes = published("20170606__ca__special__general.csv")
    motion = Motion(votes["Jimmy Gomez"], votes["Robert Lee Ahn"], 0, 305_000)

    assert (motion.yes, motion.no) == (25_569, 17_610)
    assert decide(motion, Rule()).verdict == Verdict.CARRIED
    assert decide(motion, Rule(TWO_THIRDS, is_exceeded=False)) == Decision(
        Verdict.LOST, 28_786, 0, Fraction(25_569, 43_179)
    )
    assert decide(motion, Rule(base=Base.ELIGIBLE)).verdict == Verdict.LOST


def test_published_primary_sends_the_right_two_on() -> None:
    votes = published("20170404__ca__special__primary.csv")
    names, numbers = list(votes), list(votes.values())

    found = elect(numbers, seats=2)

    assert [names[place] for place in found.elected] == ["Jimmy Gomez", "Robert Lee Ahn"]
    assert decide(Motion(max(numbers), sum(numbers) - max(numbers), 0, 10**6), Rule()).verdict == Verdict.LOST
