"""What the demonstration is made of, and what it has 'sent'."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.db.models import QuerySet

from unionhall.foundation.models import OutboxMessage
from unionhall.roster.models import Assignment, ContactPoint, Person, PersonRecord, Worksite, WorksiteCode

SEED: Final = 20170123
CAMPAIGNS: Final = ("ewu", "wof")

_KINDS: Final = ("Elementary",) * 9 + ("Middle",) * 2 + ("High",) * 2 + ("Early Education Center", "Bus Yard")
_AREA_CODES: Final = ("213", "310", "323", "424", "562", "626", "661", "747", "818")


@dataclass(frozen=True, slots=True)
class InventedSite:
    """A worksite that does not exist: name, whether it is a bus yard, street, city, ZIP code, point, area code."""

    name: str
    yard: bool
    street: str
    city: str
    zip: str
    latitude: float
    longitude: float
    area: str


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody who does not exist. contact: a 555-01 number or an example.org mail, or "" for one who gave none."""

    given: str
    family: str
    language: str
    contact: str
    classification: str


@cache
def content(name: str) -> Any:
    """One of the demonstration's texts by file name: ewu, wof, ground, cast, names."""
    return json.loads(files("unionhall.demo").joinpath(f"data/{name}.json").read_text("utf-8"))


def invented_sites(count: int) -> Iterator[InventedSite]:
    """That many worksites, spread over the demonstration's areas; the same ones at every call."""
    chance = random.Random(SEED)  # noqa: S311 - invented data must be the same every time
    areas, names = content("ground")["areas"], content("names")
    trees, streets = names["trees"], names["streets"]
    for number in range(count):
        area = areas[number % len(areas)]
        base = f"{trees[number % len(trees)]} {streets[(number // len(trees)) % len(streets)]}"
        ordinal = number // (len(trees) * len(streets))
        kind = chance.choice(_KINDS)
        yield InventedSite(
            name=f"{base} {_ordinal(ordinal)}{kind}",
            yard=kind == "Bus Yard",
            street=f"{chance.randrange(100, 9900)} {base}",
            city=chance.choice(area["cities"]),
            zip=chance.choice(area["zips"]),
            latitude=round(area["center"][0] + chance.uniform(-0.02, 0.02), 6),
            longitude=round(area["center"][1] + chance.uniform(-0.03, 0.03), 6),
            area=area["code"],
        )


def invented_people(count: int) -> Iterator[InventedPerson]:
    """That many people, most of them Spanish speaking, a tenth without any contact; the same ones at every call."""
    chance = random.Random(SEED + 1)  # noqa: S311 - invented data must be the same every time
    names = content("names")
    jobs = [code for unit in content("ground")["units"] for code, _name in unit["classifications"]]
    for number in range(count):
        given = chance.choice(names["given"])
        family = f"{chance.choice(names['family'])} {chance.choice(names['family'])}"
        family = family if chance.random() < 0.5 else family.split(" ", 1)[0]
        yield InventedPerson(
            given=given,
            family=family,
            language="es" if chance.random() < 0.6 else "en",
            contact=_contact(number, chance),
            classification=chance.choice(jobs),
        )


def outbox(*, limit: int = 100) -> QuerySet[OutboxMessage]:
    """What would have been sent, newest first."""
    return OutboxMessage.objects.order_by("-at", "-pk")[:limit]


def _contact(number: int, chance: random.Random) -> str:
    """An invented contact: cell numbers first, as many as are reserved for fiction, then mail, a tenth nothing."""
    if chance.random() < 0.1:
        return ""
    if number < len(_AREA_CODES) * 100:
        return f"+1{_AREA_CODES[number // 100]}55501{number % 100:02d}"
    return f"member{number}@example.org"


def _ordinal(number: int) -> str:
    """Nothing for the first round of names, then No. 2, No. 3 ..., as districts number their schools."""
    return f"No. {number + 1} " if number else ""


def roster_people() -> Iterator[tuple[Person, str, Assignment | None, list[ContactPoint]]]:
    """Everybody present in this database with the employee's number, a job and the contacts, a thousand at a time."""
    last = 0
    while portion := list(Person.objects.filter(pk__gt=last, merged_into=None).order_by("pk")[:1_000]):
        last = portion[-1].pk
        ids = [person.pk for person in portion]
        records = PersonRecord.objects.filter(person__in=ids, code__startswith="=").order_by("-pk")
        codes = {person: code[1:] for person, code in records.values_list("person", "code")}
        open_jobs = Assignment.objects.filter(person__in=ids, ends_on=None).order_by("-pk")
        jobs = {job.person_id: job for job in open_jobs.select_related("worksite", "classification__unit")}
        points = defaultdict(list)
        for point in ContactPoint.objects.filter(person__in=ids, is_current=True).order_by("pk"):
            points[point.person_id].append(point)
        for person in portion:
            yield person, codes.get(person.pk, ""), jobs.get(person.pk), points[person.pk]


def site_codes() -> dict[int, tuple[str, str]]:
    """Code and name of every live worksite by its database number; a made-up code where no list has given one."""
    coded = WorksiteCode.objects.filter(code__startswith="=").order_by("year", "pk").values_list("worksite", "code")
    codes = {site: code[1:] for site, code in coded}
    sites = Worksite.objects.live().order_by("pk").values_list("pk", "name")
    return {pk: (codes.get(pk, f"{pk:05d}"), name) for pk, name in sites}
