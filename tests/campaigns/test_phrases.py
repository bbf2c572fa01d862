"""The record said aloud, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from unionhall.campaigns import phrases
from unionhall.rulebook.phases import Ground, Reason

DAY = date(2026, 9, 27)


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reason_has_a_sentence_and_says_its_day(reason, language):
    with translation.override(language):
        sentence, line = phrases.ground_words(Ground(reason, True, DAY), DAY)
        assert sentence
        assert "%(" not in line
        day = phrases.day_words(DAY)
        asks = "%(day)s" in str(phrases.REASONS[reason][1]) or reason is Reason.TALKS_GO_ON
        assert (day in line) is asks


@pytest.mark.parametrize("reason", list(Reason))
def test_spanish_is_never_english(reason):
    english = phrases.ground_words(Ground(reason, True, DAY), DAY)
    with translation.override("es"):
        spanish = phrases.ground_words(Ground(reason, True, DAY), DAY)
    assert [en for en, es in zip(english, spanish, strict=True) if en == es] == []


@pytest.mark.parametrize(
    ("language", "day", "year", "instant"),
    [
        ("en", "27 September", "27 September 2026", "Sunday 27 September 2026, 6:10 p.m."),
        ("es", "27 de septiembre", "27 de septiembre de 2026", "domingo 27 de septiembre de 2026, 6:10 p.m."),
    ],
)
def test_days_are_said_in_words(language, day, year, instant):
    with translation.override(language):
        assert phrases.day_words(DAY) == day
        assert phrases.near_words(DAY, date(2026, 1, 1)) == day
        assert phrases.near_words(DAY, date(2027, 1, 1)) == year
        assert phrases.instant_words(datetime(2026, 9, 28, 1, 10, tzinfo=UTC)) == instant


@pytest.mark.parametrize(
    ("seconds", "english", "spanish"),
    [
        (30, "under a minute", "menos de un minuto"),
        (60, "1 min", "1 min"),
        (11_520, "3 h 12 min", "3 h 12 min"),
        (7_200, "2 h", "2 h"),
        (90_000, "1 day 1 h", "1 día 1 h"),
        (172_800, "2 days", "2 días"),
    ],
)
def test_waits_are_said_rounded_down(seconds, english, spanish):
    assert phrases.span_words(seconds) == english
    with translation.override("es"):
        assert phrases.span_words(seconds) == spanish


@pytest.mark.parametrize(
    ("value", "unit", "english", "spanish"),
    [
        ("30000.0000", "people", "30,000", "30,000"),
        ("2.5000", "%", "2.5%", "2.5\u00a0%"),
        ("100", "% once", "100% once", "100\u00a0% once"),
        ("6.4", "", "6.4", "6.4"),
    ],
)
def test_figures_have_no_idle_zeros_and_spanish_sets_the_sign_apart(value, unit, english, spanish):
    assert phrases.figure_words(Decimal(value), unit) == english
    with translation.override("es"):
        assert phrases.figure_words(Decimal(value), unit) == spanish


@pytest.mark.parametrize(("title", "said"), [("At the table", "At the table."), ("Who?", "Who?"), ("Yes.", "Yes.")])
def test_a_title_is_closed_before_its_line(title, said):
    assert phrases.closed(title) == said
