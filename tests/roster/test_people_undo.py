"""Taking lists of people back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import roster as factory
from tests.roster.people_lists import apply, preview_undo, snapshot, undo
from unionhall.foundation.contacts import parse_contact
from unionhall.roster import operations
from unionhall.roster.models import ContactPoint, LookAlike, Person, PersonRecord
from unionhall.roster.operations.people_lists import undo as people_undo

pytestmark = pytest.mark.django_db

ROSA = "00123,GARCIA,ROSA,Cafeteria Worker,Rosemead Street Elementary,213 555 0142,Active"
BETO = "00124,Luna,Beto,Bus Driver,Harbor Middle,213 555 0143,Active"
MOVED = "00123,GARCIA,ROSA,Cook,Harbor Middle,213 555 0999,Leave"
SEP, OCT, NOV, DEC = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def sites():
    return factory.worksite("Rosemead Street Elementary"), factory.worksite("Harbor Middle")


def rosa():
    return Person.objects.get(name_key="rosa garcia")


def stands(result):
    return [(item.name, item.reason, item.fields) for item in result.stands]


def test_undo_of_a_first_list_leaves_nothing():
    before = snapshot()
    number = apply(ROSA, BETO).import_id
    planned = preview_undo(number)
    assert undo(number) == planned
    assert (planned.removed, planned.restored, planned.stands) == (2, 0, ())
    assert snapshot() == before


def test_undo_of_the_next_list_gives_back_every_value():
    apply(ROSA, BETO)
    before = snapshot()
    number = apply(MOVED, "00125,New,Nora,Cook,Harbor Middle,213 555 0144,Active", day=OCT).import_id
    assert snapshot() != before
    planned = preview_undo(number)
    assert undo(number) == planned
    assert (planned.removed, planned.restored, planned.stands) == (1, 2, ())
    assert snapshot() == before


def test_undo_of_the_same_list_again_leaves_the_days_as_they_were():
    apply(ROSA, BETO)
    before = snapshot()
    number = apply(ROSA, BETO, day=OCT).import_id
    assert snapshot() != before
    assert undo(number).stands == ()
    assert snapshot() == before


def test_undo_in_the_right_order_gives_back_each_state():
    states, numbers = [snapshot()], []
    for day, lines in ((SEP, [ROSA, BETO]), (OCT, [MOVED]), (NOV, [MOVED]), (DEC, [ROSA, BETO])):
        numbers.append(apply(*lines, day=day).import_id)
        states.append(snapshot())
    for number, state in zip(reversed(numbers), reversed(states[:-1]), strict=True):
        undo(number)
        assert snapshot() == state


@pytest.mark.parametrize("second", [[ROSA, BETO], [MOVED, BETO], [MOVED]])
def test_what_a_later_list_saw_stands_and_goes_with_it(second):
    before = snapshot()
    first = apply(ROSA, BETO).import_id
    later = apply(*second, day=OCT).import_id
    result = undo(first)
    assert {(name, reason) for name, reason, _fields in stands(result)} == {
        ("Rosa Garcia", "later_import"),
        ("Beto Luna", "later_import"),
    }
    assert Person.objects.count() == 2
    undo(later)
    assert snapshot() == before


def test_middle_list_is_taken_out():
    apply(ROSA, BETO)
    before = snapshot()
    middle = apply(MOVED, BETO, day=OCT).import_id
    last = apply(MOVED.replace("Cook", "Baker"), BETO, day=NOV).import_id
    result = undo(middle)
    assert [(name, reason) for name, reason, _fields in stands(result)] == [("Rosa Garcia", "later_import")]
    undo(last)
    assert snapshot() == before


def test_hand_edit_stands_and_is_listed():
    apply(ROSA, BETO)
    number = apply(MOVED.replace("GARCIA", "GARCIA LOPEZ"), BETO, day=OCT).import_id
    person = Person.objects.get(family_name__startswith="Garcia")
    operations.edit_person(person=person, values={"name": "Rosa G."}, actor=factory.CLERK, at=factory.AT)
    result = undo(number)
    assert stands(result) == [("Rosa G.", "edited", ("name",))]
    person.refresh_from_db()
    assert (person.name, person.family_name, person.employment) == ("Rosa G.", "Garcia", "active")


def test_person_who_was_edited_by_hand_stays_whole():
    number = apply(ROSA, BETO).import_id
    operations.edit_person(person=rosa(), values={"birth": "02-29"}, actor=factory.CLERK, at=factory.AT)
    assert stands(undo(number)) == [("Rosa Garcia", "edited", ())]
    assert (rosa().birth, rosa().employment, rosa().contact_points.count()) == ("02-29", "active", 1)
    assert not Person.objects.filter(name_key="beto luna").exists()


def test_person_to_whom_something_hangs_stays():
    number = apply(ROSA, BETO).import_id
    point = rosa().contact_points.get()
    operations.record_consent(
        person=rosa(), contact_point=point, channel="sms", purpose="campaign", wording="x", language="en",
        actor=factory.CLERK, at=factory.AT,
    )  # fmt: skip
    assert stands(undo(number)) == [("Rosa Garcia", "attached", ())]
    assert ContactPoint.objects.get() == point


def test_person_who_joined_before_keeps_what_she_said():
    factory.person("Rosa Garcia", site=factory.worksite("Own School"), contact="213 555 0142")
    before = snapshot()
    number = apply(ROSA, source="district").import_id
    assert PersonRecord.objects.filter(person=rosa()).count() == 2
    undo(number)
    assert snapshot() == before


def test_contact_that_was_proved_stays():
    apply(ROSA, BETO)
    number = apply(MOVED, BETO, day=OCT).import_id
    point = rosa().contact_points.get(is_current=True)
    operations.verify_contact(contact_point=point, actor=factory.CLERK, at=factory.AT)
    undo(number)
    points = rosa().contact_points.order_by("pk")
    assert [(one.value, one.is_current) for one in points] == [("+12135550142", True), ("+12135550999", False)]
    add = operations.add_contact(
        person=rosa(), contact=parse_contact("213 555 0999"), owner="personal", actor=factory.CLERK, at=factory.AT
    )
    assert add.is_current


def test_stopped_undo_goes_on_where_it_was(monkeypatch):
    before = snapshot()
    number = apply(ROSA, BETO).import_id
    monkeypatch.setattr(people_undo, "PORTION", 1)

    def stop(done, total):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo(number, progress=stop)
    assert Person.objects.count() == 1
    undo(number)
    assert snapshot() == before
    with pytest.raises(operations.AlreadyUndone):
        undo(number)


def test_people_who_were_proposed_as_look_alikes_go_all_the_same():
    number = apply(ROSA, BETO).import_id
    first, second = Person.objects.order_by("pk")[:2]
    LookAlike.objects.create(first=first, second=second, score=0.8, found_at=factory.AT)

    undo(number)

    assert (Person.objects.count(), LookAlike.objects.count()) == (0, 0)
