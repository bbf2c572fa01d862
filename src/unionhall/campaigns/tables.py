"""The queue as its page shows it: which filters stand above it, how many each holds, and where its pages lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import EntryState
from unionhall.campaigns.queries import Holder, Queue, QueueFilter, SitePerson, Team

LATE_AFTER_SECONDS: Final = 24 * 60 * 60
STATES: Final = ((EntryState.OPEN, _("Waiting")), (EntryState.ANSWERED, _("Answered")), (EntryState.CLOSED, _("Done")))
LANGUAGES: Final = (("", _("Both languages")), ("es", "Español"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: its word, where it leads, how many it holds, and whether it is the one that holds now."""

    label: str | Promise
    href: str
    current: bool
    count: int | str = ""


@dataclass(frozen=True, slots=True)
class QueueTable:
    """A queue with the filter it was read by."""

    queue: Queue
    wanted: QueueFilter

    def states(self) -> list[Chip]:
        """A chip for each state, with its number of entries."""
        return [
            Chip(label, self._href(state=state), self.wanted.state == state, self.queue.counts[state])
            for state, label in STATES
        ]

    def languages(self) -> list[Chip]:
        """A chip for both languages and for each."""
        return [Chip(label, self._href(language=code), self.wanted.language == code) for code, label in LANGUAGES]

    def earlier(self) -> str:
        """Where the page before leads; blank on the first."""
        return self._href(page=self.wanted.page - 1) if self.wanted.page > 1 else ""

    def later(self) -> str:
        """Where the next page leads; blank on the last."""
        return self._href(page=self.wanted.page + 1) if self.queue.more else ""

    def is_late(self) -> bool:
        """Whether somebody has waited longer than the day we promise."""
        longest = self.queue.summary.longest_seconds
        return longest is not None and longest > LATE_AFTER_SECONDS

    def _href(self, *, state: str | None = None, language: str | None = None, page: int = 1) -> str:
        """The queue's address with one thing changed; what is at rest is left out."""
        parts = {
            "state": self.wanted.state if state is None else state,
            "language": self.wanted.language if language is None else language,
            "page": page,
        }
        resting = {"state": EntryState.OPEN, "language": "", "page": 1}
        return "?" + urlencode({key: value for key, value in parts.items() if value != resting[key]})


@dataclass(frozen=True, slots=True)
class TurfGroup:
    """People of one worksite that stand together where turfs are given: a CAT member's, or of a shift and nobody's.

    key: the holder's, or "none-" and a number.
    """

    key: str
    holder: Holder | None
    shift: str
    people: Sequence[SitePerson]


def people_shown(team: Team) -> list[SitePerson]:
    """Everybody of the team, those in nobody's turf first, then each CAT member's together."""
    held = [one for holder in team.holders for one in team.of(holder)]
    return [*team.uncovered, *held]


def groups_of(people: Sequence[SitePerson]) -> list[TurfGroup]:
    """Those people by who answers for them, and where nobody does by shift."""
    found: list[TurfGroup] = []
    for (holder, shift), group in groupby(people, key=lambda one: (one.holder, "" if one.holder else one.shift)):
        key = holder.key if holder else f"none-{len(found) + 1}"
        found.append(TurfGroup(key, holder, shift, list(group)))
    return found
