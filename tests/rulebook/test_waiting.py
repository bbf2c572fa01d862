"""Time to first reply."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.waiting import Span, Wait, WaitSummary, median, seconds_to_reply, span_of, summarize

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
seconds = st.fractions(min_value=0, max_value=10**7)


def after(**parts: float) -> datetime:
    return NOON + timedelta(**parts)


def test_summary_keeps_those_who_wait_out_of_the_median():
    waits = [
        Wait(NOON, after(hours=1)),
        Wait(NOON, after(hours=2)),
        Wait(NOON),
        Wait(after(hours=3)),
    ]
    assert summarize(waits, now=after(hours=5)) == WaitSummary(2, 2, Fraction(5400), Fraction(18000))


def test_summary_of_an_empty_queue():
    assert summarize([], now=NOON) == WaitSummary(0, 0, None, None)


def test_seconds_are_exact_to_the_microsecond():
    assert seconds_to_reply(Wait(NOON, after(microseconds=1)), now=NOON) == Fraction(1, 1_000_000)


def test_a_reply_noted_before_the_entry_is_no_wait():
    assert seconds_to_reply(Wait(NOON, after(minutes=-5)), now=NOON) == 0


@pytest.mark.parametrize(
    ("given_seconds", "said"),
    [(0, Span(0, 0, 0)), (59, Span(0, 0, 0)), (11520, Span(0, 3, 12)), (90061, Span(1, 1, 1))],
)
def test_span_is_rounded_down(given_seconds, said):
    assert span_of(given_seconds) == said


def test_span_below_zero_is_refused():
    with pytest.raises(ValueError, match="never below zero"):
        span_of(-1)


@given(st.lists(seconds, min_size=1))
def test_median_has_as_many_below_as_above(values):
    middle = median(values)
    assert sum(value < middle for value in values) <= len(values) / 2
    assert sum(value > middle for value in values) <= len(values) / 2


@given(st.integers(0, 10**8))
def test_span_adds_up(total):
    span = span_of(total)
    assert (span.days * 1440 + span.hours * 60 + span.minutes) * 60 <= total
    assert total - (span.days * 1440 + span.hours * 60 + span.minutes) * 60 < 60
