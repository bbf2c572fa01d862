"""What the numbers mean in the hall: whether a motion carries, who is elected; decided with whole numbers, never with
rounded ones.

Blank papers are counted apart. Whether they count into the base of a threshold, and toward the quorum, is the rule's to
say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Base(StrEnum):
    """Of what a threshold is a share: votes for or against; papers, with the blank ones; all who may vote."""

    VOTES = "votes"
    PAPERS = "papers"
    ELIGIBLE = "eligible"


class Verdict(StrEnum):
    """How a motion came out. TIED is a motion that fell short by being level where more than half was needed."""

    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"
    NO_QUORUM = "no_quorum"


class CountingError(ValueError):
    """Numbers or rules that cannot be: more votes than papers, a threshold above the whole. code: which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rule:
    """When a motion carries. threshold: share of the base, 0 to 1. is_exceeded: it must be exceeded, not only reached.

    quorum: share of the eligible whose papers must be in the urn, blank ones included; None where none is asked. "More
    than half of the votes cast": Rule(Fraction(1, 2)). "At least two thirds": Rule(Fraction(2, 3), is_exceeded=False).
    """

    threshold: Fraction = Fraction(1, 2)
    base: Base = Base.VOTES
    is_exceeded: bool = True
    quorum: Fraction | None = None

    def __post_init__(self) -> None:
        shares = [self.threshold] if self.quorum is None else [self.threshold, self.quorum]
        if not all(0 <= share <= 1 for share in shares) or (self.is_exceeded and self.threshold == 1):
            raise CountingError("threshold")


@dataclass(frozen=True, slots=True)
class Motion:
    """The count of a motion. eligible: people on the roll; blank: papers without a mark; spoiled ones are not among
    them.
    """

    yes: int
    no: int
    blank: int
    eligible: int

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.blank) < 0 or self.papers > self.eligible:
            raise CountingError("count")

    @property
    def votes(self) -> int:
        """Papers that say yes or no."""
        return self.yes + self.no

    @property
    def papers(self) -> int:
        """All papers counted, blank ones too."""
        return self.votes + self.blank

    def base(self, base: Base) -> int:
        """The number that a threshold of this base is a share of."""
        return {Base.VOTES: self.votes, Base.PAPERS: self.papers, Base.ELIGIBLE: self.eligible}[base]


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a motion. needed: YES votes it took. quorum_needed: papers the quorum took, 0 where none is asked.

    share: YES of the base, exact; None where the base is empty.
    """

    verdict: Verdict
    needed: int
    quorum_needed: int
    share: Fraction | None


def decide(motion: Motion, rule: Rule) -> Decision:
    """Whether the motion carries. A motion nobody voted on is lost, whatever the threshold.

    Source: docs/rules/counting.md, sections 1 to 3.
    """
    base = motion.base(rule.base)
    needed = yes_needed(base, rule)
    quorum_needed = 0 if rule.quorum is None else ceil(rule.quorum * motion.eligible)
    share = Fraction(motion.yes, base) if base else None
    if motion.papers < quorum_needed:
        verdict = Verdict.NO_QUORUM
    elif motion.yes >= needed:
        verdict = Verdict.CARRIED
    else:
        level = motion.yes == motion.no > 0 and rule.base is not Base.ELIGIBLE and rule.threshold == Fraction(1, 2)
        verdict = Verdict.TIED if level else Verdict.LOST
    return Decision(verdict, needed, quorum_needed, share)


def yes_needed(base: int, rule: Rule) -> int:
    """The least number of YES votes that carries a motion with this base; at least one."""
    reached = rule.threshold * base
    return max(1, floor(reached) + 1 if rule.is_exceeded else ceil(reached))


def decide_each(motions: Sequence[Motion], rules: Sequence[Rule]) -> tuple[Decision, ...]:
    """Several questions on one paper, each by its own rule; what becomes of one does not touch another."""
    if len(motions) != len(rules):
        raise CountingError("rules")
    return tuple(decide(motion, rule) for motion, rule in zip(motions, rules, strict=True))


@dataclass(frozen=True, slots=True)
class Election:
    """Who is elected, by position on the paper. tied: those level at the last seat, among whom nobody is chosen here.

    open_seats: how many seats the tied ones, or nobody, have to fill.
    """

    elected: tuple[int, ...]
    tied: tuple[int, ...]
    open_seats: int


def elect(votes: Sequence[int], *, seats: int, least: int = 1) -> Election:
    """Who has most votes, seat by seat. votes: one count a candidate. least: nobody is elected with fewer.

    The lot, a second round or the committee decides a tie; arithmetic does not. Source: docs/rules/counting.md, section
    4.
    """
    if seats < 1 or least < 1 or min(votes, default=0) < 0:
        raise CountingError("seats")
    order = sorted((place for place, count in enumerate(votes) if count >= least), key=lambda place: -votes[place])
    if len(order) <= seats:
        return Election(tuple(order), (), seats - len(order))
    edge = votes[order[seats]]
    elected = tuple(place for place in order if votes[place] > edge)
    level = tuple(place for place in order if votes[place] == edge)
    if len(elected) == seats:
        return Election(elected, (), 0)
    return Election(elected, level, seats - len(elected))
