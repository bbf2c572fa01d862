"""My campaign: what a member sees of her place, her people and her record, and what one tap does."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import accounts, roster
from tests.factories import campaigns as factory
from unionhall.accounts.enums import Method
from unionhall.accounts.models import ContactProof, SignInContact, User
from unionhall.accounts.operations import note_sign_in
from unionhall.campaigns import operations
from unionhall.campaigns.models import Entry, EntryNote, Leaving
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry, OutboxMessage
from unionhall.roster import operations as roster_operations
from unionhall.roster.models import Assignment, Consent, ContactPoint, OptOut, Person

pytestmark = pytest.mark.django_db
ROSA_PHONE, ALMA_PHONE = "213 555 0142", "213 555 0177"


@pytest.fixture
def school() -> Any:
    """Palo Verde, where Rosa works and Alma stands for her."""
    return factory.school("Palo Verde Elementary", address="12 Palo Verde Av.")


@pytest.fixture
def alma(school: Any) -> Person:
    """The steward of the school, with an account; her number is hers to show."""
    person = roster.person("Alma Reyes", site=school, contact=ALMA_PHONE)
    user = accounts.make_user("Alma Reyes")
    accounts.grant(user, Role.STEWARD, Reach.WORKSITE, [school.public_id])
    return roster_operations.link_user(person=person, user=user, actor=factory.CLERK, at=factory.AT)


@pytest.fixture
def rosa(school: Any) -> Person:
    """Rosa, who signed up by her phone."""
    campaign = factory.full_campaign()
    return factory.entry(campaign, site=school, name="Rosa Méndez", contact=ROSA_PHONE).person


@pytest.fixture
def phone(client: Client, rosa: Person) -> Client:
    """Rosa's phone, signed in."""
    rosa.refresh_from_db()
    assert rosa.user is not None
    accounts.sign_in(client, rosa.user, strong=False)
    return client


def page(client: Client, address: str = "/me/") -> str:
    """A page as text, without tags, in English."""
    body = client.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_she_sees_her_place_and_who_stands_for_her(phone: Client, alma: Person) -> None:
    shown = page(phone)

    assert "Palo Verde Elementary" in shown
    assert "12 Palo Verde Av." in shown
    assert "Alma Reyes" in shown
    assert "0177" not in shown


def test_a_stewards_number_is_shown_only_after_she_agreed(phone: Client, alma: Person) -> None:
    point = alma.contact_points.get()
    given = {"person": alma, "point": point, "purpose": "shown", "union": "", "language": "en"}
    operations.agree(**given, actor=factory.CLERK, at=factory.AT)

    assert 'href="tel:+12135550177"' in phone.get("/me/").content.decode()

    operations.take_agreement_back(person=alma, point=point, purpose="shown", actor=factory.CLERK, at=clock.now())
    assert "0177" not in phone.get("/me/").content.decode()


def test_to_show_a_number_is_no_leave_to_be_written_to(alma: Person) -> None:
    roster_operations.stop_messages(person=alma, source="test", actor=factory.CLERK, at=factory.AT)
    given = {"person": alma, "point": alma.contact_points.get(), "purpose": "shown", "union": "", "language": "en"}
    operations.agree(**given, actor=factory.CLERK, at=clock.now())

    assert OptOut.objects.get().lifted_at is None


def test_only_who_stands_for_others_is_asked_to_show_a_number(phone: Client, alma: Person) -> None:
    assert "May your people call you?" not in page(phone)
    stewards = Client()
    accounts.sign_in(stewards, alma.user, strong=False)
    assert "May your people call you?" in page(stewards)


def test_her_own_list_comes_before_the_steward(phone: Client, rosa: Person, alma: Person, school: Any) -> None:
    jorge = roster.person("Jorge Salas", site=school)
    user = accounts.make_user("Jorge Salas")
    accounts.grant(user, Role.CAT_MEMBER, Reach.TURF, [rosa.public_id])
    roster_operations.link_user(person=jorge, user=user, actor=factory.CLERK, at=factory.AT)

    shown = page(phone)
    assert shown.index("Jorge Salas") < shown.index("Alma Reyes")


def test_next_days_stand_there_and_past_ones_do_not(phone: Client) -> None:
    campaign = Entry.objects.get().campaign
    coming = clock.today() + timedelta(days=3)
    factory.session(campaign, on=coming, title=Bilingual("Session 9", "Sesión 9"))
    factory.session(campaign, on=date(2026, 1, 5), title=Bilingual("Session 1", "Sesión 1"))

    shown = page(phone)
    assert "Session 9" in shown
    assert "Session 1 " not in shown


def test_a_call_she_asks_for_stands_once_in_the_queue_of_her_site(
    phone: Client, alma: Person, school: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = phone.post("/me/call/")

    asked = Entry.objects.get(kind="call")
    assert answer["Location"] == "/me/?done=call"
    assert (asked.worksite, asked.state) == (school, "open")
    assert not OutboxMessage.objects.exists()
    queue = Client()
    accounts.sign_in(queue, alma.user)
    assert "asked for a call" in page(queue, "/hall/").lower()

    operations.record_act(entry=asked, kind="call", actor=factory.CLERK, at=clock.now())
    phone.post("/me/call/")
    assert Entry.objects.filter(kind="call").count() == 2


def test_one_tap_gives_and_takes_back_an_agreement_with_its_words(phone: Client, rosa: Person) -> None:
    point = rosa.contact_points.get()
    said = {"point": point.pk, "purpose": "service"}
    for _twice in range(2):
        phone.post("/me/agree/", said | {"say": "yes"}, HTTP_ACCEPT_LANGUAGE="es")

    consent = Consent.objects.get(person=rosa, purpose="service")
    assert "votaciones" in consent.wording
    assert consent.language == "es"

    phone.post("/me/agree/", said | {"say": "no"})
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


def test_nobody_agrees_for_somebody_elses_number(phone: Client, alma: Person) -> None:
    point = alma.contact_points.get()
    answer = phone.post("/me/agree/", {"point": point.pk, "purpose": "campaign", "say": "yes"})

    assert answer.status_code == 404
    assert not Consent.objects.filter(contact_point=point).exists()


@pytest.mark.parametrize("wrong", [{"point": "x"}, {"point": "9" * 30}, {"purpose": "everything"}, {}])
def test_an_agreement_that_cannot_be_meant_changes_nothing(phone: Client, wrong: dict[str, str]) -> None:
    before = Consent.objects.count()
    assert phone.post("/me/agree/", {"say": "yes", "purpose": "campaign"} | wrong).status_code == 404
    assert Consent.objects.count() == before


def test_her_updates_stand_there_and_are_changed_by_her_alone(phone: Client, rosa: Person, alma: Person) -> None:
    campaign = Entry.objects.get().campaign
    mine, hers = factory.updates_of(campaign, rosa), factory.updates_of(campaign, alma)
    for act, found in (("en", ("en", False)), ("stop", ("en", True)), ("resume", ("en", False))):
        answer = phone.post("/me/updates/", {"updates": mine.public_id, "act": act})
        mine.refresh_from_db()
        assert (answer["Location"], mine.language, mine.stopped_at is not None) == ("/me/?done=updates#updates", *found)
    assert AuditEntry.objects.get(verb="campaigns.updates_stopped").actor_id == rosa.user_id
    assert "They go to (213) 555-0142, in English." in page(phone)

    assert phone.post("/me/updates/", {"updates": hers.public_id, "act": "stop"}).status_code == 404
    assert phone.post("/me/updates/", {"updates": mine.public_id, "act": "all"}).status_code == 422
    hers.refresh_from_db()
    assert hers.stopped_at is None

    phone.post("/me/stop/")
    assert "nothing more goes to (213) 555-0142" in page(phone)


def test_updates_at_a_number_she_has_not_proved_are_nobody_s_to_read(phone: Client, rosa: Person) -> None:
    row = factory.updates_of(Entry.objects.get().campaign, rosa)
    ContactPoint.objects.filter(person=rosa).update(verified_at=None)
    assert "Your updates" not in page(phone)
    assert phone.post("/me/updates/", {"updates": row.public_id, "act": "stop"}).status_code == 404


def test_stop_ends_every_message_and_agreeing_anew_begins_again(phone: Client, rosa: Person) -> None:
    phone.post("/me/stop/")
    phone.post("/me/stop/")

    assert not Consent.objects.filter(person=rosa, withdrawn_at=None).exists()
    assert OptOut.objects.filter(lifted_at=None).count() == 1

    phone.post("/me/agree/", {"point": rosa.contact_points.get().pk, "purpose": "campaign", "say": "yes"})
    assert not OptOut.objects.filter(lifted_at=None).exists()


def test_her_language_holds_for_pages_and_for_people(phone: Client, rosa: Person) -> None:
    answer = phone.post("/me/language/", {"language": "en"})
    rosa.refresh_from_db()

    assert (rosa.language, User.objects.get(pk=rosa.user_id).language) == ("en", "en")
    assert answer.cookies["django_language"].value == "en"
    assert phone.post("/me/language/", {"language": "xx"}).status_code == 302
    rosa.refresh_from_db()
    assert rosa.language == "en"


def test_what_she_is_called_counts_at_once_and_can_be_taken_back(phone: Client, rosa: Person) -> None:
    phone.post("/me/name/", {"called": "Rosi"})
    assert "Hello, Rosi" in page(phone)
    phone.post("/me/name/", {"called": ""})
    assert "Hello, Rosa Méndez" in page(phone)


def test_what_is_wrong_waits_in_her_words_in_the_queue(phone: Client) -> None:
    said = {"text": "I work at Harbor Middle since August."}
    phone.post("/me/wrong/", said)
    phone.post("/me/wrong/", said)

    assert EntryNote.objects.get(entry__kind="fix").text == said["text"]
    empty = phone.post("/me/wrong/", {"text": " "}, HTTP_ACCEPT_LANGUAGE="en")
    assert empty.status_code == 422
    assert "Write what is wrong" in empty.content.decode()


def test_a_new_number_counts_only_after_its_code(
    phone: Client, rosa: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        phone.post("/me/contact/", {"contact": "213 555 0163"})
    sent = OutboxMessage.objects.get()
    code = re.search(r"\b\d{6}\b", str(sent.body))
    assert sent.to == "+12135550163"
    assert code is not None
    assert rosa.contact_points.count() == 1

    wrong = phone.post("/me/contact/code/", {"code": "000000" if code[0] != "000000" else "111111"})
    assert wrong.status_code == 422
    phone.post("/me/contact/code/", {"code": code[0]})
    new = rosa.contact_points.latest("pk")
    assert (str(new.value), new.verified_at is not None) == ("+12135550163", True)
    assert SignInContact.objects.filter(user=rosa.user_id).count() == 2
    assert not ContactProof.objects.exists()


def test_five_wrong_codes_close_the_asking(phone: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        phone.post("/me/contact/", {"contact": "213 555 0163"})
    code = re.search(r"\b\d{6}\b", str(OutboxMessage.objects.get().body))
    assert code is not None
    for _try in range(5):
        phone.post("/me/contact/code/", {"code": "12"})

    assert phone.post("/me/contact/code/", {"code": code[0]}).status_code == 422
    assert not ContactPoint.objects.exclude(verified_at=None).exists()


def test_one_account_gets_five_codes_an_hour_and_no_more(
    phone: Client, django_capture_on_commit_callbacks: Any
) -> None:
    for number in range(7):
        with django_capture_on_commit_callbacks(execute=True):
            phone.post("/me/contact/", {"contact": f"213 555 016{number}"})
    assert OutboxMessage.objects.count() == 5


def test_an_address_of_the_employer_is_refused(phone: Client, settings: Any) -> None:
    settings.EMPLOYER_DOMAINS = ["schools.example"]
    answer = phone.post("/me/contact/", {"contact": "rosa@schools.example"}, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 422
    assert "belongs to the employer" in answer.content.decode()
    assert not ContactProof.objects.exists()


def test_leaving_stops_all_and_a_week_later_closes_the_account(phone: Client, rosa: Person) -> None:
    assert phone.post("/me/leave/", {}).status_code == 422
    for _twice in range(2):
        phone.post("/me/leave/", {"meant": "on"})

    leaving = Leaving.objects.get()
    assert not Consent.objects.filter(person=rosa, withdrawn_at=None).exists()
    assert Entry.objects.filter(kind="leave").count() == 1
    assert operations.forget_leavers(actor=factory.CLERK, at=clock.now()) == 0
    assert "You are leaving" in page(phone)

    over = leaving.closes_at + timedelta(minutes=1)
    assert operations.forget_leavers(actor=factory.CLERK, at=over) == 1
    assert operations.forget_leavers(actor=factory.CLERK, at=over) == 0
    assert User.objects.get(pk=rosa.user_id).is_active is False


def test_leaving_taken_back_puts_everything_as_it_was(phone: Client, rosa: Person) -> None:
    before = list(Consent.objects.filter(person=rosa).values_list("pk", "withdrawn_at"))
    phone.post("/me/leave/", {"meant": "on"})
    phone.post("/me/stay/")

    assert list(Consent.objects.filter(person=rosa).values_list("pk", "withdrawn_at")) == before
    assert not OptOut.objects.filter(lifted_at=None).exists()
    assert Entry.objects.get(kind="leave").state == "closed"
    assert operations.forget_leavers(actor=factory.CLERK, at=clock.now() + timedelta(days=30)) == 0
    assert phone.post("/me/stay/").status_code == 409


def test_an_opt_out_from_before_outlives_a_leaving_taken_back(phone: Client, rosa: Person) -> None:
    phone.post("/me/stop/")
    phone.post("/me/leave/", {"meant": "on"})
    phone.post("/me/stay/")

    assert OptOut.objects.filter(lifted_at=None).count() == 1


def test_all_that_is_held_stands_with_source_and_date_and_notes_do_not(phone: Client, rosa: Person) -> None:
    operations.add_note(entry=Entry.objects.get(), text="Seems unsure", actor=factory.CLERK, at=clock.now())
    note_sign_in(user=rosa.user, session_key="k" * 32, agent="Chrome Android", method=Method.CODE, at=clock.now())
    shown = page(phone, "/me/held/")

    assert "(213) 555-0142" in shown
    assert "Acepto mensajes." in shown
    assert "Chrome" in shown
    assert "Notes of your organizer" in shown
    assert "Seems unsure" not in shown


@pytest.mark.parametrize(("kind", "type_"), [("html", "text/html"), ("csv", "text/csv"), ("json", "application/json")])
def test_her_file_goes_with_her_and_that_is_written_down(phone: Client, rosa: Person, kind: str, type_: str) -> None:
    operations.add_note(entry=Entry.objects.get(), text="Seems unsure", actor=factory.CLERK, at=clock.now())
    answer = phone.post("/me/file/", {"as": kind}, HTTP_ACCEPT_LANGUAGE="en")
    body = answer.content.decode("utf-8-sig")

    assert answer["Content-Type"].startswith(type_)
    assert "no-store" in answer["Cache-Control"]
    assert f"unionhall-{rosa.public_id}-" in answer["Content-Disposition"]
    assert "Rosa" not in answer["Content-Disposition"]
    assert "(213) 555-0142" in body
    assert "Seems unsure" not in body
    assert AuditEntry.objects.get(verb="campaigns.own_file_taken").detail == {"as": kind}
    if kind == "json":
        assert json.loads(body)["person"] == rosa.public_id


def test_a_colleague_sees_nothing_of_hers(client: Client, rosa: Person, school: Any) -> None:
    beto = factory.entry(Entry.objects.get().campaign, site=school, name="Beto Luna", contact="213 555 0150").person
    beto.refresh_from_db()
    accounts.sign_in(client, beto.user, strong=False)
    for address in ("/me/", "/me/held/", "/me/correct/", "/me/leave/"):
        body = client.get(address).content.decode()
        assert "Rosa" not in body
        assert "0142" not in body


def test_an_account_without_a_person_is_told_so(client: Client) -> None:
    accounts.sign_in(client, accounts.make_user("Nadia Cole"), strong=False)
    assert "Nobody on our lists is tied to this account" in page(client)
    assert client.get("/me/held/").status_code == 404


def test_without_a_campaign_site_or_steward_the_page_still_helps(client: Client) -> None:
    person = roster.person("Beto Luna", contact="213 555 0150")
    person.assignments.all().delete()
    user = accounts.make_user("Beto Luna")
    roster_operations.link_user(person=person, user=user, actor=factory.CLERK, at=factory.AT)
    accounts.sign_in(client, user, strong=False)
    shown = page(client)

    assert "We do not know yet where you work." in shown
    assert "No day is set yet" in shown
    assert "Nobody is named for your place yet" in shown
    assert client.post("/me/call/").status_code == 404
    assert "nobody reads a queue now" in page(client, "/me/correct/")


def test_her_page_costs_the_same_for_one_and_for_three(
    phone: Client, rosa: Person, alma: Person, django_assert_num_queries: Any
) -> None:
    factory.updates_of(factory.campaign("lake-0"), rosa)
    with django_assert_num_queries(24):
        phone.get("/me/")
    for number in (1, 2):
        site = factory.school(f"Harbor Middle {number}")
        roster.operations.add_person(
            name="Rosa Méndez",
            worksite=site,
            language="es",
            contact=roster.parse_contact(ROSA_PHONE),
            source="join",
            actor=factory.CLERK,
            at=factory.AT,
        )
        factory.session(Entry.objects.get().campaign, on=clock.today() + timedelta(days=number))
        factory.updates_of(factory.campaign(f"lake-{number}"), rosa)
    with django_assert_num_queries(24):
        phone.get("/me/")


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_held_costs_the_same_for_one_entry_and_three(
    phone: Client, rosa: Person, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count - 1):
        Assignment.objects.create(person=rosa, worksite=factory.school(f"School {number}"), source="test")
    with django_assert_num_queries(49):
        body = phone.get(reverse("me_held")).content.decode()

    assert [f"School {number}" in body for number in range(2)] == [number < count - 1 for number in range(2)]
