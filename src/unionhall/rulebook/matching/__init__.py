"""Who is who: which line of a list is which person of the roster, and who stands twice in it.

Nothing here reads contacts: phones, mails and homes come as opaque tokens. Lowest floor first: `cards` is what goes in
and out; `homes` makes tokens of an address; `spelling` compares names, with what `kin`, `short_forms` and `scripts` of
the rulebook know; `evidence` weighs two cards; `blocks` finds which are worth weighing; `settling` decides;
`reasons` tells why; `linking` and `twins` are the two doors.
Source: docs/rules/matching.md.
"""

from unionhall.rulebook.matching.cards import (
    Band,
    DuplicateGroup,
    Likeness,
    Match,
    PersonCard,
    Reason,
    Twins,
)
from unionhall.rulebook.matching.homes import place_tokens
from unionhall.rulebook.matching.linking import match
from unionhall.rulebook.matching.reasons import REASONS
from unionhall.rulebook.matching.twins import duplicates

__all__ = [
    "REASONS",
    "Band",
    "DuplicateGroup",
    "Likeness",
    "Match",
    "PersonCard",
    "Reason",
    "Twins",
    "duplicates",
    "match",
    "place_tokens",
]
