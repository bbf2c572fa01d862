"""How long what is known of somebody who left is kept, and what remains after that.

Source: docs/rules/retention.md.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

MONTHS: Final = 12
# What a source may go on saying of a former member: who she was, and from which days on she was what.
KEPT_FIELDS: Final = frozenset({"name", "given_name", "family_name", "suffix", "employment", "membership", "absent"})


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is known of somebody's leaving. Each day is None where nobody knows it.

    is_former: whether she counts as gone: no longer a member, or separated from the employer. separated_on: as a list
    says it. missing_since: the first list without her. last_day: the latest last day of all her assignments, None too
    where one of them is still open. is_open: whether one is. is_held: a legal hold stops her clock.
    """

    is_former: bool
    separated_on: date | None = None
    missing_since: date | None = None
    last_day: date | None = None
    is_open: bool = False
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """How somebody's clock stands. code: "stays", "held", "no_day", "waiting" or "due"; on: the day it runs out."""

    code: str
    on: date | None = None


def clock_of(leaving: Leaving, *, today: date, months: int = MONTHS) -> Due:
    """Whether what is known of somebody is cut down today.

    The clock begins on the latest day known of her leaving, and never for anybody who still works at a place of ours.
    Source: docs/rules/retention.md, section 1.
    """
    if not leaving.is_former or leaving.is_open:
        return Due("stays")
    days = [day for day in (leaving.separated_on, leaving.missing_since, leaving.last_day) if day is not None]
    if not days:
        return Due("held" if leaving.is_held else "no_day")
    on = months_after(max(days), months)
    if leaving.is_held:
        return Due("held", on)
    return Due("due" if on <= today else "waiting", on)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def trimmed(said: Mapping[str, Any], kept: Collection[str] = KEPT_FIELDS) -> dict[str, Any]:
    """What a source's record still says after the clock has run out."""
    return {field: value for field, value in said.items() if field in kept}
