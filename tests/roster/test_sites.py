"""Worksites by hand: edited, closed, merged and parted; their units, shifts and bells."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.factories import roster as factory
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, tables
from unionhall.roster.models import Assignment, BellTime, Shift, Worksite, WorksiteCode, WorksiteUnit
from unionhall.roster.operations.worksite_lists.known import values_of

pytestmark = pytest.mark.django_db

BY = {"actor": factory.CLERK, "at": factory.AT}
LIST = "School,Status,Street,City,Zip\nOak Elementary,Active,1 Oak St,Reseda,91335\n"


def apply(text=LIST):
    file = tables.read_bytes(text.encode(), name="state.csv")
    return operations.apply_worksites(file=file, source="state", as_of=date(2026, 11, 1), **BY)


def test_edited_fields_stand_before_every_list_and_the_others_follow_it():
    apply()
    site = operations.edit_worksite(worksite=Worksite.objects.get(), values={"city": "Northridge"}, **BY)
    assert (site.city, site.by_hand) == ("Northridge", ["city"])
    apply(LIST.replace("Reseda", "Encino").replace("91335", "91336"))
    site.refresh_from_db()
    assert (site.city, site.zip) == ("Northridge", "91336")
    assert " northridge" in site.search


@pytest.mark.parametrize("values", [{"name": "  "}, {"kind": "castle"}, {"zip": "91335-61155"}, {"status": "live"}])
def test_edit_refuses_what_a_field_cannot_hold(values):
    site = factory.worksite()
    with pytest.raises(operations.NoSuchWorksiteValue):
        operations.edit_worksite(worksite=site, values=values, **BY)
    assert AuditEntry.objects.filter(verb="roster.worksite_edited").count() == 0


def test_same_words_again_change_nothing():
    site = factory.worksite()
    operations.edit_worksite(worksite=site, values={"city": "Los Angeles"}, **BY)
    assert not AuditEntry.objects.filter(verb="roster.worksite_edited").exists()


def test_closed_worksite_stays_closed_whatever_the_list_says_until_reopened():
    apply()
    site = operations.close_worksite(worksite=Worksite.objects.get(), **BY)
    apply()
    site.refresh_from_db()
    assert site.status == "closed"
    with pytest.raises(operations.ClosedAlready):
        operations.close_worksite(worksite=site, **BY)
    assert operations.reopen_worksite(worksite=site, **BY).status == "live"


def test_units_shifts_and_bells_are_put_and_dropped():
    site = factory.worksite()
    employer = operations.put_employer(code="d", name="District", **BY)
    units = [operations.put_unit(employer=employer, code=code, name=Bilingual(code, code), **BY) for code in "CDF"]
    operations.put_worksite_units(worksite=site, units=units[:2], **BY)
    operations.put_worksite_units(worksite=site, units=units[1:], **BY)
    assert list(WorksiteUnit.objects.values_list("unit__code", flat=True)) == ["D", "F"]
    night = operations.put_shift(worksite=site, name="Night", starts_at=time(22), ends_at=time(6), days="5321", **BY)
    assert (night.days, str(night)) == ("1235", "Night")
    assert operations.put_shift(worksite=site, name="Night", starts_at=time(23), ends_at=time(6), **BY).pk == night.pk
    bell = operations.put_bell(worksite=site, name="Start", rings_at=time(8, 5), **BY)
    assert str(bell) == "Start 08:05"
    operations.drop_shift(shift=night, **BY)
    operations.drop_bell(bell=bell, **BY)
    assert (Shift.objects.count(), BellTime.objects.count()) == (0, 0)
    with pytest.raises(operations.NoSuchWorksiteValue):
        operations.put_shift(worksite=site, name="Day", starts_at=time(8), ends_at=time(8), **BY)
    with pytest.raises(operations.NoSuchWorksiteValue):
        operations.put_bell(worksite=site, name="Start", rings_at=time(8), days="89", **BY)


@pytest.fixture
def two():
    kept, absorbed = factory.worksite("Oak Elementary", zip=""), factory.worksite("Oak Elem", zip="91335")
    both, one = factory.person("Ana Luna", site=kept), factory.person("Beto Sol", site=absorbed)
    Assignment.objects.create(person=both, worksite=absorbed, source="join")
    WorksiteCode.objects.create(worksite=absorbed, source="board", code="=7", name="Oak Elem")
    return kept, absorbed, both, one


def snapshot():
    sites = {site.name: values_of(site) for site in Worksite.objects.all()}
    stays = list(Assignment.objects.order_by("pk").values_list("person", "worksite", "ends_on"))
    return sites, stays, list(WorksiteCode.objects.values_list("worksite", "code"))


def test_merged_worksites_bring_people_and_codes_and_part_exactly(two):
    kept, absorbed, both, one = two
    before = snapshot()
    merge = operations.merge_worksites(kept=kept, absorbed=absorbed, **BY)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (absorbed.status, absorbed.merged_into, kept.zip) == ("merged", kept, "91335")
    assert set(Assignment.objects.filter(worksite=kept, ends_on=None).values_list("person", flat=True)) == {
        both.pk,
        one.pk,
    }
    assert not Assignment.objects.filter(worksite=absorbed, ends_on=None).exists()
    assert WorksiteCode.objects.get().worksite == kept
    operations.part_worksites(merge=merge, **BY)
    assert snapshot() == before
    with pytest.raises(operations.WorksitesPartedAlready):
        operations.part_worksites(merge=merge, **BY)


def test_what_came_after_a_merge_stays_when_it_is_parted(two):
    kept, absorbed, *_ = two
    merge = operations.merge_worksites(kept=kept, absorbed=absorbed, **BY)
    operations.edit_worksite(worksite=kept, values={"zip": "90001", "city": "Bell"}, **BY)
    late = factory.person("Carla Mar", site=Worksite.objects.get(pk=kept.pk))
    operations.part_worksites(merge=merge, **BY)
    kept.refresh_from_db()
    assert (kept.zip, kept.city, late.assignments.get().worksite) == ("90001", "Bell", kept)


def test_worksite_is_merged_once_and_never_into_itself(two):
    kept, absorbed, *_ = two
    with pytest.raises(operations.SameWorksite):
        operations.merge_worksites(kept=kept, absorbed=kept, **BY)
    operations.merge_worksites(kept=kept, absorbed=absorbed, **BY)
    with pytest.raises(operations.WorksiteMergedAlready):
        operations.merge_worksites(kept=absorbed, absorbed=kept, **BY)
