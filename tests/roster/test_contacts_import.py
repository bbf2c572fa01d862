"""Lists of contacts: ways to reach people we know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import roster as factory
from tests.roster.people_lists import apply, counts, preview, snapshot, undo
from unionhall.roster import operations, queries
from unionhall.roster.enums import Decision
from unionhall.roster.models import ContactPoint, Person

pytestmark = pytest.mark.django_db

HEADS = "Name,Phone,Email"


def bring(*lines, heads=HEADS, day=date(2026, 11, 1), **other):
    return apply(*lines, kind="contacts", source="texting", heads=heads, day=day, name="c.csv", **other)


def ways(person):
    return set(ContactPoint.objects.filter(person=person, is_current=True).values_list("kind", "index_full"))


def test_contact_of_somebody_we_know_is_added_beside_the_others():
    person = factory.person("Rosa Garcia", contact="213 555 0142")
    report = bring("Rosa Garcia,213 555 0142,rosa@example.org")
    assert counts(report) == (0, 1, 0, 0, 0)
    assert {point.value for point in person.contact_points.all()} == {"+12135550142", "rosa@example.org"}
    person.refresh_from_db()
    assert (person.name, Person.objects.count()) == ("Rosa Garcia", 1)
    assert counts(bring("Rosa Garcia,213 555 0142,rosa@example.org", day=date(2026, 12, 1))) == (0, 0, 1, 0, 0)


def test_what_a_tool_calls_somebody_never_becomes_her_name():
    person = factory.person("Rosa Garcia Lopez", contact="213 555 0142")
    bring("Rosa Garcia,213 555 0142,")
    person.refresh_from_db()
    assert (person.name, person.search) == ("Rosa Garcia Lopez", " rosa garcia lopez")


def test_number_alone_goes_to_the_one_person_who_has_it():
    person = factory.person("Rosa Garcia", contact="213 555 0142")
    report = bring("213 555 0142,rosa@example.org", heads="Phone,Email")
    assert counts(report) == (0, 1, 0, 0, 0)
    assert person.contact_points.count() == 2
    assert counts(bring("213 555 0142,rosa@example.org", heads="Phone,Email", day=date(2026, 12, 1))) == (0, 0, 1, 0, 0)


def test_shared_number_alone_is_doubtful():
    for name in ("Rosa Garcia", "Ana Garcia"):
        factory.person(name, contact="213 555 0142")
    report = preview("213 555 0142,x@example.org", kind="contacts", heads="Phone,Email")
    assert counts(report) == (0, 0, 0, 1, 0)
    assert {one.name for one in report.proposals[0].candidates} == {"Rosa Garcia", "Ana Garcia"}


def test_nobody_new_comes_in_unless_somebody_says_so():
    before = snapshot()
    number = bring("Nora New,213 555 0199,").import_id
    assert snapshot() == before
    (doubt,) = queries.open_doubts()
    operations.settle_doubt(
        doubt=doubt, decision=Decision.NEW, actor=factory.CLERK, at=factory.AT + timedelta(minutes=5)
    )
    assert Person.objects.get().name == "Nora New"
    undo(number)
    assert snapshot() == before


def test_undo_takes_added_contacts_away():
    factory.person("Rosa Garcia", contact="213 555 0142")
    before = snapshot()
    number = bring("Rosa Garcia,213 555 0142,rosa@example.org").import_id
    undo(number)
    assert snapshot() == before


def test_people_who_are_not_in_a_list_of_contacts_are_not_missing():
    factory.person("Rosa Garcia", contact="213 555 0142")
    bring("Rosa Garcia,213 555 0142,a@example.org")
    report = bring("Nora New,213 555 0199,", day=date(2026, 12, 1))
    assert (report.gone, report.missing) == (0, 0)
    assert Person.objects.get().missing_since is None
