"""Who is on an invented employer's payroll: people made up, or those of this database."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from unionhall.demo import queries
from unionhall.demo.operations.employer_list import Place, Worker
from unionhall.roster.models import Assignment, ContactPoint, Person

FIRST_DAY: Final = date(1995, 8, 1)
SITES: Final = 1_400


def invented_places(count: int = SITES) -> list[Place]:
    """The demonstration's worksites with codes of four digits, zeros in front of many."""
    return [Place(f"{number * 7 + 11:04d}", site.name) for number, site in enumerate(queries.invented_sites(count))]


def invented_workers(count: int, places: Sequence[Place], *, start: int = 0) -> Iterator[Worker]:
    """That many made-up workers. start: how many were made before, so that nobody comes twice."""
    titles = _titles()
    for number, one in enumerate(queries.invented_people(start + count)):
        if number < start:
            continue
        unit, job = titles[one.classification]
        yield Worker(
            who=f"invented:{number}",
            code=f"{number * 37 + 1_013:08d}",
            given=one.given,
            family=one.family,
            place=places[number * 7 % len(places)],
            job_code=one.classification,
            job=job,
            unit=unit,
            hired=FIRST_DAY + timedelta(days=number * 7_919 % 11_000),
            cell=one.contact if one.contact.startswith("+") else "",
            mail=one.contact if "@" in one.contact else "",
        )


def known_workers() -> tuple[list[Worker], list[Place]]:
    """The people of this database as its employer would list them, and the worksites they may be moved to."""
    sites = {pk: Place(*found) for pk, found in queries.site_codes().items()}
    places = list(sites.values()) or invented_places()
    return [_worker(*row, sites, places) for row in queries.roster_people()], places


def _worker(
    person: Person,
    code: str,
    job: Assignment | None,
    points: Sequence[ContactPoint],
    sites: dict[int, Place],
    places: Sequence[Place],
) -> Worker:
    made_up = zlib.crc32(person.public_id.encode())
    unit, (job_code, title) = "G", ("5020", "School supervision aide")
    if job and job.classification:
        unit, job_code, title = job.classification.unit.code, job.classification.code, job.classification.name.en
    given, _blank, family = person.name.partition(" ")
    return Worker(
        who=person.public_id,
        code=code or f"{made_up % 10**8:08d}",
        given=person.given_name or given,
        family=person.family_name or family or given,
        place=sites.get(job.worksite_id, places[0]) if job else places[made_up % len(places)],
        job_code=job_code,
        job=title,
        unit=unit,
        hired=person.hired_on or FIRST_DAY + timedelta(days=made_up % 11_000),
        cell=next((point.value for point in points if point.kind == "sms"), ""),
        mail=next((point.value for point in points if point.kind == "mail" and point.owner == "personal"), ""),
    )


def _titles() -> dict[str, tuple[str, str]]:
    """Job code → unit and title."""
    return {
        code: (unit["code"], name["en"])
        for unit in queries.content("ground")["units"]
        for code, name in unit["classifications"]
    }
