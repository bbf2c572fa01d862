"""The demonstration's people, brought in as a real local's are: by its employer's lists of two months.

So whoever opens a person sees where each word comes from, the review queue has somebody to settle, and either list can
be taken back.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from unionhall.demo import queries
from unionhall.demo.operations.places import code_of
from unionhall.demo.queries import InventedPerson
from unionhall.foundation.access import Actor
from unionhall.roster import operations as roster
from unionhall.roster.enums import ImportKind
from unionhall.roster.models import Worksite
from unionhall.roster.tables import read_bytes

SOURCE: Final = "District employee list"
HEADS: Final = (
    "Employee ID", "Last Name", "First Name", "Language", "Unit", "Job Code", "Job Title", "Location Code", "School",
    "Hire Date", "Cell Phone", "Personal Email", "Union Member", "Shift",
)  # fmt: skip
# Every so many-th person works at the first school, the steward's, so that it is told in full.
STEWARD_S_SCHOOL: Final = 48
SHIFTS: Final = ("6:00 a.m.", "6:00 a.m.", "8:00 a.m.", "2:30 p.m.")
SHARE_LEAVES, SHARE_MOVES, SHARE_COMES = 0.01, 0.015, 0.01
DOUBTFUL: Final = 6
Row = tuple[str, ...]
Site = tuple[str, str]


def make_people(*, count: int, actor: Actor, at: datetime) -> int:
    """That many invented people over the live worksites, by the list of last month and by this month's; give how many.

    Between the two some leave, some move, some come, and a few come without their number, so that nobody can be sure.
    """
    sites = [(code_of(site), site.name) for site in Worksite.objects.live().order_by("pk").only("pk", "name")]
    first = list(_rows(count, sites))
    _bring("employees-last-month.csv", first, actor=actor, at=at - timedelta(days=36))
    _bring("employees-this-month.csv", _month_later(first, sites), actor=actor, at=at - timedelta(days=6))
    return count


def _rows(count: int, sites: Sequence[Site]) -> Iterator[Row]:
    chance = random.Random(queries.SEED + 2)  # noqa: S311 - invented data must be the same every time
    jobs = {
        code: (unit["code"], title["en"])
        for unit in queries.content("ground")["units"]
        for code, title in unit["classifications"]
    }
    for number, one in enumerate(queries.invented_people(count)):
        unit, title = jobs[one.classification]
        hired = f"{chance.randrange(1996, 2026)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        member = chance.choice(("yes", "yes", "yes", "no"))
        place = sites[0] if number % STEWARD_S_SCHOOL == 5 else sites[number * 7 % len(sites)]
        shift = SHIFTS[number // STEWARD_S_SCHOOL % len(SHIFTS)]
        who = (f"{410_000 + number * 3:08d}", one.family, one.given, one.language)
        yield (*who, unit, one.classification, title, *place, hired, *_contact(one), member, shift)


def _month_later(rows: Sequence[Row], sites: Sequence[Site]) -> list[Row]:
    """The same list a month later."""
    chance = random.Random(queries.SEED + 3)  # noqa: S311 - invented data must be the same every time
    stayed = [row for row in rows if chance.random() > SHARE_LEAVES]
    moved = [(*row[:7], *chance.choice(sites), *row[9:]) if chance.random() < SHARE_MOVES else row for row in stayed]
    some = chance.sample(rows, max(1, int(len(rows) * SHARE_COMES)))
    come = [
        (f"9{row[0][1:]}", row[1], some[place - 1][2], *row[3:10], "", "", "no", row[13])
        for place, row in enumerate(some)
    ]
    doubtful = set(chance.sample(range(len(moved)), min(DOUBTFUL, len(moved))))
    kept = [row for place, row in enumerate(moved) if place not in doubtful]
    unsure = [
        ("", row[1].split(" ", 1)[0], row[2], *row[3:9], "", "", "", "", "") for row in map(moved.__getitem__, doubtful)
    ]
    return [*kept, *come, *unsure]


def _contact(one: InventedPerson) -> tuple[str, str]:
    return ("", one.contact) if "@" in one.contact else (one.contact, "")


def _bring(name: str, rows: Iterable[Row], *, actor: Actor, at: datetime) -> None:
    """Apply a list, as an administrator would."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADS, *rows])
    data = text.getvalue().encode()
    file = read_bytes(data, name=name)
    kept = roster.receive(
        kind=ImportKind.PEOPLE, file=file, data=data, source=SOURCE, as_of=at.date(), actor=actor, at=at
    )
    roster.apply_import(imported=kept, file=file, actor=actor, at=at)
