"""Days as lists write them, and which comes first in a column, the day or the month.

Source: docs/rules/people-lists.md, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from unionhall.rulebook.names import fold

Order = Literal["mdy", "dmy"]

# Spreadsheets count days; day 60 of the books that begin in 1900 is a leap day that never was.
_EPOCH: Final = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
_FIRST_YEAR: Final = 1900
_AHEAD: Final = 2
_SERIALS: Final = (10_000, 80_000)

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril", "may mayo",
         "jun june junio", "jul july julio", "aug august ago agosto",
         "sep sept september septiembre setiembre set", "oct october octubre",
         "nov november noviembre", "dec december dic diciembre"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
_PARTS: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ,].*)?", re.ASCII)
_SHORT: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_TIGHT: Final = re.compile(r"\d{8}", re.ASCII)
_WORDED: Final = re.compile(r"[^\W\d_]+|\d+")
_DAYS_OF: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class DayStyle:
    """How a list writes its days. order: of day and month where both could be either. shown: whether some day of the
    list shows it. sure: whether nothing hangs on a guess.

    as_of: the day the list speaks of, which tells the century of short years. epoch: where a spreadsheet counts from.
    """

    as_of: date
    order: Order = "mdy"
    sure: bool = True
    shown: bool = False
    epoch: Literal[1900, 1904] = 1900


def style_of(days: Iterable[str], *, as_of: date, epoch: Literal[1900, 1904] = 1900) -> DayStyle:
    """How a column writes its days: by those that can be read in one way only; like the United States if none can.

    days: the cells of the column. A column that speaks both ways shows nothing.
    """
    month_first = day_first = either = 0
    for text in set(days):
        found = _PARTS.fullmatch(text.strip()) or _SHORT.fullmatch(text.strip())
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        month_first += first <= 12 < second
        day_first += second <= 12 < first
        either += first <= 12 and second <= 12 and first != second
    order: Order = "dmy" if day_first > month_first else "mdy"
    shown = bool(month_first) != bool(day_first)
    return DayStyle(as_of=as_of, order=order, sure=shown or not either, shown=shown, epoch=epoch)


@lru_cache(maxsize=32_768)
def read_day(text: str, style: DayStyle) -> date | None:
    """The day in a cell; None where there is none that can be meant."""
    text = text.strip()
    parts = _parts_of(text, style)
    if parts is None:
        return None
    year, month, day = parts
    try:
        found = date(_full_year(year, style.as_of) if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= style.as_of.year + _AHEAD else None


def read_month_day(text: str, style: DayStyle) -> str:
    """Month and day as "02-29"; "" where the cell holds none. The year, if there is one, is forgotten here."""
    text = text.strip()
    parts = _parts_of(text, style)
    if parts is None:
        short = _SHORT.fullmatch(text)
        parts = (2000, *_ordered(int(short[1]), int(short[2]), style.order)) if short else _worded(text)
    return _month_day(parts[1], parts[2]) if parts else ""


def join_month_day(month: str, day: str) -> str:
    """Month and day of a list that has a column for each; "" where they are no day. month: a number or a name."""
    number = _MONTHS.get(fold(month)) or _small(month)
    return _month_day(number, _small(day))


def _parts_of(text: str, style: DayStyle) -> tuple[int, int, int] | None:
    """Year, month and day as written; a short year stays short."""
    found = _PARTS.fullmatch(text)
    if found:
        return (int(found[3]), *_ordered(int(found[1]), int(found[2]), style.order))
    found = _ISO.fullmatch(text)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    found = _SERIAL.fullmatch(text)
    if found:
        number = int(found[1])
        if not _SERIALS[0] <= number <= _SERIALS[1]:
            return None
        day = _EPOCH[style.epoch] + timedelta(days=number)
        return day.year, day.month, day.day
    if _TIGHT.fullmatch(text):
        return _tight(text, style)
    words = _worded(text)
    return words if words and words[0] else None


def _ordered(first: int, second: int, order: Order) -> tuple[int, int]:
    """Month and day. What can be read in one way only is read so, whatever the rest of the list does."""
    if first > 12 or (order == "dmy" and second <= 12):
        return second, first
    return first, second


def _tight(text: str, style: DayStyle) -> tuple[int, int, int]:
    """Eight digits: the year first where they begin with one."""
    if text[:2] in ("19", "20") and 1 <= int(text[4:6]) <= 12 and 1 <= int(text[6:]) <= 31:
        return int(text[:4]), int(text[4:6]), int(text[6:])
    return (int(text[4:]), *_ordered(int(text[:2]), int(text[2:4]), style.order))


def _worded(text: str) -> tuple[int, int, int] | None:
    """Year (0 if none), month and day of "Aug 15, 2019", "15-ago-19", "15 de agosto de 2019"."""
    pieces = _WORDED.findall(fold(text))
    months = [_MONTHS[piece] for piece in pieces if piece in _MONTHS]
    numbers = [int(piece) for piece in pieces if piece.isdecimal() and len(piece) <= 4]
    strange = [piece for piece in pieces if not (piece.isdecimal() or piece in _MONTHS or piece in _AROUND)]
    if len(months) != 1 or strange or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 2 and numbers[0] > 31:
        numbers.reverse()
    return (numbers[1] if len(numbers) == 2 else 0), months[0], numbers[0]


_AROUND: Final = frozenset(
    {"de", "del", "of", "th", "st", "nd", "rd", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday",
     "wednesday", "thursday", "friday", "saturday", "sunday"}
)  # fmt: skip


def _month_day(month: int, day: int) -> str:
    return f"{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= _DAYS_OF[month - 1] else ""


def _small(text: str) -> int:
    bare = text.strip().removesuffix(".0")
    return int(bare) if bare.isdecimal() and len(bare) <= 2 else 0


def _full_year(year: int, as_of: date) -> int:
    """The century of a short year: no day of a list lies more than a year or two after the list."""
    full = as_of.year // 100 * 100 + year
    return full if full <= as_of.year + 1 else full - 100
