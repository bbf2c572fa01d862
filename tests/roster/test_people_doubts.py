"""Rows that may be somebody we know: they wait, and are settled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import roster as factory
from tests.roster.people_lists import apply, counts, preview, snapshot, undo
from unionhall.roster import operations, queries
from unionhall.roster.enums import Decision
from unionhall.roster.models import Apart, Doubt, Person, PersonRecord

pytestmark = pytest.mark.django_db

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
# Quite another name under a number that the source gave to Rosa before.
REUSED = "00123,Petrosyan,Anahit,Cook,Harbor Middle,213 555 0777,Active"
ROSA = "00123,GARCIA,ROSA,Cafeteria Worker,Rosemead Street Elementary,213 555 0142,Active"


@pytest.fixture(autouse=True)
def sites():
    return factory.worksite("Rosemead Street Elementary"), factory.worksite("Harbor Middle")


def settle(doubt, decision, person=None):
    return operations.settle_doubt(
        doubt=doubt, decision=decision, person=person, actor=factory.CLERK, at=factory.AT + timedelta(minutes=5)
    )


def person(name):
    return Person.objects.get(name=name)


def test_doubtful_row_waits_and_writes_nothing_else():
    apply(ROSA)
    before = snapshot()
    report = apply(REUSED, day=OCT)
    assert counts(report) == (0, 0, 0, 1, 0)
    assert (report.missing, report.gone) == (0, 0)
    assert snapshot() == before
    (doubt,) = queries.open_doubts()
    assert (doubt.line, doubt.label, doubt.site.name) == (2, "Anahit Petrosyan", "Harbor Middle")
    assert [one["pk"] for one in doubt.candidates] == [person("Rosa Garcia").pk]
    assert "+12135550777" in doubt.row
    assert report.proposals[0].band == "review"


def test_doubt_settled_as_somebody_new_takes_the_number_over_and_is_remembered():
    apply(ROSA)
    before = snapshot()
    number = apply(REUSED, day=OCT).import_id
    settled = settle(Doubt.objects.get(), Decision.NEW)
    anahit = person("Anahit Petrosyan")
    assert (settled.decision, settled.decided_pk, settled.row) == ("new", anahit.pk, "")
    assert PersonRecord.objects.get(code="=00123").person == anahit
    assert Apart.objects.get().second == anahit
    assert counts(preview(REUSED, day=NOV)) == (0, 0, 1, 0, 0)
    undo(number)
    assert snapshot() == before


def test_doubt_settled_as_the_same_changes_her_record_and_is_remembered():
    apply(ROSA)
    before = snapshot()
    number = apply(REUSED, day=OCT).import_id
    settle(Doubt.objects.get(), Decision.SAME, person("Rosa Garcia"))
    assert Person.objects.get().name == "Anahit Petrosyan"
    assert counts(preview(REUSED, day=NOV)) == (0, 0, 1, 0, 0)
    undo(number)
    assert snapshot() == before


def test_doubt_left_out_writes_nothing():
    apply(ROSA)
    before = snapshot()
    apply(REUSED, day=OCT)
    settle(Doubt.objects.get(), Decision.SKIP)
    assert snapshot() == before
    assert not queries.open_doubts().exists()


def test_doubt_repeated_by_the_next_list_is_shown_once_and_settled_with_it():
    apply(ROSA)
    apply(REUSED, day=OCT)
    latest = apply(REUSED, day=NOV).import_id
    (doubt,) = queries.open_doubts()
    assert doubt.imported_id == latest
    settle(doubt, Decision.NEW)
    assert not Doubt.objects.filter(decision=Decision.OPEN).exists()
    assert Person.objects.count() == 2


def test_settling_twice_or_without_a_person_or_after_an_undo_is_refused():
    apply(ROSA)
    number = apply(REUSED, day=OCT).import_id
    doubt = Doubt.objects.get()
    with pytest.raises(operations.NobodyMeant):
        settle(doubt, Decision.SAME)
    settle(doubt, Decision.SKIP)
    with pytest.raises(operations.SettledAlready):
        settle(doubt, Decision.NEW)
    undo(number)
    Doubt.objects.update(decision=Decision.OPEN)
    with pytest.raises(operations.ImportGone):
        settle(doubt, Decision.NEW)
