"""Days as lists write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.days import DayStyle, join_month_day, read_day, read_month_day, style_of

AS_OF = date(2026, 11, 22)
STYLE = DayStyle(as_of=AS_OF)
days = st.dates(date(1940, 1, 1), date(2027, 12, 31))
hired = st.dates(date(1950, 1, 1), AS_OF)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-08-15", date(2019, 8, 15)),
        ("2019/8/5", date(2019, 8, 5)),
        ("2019-08-15T00:00:00", date(2019, 8, 15)),
        ("8/15/2019", date(2019, 8, 15)),
        ("08-15-2019", date(2019, 8, 15)),
        ("8/15/2019 12:00 AM", date(2019, 8, 15)),
        ("15/8/2019", date(2019, 8, 15)),
        ("8/15/19", date(2019, 8, 15)),
        ("8/15/87", date(1987, 8, 15)),
        ("43692", date(2019, 8, 15)),
        ("43692.5", date(2019, 8, 15)),
        ("20190815", date(2019, 8, 15)),
        ("08152019", date(2019, 8, 15)),
        ("Aug 15, 2019", date(2019, 8, 15)),
        ("15-ago-19", date(2019, 8, 15)),
        ("15 de agosto de 2019", date(2019, 8, 15)),
        ("Thursday, August 15th, 2019", date(2019, 8, 15)),
        ("13/13/2019", None),
        ("2/30/2020", None),
        ("8/15/2099", None),
        ("1/1/1800", None),
        ("7", None),
        ("99999", None),
        ("soon", None),
        ("", None),
        ("٢٠١٩-٠٨-١٥", None),
    ],
)
def test_read_day(text, day):
    assert read_day(text, STYLE) == day


@given(days)
def test_every_spelling_of_a_day_is_that_day(day):
    spanish = DayStyle(as_of=AS_OF, order="dmy")
    number = (day - date(1899, 12, 30)).days
    assert read_day(day.isoformat(), STYLE) == day
    assert read_day(f"{day.month}/{day.day}/{day.year}", STYLE) == day
    assert read_day(f"{day.day}/{day.month}/{day.year}", spanish) == day
    assert read_day(str(number), STYLE) == day
    assert read_day(str(number - 1462), DayStyle(as_of=AS_OF, epoch=1904)) == day


@given(hired)
def test_short_years_are_never_after_the_list(day):
    found = read_day(f"{day.month}/{day.day}/{day.year % 100:02}", STYLE)
    assert found is None or (found.month, found.day) == (day.month, day.day)
    assert found is None or found <= AS_OF + timedelta(days=800)


@given(st.lists(hired, min_size=1, max_size=30), st.booleans())
def test_column_that_shows_its_order_is_read_by_it(found, is_spanish):
    texts = [
        f"{day.day}/{day.month}/{day.year}" if is_spanish else f"{day.month}/{day.day}/{day.year}" for day in found
    ]
    style = style_of(texts, as_of=AS_OF)
    if any(day.day > 12 for day in found):
        assert [read_day(text, style) for text in texts] == found
        assert style.sure
    else:
        assert style.order == "mdy"
        assert style.sure == all(day.day == day.month for day in found)


def test_column_that_speaks_both_ways_is_not_sure():
    assert not style_of(["8/15/2019", "15/8/2019", "3/4/2019"], as_of=AS_OF).sure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3/7/1984", "03-07"),
        ("2/29", "02-29"),
        ("Mar 7", "03-07"),
        ("7 de marzo", "03-07"),
        ("1984-03-07", "03-07"),
        ("2/30", ""),
        ("1984", ""),
        ("x", ""),
    ],
)
def test_read_month_day_forgets_the_year(text, found):
    assert read_month_day(text, STYLE) == found


@pytest.mark.parametrize(
    ("month", "day", "found"),
    [
        ("2", "3", "02-03"),
        ("Feb", "29", "02-29"),
        ("2.0", "3.0", "02-03"),
        ("2", "30", ""),
        ("", "3", ""),
        ("13", "1", ""),
    ],
)
def test_join_month_day(month, day, found):
    assert join_month_day(month, day) == found


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text):
    read_day(text, STYLE)
    assert read_month_day(text, STYLE) == "" or len(read_month_day(text, STYLE)) == 5
