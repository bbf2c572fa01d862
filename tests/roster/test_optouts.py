"""Lists of opt-outs, and the gate that every message passes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import roster as factory
from tests.roster.people_lists import apply, codes, counts, preview, preview_undo, snapshot, undo
from unionhall.foundation.contacts import parse_contact
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries
from unionhall.roster.models import Consent, ImportChange, OptOut

pytestmark = pytest.mark.django_db

HEADS = "Phone,Email,Opted Out At"
ROSA = "213-555-0142,,2026-11-20 08:00:00 UTC"
OCT = date(2026, 10, 1)


def out(*lines, heads=HEADS, day=date(2026, 11, 22), **other):
    return apply(*lines, kind="optouts", source="texting", heads=heads, day=day, name="o.csv", **other)


def is_out(text):
    return queries.is_opted_out(parse_contact(text))


def consent(person, at=factory.AT):
    return operations.record_consent(
        person=person,
        contact_point=person.contact_points.first(),
        channel="sms",
        purpose="campaign",
        wording="Yes.",
        language="en",
        actor=factory.CLERK,
        at=at,
    )


def test_opt_out_stands_even_where_nobody_has_the_number():
    report = out(ROSA, ",Beto@Example.org,2026-11-21")
    assert counts(report) == (2, 0, 0, 0, 0)
    assert (is_out("(213) 555-0142"), is_out("beto@example.org"), is_out("213 555 0143")) == (True, True, False)
    row = OptOut.objects.get(kind="sms")
    assert (row.value, row.opted_out_at.isoformat()) == ("+12135550142", "2026-11-20T08:00:00+00:00")


def test_list_or_form_that_brings_the_number_later_revives_nothing():
    out(ROSA)
    factory.person("Rosa Garcia", contact="213 555 0142")
    assert is_out("213 555 0142")
    index = operations.add_contact(
        person=factory.person(), contact=parse_contact("213 555 0142"), owner="personal", actor=factory.CLERK,
        at=factory.AT,
    ).index_full  # fmt: skip
    assert queries.opted_out_among([index, "x"]) == {index}


def test_consent_of_whoever_has_the_number_is_withdrawn_and_undo_brings_it_back():
    person = factory.person("Rosa Garcia", contact="213 555 0142")
    given = consent(person, at=factory.AT - timedelta(days=9))
    before = snapshot()
    report = out(ROSA)
    given.refresh_from_db()
    assert (report.people, given.withdrawn_at is not None) == (1, True)
    assert "people_opted_out" in codes(report)
    planned = preview_undo(report.import_id)
    assert undo(report.import_id) == planned
    assert (planned.removed, planned.stands) == (1, ())
    assert snapshot() == before


def test_who_agrees_anew_is_written_to_again_and_older_lists_do_not_undo_that():
    out(ROSA)
    person = factory.person("Rosa Garcia", contact="213 555 0142")
    consent(person, at=factory.AT + timedelta(hours=2))
    assert not is_out("213 555 0142")
    report = out(ROSA)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert "lifted_since" in codes(report)
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_newer_opt_out_stands_over_an_older_consent():
    consent(factory.person("Rosa Garcia", contact="213 555 0142"), at=factory.AT - timedelta(days=30))
    out(ROSA)
    assert is_out("213 555 0142")


def test_same_list_again_changes_nothing_and_what_it_saw_stands_after_an_undo():
    before = snapshot()
    first = out(ROSA, ROSA).import_id
    report = out(ROSA, day=date(2026, 11, 23))
    assert counts(report) == (0, 0, 1, 0, 0)
    assert "nothing_changed" in codes(report)
    assert [one.reason for one in undo(first).stands] == ["later_import"]
    assert is_out("213 555 0142")
    undo(report.import_id)
    assert snapshot() == before


def test_lifted_opt_out_stands_as_it_is_after_an_undo():
    number = out(ROSA).import_id
    consent(factory.person("Rosa Garcia", contact="213 555 0142"), at=factory.AT + timedelta(hours=2))
    assert [one.reason for one in undo(number).stands] == ["edited"]
    assert OptOut.objects.get().lifted_at is not None


def test_lines_that_say_nothing_usable_are_refused_and_subscribers_are_left_alone():
    report = preview(
        "213 555 0142,unsubscribed", "213 555 0143,subscribed", "12,unsubscribed", "213 555 0144,maybe",
        kind="optouts", heads="Phone,Status",
    )  # fmt: skip
    assert counts(report) == (1, 0, 1, 0, 2)
    assert not OptOut.objects.exists()


def test_no_contact_stands_in_the_trail_or_the_undo_record():
    out(ROSA, ",beto@example.org,")
    rows = [*ImportChange.objects.values_list("label", "before", "after"), *AuditEntry.objects.values_list("detail")]
    assert "0142" not in str(rows)
    assert "beto" not in str(rows)
