"""Units, shifts and bells in the cells of a list of worksites: read, and written so that they are read back.

Source: docs/rules/worksite-lists.md, section 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Final

from unionhall.rulebook.names import fold

WORKDAYS: Final = "12345"
LONGEST_NAME: Final = 40
START, END = "Start", "End"
# Nobody's shift lasts longer: an end that would be later is meant as the afternoon's.
_LONGEST_SHIFT: Final = 12 * 60

_DAYS: Final = {
    name: number
    for number, names in enumerate(
        ("mon monday mondays lun lunes m l", "tue tues tuesday tuesdays mar martes t ma",
         "wed weds wednesday wednesdays mie mier miercoles w mi x", "thu thur thurs thursday thursdays jue jueves th j",
         "fri friday fridays vie viernes f v", "sat saturday saturdays sab sabado sabados sa s",
         "sun sunday sundays dom domingo domingos su d"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_GROUPS: Final = {
    **dict.fromkeys(("daily", "every day", "all days", "diario", "todos los dias", "7 days"), "1234567"),
    **dict.fromkeys(("weekdays", "weekday", "school days", "dias habiles", "entre semana", "dias de clase"), WORKDAYS),
    **dict.fromkeys(("weekend", "weekends", "fin de semana", "fines de semana"), "67"),
}
_WRITTEN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_CLOCK: Final = r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?|\d{3,4}|\d{1,2})\s*(?:[ap]\.?\s?m?\.?(?![\w]))?"
_SURE_CLOCK: Final = (
    r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m?\.?(?![\w]))?|\d{1,4}\s*[ap]\.?\s?m\.?(?![\w])|\d{4})"
)
_RANGE: Final = re.compile(rf"(?<![\w:])({_CLOCK})\s*(?:-|–|—|to|until|a|hasta)\s*({_CLOCK})(?![\w:])", re.IGNORECASE)
_ONE: Final = re.compile(rf"(?<![\w:])({_SURE_CLOCK})(?![\w:])", re.IGNORECASE)
_PARTS: Final = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?|(\d{1,2})(\d{2})|(\d{1,2})", re.IGNORECASE)
_FRACTION: Final = re.compile(r"0?\.\d{2,}")
_PIECES: Final = re.compile(r"""[^;|\n"]*(?:"[^"]*"[^;|\n"]*)*""")
_UNIT_MARKS: Final = re.compile(r"[;,/|&\n]+|\s+(?:and|y|e)\s+")
_UNIT_WORD: Final = re.compile(r"^(?:bargaining\s+)?(?:units?|unidad(?:es)?)\b[\s:#-]*|\s+(?:unit|unidad)$", re.I)
_QUOTED: Final = re.compile(r'\s*"((?:[^"]|"")*)"')
_PLAIN_NAME: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


@dataclass(frozen=True, slots=True, order=True)
class ShiftSaid:
    """A shift as a list says it. days: digits, 1 for Monday. An end before the start is on the next day."""

    name: str
    starts_at: time
    ends_at: time
    days: str = WORKDAYS


@dataclass(frozen=True, slots=True, order=True)
class BellSaid:
    """A bell as a list says it. days: as of a shift."""

    name: str
    rings_at: time
    days: str = WORKDAYS


def read_units(text: str) -> tuple[str, ...]:
    """The units that a cell names, each as it names it without the word "unit", in order and once."""
    found = (_UNIT_WORD.sub("", piece.strip()).strip() for piece in _UNIT_MARKS.split(text))
    return tuple(dict.fromkeys(piece for piece in found if piece))


def read_shifts(text: str) -> tuple[tuple[ShiftSaid, ...], tuple[str, ...]]:
    """The shifts of a cell, and the pieces of it in which no shift can be read.

    Pieces are parted by ";", "|" or a new line; each has a name, hours and days in any order, such as
    "Night 10 pm-6:30 am Sun-Thu". One without a name is called by its hours; of one name the last piece counts.
    """
    shifts: dict[str, ShiftSaid] = {}
    wrong = []
    for piece in _pieces(text):
        name, rest = _named(piece)
        found = _RANGE.search(rest)
        hours = _hours(found[1], found[2]) if found else None
        if found is None or hours is None:
            wrong.append(piece)
            continue
        name, days = _name_and_days(name, rest[: found.start()], rest[found.end() :])
        name = name or f"{hours[0]:%H:%M}–{hours[1]:%H:%M}"
        shifts[name] = ShiftSaid(name[:LONGEST_NAME].strip(), *hours, days)
    return tuple(shifts.values()), tuple(wrong)


def read_bells(text: str) -> tuple[tuple[BellSaid, ...], tuple[str, ...]]:
    """The bells of a cell, and the pieces of it in which no bell can be read. A range is a start and an end."""
    bells: dict[str, BellSaid] = {}
    wrong = []
    for piece in _pieces(text):
        name, rest = _named(piece)
        both, one = _RANGE.search(rest), _ONE.search(rest)
        hours = _hours(both[1], both[2]) if both else None
        at = read_time(one[1]) if one else None
        if both and hours and not name:
            _name, days = _name_and_days("", rest[: both.start()], rest[both.end() :])
            bells |= {START: BellSaid(START, hours[0], days), END: BellSaid(END, hours[1], days)}
        elif one and at is not None:
            name, days = _name_and_days(name, rest[: one.start()], rest[one.end() :])
            name = (name or f"{at:%H:%M}")[:LONGEST_NAME].strip()
            bells[name] = BellSaid(name, at, days)
        else:
            wrong.append(piece)
    return tuple(bells.values()), tuple(wrong)


def bells_of_day(start: str, end: str) -> tuple[tuple[BellSaid, ...], tuple[str, ...]]:
    """The bells that two cells for the start and the end of the day give, and what of them cannot be read."""
    first, last = read_time(start), read_time(end)
    hours: tuple[time | None, time | None] = _hours(start, end) or (first, last)
    if first is None and last is not None and _is_half_told(end) and 1 <= last.hour < 7:
        hours = (None, last.replace(hour=last.hour + 12))
    bells = tuple(BellSaid(name, at) for name, at in ((START, hours[0]), (END, hours[1])) if at is not None)
    wrong = tuple(text for text, at in ((start, first), (end, last)) if text and at is None)
    return bells, wrong


def read_time(text: str) -> time | None:
    """The time of day in a cell: "7:05 AM", "7am", "0705", "15:30", "07:05:00", or a part of the day; else none."""
    text = text.strip().lower()
    if _FRACTION.fullmatch(text):
        minutes = round(float(text) * 24 * 60)
        return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else None
    found = _PARTS.match(text)
    if not found:
        return None
    half = re.sub(r"[\s.]", "", text[found.end() :])
    hour, minute = int(found[1] or found[3] or found[5]), int(found[2] or found[4] or 0)
    if half not in ("", "a", "p", "am", "pm", "h", "hrs") or minute > 59:
        return None
    if half[:1] in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return time(hour, minute) if hour < 24 else None


def write_shifts(shifts: Iterable[ShiftSaid]) -> str:
    """A cell that `read_shifts` reads back."""
    return "; ".join(
        f"{_quoted(said.name)} {said.starts_at:%H:%M}-{said.ends_at:%H:%M}{_days_out(said.days)}" for said in shifts
    )


def write_bells(bells: Iterable[BellSaid]) -> str:
    """A cell that `read_bells` reads back."""
    return "; ".join(f"{_quoted(said.name)} {said.rings_at:%H:%M}{_days_out(said.days)}" for said in bells)


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _PIECES.findall(text) if piece.strip()]


def _named(piece: str) -> tuple[str, str]:
    """A name in quotes at the beginning, and the rest; no name where there are none."""
    found = _QUOTED.match(piece)
    return (found[1].replace('""', '"').strip(), piece[found.end() :]) if found else ("", piece)


def _name_and_days(name: str, before: str, after: str) -> tuple[str, str]:
    """What is around the hours, taken apart into a name and days."""
    days = ""
    words: list[str] = []
    for text in (after, before):
        found, rest = _days_in(text)
        days = days or found
        words.insert(0, rest)
    return name or " ".join(" ".join(words).split()), days or WORKDAYS


def _days_in(text: str) -> tuple[str, str]:
    """The days that the last words of a text name, and the words before them."""
    words = re.sub(r"[()\[\],:]|\s[-–—]\s*$|^\s*[-–—]\s", " ", text).split()
    for start in range(len(words)):
        days = _days_of(" ".join(words[start:]))
        if days:
            return days, " ".join(words[:start])
    return "", " ".join(words)


def _days_of(text: str) -> str:
    """The days that a text names and nothing else; "" where it says anything more."""
    key = fold(text)
    if key in _DAY_GROUPS:
        return _DAY_GROUPS[key]
    if re.fullmatch(r"[1-7]{3,7}", text):
        return "".join(sorted(set(text)))
    ends = re.split(r"\s*(?:-|–|—|\bto\b|\bthrough\b|\ba\b)\s*", text.strip())
    if len(ends) == 2 and all(fold(end) in _DAYS for end in ends):
        first, last = (_DAYS[fold(end)] for end in ends)
        span = range(first, last + 1) if first <= last else [*range(first, 8), *range(1, last + 1)]
        return "".join(map(str, sorted(span)))
    named = [word for word in re.split(r"[\s/&+]+|\band\b|\by\b", key) if word]
    # One letter alone may be the name of a shift: "Shift A", "Turno M".
    known = named and all(word in _DAYS for word in named) and (len(named) > 1 or len(named[0]) > 2)
    return "".join(sorted({str(_DAYS[word]) for word in named})) if known else ""


def _hours(start: str, end: str) -> tuple[time, time] | None:
    """Start and end, with the half of the day that is told once or not at all; none where they cannot be meant."""
    first, last = read_time(start), read_time(end)
    if first is None or last is None:
        return None
    if _is_half_told(start) and re.search(r"p", end, re.IGNORECASE) and first.hour < 12:
        later = first.replace(hour=first.hour + 12)
        first = later if later < last else first
    if _is_half_told(end) and 1 <= last.hour < 10 and _minutes(first, last) > _LONGEST_SHIFT:
        last = last.replace(hour=last.hour + 12)
    return None if first == last else (first, last)


def _is_half_told(text: str) -> bool:
    """Whether a time may be before or after noon: no half is named, and it is no time of 24 hours beyond doubt."""
    return not re.search(r"[ap]", text, re.IGNORECASE) and not re.match(r"\s*0\d", text)


def _minutes(first: time, last: time) -> int:
    return (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % (24 * 60)


def _quoted(name: str) -> str:
    """A name as it stands before its hours: in quotes unless it is plain words, of which the last is no day."""
    if _PLAIN_NAME.fullmatch(name) and not _days_in(name)[0]:
        return name
    return '"' + name.replace('"', '""') + '"'


def _days_out(days: str) -> str:
    return "" if days == WORKDAYS else f" ({' '.join(_WRITTEN[int(day) - 1] for day in days)})"
