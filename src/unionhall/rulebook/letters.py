"""When a letter may go out, and when one that failed is tried again. Source: docs/rules/letters.md."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

# Texts of ours are read in working clothes: narrower than the law's 9 p.m.
FIRST_HOUR: Final = time(8)
LAST_HOUR: Final = time(21)
# What is waited after the first failed try, the second, and so on; after the last of them nobody tries any more.
PAUSES: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


def is_quiet(at: datetime, zone: ZoneInfo) -> bool:
    """Whether it is night for whoever lives in that zone, so that no text may go out. at: aware."""
    here = at.astimezone(zone).time()
    return not FIRST_HOUR <= here < LAST_HOUR


def awake_at(at: datetime, zone: ZoneInfo) -> datetime:
    """The same instant by day, else the next morning at eight in that zone; in the zone of `at`."""
    here = at.astimezone(zone)
    if not is_quiet(at, zone):
        return at
    day = here.date() if here.time() < FIRST_HOUR else here.date() + timedelta(days=1)
    return datetime.combine(day, FIRST_HOUR, zone).astimezone(at.tzinfo)


def next_try(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries, one or more; None: give up, and let somebody see it."""
    return PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else None
