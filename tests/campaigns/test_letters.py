"""Letters: in her language, by day, once, tried again, given up, and never to whoever told us to stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.factories import campaigns as factory
from tests.factories import roster as roster_factory
from unionhall.campaigns import operations, queries
from unionhall.campaigns.models import Entry, Letter, Slip
from unionhall.campaigns.operations import letters
from unionhall.foundation import gateways
from unionhall.foundation.contacts import indexes_of, parse_contact
from unionhall.foundation.enums import Outcome
from unionhall.foundation.gateways import Delivery
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.enums import OfficeKind
from unionhall.roster.models import Consent, OptOut
from unionhall.rulebook.letters import PAUSES

pytestmark = pytest.mark.django_db
AT = factory.AT
NIGHT = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)  # half past nine in the evening in Los Angeles
MORNING = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


@dataclass
class Provider:
    """A provider that answers as it is told, and keeps what went."""

    answers: list[Delivery] = field(default_factory=list)
    went: list[Any] = field(default_factory=list)

    def send(self, message: Any) -> Delivery:
        answer = self.answers.pop(0) if self.answers else Delivery(Outcome.SENT)
        if answer.went:
            self.went.append(message)
        return answer


@pytest.fixture
def campaign():
    return factory.campaign()


@pytest.fixture
def provider(monkeypatch, settings):
    """A real local, whose messages reach this provider."""
    settings.DEMO = False
    one = Provider()
    monkeypatch.setattr(gateways, "gateway_of", lambda message: one)
    return one


def opt_out(contact: str) -> None:
    index = indexes_of(parse_contact(contact)).full
    OptOut.objects.create(kind="sms", index_full=index, value=contact, source="test", opted_out_at=AT)


@pytest.mark.parametrize(
    ("language", "contact", "said"),
    [
        ("en", "213 555 0142", ["is your code for Riverside Kitchens United", "ten minutes", "Reply STOP"]),
        ("es", "213 555 0142", ["es tu código para Cocinas Unidas de Riverside", "diez minutos", "Responde ALTO"]),
        ("en", "rosa@example.org", ["is your code", "/en/river/code/", "STOP"]),
        ("es", "rosa@example.org", ["es tu código", "/es/river/codigo/", "ALTO"]),
    ],
)
def test_code_speaks_her_language_and_is_kept_as_a_hash_only(campaign, language, contact, said):
    slip = factory.slip(campaign, contact=contact, language=language)
    assert operations.send_letter(letter_id=slip.letters.get().pk, at=AT)
    kept = OutboxMessage.objects.get()
    assert (kept.language, kept.purpose) == (language, "campaigns.code")
    assert [word for word in said if word not in kept.body] == []
    assert kept.body[:6] not in str(Slip.objects.values().get())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["you are on the Contract Action Team", "Palo Verde", "Reply STOP"]),
        ("es", ["ya eres del Equipo de Acción por el Contrato", "Palo Verde", "Responde ALTO"]),
    ],
)
def test_cat_member_is_told_what_comes_next(campaign, language, said):
    entry = factory.entry(campaign, contact="213 555 0142", language=language, kind="cat")
    assert operations.confirm_entry(entry_id=entry.pk, at=AT)
    assert [word for word in said if word not in OutboxMessage.objects.get().body] == []


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("213 555 0142", ["ya te teníamos", "Alma Reyes", "/es/entrar/", "Responde ALTO"]),
        ("rosa@example.org", ["ya te teníamos", "Alma Reyes", "/es/entrar/", "/es/river/"]),
    ],
)
def test_whoever_signs_up_again_learns_it_on_her_own_channel_with_steward_and_link(campaign, contact, said):
    school = factory.school()
    by = {"starts_on": AT.date(), "actor": factory.CLERK, "at": AT}
    alma = roster_factory.person("Alma Reyes", site=school)
    roster_factory.operations.give_office(person=alma, kind=OfficeKind.STEWARD, worksite=school, **by)
    sent = factory.sign_up("Rosa", site=school, contact=contact)
    for at in (AT, AT + timedelta(minutes=1), AT + timedelta(hours=2)):
        entry = operations.receive_entry(campaign=campaign, sign_up=sent, actor=factory.CLERK, at=at)
    assert list(entry.letters.values_list("kind", flat=True)) == ["joined", "again"]
    operations.send_letter(letter_id=entry.letters.get(kind="again").pk, at=AT + timedelta(hours=2))
    assert [word for word in said if word not in OutboxMessage.objects.get().body] == []


def test_a_text_written_at_night_waits_for_the_morning_and_a_mail_does_not(campaign, provider):
    text, mail = (factory.entry(campaign, contact=contact) for contact in ("213 555 0142", "rosa@example.org"))
    Letter.objects.update(due_at=NIGHT)
    assert operations.confirm_entry(entry_id=mail.pk, at=NIGHT)
    assert not operations.confirm_entry(entry_id=text.pk, at=NIGHT)
    assert Letter.objects.get(entry=text).due_at == MORNING
    assert operations.confirm_entry(entry_id=text.pk, at=MORNING)
    assert [message.channel for message in provider.went] == ["mail", "sms"]


def test_a_code_goes_at_any_hour(campaign, provider):
    slip = factory.slip(campaign, contact="213 555 0142", at=NIGHT)
    assert operations.send_letter(letter_id=slip.letters.get().pk, at=NIGHT)


def test_what_failed_for_now_is_tried_again_and_then_given_up_and_told(campaign, provider):
    entry = factory.entry(campaign, contact="rosa@example.org", waited=timedelta(0))
    provider.answers = [Delivery(Outcome.TRY_LATER, code="http_503")] * 9
    letter, at = Letter.objects.get(), AT
    for pause in PAUSES:
        assert not operations.send_letter(letter_id=letter.pk, at=at)
        assert not operations.send_letter(letter_id=letter.pk, at=at + pause - timedelta(seconds=1))
        at += pause
        letter.refresh_from_db()
        assert (letter.due_at, letter.ended_at) == (at, None)
    operations.send_letter(letter_id=letter.pk, at=at)
    letter.refresh_from_db()
    assert (letter.ended_at, letter.outcome, letter.tries) == (at, "http_503", len(PAUSES) + 1)
    assert Entry.objects.get(pk=entry.pk).confirmed_at is None
    assert queries.owed(at=at).given_up == {"http_503": 1}


def test_a_second_try_that_goes_ends_it(campaign, provider):
    factory.entry(campaign, contact="rosa@example.org", waited=timedelta(0))
    provider.answers = [Delivery(Outcome.TRY_LATER, code="Timeout")]
    letter = Letter.objects.get()
    assert [operations.send_letter(letter_id=letter.pk, at=AT + timedelta(minutes=n)) for n in (0, 1, 2)] == [
        False,
        True,
        False,
    ]
    assert len(provider.went) == 1


def test_what_the_provider_refuses_for_good_is_given_up_at_once(campaign, provider):
    factory.entry(campaign, contact="rosa@example.org", waited=timedelta(0))
    provider.answers = [Delivery(Outcome.REFUSED, code="recipient_refused")]
    letter = Letter.objects.get()
    assert not operations.send_letter(letter_id=letter.pk, at=AT)
    assert Letter.objects.values_list("outcome", "ended_at").get() == ("recipient_refused", AT)


def test_nobody_rings_a_strangers_phone_through_our_forms(campaign):
    for number in range(6):
        slip = factory.slip(campaign, name=f"Somebody {number}", contact="213 555 0142", address=f"203.0.113.{number}")
        operations.send_letter(letter_id=slip.letters.get().pk, at=AT)
    assert OutboxMessage.objects.count() == letters.AN_HOUR_TO_ONE_CONTACT
    assert Slip.objects.held().count() == 6
    later = AT + timedelta(hours=1, seconds=1)
    operations.ask_new_code(slip=slip, at=later)
    assert operations.send_letter(letter_id=slip.letters.last().pk, at=later)


def test_codes_from_one_address_are_bounded_beyond_a_whole_shift(campaign, monkeypatch):
    monkeypatch.setattr(letters, "CODES_AN_HOUR_FROM_ONE_ADDRESS", 3)
    for number in range(5):
        slip = factory.slip(campaign, contact=f"213 555 01{number:02d}")
        operations.send_letter(letter_id=slip.letters.get().pk, at=AT)
    assert (OutboxMessage.objects.count(), Slip.objects.held().count()) == (3, 5)


def test_whoever_told_us_to_stop_gets_no_text_until_she_has_proved_herself(campaign):
    opt_out("+12135550142")
    slip = factory.slip(campaign, contact="213 555 0142")
    assert not operations.send_letter(letter_id=slip.letters.get().pk, at=AT)
    entry = factory.entry(campaign, contact="213 555 0142", name="Rosa", waited=timedelta(0))
    assert (entry.state, Consent.objects.count(), entry.letters.count()) == ("open", 0, 0)
    sent = factory.sign_up("Rosa", contact="213 555 0142")
    operations.receive_entry(campaign=campaign, sign_up=sent, actor=factory.CLERK, at=AT, proven=True)
    assert (Consent.objects.count(), OptOut.objects.filter(lifted_at=None).count()) == (1, 0)


def test_letter_to_a_contact_that_was_removed_is_given_up(campaign):
    entry = factory.entry(campaign, contact="213 555 0142")
    entry.person.contact_points.all().delete()
    assert not operations.confirm_entry(entry_id=entry.pk, at=AT)
    assert Letter.objects.get().outcome == "contact_gone"


def test_what_lies_too_long_is_found_and_counted(campaign):
    factory.entry(campaign, contact="213 555 0142", waited=timedelta(0))
    slip = factory.slip(campaign, proven_by=factory.proof(at=AT))
    later = AT + timedelta(minutes=6)
    assert queries.ready_slips(at=later) == [slip.pk]
    assert queries.late_letters(at=later) == [Letter.objects.get().pk]
    assert (queries.owed(at=later).late, queries.owed(at=later).stuck) == (1, 1)
    assert (queries.owed(at=AT).late, queries.owed(at=AT).stuck) == (0, 0)
