"""The rooms where the record is kept: what each role may do there, what it costs, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.campaigns.test_views import text
from tests.factories import accounts
from tests.factories import campaigns as factory
from unionhall.campaigns.models import Banner, Campaign, Fact, FocusArea, PhaseRecord, RecordChange
from unionhall.foundation import clock, vocabulary
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry
from unionhall.rulebook.phases import Step

pytestmark = pytest.mark.django_db
FACT = {
    "label_en": "Schools", "label_es": "Escuelas", "value": "1400", "unit_en": "schools", "unit_es": "escuelas",
    "as_of": "2026-11-01", "source_en": "Our count", "source_es": "Nuestro conteo", "used_on": ["home"],
}  # fmt: skip
STRIKE = {
    "step": "strike", "starts_on": "2026-11-20", "public": "on", "title_en": "On strike", "title_es": "En huelga",
    "line_en": "Since this morning", "line_es": "Desde esta mañana", "evidence": "Strike committee, 19 November",
}  # fmt: skip


@pytest.fixture
def campaign() -> Campaign:
    return factory.full_campaign()


@pytest.fixture
def blanca(client):
    """Communications."""
    user = accounts.make_staff("Blanca Ortiz")
    accounts.grant(user, Role.COMMUNICATIONS, Reach.ALL)
    return accounts.sign_in(client, user)


@pytest.fixture
def gloria(client):
    """The president."""
    user = accounts.make_staff("Gloria Medina")
    accounts.grant(user, Role.OFFICER, Reach.ALL)
    return accounts.sign_in(client, user)


@pytest.mark.parametrize("more", [0, 2])
def test_rooms_cost_the_same_for_little_and_much(client, campaign, gloria, more, django_assert_num_queries):
    for number in range(more):
        factory.fact(campaign, f"more-{number}")
        factory.phase(campaign, Step.ACTIONS, date(2026, 11, 1 + number))
        factory.session(campaign, date(2026, 12, 1 + number))
        factory.focus_area(campaign, 10 + number)
        factory.campaign(f"other-{number}")
    costs = {
        "/hall/campaigns/": 5,
        "/hall/campaigns/river/": 10,
        "/hall/campaigns/river/phases/": 6,
        "/hall/campaigns/river/facts/": 7,
        "/hall/campaigns/river/dates/": 6,
        "/hall/campaigns/river/areas/": 6,
        "/hall/campaigns/river/banners/": 6,
        "/hall/campaigns/words/": 5,
        "/hall/campaigns/words/steward/": 4,
    }
    for address, cost in costs.items():
        with django_assert_num_queries(cost):
            client.get(address)


def test_look_before_saving_costs_the_record_once(client, campaign, gloria, django_assert_num_queries):
    with django_assert_num_queries(9):
        client.post("/hall/campaigns/river/phases/new/", STRIKE)


def test_a_phase_is_looked_at_in_both_languages_and_then_saved(client, campaign, gloria):
    address = reverse("record_phase_new", args=["river"])
    looked = client.post(address, STRIKE)
    assert looked.status_code == 200
    assert [
        words
        for words in ("On strike.", "En huelga.", "Yes.", "Sí.", "Nothing is saved yet")
        if words not in text(looked)
    ] == []
    assert not PhaseRecord.objects.filter(step="strike").exists()

    saved = client.post(address, STRIKE | {"save": "1"})
    client.post(address, STRIKE | {"save": "1"})

    assert (saved.status_code, PhaseRecord.objects.filter(step="strike").count()) == (302, 1)
    assert "Are we on strike? Yes." in text(client.get("/en/river/"))
    change = RecordChange.objects.filter(part="phases")[0]
    client.post(reverse("record_undo", args=[change.public_id]))
    assert "Are we on strike? No." in text(client.get("/en/river/"))
    assert AuditEntry.objects.filter(verb="campaigns.change_taken_back", actor_label="Gloria Medina").count() == 1


def test_ending_a_step_offers_today(client, campaign, gloria):
    row = PhaseRecord.objects.get(step="bargaining")
    page = client.get(reverse("record_phase", args=["river", row.pk]) + "?end=1")

    assert page.context["form"].initial["ends_on"] == clock.today()


@pytest.mark.parametrize("address", ["phases/new/", "phases/{pk}/"])
def test_communications_sees_phases_and_records_none(client, campaign, blanca, address):
    row = PhaseRecord.objects.get(step="pickets")
    assert "An officer or counsel records a phase" in text(client.get("/hall/campaigns/river/phases/"))

    answer = client.post("/hall/campaigns/river/" + address.format(pk=row.pk), STRIKE | {"save": "1"})

    assert answer.status_code == 403
    assert not PhaseRecord.objects.filter(step="strike").exists()


def test_words_about_a_strike_wait_for_an_officer_and_nothing_typed_is_lost(client, campaign, blanca):
    sent = FACT | {"label_es": "Votos a favor de la huelga"}

    page = client.post("/hall/campaigns/river/facts/new/", sent)

    assert page.status_code == 422
    assert "an officer or counsel has to save it" in text(page)
    assert 'value="Votos a favor de la huelga"' in page.content.decode()
    assert Fact.objects.filter(campaign=campaign).count() == 2


def test_communications_neither_removes_nor_takes_back_what_an_officer_said_of_a_strike(client, campaign, blanca):
    fact = factory.fact(campaign, "votes", label=Bilingual("Strike votes", "Votos de huelga"))
    change = RecordChange.objects.get(row_id=fact.pk, part="facts")
    phase = RecordChange.objects.filter(part="phases")[0]

    answers = [
        client.post(reverse("record_remove", args=["river", "facts", fact.pk])),
        client.post(reverse("record_undo", args=[change.public_id])),
        client.post(reverse("record_undo", args=[phase.public_id])),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert Fact.objects.filter(pk=fact.pk).exists()


@pytest.mark.parametrize("missing", ["label_es", "source_en", "unit_es", "as_of", "value"])
def test_what_is_missing_is_said_beside_its_field(client, campaign, blanca, missing):
    page = client.post("/hall/campaigns/river/facts/new/", FACT | {missing: ""})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [missing]
    assert 'value="Schools"' in page.content.decode() or missing == "label_en"


def test_a_newer_value_keeps_the_older_and_shows_on_the_page(client, campaign, blanca):
    fact = Fact.objects.get(key="unit-size")
    address = reverse("record_edit", args=["river", "facts", fact.pk])
    sent = FACT | {"label_en": "In the unit", "label_es": "En la unidad", "value": "3100"}

    client.post(address, sent)
    client.post(address, sent)

    assert sorted(Fact.objects.filter(key="unit-size").values_list("value", flat=True)) == [3000, 3100]
    assert "3,100" in text(client.get("/es/river/"))
    assert "One older value" in text(client.get("/hall/campaigns/river/facts/"))


def test_a_banner_hangs_from_its_first_day_to_its_last_on_every_page(client, campaign, blanca):
    today = clock.today()
    sent = {"title_en": "Wear purple", "title_es": "Ponte morado", "starts_on": today, "ends_on": today}
    client.post("/hall/campaigns/river/banners/new/", sent)

    assert "Ponte morado" in text(client.get("/es/river/"))
    assert "Wear purple" in text(client.get("/en/river/join/"))
    Banner.objects.update(ends_on=today - timedelta(days=1), starts_on=today - timedelta(days=2))
    assert "Wear purple" not in text(client.get("/en/river/"))


def test_focus_areas_move_by_buttons(client, campaign, blanca):
    second = FocusArea.objects.filter(campaign=campaign)[1]

    client.post(reverse("record_move", args=["river", second.pk]), {"by": "up"})

    assert FocusArea.objects.filter(campaign=campaign)[0] == second


def test_a_campaign_is_opened_and_its_page_teaches_in_both_languages(client, blanca):
    sent = {
        "slug": "kitchens", "name_en": "Kitchens", "name_es": "Cocinas",
        "slogan_en": "We cook", "slogan_es": "Cocinamos",
        "who_we_are_en": "We are the cooks.", "who_we_are_es": "Cocinamos aquí.", "union_name": "Local 7",
        "employer_en": "The schools", "employer_es": "Las escuelas", "skin": "red", "languages": ["en", "es"],
    }  # fmt: skip
    assert client.post("/hall/campaigns/new/", sent).status_code == 302
    assert client.post("/hall/campaigns/new/", sent).status_code == 422
    assert client.post("/hall/campaigns/new/", sent | {"slug": "privacy"}).status_code == 422

    assert "It begins with you" in text(client.get("/en/kitchens/"))
    assert "Empieza contigo" in text(client.get("/es/kitchens/"))
    assert "No phase is on record" in text(client.get("/hall/campaigns/kitchens/"))


def test_the_inks_are_shown_with_their_contrast(client, campaign, blanca):
    page = text(client.get("/hall/campaigns/river/identity/"))

    assert "Great figures (3 is enough) 3.5 : 1" in page


def test_identity_is_changed_and_taken_back(client, campaign, blanca):
    form = client.get("/hall/campaigns/river/identity/").context["form"]
    sent = {name: field.value() for name in form.fields if (field := form[name]).value() is not None}
    client.post("/hall/campaigns/river/identity/", sent | {"slogan_en": "Enough is enough", "skin": "red"})
    assert (str(Campaign.objects.get().slogan), Campaign.objects.get().skin) == ("Enough is enough", "red")

    client.post(reverse("record_undo", args=[RecordChange.objects.filter(part="identity")[0].public_id]))

    assert (str(Campaign.objects.get().slogan), Campaign.objects.get().skin) == ("We feed this town", "purple")


def test_the_local_chooses_its_words_on_screen(client, campaign, blanca):
    client.post("/hall/campaigns/words/", {"pack": "transit"})
    said = {"one_en": "rep", "many_en": "reps", "one_es": "vocero", "many_es": "voceros", "gender": "m"}
    client.post("/hall/campaigns/words/steward/", said)
    assert (vocabulary.word("steward", count=2), vocabulary.chosen().pack) == ("reps", "transit")

    client.post("/hall/campaigns/words/steward/", {"pack": "1"})

    assert vocabulary.word("steward") != "rep"
    assert client.get("/hall/campaigns/words/nonsense/").status_code == 404


def test_rooms_speak_spanish(client, campaign, gloria):
    client.cookies["django_language"] = "es"
    for address in ("", "river/", "river/phases/", "river/facts/new/", "words/"):
        page = client.get(f"/hall/campaigns/{address}", headers={"Accept-Language": "es"})
        assert '<html lang="es"' in page.content.decode()
        assert [word for word in ("Take it back", "Save", "Change it", "Overview") if word in text(page)] == []


def test_a_row_of_another_campaign_is_not_found_here(client, campaign, blanca):
    factory.campaign("other")
    fact = Fact.objects.get(key="offer")

    assert client.get(reverse("record_edit", args=["other", "facts", fact.pk])).status_code == 404
