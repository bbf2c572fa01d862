"""The sign-up of four fields: what it takes, what it asks back, what it never loses."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import translation

from tests.factories import campaigns as factory
from unionhall.campaigns.forms import JoinForm, PlaceForm, queue_filter
from unionhall.campaigns.queries import QueueFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return factory.campaign()


@pytest.fixture
def schools():
    return {
        name: factory.school(name, address="12 Main St.")
        for name in ("Palo Verde Elementary", "Palo Alto Middle", "Harbor High", "Rosemead Street Elementary")
    }


def filled(campaign, **changed: str) -> JoinForm:
    data = QueryDict(mutable=True)
    data.update(
        {"name": "Rosa Méndez", "contact": "213 555 0142", "worksite": "Harbor High", "language": "es"} | changed
    )
    return JoinForm(data, campaign=campaign)


def test_four_fields_are_asked_and_no_more(campaign):
    form = JoinForm(campaign=campaign)
    asked = [field.name for field in form if not field.is_hidden and field.name != "which"]
    assert asked == ["name", "contact", "worksite", "language"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_language_is_preset_from_the_page(campaign, language):
    with translation.override(language):
        assert JoinForm(campaign=campaign)["language"].value() == language


def test_a_whole_name_is_taken(campaign, schools):
    form = filled(campaign)
    assert form.is_valid(), form.errors
    sent = form.sign_up()
    assert (sent.name, sent.contact.value, sent.worksite) == ("Rosa Méndez", "+12135550142", schools["Harbor High"])
    assert sent.language == "es"


def test_letters_that_fit_one_place_are_taken(campaign, schools):
    form = filled(campaign, worksite="rosemead")
    assert form.is_valid()
    assert form.sign_up().worksite == schools["Rosemead Street Elementary"]


def test_letters_that_fit_several_are_asked_about_and_nothing_is_lost(campaign, schools):
    form = filled(campaign, worksite="palo")
    assert not form.is_valid()
    assert list(form.errors) == ["worksite"]
    assert {hit.name for hit in form.candidates} == {"Palo Verde Elementary", "Palo Alto Middle"}
    assert [form[name].value() for name in ("name", "contact", "worksite", "language")] == [
        "Rosa Méndez",
        "213 555 0142",
        "palo",
        "es",
    ]


def test_the_answer_to_which_one_is_taken(campaign, schools):
    chosen = schools["Palo Verde Elementary"]
    form = filled(campaign, worksite="palo", asked="palo", which=chosen.public_id)
    assert form.is_valid()
    assert form.sign_up().worksite == chosen


def test_an_answer_given_for_other_words_is_asked_again(campaign, schools):
    form = filled(campaign, worksite="harbor", asked="palo", which=schools["Palo Verde Elementary"].public_id)
    assert form.is_valid()
    assert form.sign_up().worksite == schools["Harbor High"]


def test_a_look_alike_is_offered_and_not_taken(campaign, schools):
    form = filled(campaign, worksite="Harbour Hihg")
    assert not form.is_valid()
    assert [hit.name for hit in form.candidates] == ["Harbor High"]


def test_a_place_we_do_not_know_may_stay_as_written(campaign, schools):
    first = filled(campaign, worksite="zzqx")
    assert not first.is_valid()
    assert (first.candidates, first.found_none) == ([], True)
    second = filled(campaign, worksite="zzqx", asked="zzqx", which="none")
    assert second.is_valid()
    assert (second.sign_up().worksite, second.sign_up().worksite_text) == (None, "zzqx")


def test_the_type_aheads_choice_wins_over_its_words(campaign, schools):
    form = filled(campaign, worksite="palo", worksite_id=schools["Palo Alto Middle"].public_id)
    assert form.is_valid()
    assert form.sign_up().worksite == schools["Palo Alto Middle"]


@pytest.mark.parametrize("status", ["closed", "pending", "merged"])
def test_a_site_where_nobody_works_is_never_taken(campaign, schools, status):
    dead = factory.school("Old Harbor High", status=status)
    form = filled(campaign, worksite="Harbor High", worksite_id=dead.public_id)
    assert form.is_valid()
    assert form.sign_up().worksite == schools["Harbor High"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", "…"),
        ("contact", ""),
        ("contact", "hello"),
        ("contact", "213 555"),
        ("contact", "rosa@"),
        ("worksite", ""),
        ("language", "fr"),
        ("language", ""),
    ],
)
def test_each_mistake_has_one_sentence_at_its_field(campaign, schools, field, value):
    form = filled(campaign, **{field: value})
    assert not form.is_valid()
    assert {key: len(errors) for key, errors in form.errors.items()} == {field: 1}


def test_the_employers_mail_is_refused_kindly(campaign, schools, settings):
    settings.EMPLOYER_DOMAINS = ("schools.example.org",)
    form = filled(campaign, contact="rosa@mail.schools.example.org")
    assert not form.is_valid()
    assert "Write your own address" in form.errors["contact"][0]


@pytest.mark.parametrize("contact", ["213 620 4477", "rosa@gmail.com", "213 555 0242"])
def test_a_demonstration_takes_no_real_contact(campaign, schools, settings, contact):
    assert not filled(campaign, contact=contact).is_valid()
    settings.DEMO = False
    assert filled(campaign, contact=contact).is_valid()


@pytest.mark.parametrize(
    ("language", "contact", "said"),
    [
        ("en", "213 555 0142", "If you write a cell phone: you agree that River Local 7"),
        ("es", "213 555 0142", "Si escribes un celular: aceptas que River Local 7"),
        ("en", "rosa@example.org", "If you write a mail address: you agree that River Local 7"),
        ("es", "rosa@example.org", "Si escribes un correo: aceptas que River Local 7"),
    ],
)
def test_consent_is_kept_in_the_words_of_page_and_channel(campaign, schools, language, contact, said):
    with translation.override(language):
        form = filled(campaign, contact=contact)
        assert form.is_valid()
        sent = form.sign_up()
    assert sent.wording.startswith(said)
    assert sent.page_language == language


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", QueueFilter("open", "", 1)),
        ("state=answered&language=es&page=3", QueueFilter("answered", "es", 3)),
        ("state=x&language=fr&page=-1", QueueFilter("open", "", 1)),
        ("page=0", QueueFilter("open", "", 1)),
        ("page=99999999", QueueFilter("open", "", 1)),
    ],
)
def test_queue_filter_falls_back_to_those_who_wait(query, expected):
    assert queue_filter(QueryDict(query)) == expected


def test_place_form_takes_a_choice_or_a_whole_name(schools):
    site = schools["Harbor High"]
    chosen = PlaceForm({"worksite": "har", "worksite_id": site.public_id})
    written = PlaceForm({"worksite": "harbor high"})
    unknown = PlaceForm({"worksite": "har"})
    assert [form.is_valid() for form in (chosen, written, unknown)] == [True, True, False]
    assert {chosen.cleaned_data["found"], written.cleaned_data["found"]} == {site}
