"""Findings as reasons that a person reads, and bits as a score.

Source: docs/rules/matching.md, section 6.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from unionhall.rulebook.matching.cards import PersonCard, Reason
from unionhall.rulebook.matching.evidence import FINDINGS, FLAG, Weighed
from unionhall.rulebook.matching.spelling import Like, NameLikeness

# Every code that a reason may have, in the order in which people are told; docs/rules/matching.md explains each.
REASONS: Final = (
    "same_id", "same_phone", "same_mail", "same_home", "same_birthday", "same_hire_date", "same_worksite", "same_job",
    "same_suffix", "same_middle", "same_name", "same_surname", "same_given", "double_surname", "swapped_name",
    "nickname", "initials", "spelling", "name_close", "close_birthday", "close_hire_date", "id_other_name", "other_id",
    "other_given", "other_surname", "other_birthday", "other_suffix", "one_suffix", "other_middle", "other_hire_date",
    "other_worksite", "other_job", "other_phone", "other_mail", "other_home",
)  # fmt: skip
_ORDER: Final = {code: place for place, code in enumerate(REASONS)}
_FAMILY: Final = {
    Like.SAME: "same_surname",
    Like.DOUBLE: "double_surname",
    Like.SPELLING: "spelling",
    Like.CLOSE: "name_close",
    Like.FAINT: "name_close",
    Like.OTHER: "other_surname",
}
_GIVEN: Final = {
    Like.SAME: "same_given",
    Like.SHORT: "nickname",
    Like.INITIAL: "initials",
    Like.SPELLING: "spelling",
    Like.CLOSE: "name_close",
    Like.FAINT: "name_close",
    Like.OTHER: "other_given",
}
_AGAINST: Final = frozenset(
    code for code in REASONS if code.startswith("other_") or code in {"id_other_name", "one_suffix"}
)


def score_of(bits: float) -> float:
    """How likely, from 0 to 1, in four digits."""
    if bits > 15:
        return 1.0
    return round(1 / (1 + 2**-bits), 4)


def reasons_of(weighed: Weighed, one: PersonCard, other: PersonCard) -> tuple[Reason, ...]:
    """What speaks for and against, in the order of REASONS. one: the incoming card, whose name comes first."""
    if weighed.names.family is weighed.names.given is Like.SAME and not weighed.names.swapped:
        return _plain_reasons(weighed.flags)
    found = [*_flag_reasons(weighed.flags), *_name_reasons(weighed.names, one, other)]
    return _in_order(found)


@lru_cache(maxsize=10_000)
def _plain_reasons(flags: int) -> tuple[Reason, ...]:
    return _in_order([*_flag_reasons(flags), Reason("same_name")])


def _flag_reasons(flags: int) -> list[Reason]:
    return [Reason(code, -1 if code in _AGAINST else 1) for code in FINDINGS if flags & FLAG[code]]


def _in_order(found: list[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(found, key=lambda reason: (reason.sign < 0, _ORDER[reason.code], reason.one)))


def _name_reasons(names: NameLikeness, one: PersonCard, other: PersonCard) -> list[Reason]:
    if names.swapped:
        return [Reason("swapped_name", 1, one.name, other.name)]
    return [*_reason(_FAMILY, names.family, one, other), *_reason(_GIVEN, names.given, one, other)]


def _reason(codes: dict[Like, str], like: Like, one: PersonCard, other: PersonCard) -> list[Reason]:
    if like not in codes:
        return []
    code = codes[like]
    if like is Like.SAME:
        return [Reason(code)]
    sign = -1 if code in _AGAINST else 1
    if one.given_name and other.given_name and one.family_name and other.family_name:
        part = "family_name" if codes is _FAMILY else "given_name"
        return [Reason(code, sign, getattr(one, part), getattr(other, part))]
    return [Reason(code, sign, one.name, other.name)]
