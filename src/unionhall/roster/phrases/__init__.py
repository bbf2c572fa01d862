"""Codes of the roster made into sentences."""

from unionhall.roster.phrases.lists import (
    COLUMN,
    FIELD,
    LIKENESS,
    NOTICE,
    PEOPLE_NOTICE,
    ROW,
    STANDS,
    THING,
    WHOLE,
    WHY,
    column_word,
    notice_sentence,
    reasons_sentence,
    row_sentence,
    stands_sentence,
    whole_sentence,
    why_sentence,
)
from unionhall.roster.phrases.trail import TRAIL

__all__ = [
    "COLUMN",
    "FIELD",
    "LIKENESS",
    "NOTICE",
    "PEOPLE_NOTICE",
    "ROW",
    "STANDS",
    "THING",
    "TRAIL",
    "WHOLE",
    "WHY",
    "column_word",
    "notice_sentence",
    "reasons_sentence",
    "row_sentence",
    "stands_sentence",
    "whole_sentence",
    "why_sentence",
]
