"""Rows that may be somebody we know: they wait, and are settled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import roster as factory
from tests.roster.people_lists import apply, counts, preview, snapshot, undo
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries
from unionhall.roster.enums import Decision
from unionhall.roster.models import Apart, Assignment, ContactPoint, Doubt, ImportChange, Person, PersonRecord
from unionhall.roster.operations.keeping import doubts as doubts_clock

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


def everything():
    """What is held of people, of what lists did to them, and of who is apart."""
    tables = (Person, PersonRecord, ContactPoint, Assignment, ImportChange, Apart)
    return [list(table.objects.order_by("pk").values()) for table in tables]


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


@pytest.mark.parametrize("decision", [Decision.NEW, Decision.SAME, Decision.SKIP])
def test_answer_is_taken_back_exactly_and_can_be_given_again(decision):
    apply(ROSA)
    apply(REUSED, day=OCT)
    before, doubt = everything(), Doubt.objects.get()
    whom = person("Rosa Garcia") if decision == Decision.SAME else None
    settled = settle(doubt, decision, whom)
    assert (everything() == before) == (decision == Decision.SKIP)

    back = operations.unsettle_doubt(doubt=settled, actor=factory.CLERK, at=factory.AT + timedelta(minutes=6))

    assert everything() == before
    assert (back.decision, back.row, back.way_back) == ("", doubt.row, None)
    assert list(queries.open_doubts()) == [back]
    assert AuditEntry.objects.filter(verb="roster.doubt_reopened").count() == 1
    assert settle(back, decision, whom).decision == decision


def test_answer_to_a_row_that_waited_in_two_lists_is_taken_back_in_both():
    apply(ROSA)
    apply(REUSED, day=OCT)
    apply(REUSED, day=NOV)
    before = everything()
    settled = settle(Doubt.objects.last(), Decision.NEW)
    operations.unsettle_doubt(doubt=settled, actor=factory.CLERK, at=factory.AT)
    assert everything() == before
    assert Doubt.objects.filter(decision=Decision.OPEN).count() == 2


def test_answer_stands_where_something_was_written_since():
    apply(ROSA)
    apply(REUSED, day=OCT)
    settled = settle(Doubt.objects.get(), Decision.NEW)
    operations.edit_person(
        person=person("Anahit Petrosyan"), values={"chosen_name": "Ani"}, actor=factory.CLERK, at=factory.AT
    )
    before = everything()
    with pytest.raises(operations.AnswerStands):
        operations.unsettle_doubt(doubt=settled, actor=factory.CLERK, at=factory.AT)
    assert everything() == before


def test_doubtful_rows_are_forgotten_after_their_months():
    apply(ROSA)
    apply(REUSED, day=OCT)
    later = factory.AT + timedelta(days=200)
    assert doubts_clock.stand_of_doubts(factory.AT).waiting == 1
    assert doubts_clock.forget_doubts(actor=factory.CLERK, at=factory.AT) == 0
    assert doubts_clock.stand_of_doubts(later).due == 1

    assert doubts_clock.forget_doubts(actor=factory.CLERK, at=later) == 1

    doubt = Doubt.objects.get()
    assert (doubt.row, doubt.way_back, doubt.label, doubt.decision) == ("", None, "", "skip")
    assert doubts_clock.stand_of_doubts(later).due == 0


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
