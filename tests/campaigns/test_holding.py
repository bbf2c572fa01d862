"""Slips: never refused, never lost, let in once, with their own time, and forgotten with all that was in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import campaigns as factory
from unionhall.accounts.enums import CODE_LIFE, CODE_TRIES
from unionhall.campaigns import operations
from unionhall.campaigns.enums import SlipState
from unionhall.campaigns.models import Entry, Letter, Slip
from unionhall.campaigns.operations import holding
from unionhall.campaigns.operations.holding import FREE_AN_HOUR
from unionhall.campaigns.operations.proofs import CHALLENGE_LIFE
from unionhall.foundation.models import AuditEntry, OutboxMessage
from unionhall.roster import operations as roster_operations
from unionhall.roster.models import ContactPoint, Person

pytestmark = pytest.mark.django_db
AT = factory.AT
ROSA = {"name": "Rosa Méndez", "contact": "213 555 0142"}


@pytest.fixture
def campaign():
    return factory.campaign()


def good(kind="join", at=AT):
    return factory.proof(kind=kind, at=at)


def send_codes(at=AT) -> str:
    """Send every letter that is owed; the newest code."""
    for letter in Letter.objects.filter(sent_at=None, ended_at=None):
        operations.send_letter(letter_id=letter.pk, at=at)
    return OutboxMessage.objects.order_by("-pk")[0].body[:6]


def test_with_a_good_proof_the_slip_is_ready_and_no_code_is_owed(campaign):
    slip = factory.slip(campaign, proven_by=good())
    assert (slip.state, Letter.objects.count()) == (SlipState.READY, 0)


@pytest.mark.parametrize("kind", ["none", "wrong answer", "other form", "other campaign", "old", "not ours", "rubbish"])
def test_without_a_good_proof_it_is_held_and_nothing_is_lost(campaign, settings, kind):
    settings.PROOF_BITS = 6
    challenge = operations.make_challenge(place="river/join", at=AT)
    wrong = next(n for n in range(99) if not operations.read_proof(text=f"{challenge}:{n}", place="river/join", at=AT))
    proof = {
        "none": "",
        "wrong answer": f"{challenge}:{wrong}",
        "other form": good("cat"),
        "other campaign": factory.proof("lake", at=AT),
        "old": good(at=AT - CHALLENGE_LIFE - timedelta(seconds=1)),
        "not ours": "a" * 64 + ":1",
        "rubbish": "é:💥:" * 20,
    }[kind]
    slip = factory.slip(campaign, proven_by=proof, **ROSA)
    assert (slip.state, slip.proof) == (SlipState.HELD, None)
    assert '"Rosa Méndez"' in Slip.objects.get().sealed
    assert not Person.objects.exists()


def test_a_proof_serves_once_for_one_form_and_the_second_click_is_the_first(campaign):
    proof, sent = good(), factory.sign_up(**ROSA)
    first, again = (factory.slip(campaign, sent=sent, proven_by=proof) for _ in range(2))
    other = factory.slip(campaign, name="Luis Ortega", proven_by=proof)
    assert (first.pk, first.state, other.state) == (again.pk, SlipState.READY, SlipState.HELD)


def test_beyond_the_rate_of_one_address_forms_are_held_not_refused(campaign):
    states = [factory.slip(campaign, proven_by=good()).state for _ in range(FREE_AN_HOUR + 2)]
    assert states == [SlipState.READY] * FREE_AN_HOUR + [SlipState.HELD] * 2
    elsewhere = factory.slip(campaign, proven_by=good(), address="198.51.100.4")
    later = factory.slip(campaign, proven_by=good(at=AT + timedelta(hours=2)), at=AT + timedelta(hours=2))
    assert (elsewhere.state, later.state) == (SlipState.READY, SlipState.READY)


def test_second_click_without_a_script_is_the_same_slip_with_what_was_written_last(campaign):
    sent = factory.sign_up(**ROSA)
    first = factory.slip(campaign, sent=sent)
    again = factory.slip(campaign, sent=replace(sent, worksite_text="Harbor Middle"))
    assert (first.pk, Slip.objects.count(), Letter.objects.count()) == (again.pk, 1, 1)
    assert "Harbor Middle" in Slip.objects.get().sealed
    assert factory.slip(campaign, sent=sent, address="198.51.100.4").pk != first.pk


def test_the_code_lets_it_in_once_with_its_own_time_and_the_contact_proven(campaign):
    slip = factory.slip(campaign, **ROSA)
    code, later = send_codes(), AT + timedelta(minutes=9)
    for _ in range(2):
        slip = operations.confirm_slip(slip=slip, code_text=f" {code[:3]}-{code[3:]}", at=later)
    assert slip.state == SlipState.READY
    assert [operations.take_in(slip_id=slip.pk, at=later) for _ in range(2)] == [True, False]
    assert Entry.objects.values_list("person__name", "received_at", "state").get() == ("Rosa Méndez", AT, "open")
    assert ContactPoint.objects.get().verified_at is not None
    assert Slip.objects.values_list("state", "sealed", "code", "key").get() == (SlipState.TAKEN, "", "", "")


def test_five_tries_and_ten_minutes_then_a_new_code(campaign):
    slip = factory.slip(campaign, **ROSA)
    code = send_codes()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(CODE_TRIES):
        with pytest.raises(operations.SlipCodeWrong):
            operations.confirm_slip(slip=slip, code_text=wrong, at=AT)
    with pytest.raises(operations.SlipCodeWrong):
        operations.confirm_slip(slip=slip, code_text=code, at=AT)
    later = AT + timedelta(minutes=5)
    operations.ask_new_code(slip=slip, at=later)
    fresh = send_codes(later)
    with pytest.raises(operations.SlipCodeWrong):
        operations.confirm_slip(slip=slip, code_text=fresh, at=later + CODE_LIFE + timedelta(seconds=1))
    assert operations.confirm_slip(slip=slip, code_text=fresh, at=later + CODE_LIFE).state == SlipState.READY


def test_before_a_code_is_made_no_digits_open(campaign):
    slip = factory.slip(campaign, **ROSA)
    for text in ("", "000000", "x"):
        with pytest.raises(operations.SlipCodeWrong):
            operations.confirm_slip(slip=slip, code_text=text, at=AT)


def test_the_link_of_the_mail_lets_it_in_for_days_and_no_other_key_does(campaign):
    slip = factory.slip(campaign, contact="rosa@example.org", name="Rosa")
    send_codes()
    key = OutboxMessage.objects.get().body.split(f"/{slip.public_id}/")[1].split("/")[0]
    with pytest.raises(operations.SlipCodeWrong):
        operations.confirm_slip_by_link(slip=slip, key="x" + key, at=AT)
    days = AT + timedelta(days=9)
    assert operations.confirm_slip_by_link(slip=slip, key=key, at=days).state == SlipState.READY


def test_data_desk_lets_in_by_hand_once_and_the_trail_says_who(campaign):
    slip = factory.slip(campaign, **ROSA)
    operations.release_slip(slip=slip, actor=factory.CLERK, at=AT)
    with pytest.raises(operations.SlipSettled):
        operations.release_slip(slip=slip, actor=factory.CLERK, at=AT)
    operations.take_in(slip_id=slip.pk, at=AT)
    assert Entry.objects.get().person.name == "Rosa Méndez"
    assert ContactPoint.objects.get().verified_at is None
    trail = " ".join(f"{row} {row.detail} {row.object_label}" for row in AuditEntry.objects.all())
    assert "campaigns.slip_released" in trail
    assert [leak for leak in ("0142", "Rosa") if leak in trail.replace("campaigns.entry_received", "")] == []


def test_after_its_days_a_held_slip_is_forgotten_with_all_that_was_in_it(campaign, settings):
    settings.HELD_DAYS = 30
    factory.slip(campaign, **ROSA)
    assert operations.forget_slips(actor=factory.CLERK, at=AT + timedelta(days=30)) == 0
    assert holding.stand_of_slips(AT).waiting == holding.stand_of_slips(AT + timedelta(days=31)).due == 1
    assert operations.forget_slips(actor=factory.CLERK, at=AT + timedelta(days=30, seconds=1)) == 1
    assert (Slip.objects.count(), Letter.objects.count(), Person.objects.count()) == (0, 0, 0)
    assert AuditEntry.objects.get(verb="campaigns.slips_forgotten").detail == {"slips": 1}


def test_a_legal_hold_on_everybody_stops_the_clock(campaign):
    factory.slip(campaign, **ROSA)
    roster_operations.place_hold(person=None, reason="Case 7", actor=factory.CLERK, at=AT)
    assert operations.forget_slips(actor=factory.CLERK, at=AT + timedelta(days=99)) == 0
    assert holding.stand_of_slips(AT + timedelta(days=99)).held == 1
    assert Slip.objects.count() == 1


def test_address_goes_after_an_hour_and_an_emptied_slip_after_a_day(campaign):
    slip = factory.slip(campaign, proven_by=good())
    assert "203.0.113.7" not in str(Slip.objects.values())
    operations.take_in(slip_id=slip.pk, at=AT)
    operations.forget_slips(actor=factory.CLERK, at=AT + timedelta(minutes=61))
    assert Slip.objects.get().asker == ""
    operations.forget_slips(actor=factory.CLERK, at=AT + timedelta(days=1, seconds=1))
    assert (Slip.objects.count(), Entry.objects.count()) == (0, 1)


@pytest.mark.parametrize("proven", [True, False])
@pytest.mark.parametrize("kind", ["join", "cat", "updates"])
def test_keeping_a_form_is_the_same_work_whoever_is_known(campaign, kind, proven):
    site = factory.school()
    factory.entry(campaign, site=site, name="Ana Prado", contact="213 555 0144")
    asked = []
    for name, contact in (("Rosa Méndez", "213 555 0142"), ("Ana Prado", "213 555 0144")):
        sent = factory.sign_up(name, site=site, contact=contact, kind=kind)
        proof = factory.proof(kind=kind, at=AT) if proven else ""
        with CaptureQueriesContext(connection) as queries:
            factory.slip(campaign, sent=sent, proven_by=proof, address=contact)
        asked.append(
            [query["sql"].split("(")[0].split("WHERE")[0][:60] for query in queries if "SAVEPOINT" not in query["sql"]]
        )
    assert asked[0] == asked[1]
    assert not any("roster_" in sql for sql in asked[0])
