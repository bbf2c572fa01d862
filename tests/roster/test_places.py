"""Areas, units, and finding worksites."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.factories import roster as factory
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries
from unionhall.roster.models import Area, Classification, Employer, Unit, Worksite
from unionhall.rulebook.places import Point

pytestmark = pytest.mark.django_db
WHO = {"actor": factory.CLERK, "at": factory.AT}


def names(text, **options):
    return [hit.name for hit in queries.find_worksites(text, **options)]


@pytest.fixture
def schools():
    factory.worksite("Reseda Charter High", address="18230 Kittridge St.", city="Reseda", zip="91335")
    factory.worksite("Twenty-Fourth Street Elementary", address="2055 West 24th St.")
    factory.worksite("Para Los Niños Middle", address="1611 East Eighth St.")
    factory.worksite("Harbor Middle", address="2 Reseda Blvd.", city="San Pedro")
    factory.worksite("Reseda Closed", status="closed")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("reseda", ["Reseda Charter High", "Harbor Middle"]),
        ("RES", ["Reseda Charter High", "Harbor Middle"]),
        ("reseda hs", ["Reseda Charter High"]),
        ("24th st el", ["Twenty-Fourth Street Elementary"]),
        ("twenty fou", ["Twenty-Fourth Street Elementary"]),
        ("ninos", ["Para Los Niños Middle"]),
        ("secundaria niños", ["Para Los Niños Middle"]),
        ("san pedro", ["Harbor Middle"]),
        ("kittridge", ["Reseda Charter High"]),
        ("91335", ["Reseda Charter High"]),
        ("harbour mid", ["Harbor Middle"]),
        ("eseda", ["Reseda Charter High"]),
        ("xyzzy", []),
        ("", []),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_find_worksites(schools, typed, found):
    assert names(typed) == found


def test_find_worksites_shows_the_line_and_keeps_the_limit(schools):
    (hit,) = queries.find_worksites("reseda", limit=1)
    site = Worksite.objects.get(name="Reseda Charter High")
    assert hit == queries.WorksiteHit(
        public_id=site.public_id, name="Reseda Charter High", line="18230 Kittridge St., Reseda 91335"
    )


def test_find_worksites_asks_once_and_once_more_for_look_alikes(schools, django_assert_num_queries):
    with django_assert_num_queries(1):
        names("r")
    with django_assert_num_queries(1):
        names("middle")
    with django_assert_num_queries(2):
        names("harbour")


def test_find_worksites_survives_any_length(schools):
    assert names("reseda " * 500) == ["Reseda Charter High", "Harbor Middle"]


def test_find_worksite_by_text(schools):
    assert queries.find_worksite_by_text("Reseda Charter HS").name == "Reseda Charter High"
    assert queries.find_worksite_by_text("reseda") is None
    assert queries.find_worksite_by_text("Reseda Closed") is None
    assert queries.find_worksite_by_text("") is None


def test_find_worksite_by_text_tells_namesakes_apart_by_their_line():
    one = factory.worksite("Fusion Academy", address="825 Colorado Blvd.", zip="90041")
    factory.worksite("Fusion Academy", address="5757 Wilshire Blvd.", zip="90036")
    assert queries.find_worksite_by_text("Fusion Academy") is None
    (hit,) = [hit for hit in queries.find_worksites("fusion") if hit.public_id == one.public_id]
    assert queries.find_worksite_by_text(f"{hit.name}, {hit.line}") == one


def test_get_worksite():
    site = factory.worksite()
    assert queries.get_worksite(site.public_id) == site
    for wrong in ("", "nothing", "a\x00b"):
        with pytest.raises(queries.NoSuchWorksite):
            queries.get_worksite(wrong)


def test_put_writes_once_and_corrects():
    employer = operations.put_employer(code="lausd", name="Los Angeles Unified", **WHO)
    unit = operations.put_unit(employer=employer, code="F", name=Bilingual("Unit F", "Unidad F"), **WHO)
    job = operations.put_classification(unit=unit, code="0912", name=Bilingual("Cook", "Cocinera"), **WHO)
    entries = AuditEntry.objects.count()
    assert operations.put_unit(employer=employer, code="F", name=Bilingual("Unit F", "Unidad F"), **WHO) == unit
    assert AuditEntry.objects.count() == entries
    operations.put_employer(code="lausd", name="LAUSD", **WHO)
    assert (Employer.objects.get().name, Unit.objects.get(), Classification.objects.get()) == ("LAUSD", unit, job)


@pytest.mark.parametrize(
    ("centre", "zips"), [(Point(-118.2, 34.0), ()), (None, ("9003",)), (None, ("ninety",)), (None, ("９００３２",))]
)
def test_area_that_is_no_place_is_refused(centre, zips):
    with pytest.raises(operations.NoSuchPlace):
        operations.put_area(code="E", name=Bilingual("East", "Este"), centre=centre, zips=zips, **WHO)
    assert not Area.objects.exists()


def test_assign_areas_moves_live_worksites_and_says_how_many():
    site = factory.worksite(latitude=34.0, longitude=-118.0, zip="90032")
    factory.worksite("Shut", status="closed", zip="90032")
    nowhere = factory.worksite("Nowhere", zip="")
    assert operations.assign_areas(**WHO) == 0
    east = factory.area("E", zips=("90032",))
    assert operations.assign_areas(**WHO) == 1
    assert operations.assign_areas(**WHO) == 0
    site.refresh_from_db()
    nowhere.refresh_from_db()
    assert (site.area, site.area_by, nowhere.area) == (east, "zip", None)
    assert AuditEntry.objects.filter(verb="roster.areas_assigned").count() == 1


def test_set_area_holds_against_the_rule():
    site = factory.worksite(zip="90032")
    west = factory.area("W")
    factory.area("E", zips=("90032",))
    operations.set_area(worksite=site, area=west, **WHO)
    operations.set_area(worksite=site, area=west, **WHO)
    assert operations.assign_areas(**WHO) == 0
    site.refresh_from_db()
    assert (site.area, site.area_by) == (west, "hand")
    assert AuditEntry.objects.filter(verb="roster.area_set").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": 34.0, "longitude": None},
        {"latitude": 95.0, "longitude": 0.0},
        {"name": ""},
    ],
)
def test_database_refuses_half_a_worksite(wrong):
    site = factory.worksite()
    with pytest.raises(IntegrityError), transaction.atomic():
        Worksite.objects.filter(pk=site.pk).update(**wrong)


def test_database_refuses_a_merger_that_does_not_say_so():
    one, other = factory.worksite(), factory.worksite("Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Worksite.objects.filter(pk=one.pk).update(merged_into=other)
