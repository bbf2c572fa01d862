"""The retention clock: what remains of a former member, and what stops it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import accounts
from tests.factories import roster as factory
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.models import Assignment, Consent, ContactPoint, ImportChange, Merge, Person, PersonRecord
from unionhall.roster.queries.retention import clocks, holds

pytestmark = pytest.mark.django_db
TODAY = factory.AT.date()
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}


def leave(person, on=date(2025, 6, 12)):
    """The person has left on that day."""
    Assignment.objects.filter(person=person, ends_on=None).update(ends_on=on)
    Person.objects.filter(pk=person.pk).update(
        employment="separated", separated_on=on, birth="05-17", chosen_name="Beto", hired_on=date(2011, 8, 15)
    )
    person.refresh_from_db()
    return person


@pytest.fixture
def beto():
    person = factory.person("Alberto Luna")
    said = {"name": ["Alberto Luna", "2020-01-01", None], "birth": ["05-17", "2020-01-01", None]}
    PersonRecord.objects.create(
        person=person, source="payroll", code="=00123", said=said, first_seen_on=TODAY, last_seen_on=TODAY
    )
    Assignment.objects.create(
        person=person, worksite=factory.worksite("Harbor Middle"), ends_on=date(2019, 6, 1), source="t"
    )
    return person


def shrink():
    return operations.shrink_former(**BY)


def test_minimal_record_remains(beto):
    operations.record_consent(
        person=beto,
        contact_point=beto.contact_points.get(),
        channel="sms",
        purpose="campaign",
        wording="Sí.",
        language="es",
        **BY,
    )
    leave(beto)
    last = Assignment.objects.get(person=beto, ends_on=date(2025, 6, 12))
    Assignment.objects.filter(pk=last.pk).update(shift="A", hours=6)

    assert shrink() == 1

    beto.refresh_from_db()
    last.refresh_from_db()
    assert (beto.name, beto.separated_on, beto.shrunk_at) == ("Alberto Luna", date(2025, 6, 12), factory.AT)
    assert (beto.chosen_name, beto.birth, beto.hired_on) == ("", "", None)
    assert (list(Assignment.objects.all()), last.shift, last.hours) == ([last], "", None)
    assert not ContactPoint.objects.exists()
    assert Consent.objects.values_list("person", "contact_point", "wording").get() == (beto.pk, None, "Sí.")
    record = PersonRecord.objects.get(source="payroll")
    assert (record.code, list(record.said)) == ("=00123", ["name"])
    assert AuditEntry.objects.get(verb="roster.person_shrunk").object_label == beto.public_id


def test_twice_changes_nothing(beto):
    leave(beto)
    assert (shrink(), shrink()) == (1, 0)


def test_clock_still_runs_and_says_until_when(beto):
    leave(beto, TODAY - timedelta(days=100))
    found = clocks(today=TODAY)
    assert (found.due, found.waiting, found.next_on) == ((), 1, date(2027, 8, 14))
    assert shrink() == 0
    assert ContactPoint.objects.count() == 1


@pytest.mark.parametrize("employment", ["active", "leave", "substitute", "management"])
def test_who_is_here_is_not_cut_down(beto, employment):
    leave(beto)
    Person.objects.filter(pk=beto.pk).update(employment=employment, membership="former")
    assert shrink() == 0


def test_former_member_still_at_a_place_of_ours_is_not_cut_down(beto):
    Person.objects.filter(pk=beto.pk).update(employment="", membership="former", separated_on=date(2020, 1, 1))
    assert shrink() == 0
    Assignment.objects.filter(person=beto, ends_on=None).update(ends_on=date(2021, 1, 1))
    assert shrink() == 1


@pytest.mark.parametrize("of_one", [True, False])
def test_legal_hold_stops_the_clock_until_it_is_lifted(beto, of_one):
    leave(beto)
    hold = operations.place_hold(person=beto if of_one else None, reason="Case LA-CE-1", **BY)
    assert list(holds()) == [hold]
    assert (shrink(), clocks(today=TODAY).held) == (0, 1)
    operations.lift_hold(hold=hold, why="Case closed", **BY)
    assert (shrink(), list(holds())) == (1, [])
    with pytest.raises(operations.HoldLifted):
        operations.lift_hold(hold=hold, why="Again", **BY)


def test_hold_of_somebody_else_stops_nothing(beto):
    leave(beto)
    operations.place_hold(person=factory.person("Ana Soto"), reason="Case LA-CE-1", **BY)
    assert shrink() == 1


def test_hold_wants_a_reason(beto):
    with pytest.raises(operations.ReasonlessHold):
        operations.place_hold(person=beto, reason=" ", **BY)


def test_merged_records_are_cut_down_with_her_and_cannot_be_parted(beto):
    other = factory.person("A. Luna")
    merge = operations.merge_people(kept=beto, absorbed=other, **BY)
    ContactPoint.objects.filter(person=beto).first().delete()
    leave(beto)
    assert shrink() == 1
    assert not ContactPoint.objects.exists()
    assert Merge.objects.get().before == {}
    with pytest.raises(operations.CannotBeParted):
        operations.part_people(merge=merge, **BY)


def test_undo_of_an_import_brings_nothing_back(beto):
    imported = operations_import()
    change = ImportChange.objects.create(
        imported=imported,
        kind="changed",
        record="person",
        record_pk=beto.pk,
        label="x",
        before={"birth": "05-17", "name": "A. Luna"},
        after={"birth": "05-18", "name": "Alberto Luna"},
    )
    leave(beto)
    shrink()
    change.refresh_from_db()
    assert (change.before, change.after) == ({"name": "A. Luna"}, {"name": "Alberto Luna"})


def operations_import():
    from unionhall.roster.models import Import

    return Import.objects.create(
        kind="people", source="payroll", as_of=TODAY, file_name="p.csv", sha256="0" * 64, applied_at=factory.AT
    )


def test_account_of_a_former_member_is_closed_and_forgets_its_contacts(beto):
    user = operations.open_account(person=beto, **BY)
    leave(beto)
    shrink()
    user.refresh_from_db()
    assert (user.is_active, user.sign_in_contacts.count()) == (False, 0)
    assert not Person.objects.filter(user=user).exists()


def test_account_that_holds_another_role_lives_on(beto):
    user = operations.open_account(person=beto, **BY)
    accounts.grant(user, Role.ORGANIZER, Reach.ALL)
    leave(beto)
    shrink()
    user.refresh_from_db()
    assert (user.is_active, user.sign_in_contacts.count()) == (True, 1)


def test_two_queries_however_many_former_members(beto, django_assert_num_queries):
    for name in ("Ana Soto", "Luz Paz", "Eva Ruiz"):
        leave(factory.person(name))
        with django_assert_num_queries(2):
            clocks(today=TODAY)
