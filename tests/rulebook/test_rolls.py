"""Lists as of a day: who stands on them, and the text that proves them."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.rolls import Line, Stay, difference, lines_on, proof_of, text_of

DAY = date(2026, 11, 22)
ids = st.text("abcdef", min_size=1, max_size=3)
days = st.none() | st.dates(DAY - timedelta(days=3), DAY + timedelta(days=3))
stays = st.lists(
    st.builds(Stay, ids, ids, ids, days, days, st.none() | st.decimals(0, 8, places=1, allow_nan=False)), max_size=30
)


def stay(person="p1", worksite="w1", unit="F", starts_on=None, ends_on=None, hours=None):
    return Stay(person, worksite, unit, starts_on, ends_on, None if hours is None else Decimal(hours))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "there"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY - timedelta(days=1), False),
    ],
)
def test_both_days_of_an_assignment_count(starts_on, ends_on, there):
    assert (lines_on([stay(starts_on=starts_on, ends_on=ends_on)], DAY) == (Line("p1", "w1", "F"),)) is there


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (stay(worksite="w2", hours="6"), stay(worksite="w1", hours="2")),
        (stay(worksite="w2", hours="6"), stay(worksite="w1")),
        (stay(worksite="w2"), stay(worksite="w1", starts_on=DAY)),
        (stay(worksite="w2", starts_on=date(2020, 1, 1)), stay(worksite="w1", starts_on=date(2021, 1, 1))),
        (stay(worksite="w1"), stay(worksite="w2")),
        (stay(unit="F"), stay(unit="G")),
    ],
)
def test_of_two_places_one_counts_whatever_their_order(one, other):
    line = Line("p1", one.worksite, one.unit)
    assert lines_on([one, other], DAY) == lines_on([other, one], DAY) == (line,)


def test_text_is_what_the_rule_says_to_the_byte():
    lines = [Line("b2", "w1", "F"), Line("a1", "w\t2", "")]
    assert text_of(lines) == "a1\tw 2\t\nb2\tw1\tF\n"
    assert proof_of(lines) == hashlib.sha256(b"a1\tw 2\t\nb2\tw1\tF\n").hexdigest()
    assert proof_of([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(stays, st.randoms(use_true_random=False))
def test_one_line_a_person_in_whatever_order_the_stays_come(found, random):
    lines = lines_on(found, DAY)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert lines_on(shuffled, DAY) == lines
    assert [line.person for line in lines] == sorted({one.person for one in found if one.holds_on(DAY)})


@given(stays, stays)
def test_difference_leads_from_one_list_to_the_other(then, now):
    old, new = lines_on(then, DAY), lines_on(now, DAY)
    found = difference(old, new)
    moved = dict(found.moved)
    led = {moved.get(line, line) for line in old if line not in found.gone} | set(found.added)
    assert led == set(new)
    assert found.is_none == (old == new)
