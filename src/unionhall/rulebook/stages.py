"""What a campaign is doing on a day, which phase its page is named after, and which parts the page then has.

The four tracks say everything; the page can shout one thing. Source: docs/rules/phases.md, sections 1 and 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from unionhall.rulebook.phases import Phase, Step, closing_on, round_begins_on


class Stage(StrEnum):
    """What a campaign is doing, read from all four tracks; the later in the list, the more it weighs."""

    BEGINNING = "beginning"
    LISTENING = "listening"
    PLATFORM = "platform"
    BARGAINING = "bargaining"
    ESCALATING = "escalating"
    IMPASSE = "impasse"
    STRIKE_VOTE = "strike_vote"
    STRIKE = "strike"
    AGREEMENT = "agreement"
    RATIFIED = "ratified"


class Block(StrEnum):
    """A part of the home page that speaks of what is going on."""

    LISTEN = "listen"
    PLATFORM = "platform"
    TABLE = "table"
    PICKETS = "pickets"
    IMPASSE = "impasse"
    STRIKE_VOTE = "strike_vote"
    STRIKE = "strike"
    AGREEMENT = "agreement"
    ENFORCEMENT = "enforcement"


STAGE_OF: dict[Step, Stage] = {
    Step.LISTENING: Stage.LISTENING,
    Step.DRAFTING: Stage.LISTENING,
    Step.ENDORSING: Stage.LISTENING,
    Step.PLATFORM_VOTE: Stage.PLATFORM,
    Step.BARGAINING: Stage.BARGAINING,
    Step.ACTIONS: Stage.ESCALATING,
    Step.PICKETS: Stage.ESCALATING,
    Step.IMPASSE: Stage.IMPASSE,
    Step.MEDIATION: Stage.IMPASSE,
    Step.FACTFINDING: Stage.IMPASSE,
    Step.AFTER_FACTFINDING: Stage.IMPASSE,
    Step.STRIKE_VOTE_OPEN: Stage.STRIKE_VOTE,
    Step.STRIKE: Stage.STRIKE,
    Step.AGREEMENT: Stage.AGREEMENT,
    Step.RATIFICATION: Stage.AGREEMENT,
    Step.ENFORCEMENT: Stage.RATIFIED,
}
# Done in the open: over on the last day, and no longer what the campaign is doing.
PASSING = frozenset({Step.ACTIONS, Step.PICKETS, Step.STRIKE_VOTE_OPEN, Step.STRIKE})
_LEADS: dict[Stage, tuple[Block, ...]] = {
    Stage.BEGINNING: (Block.LISTEN,),
    Stage.LISTENING: (Block.LISTEN,),
    Stage.PLATFORM: (Block.PLATFORM,),
    Stage.BARGAINING: (Block.TABLE,),
    Stage.ESCALATING: (Block.PICKETS, Block.TABLE),
    Stage.IMPASSE: (Block.IMPASSE, Block.PICKETS, Block.TABLE),
    Stage.STRIKE_VOTE: (Block.STRIKE_VOTE, Block.IMPASSE, Block.PICKETS, Block.TABLE),
    Stage.STRIKE: (Block.STRIKE, Block.TABLE),
    Stage.AGREEMENT: (Block.AGREEMENT,),
    Stage.RATIFIED: (Block.ENFORCEMENT,),
}


def stage_on(phases: Sequence[Phase], day: date) -> Stage:
    """What the campaign is doing on that day: a strike under way, else the agreement that holds, else what weighs most.

    phases: every step on record, public or not, in any order. Source: docs/rules/phases.md, section 3.
    """
    if any(phase.step is Step.STRIKE and phase.covers(day) for phase in phases):
        return Stage.STRIKE
    holding = closing_on(phases, day)
    if holding:
        return STAGE_OF[holding.step]
    since = round_begins_on(phases, day)
    found = [
        STAGE_OF[phase.step]
        for phase in phases
        if phase.step in STAGE_OF and STAGE_OF[phase.step] not in _SETTLED and _counts(phase, day, since)
    ]
    return max(found, key=list(Stage).index, default=Stage.BEGINNING)


def shown_phase(phases: Sequence[Phase], day: date) -> Phase | None:
    """The public phase that the page is named after: never one that another part of the page would contradict.

    Of those under way the one begun last; else, of those that fit what the campaign is doing, the one that ended last.
    None where no public phase fits: the page is then named after its stage. Source: docs/rules/phases.md, section 1.
    """
    stage, holding = stage_on(phases, day), closing_on(phases, day)
    since = round_begins_on(phases, day)
    fit = [
        phase
        for phase in phases
        if phase.public and _counts(phase, day, since) and _fits(phase, stage, settled=holding is not None)
    ]
    under_way = [phase for phase in fit if phase.covers(day)]
    if under_way:
        return max(under_way, key=lambda phase: (phase.starts_on, phase.key))
    ended = [phase for phase in fit if STAGE_OF.get(phase.step) is stage]
    return max(ended, key=lambda phase: (phase.ends_on or day, phase.starts_on, phase.key), default=None)


def blocks_on(phases: Sequence[Phase], day: date) -> tuple[Block, ...]:
    """The parts of the home page that speak of what is going on, the most pressing first. Source: section 3."""
    since = round_begins_on(phases, day)
    live = {STAGE_OF[phase.step] for phase in phases if phase.step in STAGE_OF and _counts(phase, day, since)}
    kept = {Block.IMPASSE: Stage.IMPASSE in live, Block.PICKETS: Stage.ESCALATING in live}
    return tuple(block for block in _LEADS[stage_on(phases, day)] if kept.get(block, True))


_SETTLED = frozenset({Stage.AGREEMENT, Stage.RATIFIED, Stage.STRIKE})


def _counts(phase: Phase, day: date, since: date | None) -> bool:
    """Whether a step still says something: begun, of this round, and not over where it is done in the open."""
    in_round = since is None or phase.starts_on >= since
    return phase.has_begun(day) and in_round and (phase.covers(day) or phase.step not in PASSING)


def _fits(phase: Phase, stage: Stage, *, settled: bool) -> bool:
    of_strike = phase.step is Step.STRIKE
    closes = STAGE_OF.get(phase.step) in (Stage.AGREEMENT, Stage.RATIFIED)
    return of_strike if stage is Stage.STRIKE else not of_strike and (settled or not closes)
