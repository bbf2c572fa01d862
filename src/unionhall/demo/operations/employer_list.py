"""An employer's list as they really come: capitals, typos, nicknames, blanks, moves, two jobs, lost zeros, strangers.

The same seed and the same people give the same list. What was done to whom is told beside it, so that whoever reads the
list can be measured.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from unionhall.rulebook.short_forms import SHORT_FORMS

SEED: Final = 20_261_122
HEADS: Final = (
    "EMPL ID", "EMPLOYEE NAME", "JOB CODE", "JOB TITLE", "BARG UNIT", "LOC CODE", "LOCATION", "HRS/DAY", "HIRE DATE",
    "EMPL STATUS", "CELL PHONE", "HOME PHONE", "PERSONAL EMAIL", "WORK EMAIL",
)  # fmt: skip
TRUTH_HEADS: Final = ("line", "who", "what", "name", "employee_id")
_EXCEL_EPOCH: Final = date(1899, 12, 30).toordinal()
_FORMS: Final = {forms[0]: forms[1:] for line in SHORT_FORMS.split("|") if (forms := line.split())}
_BOSSES: Final = (("9001", "Food Services Supervisor"), ("9002", "Plant Manager"), ("9003", "Principal"))
# The shares of rows that something is done to.
LEAVES, COMES, MOVES, SECOND_JOB, BOSS, SEPARATED = 0.03, 0.03, 0.04, 0.04, 0.01, 0.005
TYPO, NICKNAME, ONE_SURNAME, NO_CONTACT, NO_ZEROS, SERIAL_DAY = 0.015, 0.08, 0.04, 0.25, 0.5, 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A worksite as the employer knows it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody on the payroll. who: the truth, a public id or a made-up one. code: the employee's number."""

    who: str
    code: str
    given: str
    family: str
    place: Place
    job_code: str
    job: str
    unit: str
    hired: date
    cell: str = ""
    mail: str = ""
    status: str = "Active"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list. what: what was done to it, in words parted by blanks."""

    cells: tuple[str, ...]
    worker: Worker
    what: str


def employer_lines(
    workers: Sequence[Worker], strangers: Iterator[Worker], *, rows: int, places: Sequence[Place], seed: int = SEED
) -> list[Line]:
    """That many rows about these workers a month later.

    workers: whom the last list named; some leave. strangers: people nobody has heard of, as many as are needed. places:
    where people may be moved to.
    """
    chance = random.Random(seed)  # noqa: S311 - the same list every time
    stay = [worker for worker in workers if chance.random() >= LEAVES]
    chance.shuffle(stay)
    lines: list[Line] = []
    known = iter(stay)
    while len(lines) < rows:
        worker = None if chance.random() < COMES and workers else next(known, None)
        fresh = worker is None
        changed, what = _changed(worker or next(strangers), places, chance)
        lines += _rows(changed, ["new" if fresh and workers else "same", *what], places, chance)
    lines = lines[:rows]
    chance.shuffle(lines)
    return lines


def titles(rows: int) -> list[tuple[str, ...]]:
    """What stands above the heads in such a list."""
    return [("Invented Unified School District",), (f"Employee roster, {rows} records, CONFIDENTIAL",), ()]


def leavers(workers: Sequence[Worker], lines: Sequence[Line]) -> list[Worker]:
    """Those of the last list who are not in this one."""
    there = {line.worker.who for line in lines}
    return [worker for worker in workers if worker.who not in there]


def _changed(worker: Worker, places: Sequence[Place], chance: random.Random) -> tuple[Worker, list[str]]:
    """The worker after a month, and what happened."""
    what: list[str] = []

    def maybe(share: float, word: str, change: Callable[[Worker], Worker]) -> None:
        nonlocal worker
        if chance.random() < share:
            after = change(worker)
            if after != worker:
                worker = after
                what.append(word)

    maybe(MOVES, "moved", lambda one: replace(one, place=chance.choice(places)))
    maybe(BOSS, "management", lambda one: _promoted(one, chance))
    maybe(SEPARATED, "separated", lambda one: replace(one, status="Separated"))
    maybe(0.02, "leave", lambda one: replace(one, status="LOA"))
    maybe(NICKNAME, "nickname", lambda one: replace(one, given=_nickname(one.given, chance)))
    maybe(ONE_SURNAME, "one-surname", lambda one: replace(one, family=one.family.split()[0]))
    maybe(TYPO, "typo", lambda one: replace(one, family=_slip(one.family, chance)))
    maybe(NO_CONTACT, "no-contact", lambda one: replace(one, cell="", mail=""))
    return worker, what


def _promoted(worker: Worker, chance: random.Random) -> Worker:
    code, title = chance.choice(_BOSSES)
    return replace(worker, job_code=code, job=title, unit="MGMT")


def _rows(worker: Worker, what: list[str], places: Sequence[Place], chance: random.Random) -> list[Line]:
    """The row of a worker, and a second one for a second job."""
    hours = chance.choice(("3", "3.5", "4", "6", "7.5", "8"))
    first = Line(_cells(worker, hours, chance), worker, " ".join(what))
    if chance.random() >= SECOND_JOB:
        return [first]
    second = replace(worker, place=chance.choice(places))
    return [first, Line(_cells(second, "2", chance), second, " ".join([*what, "second-job"]))]


def _cells(worker: Worker, hours: str, chance: random.Random) -> tuple[str, ...]:
    name = f"{worker.family}, {worker.given}{chance.choice(('', '', ' ' + chance.choice('ABCDELMR')))}"
    lost = chance.random() < NO_ZEROS
    return (
        worker.code.lstrip("0") if lost else worker.code,
        _plain(name).upper() if chance.random() < 0.9 else name,
        worker.job_code,
        worker.job.upper(),
        worker.unit,
        worker.place.code.lstrip("0") if lost else worker.place.code,
        worker.place.name.upper(),
        hours,
        _day(worker.hired, chance),
        worker.status,
        _phone(worker.cell, chance),
        "",
        worker.mail,
        f"{_plain(worker.given)[:1]}{worker.code[-5:]}@invented-district.example".lower()
        if chance.random() < 0.6
        else "",
    )


def _work_mail(worker: Worker) -> str:
    return f"{_plain(worker.given)[:1]}{worker.code[-5:]}@invented-district.example".lower()


def _day(day: date, chance: random.Random) -> str:
    if chance.random() < SERIAL_DAY:
        return str(day.toordinal() - _EXCEL_EPOCH)
    return f"{day:%m/%d/%Y}"


def _phone(number: str, chance: random.Random) -> str:
    digits = number[-10:]
    if len(digits) < 10:
        return ""
    shapes = ("({}) {}-{}", "{}-{}-{}", "{}{}{}", "{}.{}.{}")
    return chance.choice(shapes).format(digits[:3], digits[3:6], digits[6:])


def _plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _nickname(given: str, chance: random.Random) -> str:
    forms = _FORMS.get(_plain(given).lower())
    return chance.choice(forms).capitalize() if forms else given


def _slip(word: str, chance: random.Random) -> str:
    """The word with one letter left out, doubled, or exchanged with the next."""
    place = chance.randrange(1, len(word)) if len(word) > 2 else 0
    before, letter, after = word[:place], word[place : place + 1], word[place + 1 :]
    return chance.choice((before + after, before + letter * 2 + after, before + after[:1] + letter + after[1:])) or word
