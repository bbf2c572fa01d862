"""Where a campaign stands on a day, and whether its members are on strike: read from the record, never typed.

A campaign moves on four tracks at once (docs/rules/phases.md). Each step on a track has a first day and, once it is
over, a last day. What the public sees, and the answer to "are we on strike?", are functions of those steps and a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Track(StrEnum):
    """The four things that go on at once in a contract campaign."""

    MANDATE = "mandate"
    TABLE = "table"
    FIELD = "field"
    LEGAL = "legal"


class Step(StrEnum):
    """What a track can be doing."""

    LISTENING = "listening"
    DRAFTING = "drafting"
    ENDORSING = "endorsing"
    PLATFORM_VOTE = "platform_vote"
    STRIKE_VOTE_OPEN = "strike_vote_open"
    STRIKE_AUTHORIZED = "strike_authorized"
    STRIKE_NOT_AUTHORIZED = "strike_not_authorized"
    RATIFICATION = "ratification"
    NOTICES = "notices"
    BARGAINING = "bargaining"
    AGREEMENT = "agreement"
    ENFORCEMENT = "enforcement"
    ORGANIZING = "organizing"
    ACTIONS = "actions"
    PICKETS = "pickets"
    STRIKE = "strike"
    IMPASSE = "impasse"
    MEDIATION = "mediation"
    FACTFINDING = "factfinding"
    AFTER_FACTFINDING = "after_factfinding"

    @property
    def track(self) -> Track:
        """The track this step belongs to."""
        return TRACK_OF[self]


_STEPS_OF: dict[Track, tuple[Step, ...]] = {
    Track.MANDATE: (
        Step.LISTENING,
        Step.DRAFTING,
        Step.ENDORSING,
        Step.PLATFORM_VOTE,
        Step.STRIKE_VOTE_OPEN,
        Step.STRIKE_AUTHORIZED,
        Step.STRIKE_NOT_AUTHORIZED,
        Step.RATIFICATION,
    ),
    Track.TABLE: (Step.NOTICES, Step.BARGAINING, Step.AGREEMENT, Step.ENFORCEMENT),
    Track.FIELD: (Step.ORGANIZING, Step.ACTIONS, Step.PICKETS, Step.STRIKE),
    Track.LEGAL: (Step.IMPASSE, Step.MEDIATION, Step.FACTFINDING, Step.AFTER_FACTFINDING),
}
TRACK_OF: dict[Step, Track] = {step: track for track, steps in _STEPS_OF.items() for step in steps}


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of one campaign, from its first day to its last, both counted; no last day while it goes on.

    key: what the caller knows it by, such as a row number; given back untouched.
    """

    step: Step
    starts_on: date
    ends_on: date | None = None
    public: bool = False
    key: int = 0

    def covers(self, day: date) -> bool:
        """Whether the step is under way on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def has_begun(self, day: date) -> bool:
        """Whether its first day has come."""
        return self.starts_on <= day


_CLOSING = (Step.AGREEMENT, Step.RATIFICATION, Step.ENFORCEMENT)
_REOPENING = (Step.BARGAINING, Step.IMPASSE, Step.STRIKE_VOTE_OPEN, Step.STRIKE)


def closing_on(phases: Iterable[Phase], day: date) -> Phase | None:
    """The agreement that holds on a day: the latest of agreement, ratification and enforcement, unless it was reopened.

    Talks, an impasse, a strike vote or a strike begun after it reopen it.
    Source: docs/rules/phases.md, section 1.
    """
    phases = tuple(phases)
    closing = _latest_begun(phases, _CLOSING, day)
    reopened = _latest_begun(phases, _REOPENING, day)
    return closing if closing and (reopened is None or reopened.starts_on <= closing.starts_on) else None


def round_begins_on(phases: Iterable[Phase], day: date) -> date | None:
    """The day from which the record speaks of what goes on now; None where no agreement has come yet.

    The first day of the agreement that holds, or of the first step that reopened an earlier one.
    """
    phases = tuple(phases)
    holding = closing_on(phases, day)
    if holding:
        return holding.starts_on
    earlier = _latest_begun(phases, _CLOSING, day)
    if earlier is None:
        return None
    return min(
        row.starts_on
        for row in phases
        if row.step in _REOPENING and row.has_begun(day) and row.starts_on > earlier.starts_on
    )


class Reason(StrEnum):
    """Why we are, or are not, on strike; the sentence of each stands in the slice's phrases."""

    STRIKE_CALLED = "strike_called"
    STRIKE_OVER = "strike_over"
    AGREEMENT_REACHED = "agreement_reached"
    TALKS_GO_ON = "talks_go_on"
    TALKS_NOT_BEGUN = "talks_not_begun"
    IMPASSE_DECLARED = "impasse_declared"
    NO_MEDIATION_NO_FACTFINDING = "no_mediation_no_factfinding"
    MEDIATION_GOES_ON = "mediation_goes_on"
    MEDIATION_OVER = "mediation_over"
    FACTFINDING_GOES_ON = "factfinding_goes_on"
    FACTFINDING_OVER = "factfinding_over"
    NO_STRIKE_VOTE = "no_strike_vote"
    STRIKE_VOTE_GOES_ON = "strike_vote_goes_on"
    STRIKE_NOT_AUTHORIZED = "strike_not_authorized"
    AUTHORIZED_NOT_CALLED = "authorized_not_called"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for the answer.

    happened: True for a thing that is or was (a check mark), False for one that has not been (a cross).
    on: the day it began or ended, where the record knows one.
    """

    reason: Reason
    happened: bool
    on: date | None = None


@dataclass(frozen=True, slots=True)
class StrikeAnswer:
    """Whether members are on strike, with its grounds in the order table, law, vote; true as of a day."""

    on_strike: bool
    grounds: tuple[Ground, ...]
    as_of: date


def strike_answer(phases: Sequence[Phase], *, on: date, last_session_on: date | None = None) -> StrikeAnswer:
    """Are we on strike? Yes only while a recorded strike is under way; otherwise no, with the reasons.

    phases: every step on record, in any order. last_session_on: the latest bargaining session held on or before the
    day, if any. The answer changes by itself when the record does, or when a recorded day comes.
    Source: docs/rules/phases.md, section 2.
    """
    strike = _under_way(phases, Step.STRIKE, on)
    if strike:
        return StrikeAnswer(True, (Ground(Reason.STRIKE_CALLED, True, strike.starts_on),), on)
    grounds = [_table_ground(phases, on, last_session_on), _law_ground(phases, on), _vote_ground(phases, on)]
    over = _latest_begun(phases, (Step.STRIKE,), on)
    if over:
        grounds.insert(0, Ground(Reason.STRIKE_OVER, True, over.ends_on))
    return StrikeAnswer(False, tuple(grounds), on)


def _under_way(phases: Iterable[Phase], step: Step, day: date) -> Phase | None:
    return next((phase for phase in phases if phase.step is step and phase.covers(day)), None)


def _latest_begun(phases: Iterable[Phase], steps: tuple[Step, ...], day: date) -> Phase | None:
    begun = [phase for phase in phases if phase.step in steps and phase.has_begun(day)]
    return max(begun, key=lambda phase: (phase.starts_on, phase.key), default=None)


def _table_ground(phases: Sequence[Phase], day: date, last_session_on: date | None) -> Ground:
    """What goes on at the table. An impasse counts as declared until an agreement is reached after it."""
    agreement = closing_on(phases, day)
    if agreement:
        return Ground(Reason.AGREEMENT_REACHED, True, agreement.starts_on)
    since = round_begins_on(phases, day) or date.min
    impasse = _latest_begun([phase for phase in phases if phase.starts_on >= since], (Step.IMPASSE,), day)
    if impasse:
        return Ground(Reason.IMPASSE_DECLARED, True, impasse.starts_on)
    if last_session_on or _latest_begun(phases, (Step.BARGAINING,), day):
        return Ground(Reason.TALKS_GO_ON, True, last_session_on)
    return Ground(Reason.TALKS_NOT_BEGUN, False)


def _law_ground(phases: Sequence[Phase], day: date) -> Ground:
    """How far the help from outside has come: the latest of mediation and factfinding that has begun.

    An agreement ends what nobody has recorded the end of.
    """
    latest = _latest_begun(phases, (Step.MEDIATION, Step.FACTFINDING, Step.AFTER_FACTFINDING), day)
    if latest is None:
        return Ground(Reason.NO_MEDIATION_NO_FACTFINDING, False)
    if latest.step is Step.AFTER_FACTFINDING:
        return Ground(Reason.FACTFINDING_OVER, True, latest.starts_on)
    since = round_begins_on(phases, day)
    overtaken = since is not None and latest.starts_on < since
    goes_on = latest.covers(day) and not overtaken
    if latest.step is Step.FACTFINDING:
        reason = Reason.FACTFINDING_GOES_ON if goes_on else Reason.FACTFINDING_OVER
    else:
        reason = Reason.MEDIATION_GOES_ON if goes_on else Reason.MEDIATION_OVER
    return Ground(reason, True, latest.starts_on if goes_on else latest.ends_on or since)


def _vote_ground(phases: Sequence[Phase], day: date) -> Ground:
    """What the members have said about a strike: the latest word counts. A vote that an agreement cut short is none."""
    votes = (Step.STRIKE_VOTE_OPEN, Step.STRIKE_AUTHORIZED, Step.STRIKE_NOT_AUTHORIZED)
    latest = _latest_begun(phases, votes, day)
    cut_short = latest is None or not latest.covers(day) or closing_on(phases, day) is not None
    if latest is None or (latest.step is Step.STRIKE_VOTE_OPEN and cut_short):
        return Ground(Reason.NO_STRIKE_VOTE, False)
    if latest.step is Step.STRIKE_VOTE_OPEN:
        return Ground(Reason.STRIKE_VOTE_GOES_ON, True, latest.starts_on)
    if latest.step is Step.STRIKE_NOT_AUTHORIZED:
        return Ground(Reason.STRIKE_NOT_AUTHORIZED, False, latest.starts_on)
    return Ground(Reason.AUTHORIZED_NOT_CALLED, True, latest.starts_on)
