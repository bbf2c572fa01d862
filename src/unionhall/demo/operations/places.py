"""The demonstration's employer, units, jobs, areas and worksites."""

from __future__ import annotations

from datetime import datetime

from unionhall.demo import queries
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import as_bilingual
from unionhall.roster import operations as roster
from unionhall.roster.enums import AreaBy, SiteKind
from unionhall.roster.models import Area, Employer, Worksite, WorksiteCode
from unionhall.rulebook.names import search_text, site_key
from unionhall.rulebook.places import Point

SOURCE = "demo"


def make_places(*, sites: int, actor: Actor, at: datetime) -> dict[str, Area]:
    """Employer, units, jobs, areas, and that many invented worksites; the areas by code.

    Worksites are written in bulk: they are invented by rule, so neither an import nor its undo stands behind them.
    """
    text = queries.content("ground")
    employer = roster.put_employer(code="lausd", name=text["employer"], actor=actor, at=at)
    for unit in text["units"]:
        row = roster.put_unit(employer=employer, code=unit["code"], name=as_bilingual(unit["name"]), actor=actor, at=at)
        for code, name in unit["classifications"]:
            roster.put_classification(unit=row, code=code, name=as_bilingual(name), actor=actor, at=at)
    areas = {
        area["code"]: roster.put_area(
            code=area["code"],
            name=as_bilingual(area["name"]),
            centre=Point(*area["center"]),
            zips=[],
            actor=actor,
            at=at,
        )
        for area in text["areas"]
    }
    made = Worksite.objects.bulk_create(_worksites(sites, employer, areas, at), batch_size=500)
    WorksiteCode.objects.bulk_create(
        (WorksiteCode(worksite=site, source=SOURCE, code=f"={code_of(site)}", name=site.name) for site in made),
        batch_size=500,
    )
    return areas


def code_of(site: Worksite) -> str:
    """The code by which the demonstration's employer knows a worksite."""
    return f"{1_000 + site.pk}"


def _worksites(count: int, employer: Employer, areas: dict[str, Area], at: datetime) -> list[Worksite]:
    return [
        Worksite(
            name=site.name,
            name_key=site_key(site.name),
            search=search_text(site.name, site.city, site.street, site.zip),
            kind=SiteKind.YARD if site.yard else SiteKind.SCHOOL,
            district=employer.name,
            address=site.street,
            city=site.city,
            state="CA",
            zip=site.zip,
            latitude=site.latitude,
            longitude=site.longitude,
            employer=employer,
            area=areas[site.area],
            area_by=AreaBy.CENTRE,
            source=SOURCE,
            as_of=at.date(),
        )
        for site in queries.invented_sites(count)
    ]
