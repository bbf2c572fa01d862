"""How long people wait for a first reply: exact seconds, so that "within 24 hours" is decided exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Wait:
    """One person who wrote to us: when it came in, and when somebody first replied, if anybody has.

    Both instants are aware. A reply recorded before the entry came in counts as no wait at all.
    """

    received_at: datetime
    first_reply_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitSummary:
    """How a queue stands.

    waiting, answered: counts of people. median_seconds: median time to first reply of the answered, None where nobody
    was answered. longest_seconds: how long the one waits who waits longest, None where nobody waits.
    """

    waiting: int
    answered: int
    median_seconds: Fraction | None
    longest_seconds: Fraction | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in whole days, hours and minutes, rounded down, as it is said aloud."""

    days: int
    hours: int
    minutes: int


def seconds_to_reply(wait: Wait, *, now: datetime) -> Fraction:
    """Seconds from coming in to the first reply, or to now where nobody has replied; never below zero, exact."""
    microseconds = ((wait.first_reply_at or now) - wait.received_at) // timedelta(microseconds=1)
    return Fraction(max(microseconds, 0), 1_000_000)


def median(values: Iterable[Fraction]) -> Fraction | None:
    """The middle value; of an even number the exact mean of the middle two; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def summarize(waits: Iterable[Wait], *, now: datetime) -> WaitSummary:
    """How many wait, how many were answered, the median time to first reply, and the longest wait still open.

    Those still waiting do not enter the median, whose value would then change by the minute; they are counted beside
    it, so that a good median cannot hide them. Source: docs/rules/waiting.md.
    """
    everyone = list(waits)
    open_waits = [seconds_to_reply(wait, now=now) for wait in everyone if wait.first_reply_at is None]
    answered = [seconds_to_reply(wait, now=now) for wait in everyone if wait.first_reply_at is not None]
    return WaitSummary(len(open_waits), len(answered), median(answered), max(open_waits, default=None))


def span_of(seconds: Fraction | int) -> Span:
    """Seconds as days, hours and minutes, rounded down. Raises ValueError below zero."""
    if seconds < 0:
        raise ValueError("a wait is never below zero")
    minutes = int(seconds // 60)
    return Span(days=minutes // 1440, hours=minutes % 1440 // 60, minutes=minutes % 60)
