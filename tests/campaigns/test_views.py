"""The doors of a campaign: who may pass, what it costs, what it tells."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories import accounts, roster
from tests.factories import campaigns as factory
from unionhall.campaigns import operations
from unionhall.campaigns.models import Entry, EntryNote, Slip
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import OutboxMessage

pytestmark = pytest.mark.django_db
OURS = {"HTTP_ORIGIN": "http://testserver"}
ROSA = {"name": "Rosa Méndez", "contact": "213 555 0142", "worksite": "Palo Verde Elementary", "language": "es"}


class _Text(HTMLParser):
    """The words of a page, without tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def text(response) -> str:
    """What a reader reads, blanks made one."""
    parser = _Text()
    parser.feed(response.content.decode())
    return " ".join(parser.words)


@pytest.fixture
def east():
    return roster.area("E")


@pytest.fixture
def school(east):
    return factory.school("Palo Verde Elementary", area=east)


@pytest.fixture
def campaign(school):
    return factory.full_campaign()


@pytest.fixture
def priya(client, east):
    """Priya, organizer of the east, signed in with a second factor."""
    user = accounts.make_staff("Priya Nair")
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [east.public_id])
    return accounts.sign_in(client, user)


@pytest.fixture
def entry(campaign, school):
    return factory.entry(campaign, site=school, name="Rosa Méndez", contact="213 555 0142", waited=waiting(hours=3))


def waiting(**parts: float) -> timedelta:
    """How long before factory.AT something came in, so that it waits that long by the real clock."""
    return factory.AT - clock.now() + timedelta(**parts)


def test_front_page_of_the_local_lists_its_campaigns(client, campaign, django_assert_num_queries):
    with django_assert_num_queries(3):
        english = client.get("/en/")
    assert "Riverside Kitchens United" in text(english)
    assert "Cocinas Unidas de Riverside" in text(client.get("/es/"))


def test_front_page_without_a_campaign_says_so(client):
    assert "No campaign has been opened yet" in text(client.get("/en/"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "/en/river/",
            [
                "Pickets go up on Monday",
                "Turning up the heat.",
                "Are we on strike? No.",
                "3,000 people",
                "Employer’s list",
            ],
        ),
        (
            "/es/river/",
            [
                "El lunes empiezan los piquetes",
                "Subimos la presión.",
                "¿Estamos en huelga? No.",
                "3,000 personas",
                "2 % una vez",
            ],
        ),
    ],
)
def test_home_says_who_what_and_next_step(client, campaign, address, said):
    page = text(client.get(address))
    assert [words for words in said if words not in page] == []


def test_home_costs_nine_queries_whatever_is_on_record(client, campaign, django_assert_num_queries):
    factory.campaign("bare")
    for address in ("/en/bare/", "/en/river/"):
        with django_assert_num_queries(9):
            client.get(address)


def test_join_and_type_ahead_cost_little(client, campaign, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/en/river/join/")
    with django_assert_num_queries(1):
        client.get("/en/river/join/worksites/?q=palo")
    with django_assert_num_queries(2):
        client.get("/en/river/join/worksites/?q=plao verde")
    with django_assert_num_queries(0):
        client.get("/en/river/join/worksites/?q=")


@pytest.mark.parametrize("address", ["/en/", "/en/river/", "/es/river/unete/", "/en/river/join/thanks/"])
def test_public_pages_open_no_session_and_set_no_cookie(client, campaign, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_each_page_names_its_twin_in_its_own_words(client, campaign):
    assert (
        '<link rel="alternate" hreflang="es" href="/es/river/unete/">' in client.get("/en/river/join/").content.decode()
    )
    assert (
        '<link rel="alternate" hreflang="en" href="/en/river/join/">' in client.get("/es/river/unete/").content.decode()
    )


def test_the_poster_line_is_the_phases_or_the_slogan(client, campaign):
    factory.campaign("bare")
    assert (
        "<title>Pickets go up on Monday · Riverside Kitchens United</title>"
        in client.get("/en/river/").content.decode()
    )
    assert "<title>We feed this town · Riverside Kitchens United</title>" in client.get("/en/bare/").content.decode()


def test_an_address_that_names_no_campaign_is_not_found(client, campaign):
    assert [client.get(f"/en/nothing/{rest}").status_code for rest in ("", "join/")] == [404, 404]


def test_signing_up_makes_one_entry_and_leads_to_thanks(client, campaign, school):
    for _ in range(2):
        response = client.post("/es/river/unete/", ROSA | {"proof": factory.proof()}, **OURS)
        factory.take_in_all()
        assert (response.status_code, response["Location"]) == (302, "/es/river/unete/gracias/")
    assert not response.cookies
    assert Entry.objects.values_list("person__name", "worksite", "language", "channel").get() == (
        "Rosa Méndez",
        school.pk,
        "es",
        "sms",
    )


def test_the_answer_is_the_same_for_who_had_signed_up(client, campaign, school):
    first = client.post("/en/river/join/", ROSA | {"proof": factory.proof()}, **OURS)
    factory.take_in_all()
    again = client.post("/en/river/join/", ROSA | {"proof": factory.proof()}, **OURS)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])


def test_mistakes_come_back_with_all_that_was_typed(client, campaign, school):
    response = client.post("/en/river/join/", ROSA | {"contact": "213", "name": "Rosa <b>M"}, **OURS)
    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (422, "no-store")
    assert 'value="Rosa &lt;b&gt;M"' in page
    assert 'value="213"' in page
    assert 'value="Palo Verde Elementary"' in page
    assert not Slip.objects.exists()


def test_several_places_come_back_as_choices_and_one_answer_settles_it(client, campaign, school):
    other = factory.school("Palo Alto Middle")
    asked = client.post("/en/river/join/", ROSA | {"worksite": "palo"}, **OURS)
    assert f'value="{other.public_id}"' in asked.content.decode()
    answer = ROSA | {"worksite": "palo", "asked": "palo", "which": other.public_id, "proof": factory.proof()}
    assert client.post("/en/river/join/", answer, **OURS).status_code == 302
    factory.take_in_all()
    assert Entry.objects.get().worksite == other


def test_a_place_not_on_the_list_lets_her_in_all_the_same(client, campaign, school):
    unknown = ROSA | {"worksite": "zzqx"}
    assert "My workplace is not listed" in text(client.post("/en/river/join/", unknown, **OURS))
    client.post("/en/river/join/", unknown | {"asked": "zzqx", "which": "none", "proof": factory.proof()}, **OURS)
    factory.take_in_all()
    assert Entry.objects.values_list("worksite", "worksite_text").get() == (None, "zzqx")


@pytest.mark.parametrize(
    "origin", [{}, {"HTTP_ORIGIN": "http://elsewhere.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}]
)
def test_a_form_from_elsewhere_is_refused(client, campaign, school, origin):
    assert client.post("/en/river/join/", ROSA, **origin).status_code == 403
    assert not Slip.objects.exists()


def test_type_ahead_answers_with_live_worksites(client, campaign, school):
    factory.school("Palo Seco Elementary", status="closed")
    found = client.get("/es/river/unete/centros/?q=palo").json()
    assert [(hit["id"], hit["name"]) for hit in found] == [(school.public_id, "Palo Verde Elementary")]


def test_confirmation_goes_out_after_the_entry_is_safe(client, campaign, school, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/river/join/", ROSA | {"proof": factory.proof()}, **OURS)
    assert OutboxMessage.objects.get().to == "+12135550142"
    assert Entry.objects.get().confirmed_at is not None


@pytest.mark.parametrize("number", [1, 3])
def test_queue_costs_the_same_for_one_entry_and_three(
    client, campaign, school, priya, number, django_assert_num_queries
):
    for _ in range(number):
        factory.entry(campaign, site=school, waited=waiting(hours=1))
    with django_assert_num_queries(7):
        page = client.get("/hall/")
    assert page.content.decode().count('class="entry"') == number


def test_queue_shows_wait_place_language_and_how_to_reach(client, entry, priya):
    page = client.get("/hall/").content.decode()
    assert 'href="tel:+12135550142"' in page
    assert 'href="sms:+12135550142"' in page
    assert [
        words for words in ("waiting 3 h", "Palo Verde Elementary", "Español", "(213) 555-0142") if words not in page
    ] == []


def test_queue_of_a_colleague_shows_nothing_of_it(client, entry):
    west = roster.area("W")
    user = accounts.make_staff("Sam Okoro")
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [west.public_id])
    accounts.sign_in(client, user)
    page = client.get("/hall/")
    assert "Nobody is waiting" in text(page)
    assert "Rosa" not in page.content.decode()
    assert client.get(f"/hall/entries/{entry.public_id}/").status_code == 404


def test_officer_sees_the_name_and_no_way_to_reach(client, entry):
    user = accounts.make_staff("Olga Ruiz")
    accounts.grant(user, Role.OFFICER, Reach.ALL)
    accounts.sign_in(client, user)
    for address in ("/hall/", f"/hall/entries/{entry.public_id}/"):
        page = client.get(address).content.decode()
        assert "Rosa Méndez" in page
        assert "555" not in page
        assert "I called" not in page
    assert client.post(f"/hall/entries/{entry.public_id}/act/", {"act": "call"}).status_code == 403


DOORS = [
    ("get", "hall", {}),
    ("get", "hall_entry", {}),
    ("post", "hall_act", {"act": "call"}),
    ("post", "hall_note", {"text": "x"}),
    ("post", "hall_undo", {"note": "x"}),
    ("post", "hall_place", {"worksite": "x"}),
]


@pytest.mark.parametrize(("method", "name", "data"), DOORS)
def test_doors_of_the_queue_refuse_member_colleague_and_the_public(client, entry, method, name, data):
    address = reverse(name, args=[] if name == "hall" else [entry.public_id])
    public = getattr(client, method)(address, data)
    assert public.status_code in (302, 401)
    accounts.sign_in(client, accounts.make_user("Beto Ruiz"))
    assert getattr(client, method)(address, data).status_code == 403
    cleo = accounts.make_staff("Cleo Park")
    accounts.grant(cleo, Role.ORGANIZER, Reach.AREA, [roster.area("W").public_id])
    accounts.sign_in(client, cleo)
    assert getattr(client, method)(address, data).status_code == (200 if name == "hall" else 404)
    assert not EntryNote.objects.exists()


def test_one_tap_records_a_call_and_undo_takes_it_back(client, entry, priya):
    answer = client.post(f"/hall/entries/{entry.public_id}/act/", {"act": "call", "back": "queue"})
    note = EntryNote.objects.get()
    assert answer["Location"] == f"/hall/queue/?did={note.public_id}"
    assert "Rosa Méndez: called." in text(client.get(answer["Location"]))
    entry.refresh_from_db()
    assert (entry.state, entry.answered_by_id) == ("answered", priya.pk)
    client.post(f"/hall/entries/{entry.public_id}/undo/", {"note": note.public_id, "back": "entry"})
    entry.refresh_from_db()
    assert (entry.state, entry.first_reply_at) == ("open", None)


def test_with_htmx_only_the_entry_comes_back(client, entry, priya):
    answer = client.post(f"/hall/entries/{entry.public_id}/act/", {"act": "text"}, HTTP_HX_REQUEST="true")
    page = answer.content.decode()
    assert page.strip().startswith(f'<li class="entry" id="entry-{entry.public_id}">')
    assert "answered after 3 h" in page
    assert "Undo" in page
    note = EntryNote.objects.get()
    back = client.post(
        f"/hall/entries/{entry.public_id}/undo/", {"note": note.public_id}, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert "waiting 3 h" in back


def test_unknown_act_is_answered_with_a_sentence(client, entry, priya):
    answer = client.post(f"/hall/entries/{entry.public_id}/act/", {"act": "bananas"})
    assert answer.status_code == 422
    assert "called, texted, wrote, done" in text(answer)


def test_entry_page_shows_notes_lines_and_the_words_agreed_to(client, entry, priya):
    client.post(f"/hall/entries/{entry.public_id}/note/", {"text": "Works the early shift"})
    page = text(client.get(f"/hall/entries/{entry.public_id}/"))
    assert [
        words for words in ("Note : Works the early shift", "Acepto mensajes.", "Palo Verde") if words not in page
    ] == []


def test_entry_page_costs_a_fixed_number_of_queries(client, entry, priya, django_assert_num_queries):
    for number in (1, 3):
        while entry.notes.count() < number:
            operations.add_note(entry=entry, text="again", actor=priya.as_actor(), at=clock.now())
        with django_assert_num_queries(6):
            client.get(f"/hall/entries/{entry.public_id}/")


def test_empty_note_comes_back_with_a_sentence(client, entry, priya):
    answer = client.post(f"/hall/entries/{entry.public_id}/note/", {"text": " "})
    assert answer.status_code == 422
    assert "Write a word or two first" in text(answer)


def test_data_desk_places_an_entry_in_the_queue_of_its_site(client, campaign, school, priya):
    lost = factory.entry(campaign, worksite_text="palo verde primaria", name="Luis Ortega", waited=waiting(hours=1))
    assert "Luis" not in client.get("/hall/").content.decode()
    marcus = accounts.make_staff("Marcus Hill")
    accounts.grant(marcus, Role.DATA_ADMINISTRATOR, Reach.ALL)
    accounts.sign_in(client, marcus)
    assert "palo verde primaria" in client.get(f"/hall/entries/{lost.public_id}/").content.decode()
    wrong = client.post(f"/hall/entries/{lost.public_id}/place/", {"worksite": "nowhere"})
    assert wrong.status_code == 422
    client.post(f"/hall/entries/{lost.public_id}/place/", {"worksite": "palo", "worksite_id": school.public_id})
    accounts.sign_in(client, priya)
    assert "Luis Ortega" in client.get("/hall/").content.decode()


def test_organizer_of_an_area_may_not_place(client, entry, priya):
    assert client.post(f"/hall/entries/{entry.public_id}/place/", {"worksite": "x"}).status_code == 403


def test_my_campaign_shows_my_own_entries_only(client, campaign, school):
    beto, cleo = (factory.entry(campaign, site=school, name=name) for name in ("Beto Luna", "Cleo Park"))
    user = accounts.make_user("Beto Luna")
    roster.operations.link_user(person=beto.person, user=user, actor=factory.CLERK, at=factory.AT)
    assert client.get("/me/").status_code in (302, 401)
    accounts.sign_in(client, user, strong=False)
    page = text(client.get("/me/"))
    assert "Palo Verde Elementary" in page
    assert "Cleo" not in page
    assert cleo.person.name == "Cleo Park"


def test_my_campaign_costs_the_same_for_one_entry_and_three(client, school, django_assert_num_queries):
    user = accounts.make_user("Beto Luna")
    accounts.sign_in(client, user, strong=False)
    for slug in ("one", "two", "three"):
        entry = factory.entry(factory.campaign(slug), site=school, name="Beto Luna", contact="213 555 0142")
        roster.operations.link_user(person=entry.person, user=user, actor=factory.CLERK, at=factory.AT)
        if Entry.objects.count() > 1:
            with django_assert_num_queries(20):
                client.get("/me/")


def test_my_campaign_without_entries_shows_the_next_step(client):
    accounts.sign_in(client, accounts.make_user("Beto Luna"), strong=False)
    assert "Nobody on our lists is tied to this account" in text(client.get("/me/"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_queue_speaks_both_languages(client, entry, priya, language):
    with translation.override(language):
        page = text(client.get("/hall/", HTTP_ACCEPT_LANGUAGE=language))
    assert {"en": "waiting 3 h", "es": "3 h en espera"}[language] in page


@pytest.mark.parametrize("address", ["/hall/", "/me/"])
def test_the_language_button_of_a_working_page_brings_it_back_in_the_other_language(client, priya, address):
    assert 'name="language" value="es"' in client.get(address).content.decode()
    answer = client.post(reverse("set_language"), {"language": "es", "next": address}, **OURS)
    assert answer["Location"] == address
    assert 'name="language" value="en"' in client.get(address).content.decode()


def test_times_are_the_locals_own(client, campaign):
    assert timezone.get_current_timezone_name() == "America/Los_Angeles"
    assert "This page was last changed on Friday 20 November 2026, 9:00 a.m." in text(client.get("/en/river/"))
