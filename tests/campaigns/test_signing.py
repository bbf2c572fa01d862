"""The doors of the public forms: what they ask, what they answer, and that they tell nobody whom we know."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import accounts
from tests.factories import campaigns as factory
from unionhall.campaigns.models import Entry, Slip, Subscription
from unionhall.campaigns.phrases import consent_words
from unionhall.campaigns.queries import preferences_token
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import OutboxMessage
from unionhall.rulebook.proof import is_solved, solve

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PALO = "Palo Verde Elementary"
FORMS = {
    "join": {"name": "Rosa Méndez", "contact": "213 555 0142", "worksite": PALO, "language": "es"},
    "cat": {
        "name": "Rosa Méndez",
        "contact": "213 555 0142",
        "worksite": PALO,
        "shifts": ["early", "varies"],
        "speaks": ["es", "hy"],
    },
    "updates": {"contact": "213 555 0142", "language": "es", "checked": "+12135550142"},
}
DOORS = {
    "join": ("campaign_join", "campaign_joined"),
    "cat": ("campaign_cat", "campaign_cat_thanks"),
    "updates": ("campaign_sign_up", "campaign_sign_up_thanks"),
}
SPANISH = {"join": "/es/river/unete/", "cat": "/es/river/equipo/", "updates": "/es/river/avisos/"}
KINDS = list(FORMS)


@pytest.fixture
def campaign():
    factory.school(PALO)
    return factory.full_campaign()


def door(kind: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse(DOORS[kind][0], args=["river"])


def send(client, kind, *, language="en", proof=True, **changed):
    more = {"proof": factory.proof(kind=kind)} if proof else {}
    return client.post(door(kind, language), FORMS[kind] | changed | more, **OURS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_form_has_its_own_address_in_each_language(client, campaign, kind):
    assert door(kind, "es") == SPANISH[kind]
    page = client.get(door(kind, "es"))
    assert (page.status_code, page.cookies) == (200, {})
    assert f'hreflang="en" href="{door(kind)}"' in page.content.decode()
    assert f'<uh-proof src="/es/river/proof/?form={kind}">' in page.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_asks_more_than_four_things(client, campaign, kind):
    page = client.get(door(kind)).content.decode().split('<form class="form stack"')[1].split("</form>")[0]
    outer = len(re.findall(r'<(?:div|fieldset) class="field"', page))
    assert outer == {"join": 4, "cat": 4, "updates": 2}[kind]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
def test_with_its_proof_a_form_leads_to_its_own_thanks(client, campaign, kind, language):
    answer = send(client, kind, language=language)
    with translation.override(language):
        assert answer["Location"] == reverse(DOORS[kind][1], args=["river"])
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_proof_it_leads_to_the_code_and_the_code_to_the_thanks(
    client, campaign, kind, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, kind, language="es", proof=False)
    assert answer["Location"] == f"/es/river/codigo/{Slip.objects.get().public_id}/"
    page = client.get(answer["Location"])
    assert "•••• 0142" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    wrong = client.post(answer["Location"], {"code": "12"}, **OURS)
    assert (wrong.status_code, "Este código no abre" in wrong.content.decode()) == (422, True)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(answer["Location"], {"code": OutboxMessage.objects.get().body[:6]}, **OURS)
    with translation.override("es"):
        assert done["Location"] == reverse(DOORS[kind][1], args=["river"])
    assert client.get(answer["Location"])["Location"] == done["Location"]
    assert Entry.objects.count() + Subscription.objects.count() == 1


def test_cat_form_keeps_shift_and_languages_for_the_organizer(client, campaign):
    send(client, "cat", language="es")
    factory.take_in_all()
    entry = Entry.objects.get()
    assert (entry.kind, entry.shifts, entry.speaks, entry.language) == ("cat", ["early", "varies"], ["es", "hy"], "es")
    with translation.override("en"):
        assert entry.language_names() == ["Spanish", "Armenian"]
        assert entry.shift_names() == ["Before 7 a.m.", "It changes"]


@pytest.mark.parametrize("missing", ["shifts", "speaks"])
def test_cat_form_says_what_is_missing_and_keeps_the_ticks(client, campaign, missing):
    answer = send(client, "cat", **{missing: []})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(" checked") == 2
    assert f'aria-describedby="id_{missing}_error"' in page


def test_updates_show_the_number_once_more_with_the_words_of_its_channel_alone(client, campaign):
    page = send(client, "updates", checked="").content.decode()
    assert "(213) 555-0142" in page
    assert consent_words("sms", "River Local 7") in page
    assert consent_words("mail", "River Local 7") not in page
    assert not Slip.objects.exists()
    other = send(client, "updates", contact="rosa@example.org").content.decode()
    assert consent_words("mail", "River Local 7") in other
    back = send(client, "updates", checked="", change="1")
    assert (back.status_code, 'value="213 555 0142"' in back.content.decode()) == (200, True)


@pytest.mark.parametrize("kind", KINDS)
def test_consent_is_kept_word_for_word_as_the_page_showed_it(client, campaign, kind):
    send(client, kind, language="es")
    factory.take_in_all()
    with translation.override("es"):
        shown = consent_words("sms", "River Local 7")
    kept = Subscription.objects.get().wording if kind == "updates" else Entry.objects.get().consent_wording
    assert kept == shown


def test_data_that_a_tampered_form_sends_is_a_mistake_not_a_crash(client, campaign):
    for kind, changed in (
        ("cat", {"shifts": ["bananas"]}),
        ("cat", {"speaks": ["xx"]}),
        ("updates", {"language": "fr"}),
        ("join", {"proof": "x" * 200}),
        ("join", {"name": "\x00"}),
    ):
        answer = client.post(door(kind), FORMS[kind] | changed, **OURS)
        assert answer.status_code in (422, 302), (kind, changed)


def test_challenge_is_ours_dated_and_of_one_form_without_a_query(client, django_assert_num_queries, settings):
    with django_assert_num_queries(0):
        answer = client.get("/en/river/proof/?form=cat")
    given = answer.json()
    assert "no-store" in answer["Cache-Control"]
    assert given["bits"] == settings.PROOF_BITS
    assert is_solved(challenge=given["challenge"], answer=solve(**given), bits=given["bits"])


def test_a_new_code_is_sent_and_the_link_of_the_mail_has_one_button(
    client, campaign, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, "join", proof=False, contact="rosa@example.org")
    slip = Slip.objects.get()
    slip.letters.update(written_at=factory.AT)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer["Location"], {"again": "1"}, **OURS)
    assert OutboxMessage.objects.count() == 2
    link = re.search(r"http://\S+/es/river/codigo/\S+/\S+/", OutboxMessage.objects.order_by("-pk")[0].body)[0]
    path = link.split("/", 3)[3]
    page = client.get(f"/{path}").content.decode()
    assert page.count('<button class="button button--wide"') == 1
    assert Slip.objects.get().state == "held"
    assert client.post(f"/{path}", **OURS)["Location"] == "/es/river/unete/gracias/"
    assert client.post(f"/{path}x/", **OURS).status_code == 404


def test_an_address_without_a_slip_is_answered_kindly(client, campaign):
    answer = client.get("/en/river/code/bcdfghjkmnpq/")
    assert (answer.status_code, "twice does no harm" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("act", ["stop", "resume", "es", "en", "bananas"])
def test_preferences_open_by_the_letter_and_answer_each_button(client, campaign, act):
    send(client, "updates")
    factory.take_in_all()
    row = Subscription.objects.get()
    address = f"/en/river/sign-up/mine/{preferences_token(row)}/"
    page = client.get(address).content.decode()
    assert "•••• 0142" in page
    assert "2135550142" not in page
    assert client.post(address, {"act": act}, **OURS).status_code == (422 if act == "bananas" else 302)
    assert client.post(address, {"act": act}).status_code == 403
    row.refresh_from_db()
    assert (row.stopped_at is not None, row.language) == (act == "stop", act if act == "en" else "es")


@pytest.mark.parametrize("number", [1, 3])
def test_data_desk_sees_what_is_held_at_the_same_cost(client, campaign, number, django_assert_num_queries):
    for _ in range(number):
        factory.slip(campaign, at=clock.now())
    marcus = accounts.make_staff("Marcus Hill")
    accounts.grant(marcus, Role.DATA_ADMINISTRATOR, Reach.ALL)
    accounts.sign_in(client, marcus)
    with django_assert_num_queries(7):
        page = client.get("/hall/held/").content.decode()
    assert page.count('<li class="entry"') == number


def test_data_desk_lets_one_in_and_the_second_press_changes_nothing(client, campaign):
    slip = factory.slip(campaign, name="Rosa Méndez", at=clock.now())
    marcus = accounts.make_staff("Marcus Hill")
    accounts.grant(marcus, Role.DATA_ADMINISTRATOR, Reach.ALL)
    accounts.sign_in(client, marcus)
    answers = [client.post(f"/hall/held/{slip.public_id}/").status_code for _ in range(2)]
    assert answers == [302, 409]
    factory.take_in_all()
    assert Entry.objects.get().person.name == "Rosa Méndez"
    assert "Nothing is held" in client.get("/hall/held/").content.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("proof", [True, False])
def test_known_and_unknown_get_the_same_bytes(client, campaign, kind, proof):
    factory.entry(campaign, name="Ana Prado", contact="213 555 0144")
    answers = []
    for name, number, written in (("Rosa Prado", "0142", "+12135550142"), ("Ana Prado", "0144", "+12135550144")):
        changed = {"contact": f"213 555 {number}", "name": name, "checked": written}
        answer = send(client, kind, proof=proof, **changed)
        page = re.sub(r"[0-9b-z]{12}", "TOKEN", answer["Location"])
        body = client.get(answer["Location"]).content.decode().replace(number, "LAST")
        answers.append((answer.status_code, page, sorted(answer.headers), len(body.replace(page, ""))))
    assert answers[0] == answers[1]
