"""What two cards say for and against each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from unionhall.rulebook.matching.cards import PersonCard
from unionhall.rulebook.matching.evidence import Evidence, Seen, are_close_days, have_other_ids
from unionhall.rulebook.matching.spelling import take_apart

ROSA = PersonCard(1, "Rosa Garcia", birth="03-14", phones=frozenset({"p"}), places=frozenset({"h"}))


def seen(*cards: PersonCard) -> list[Seen]:
    return [Seen(at, card, take_apart(card)) for at, card in enumerate(cards)]


def bits(one: PersonCard, other: PersonCard, *others: PersonCard) -> float:
    cards = seen(one, other, *others)
    weighed = Evidence((), cards).weigh(cards[0], cards[1])
    assert weighed is not None
    return weighed.bits


def test_a_shared_rare_surname_counts_more_than_a_common_one():
    crowd = [PersonCard(10 + place, "Ana Garcia") for place in range(50)]
    common = bits(ROSA, ROSA, *crowd)
    rare = bits(replace(ROSA, name="Rosa Quintanilla"), replace(ROSA, name="Rosa Quintanilla"), *crowd)
    assert rare > common + 3


def test_a_household_says_no_more_than_that_it_is_one():
    sister = replace(ROSA, key=2, name="Ana Garcia", birth="")
    bare = replace(sister, places=frozenset())
    assert bits(ROSA, sister) == pytest.approx(bits(ROSA, bare))


def test_nobody_is_weighed_whose_names_are_both_other():
    cards = seen(ROSA, replace(ROSA, name="Kevin Tran"))
    assert Evidence((), cards).weigh(cards[0], cards[1]) is None


@pytest.mark.parametrize(
    ("change", "against"),
    [({"birth": "11-30"}, True), ({"birth": "03-15"}, True), ({"suffix": "Jr"}, True), ({"places": frozenset()}, True),
     ({"jobs": frozenset({"teacher"})}, False)],
)  # fmt: skip
def test_what_differs_costs_and_what_is_not_known_does_not(change: dict[str, object], against: bool):
    assert (bits(ROSA, replace(ROSA, **change)) < bits(ROSA, ROSA)) is against


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [("03-14", "03-15", True), ("03-12", "12-03", True), ("03-12", "03-21", True), ("10-05", "01-05", True),
     ("03-14", "07-29", False), ("03-14", "", False)],
)  # fmt: skip
def test_days_are_one_slip_apart_or_not(one: str, other: str, close: bool):
    assert are_close_days(one, other) is close


def test_numbers_speak_only_within_one_source():
    one = PersonCard(1, "A", ids=frozenset({("district", "1")}))
    assert have_other_ids(one, PersonCard(2, "A", ids=frozenset({("district", "2")})))
    assert not have_other_ids(one, PersonCard(2, "A", ids=frozenset({("charter", "2")})))
    assert not have_other_ids(one, PersonCard(2, "A", ids=frozenset({("district", "2"), ("district", "1")})))
