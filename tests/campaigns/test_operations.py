"""Writing the record, taking entries in once, answering them and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import accounts
from tests.factories import campaigns as factory
from unionhall.campaigns import operations
from unionhall.campaigns.enums import EntryState, NoteKind
from unionhall.campaigns.models import Campaign, Entry, EntryNote, Fact, Participation, PhaseRecord
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry, OutboxMessage
from unionhall.roster.models import Consent, Person
from unionhall.rulebook.phases import Step

pytestmark = pytest.mark.django_db
AT = factory.AT


@pytest.fixture
def campaign():
    return factory.campaign()


@pytest.fixture
def school():
    return factory.school()


@pytest.fixture
def priya():
    return accounts.make_user("Priya Nair").as_actor()


def verbs(obj) -> list[str]:
    return list(AuditEntry.objects.of(obj).order_by("pk").values_list("verb", flat=True))


def test_create_campaign_twice_corrects_the_first(campaign):
    again = factory.campaign(union_name="River Local 8", skin="red")
    assert (again.pk, again.union_name, again.skin) == (campaign.pk, "River Local 8", "red")
    assert verbs(campaign) == ["campaigns.campaign_created", "campaigns.campaign_changed"]


def test_campaign_needs_both_languages():
    with pytest.raises(operations.OneLanguageMissing) as refused:
        factory.campaign(slogan=Bilingual("We feed this town", ""))
    assert refused.value.fields == {"field": "slogan"}
    assert not Campaign.objects.exists()


def test_campaign_that_closes_before_it_opens_is_refused():
    with pytest.raises(operations.EndsBeforeItBegins):
        factory.campaign(opens_on=date(2026, 2, 1), closes_on=date(2026, 1, 1))


def test_a_picture_we_do_not_have_is_refused_before_it_breaks_a_page(campaign):
    with pytest.raises(operations.UnknownPicture, match="There is no picture named “mona-lisa”"):
        factory.focus_area(campaign, picture="mona-lisa")
    with pytest.raises(operations.UnknownPicture):
        factory.campaign(picture="mona-lisa")


def test_phase_is_recorded_with_track_evidence_and_recorder(campaign, priya):
    row = operations.record_phase(
        campaign=campaign, step=Step.IMPASSE, starts_on=date(2026, 5, 1), actor=priya, at=AT, evidence="Letter of 1 May"
    )
    assert (row.track, row.public, row.recorded_by_id, row.changed_at) == ("legal", False, priya.user_id, AT)
    trail = AuditEntry.objects.of(row).get()
    assert (trail.verb, trail.why, trail.actor_id) == ("campaigns.phase_recorded", "Letter of 1 May", priya.user_id)


def test_phase_of_the_same_first_day_is_ended_not_doubled(campaign):
    first = factory.phase(campaign)
    ended = factory.phase(campaign, ends_on=date(2026, 11, 30))
    assert ended.pk == first.pk
    assert PhaseRecord.objects.get().ends_on == date(2026, 11, 30)


def test_public_phase_needs_both_languages(campaign):
    with pytest.raises(operations.OneLanguageMissing):
        factory.phase(campaign, line=Bilingual("Pickets", ""))


def test_fact_of_a_newer_day_is_added_and_of_the_same_day_corrected(campaign):
    factory.fact(campaign, value=3_000)
    factory.fact(campaign, value=3_100)
    factory.fact(campaign, value=3_200, as_of=date(2026, 11, 1))
    assert list(Fact.objects.order_by("as_of").values_list("value", flat=True)) == [Decimal(3_100), Decimal(3_200)]


def test_focus_area_and_date_are_corrected_under_their_own_key(campaign):
    assert factory.focus_area(campaign).pk == factory.focus_area(campaign, title=Bilingual("Pay", "Pago")).pk
    assert factory.session(campaign).pk == factory.session(campaign, line=Bilingual("A little", "Un poco")).pk


def test_participation_is_written_once_and_without_time(campaign, school):
    person = factory.entry(campaign, site=school).person
    on = date(2026, 11, 20)
    written = [
        operations.record_participation(campaign=campaign, person=person, act="survey", on=on, source="surveys")
        for _ in range(2)
    ]
    assert written == [True, False]
    assert Participation.objects.filter(act="survey").values_list("person", "on", "source").get() == (
        person.pk,
        on,
        "surveys",
    )


def test_entry_keeps_all_that_was_sent(campaign, school):
    sent = factory.sign_up(site=school, contact="213 555 0142")
    entry = operations.receive_entry(campaign=campaign, sign_up=sent, actor=factory.CLERK, at=AT)
    assert (entry.person.name, entry.worksite, entry.language, entry.channel) == ("Rosa Méndez", school, "es", "sms")
    assert (entry.consent_wording, entry.received_at, entry.state) == ("Acepto mensajes.", AT, EntryState.OPEN)
    assert entry.contact_point.value == "+12135550142"
    assert Consent.objects.values_list("person", "contact_point", "channel", "wording", "language").get() == (
        entry.person_id,
        entry.contact_point_id,
        "sms",
        "Acepto mensajes.",
        "es",
    )
    assert Participation.objects.values_list("person", "act").get() == (entry.person_id, "join")
    assert AuditEntry.objects.of(entry).get().detail == {"campaign": "river", "kind": "join", "language": "es"}


def test_the_same_sign_up_again_is_the_same_entry(campaign, school, django_capture_on_commit_callbacks):
    sent = factory.sign_up(site=school, contact="213 555 0142")
    with django_capture_on_commit_callbacks(execute=True):
        first = operations.receive_entry(campaign=campaign, sign_up=sent, actor=factory.CLERK, at=AT)
        again = operations.receive_entry(
            campaign=campaign, sign_up=sent, actor=factory.CLERK, at=AT + timedelta(seconds=1)
        )
    assert again == first
    assert (Entry.objects.count(), Person.objects.count(), Consent.objects.count()) == (1, 1, 1)
    assert OutboxMessage.objects.count() == 1
    assert not EntryNote.objects.exists()


def test_another_worksite_the_second_time_is_kept_under_the_entry(campaign, school):
    other = factory.school("Harbor Middle")
    sent = factory.sign_up(site=school, contact="213 555 0142")
    entry = operations.receive_entry(campaign=campaign, sign_up=sent, actor=factory.CLERK, at=AT)
    for _ in range(2):
        moved = replace(sent, worksite=other, worksite_text=other.name)
        operations.receive_entry(campaign=campaign, sign_up=moved, actor=factory.CLERK, at=AT)
    assert list(entry.notes.values_list("kind", "text")) == [(NoteKind.AGAIN, "Harbor Middle")]
    assert Entry.objects.get().worksite == school


def test_two_people_on_one_phone_have_two_entries(campaign, school):
    for name in ("Rosa Méndez", "Luis Ortega"):
        sent = factory.sign_up(name, site=school, contact="213 555 0142")
        operations.receive_entry(campaign=campaign, sign_up=sent, actor=factory.CLERK, at=AT)
    assert Entry.objects.count() == 2


def test_site_not_on_our_list_is_kept_as_written(campaign):
    entry = factory.entry(campaign, worksite_text="La escuelita")
    assert (entry.worksite, entry.worksite_text) == (None, "La escuelita")


@pytest.mark.parametrize(
    ("language", "channel", "contact", "expected"),
    [
        ("es", "sms", "213 555 0142", ["River Local 7", "Cocinas Unidas", "Palo Verde", "ALTO", "/es/river/"]),
        ("en", "sms", "213 555 0142", ["River Local 7", "Riverside Kitchens", "Palo Verde", "STOP", "/en/river/"]),
        ("es", "mail", "rosa@example.org", ["Hola Rosa", "Cocinas Unidas", "Palo Verde", "ALTO", "/es/river/"]),
        ("en", "mail", "rosa@example.org", ["Hello Rosa", "Riverside Kitchens", "Palo Verde", "STOP", "/en/river/"]),
    ],
)
def test_confirmation_speaks_her_language_on_her_channel(campaign, school, language, channel, contact, expected):
    entry = factory.entry(campaign, site=school, contact=contact, language=language, page_language="en", name="Rosa")
    assert operations.confirm_entry(entry_id=entry.pk, at=AT)
    kept = OutboxMessage.objects.get()
    assert (kept.channel, kept.language, kept.purpose) == (channel, language, "campaigns.joined")
    assert [word for word in expected if word not in kept.body] == []


def test_confirmation_is_sent_once(campaign, school):
    entry = factory.entry(campaign, site=school)
    assert [operations.confirm_entry(entry_id=entry.pk, at=AT) for _ in range(2)] == [True, False]
    assert OutboxMessage.objects.count() == 1


def test_nothing_is_sent_to_the_employer_and_the_entry_stays(campaign, school, settings):
    entry = factory.entry(campaign, site=school, contact="rosa@schools.example.org")
    settings.EMPLOYER_DOMAINS = ("schools.example.org",)
    assert operations.confirm_entry(entry_id=entry.pk, at=AT) is False
    assert not OutboxMessage.objects.exists()
    assert Entry.objects.get().confirmed_at is None


def test_first_reply_ends_the_wait_and_the_second_changes_nothing(campaign, school, priya):
    entry = factory.entry(campaign, site=school)
    operations.record_reply(entry=entry, kind=NoteKind.CALL, actor=priya, at=AT)
    operations.record_reply(entry=entry, kind=NoteKind.TEXT, actor=priya, at=AT + timedelta(hours=1))
    entry.refresh_from_db()
    assert (entry.state, entry.first_reply_at, entry.answered_by_id) == (EntryState.ANSWERED, AT, priya.user_id)


def test_a_note_is_no_reply(campaign, school, priya):
    entry = factory.entry(campaign, site=school)
    operations.add_note(entry=entry, text="Works the early shift", actor=priya, at=AT)
    entry.refresh_from_db()
    assert (entry.state, entry.first_reply_at) == (EntryState.OPEN, None)


def test_taking_a_reply_back_puts_the_entry_back(campaign, school, priya):
    entry = factory.entry(campaign, site=school)
    note = operations.record_reply(entry=entry, kind=NoteKind.CALL, actor=priya, at=AT)
    back = operations.take_back(note=note, actor=priya, at=AT)
    assert (back.state, back.first_reply_at, back.answered_by_id) == (EntryState.OPEN, None, None)
    with pytest.raises(operations.NothingToTakeBack):
        operations.take_back(note=note, actor=priya, at=AT)


def test_done_and_back_again(campaign, school, priya):
    entry = factory.entry(campaign, site=school)
    operations.record_reply(entry=entry, kind=NoteKind.TEXT, actor=priya, at=AT)
    done = operations.close_entry(entry=entry, actor=priya, at=AT)
    entry.refresh_from_db()
    assert entry.state == EntryState.CLOSED
    assert operations.take_back(note=done, actor=priya, at=AT).state == EntryState.ANSWERED


@pytest.mark.parametrize("text", ["", "  \n"])
def test_empty_note_is_refused(campaign, school, priya, text):
    entry = factory.entry(campaign, site=school)
    with pytest.raises(operations.EmptyNote):
        operations.add_note(entry=entry, text=text, actor=priya, at=AT)


@pytest.mark.parametrize("kind", ["note", "again", "", "bananas"])
def test_only_the_acts_of_our_buttons_are_taken(campaign, school, priya, kind):
    entry = factory.entry(campaign, site=school)
    with pytest.raises(operations.UnknownAct):
        operations.record_act(entry=entry, kind=kind, actor=priya, at=AT)


def test_place_entry_moves_it_to_the_site(campaign, school, priya):
    entry = factory.entry(campaign, worksite_text="palo verde school")
    placed = operations.place_entry(entry=entry, worksite=school, actor=priya, at=AT)
    assert (placed.worksite, placed.worksite_text) == (school, "palo verde school")
    assert verbs(entry)[-1] == "campaigns.entry_placed"


def test_the_trail_holds_no_contact_and_no_note(campaign, school, priya):
    entry = factory.entry(campaign, site=school, contact="213 555 0142", name="Rosa")
    operations.add_note(entry=entry, text="ask about her shift", actor=priya, at=AT)
    trail = " ".join(f"{row} {row.detail} {row.why} {row.object_label}" for row in AuditEntry.objects.all())
    assert "campaigns.entry_act" in trail
    assert [leak for leak in ("0142", "ask about", "Rosa") if leak in trail] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent_wording": ""},
        {"worksite_text": ""},
        {"state": EntryState.ANSWERED},
        {"first_reply_at": AT},
    ],
)
def test_the_database_refuses_an_entry_that_cannot_be(campaign, school, wrong):
    entry = factory.entry(campaign, site=school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**wrong)
