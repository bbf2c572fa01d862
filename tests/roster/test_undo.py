"""Taking imports back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import roster as factory
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries, tables
from unionhall.roster.models import ImportChange, Worksite, WorksiteCode

pytestmark = pytest.mark.django_db

HEADS = "School,Status,City,Zip"


def apply(*lines, source="state", as_of=date(2026, 11, 1)):
    content = tables.read_bytes("\n".join([HEADS, *lines]).encode(), name="schools.csv")
    report = operations.apply_worksites(file=content, source=source, as_of=as_of, actor=factory.CLERK, at=factory.AT)
    return report.import_id


def undo(number):
    return operations.undo_import(imported=queries.get_import(number), actor=factory.CLERK, at=factory.AT)


def snapshot():
    return list(Worksite.objects.order_by("pk").values())


def stands(result):
    return [(item.name, item.reason, item.fields) for item in result.stands]


def test_undo_of_a_first_import_leaves_nothing():
    number = apply("A,Active,LA,90001", "B,Closed,LA,90002")
    result = undo(number)
    assert (result.removed, result.restored, result.stands) == (2, 0, ())
    assert not Worksite.objects.exists()
    assert not WorksiteCode.objects.exists()
    assert AuditEntry.objects.get(verb="roster.import_undone").detail == {"removed": 2, "restored": 0, "stands": 0}


def test_undo_of_a_change_gives_back_every_field():
    apply("A,Active,LA,90001", "B,Active,LA,90002")
    before = snapshot()
    number = apply("A,Closed,Los Angeles,90001-1111", "B,Active,LA,90002", "C,Active,LA,90003", as_of=date(2026, 12, 1))
    assert snapshot() != before
    result = undo(number)
    assert (result.removed, result.restored) == (1, 1)
    assert snapshot() == before


def test_preview_of_undo_is_what_undo_does():
    apply("A,Active,LA,90001")
    number = apply("A,Closed,LA,90001", "B,Active,LA,90002")
    planned = operations.preview_undo(imported=queries.get_import(number))
    assert Worksite.objects.count() == 2
    assert undo(number) == planned


def test_undo_of_an_import_that_changed_nothing_does_nothing():
    apply("A,Active,LA,90001")
    before = snapshot()
    result = undo(apply("A,Active,LA,90001"))
    assert (result.removed, result.restored, result.stands) == (0, 0, ())
    assert snapshot() == before


def test_undoing_twice_is_refused():
    number = apply("A,Active,LA,90001")
    undo(number)
    with pytest.raises(operations.AlreadyUndone):
        undo(number)


def test_import_again_after_undo_starts_anew():
    undo(apply("A,Active,LA,90001"))
    apply("A,Active,LA,90001")
    assert Worksite.objects.count() == 1


def test_edit_by_hand_stands_and_is_listed():
    number = apply("A,Active,LA,90001", "B,Active,LA,90002")
    Worksite.objects.filter(name="A").update(city="Los Angeles")
    result = undo(number)
    assert (result.removed, stands(result)) == (1, [("A", "edited", ())])
    assert Worksite.objects.get().city == "Los Angeles"
    assert ImportChange.objects.exclude(stands="").get().stands == "edited"


def test_edited_field_of_a_change_stands_and_the_others_go_back():
    apply("A,Active,LA,90001")
    number = apply("A,Closed,Los Angeles,90001")
    Worksite.objects.update(city="L.A.")
    result = undo(number)
    assert (result.restored, stands(result)) == (1, [("A", "edited", ("city",))])
    site = Worksite.objects.get()
    assert (site.status, site.city) == ("live", "L.A.")


def test_area_set_by_hand_is_an_edit_and_a_rule_is_none():
    area = factory.area("E", centre=(34.0, -118.0), zips=("90001", "90002"))
    number = apply("A,Active,LA,90001", "B,Active,LA,90002")
    operations.set_area(worksite=Worksite.objects.get(name="A"), area=area, actor=factory.CLERK, at=factory.AT)
    factory.area("F", zips=("90002",))
    factory.area("E", centre=(34.0, -118.0), zips=())
    operations.assign_areas(actor=factory.CLERK, at=factory.AT)
    assert stands(undo(number)) == [("A", "edited", ())]
    assert [site.name for site in Worksite.objects.all()] == ["A"]


def test_worksite_with_people_is_kept_and_listed():
    number = apply("A,Active,LA,90001", "B,Active,LA,90002")
    factory.person(site=Worksite.objects.get(name="A"))
    result = undo(number)
    assert (result.removed, stands(result)) == (1, [("A", "attached", ())])
    assert Worksite.objects.get().name == "A"
    apply("A,Active,LA,90001")
    assert Worksite.objects.count() == 1


def test_later_import_stands_and_undoing_it_then_leads_back_past_both():
    first = apply("A,Active,LA,90001")
    later = apply("A,Closed,LA,90001")
    assert stands(undo(first)) == [("A", "later_import", ())]
    assert Worksite.objects.get().status == "closed"
    assert undo(later).removed == 1
    assert not Worksite.objects.exists()


def test_middle_import_is_spliced_out():
    apply("A,Active,LA,90001")
    before = snapshot()
    middle = apply("A,Pending,L.A.,90001")
    last = apply("A,Closed,L.A.,90001")
    result = undo(middle)
    assert stands(result) == [("A", "later_import", ("status",))]
    assert Worksite.objects.values_list("status", "city").get() == ("closed", "LA")
    undo(last)
    assert snapshot() == before


def test_undo_in_the_right_order_gives_back_each_state():
    states, numbers = [snapshot()], []
    for lines in (["A,Active,LA,90001"], ["A,Closed,LA,90001", "B,Active,LA,90002"], ["A,Active,L.A.,90001"]):
        numbers.append(apply(*lines))
        states.append(snapshot())
    for number, state in zip(reversed(numbers), reversed(states[:-1]), strict=True):
        undo(number)
        assert snapshot() == state


def test_recognizing_another_lists_worksite_is_undone_too():
    apply("A,Active,,90001", source="state")
    before = snapshot()
    number = apply("A,Active,LA,90001", source="board")
    assert Worksite.objects.get().city == "LA"
    undo(number)
    assert snapshot() == before
    assert WorksiteCode.objects.get().source == "state"


def test_worksite_that_is_gone_already_is_passed_over():
    number = apply("A,Active,LA,90001", "B,Active,LA,90002")
    Worksite.objects.filter(name="A").delete()
    assert undo(number).removed == 1
    assert not Worksite.objects.exists()
