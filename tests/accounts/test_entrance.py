"""The members' entrance, through HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.accounts import AT, make_member, signed_in_as
from unionhall.accounts import operations
from unionhall.accounts.models import Device, SignInCode, SignInToken, User
from unionhall.foundation.models import OutboxMessage

PHONE, OTHER_PHONE = "213 555 0142", "213 555 0199"
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def member(db: None, settings: Any) -> User:
    """Beto, who signs in by PHONE; what is sent is kept where it can be read."""
    settings.DEMO = True
    return make_member("Beto Ruiz", PHONE, language="es")


@pytest.fixture
def ask(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Ask for a code; what follows the commit is done before the answer is given back."""

    def asking(client: Client, contact: str = PHONE) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post("/en/sign-in/", {"contact": contact, "next": "/me/"}, **OURS)  # type: ignore[arg-type]

    return asking


Ask = Callable[..., Any]


def sent_code() -> str:
    return str(OutboxMessage.objects.latest("pk").body)[:6]


def type_code(client: Client, code: str, **more: str) -> Any:
    return client.post("/en/sign-in/code/", {"code": code, "next": "/me/", **more}, **OURS)  # type: ignore[arg-type]


def test_member_comes_in_by_code_and_reads_her_language_from_then_on(member: User, ask: Ask) -> None:
    client = Client()
    asked = ask(client)
    assert (asked.status_code, asked["Location"]) == (302, "/en/sign-in/code/?next=%2Fme%2F")
    entered = type_code(client, sent_code())
    assert (entered["Location"], signed_in_as(client)) == ("/me/", member.pk)
    assert entered.cookies["django_language"].value == "es"
    assert 'lang="es"' in client.get("/account/").content.decode()


def test_answer_is_the_same_bytes_for_known_unknown_and_employers_contacts(
    member: User, settings: Any, ask: Ask
) -> None:
    settings.EMPLOYER_DOMAINS = ("district.example",)
    answers = []
    for contact in (PHONE, OTHER_PHONE, "beto@district.example"):
        client = Client()
        first = ask(client, contact)
        page = client.get(first["Location"])
        answers.append((first.status_code, first["Location"], sorted(first.cookies), page.content))
    assert answers[0] == answers[1] == answers[2]
    assert OutboxMessage.objects.count() == 1


def test_asking_sets_one_signed_cookie_on_the_entrance_alone(member: User, ask: Ask) -> None:
    response = ask(Client())
    cookie = response.cookies["uh_ask"]
    assert (sorted(response.cookies), cookie["path"], cookie["httponly"], cookie["max-age"]) == (
        ["uh_ask"],
        "/en/sign-in/",
        True,
        600,
    )


def test_entrance_itself_sets_no_cookie_and_no_session(client: Client, db: None) -> None:
    response = client.get("/en/sign-in/")
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_code_of_another_browser_is_refused(member: User, ask: Ask) -> None:
    asker, thief = Client(), Client()
    ask(asker)
    code = sent_code()
    ask(thief, OTHER_PHONE)
    refused = type_code(thief, code)
    assert (refused.status_code, signed_in_as(thief)) == (422, None)
    assert "does not open the door" in refused.content.decode()


def test_code_page_without_an_asking_leads_to_the_entrance(client: Client, db: None) -> None:
    assert client.get("/en/sign-in/code/?next=/me/")["Location"] == "/en/sign-in/?next=%2Fme%2F"


def test_forged_cookie_counts_as_none(client: Client, member: User, ask: Ask) -> None:
    ask(client)
    client.cookies["uh_ask"] = "forged:" + client.cookies["uh_ask"].value
    assert type_code(client, sent_code())["Location"] == "/en/sign-in/?next=%2Fme%2F"


@pytest.mark.parametrize("path", ["/en/sign-in/", "/en/sign-in/paper/", "/en/sign-in/device/"])
def test_forms_of_other_sites_are_refused(client: Client, db: None, path: str) -> None:
    data = {"contact": PHONE, "code": "k7rqm2xw9d"}
    assert client.post(path, data, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert SignInCode.objects.count() == 0


def test_next_leads_to_our_own_pages_only(member: User, ask: Ask) -> None:
    client = Client()
    ask(client)
    entered = client.post(
        "/en/sign-in/code/", {"code": sent_code(), "next": "https://evil.example/"}, HTTP_ORIGIN="http://testserver"
    )
    assert entered["Location"] == "/me/"


def test_code_field_can_be_pasted_into_and_filled_by_the_phone(member: User, ask: Ask) -> None:
    client = Client()
    page = client.get(ask(client)["Location"]).content.decode()
    field = re.search(r'<input[^>]*name="code"[^>]*>', page)
    assert field is not None
    assert 'autocomplete="one-time-code"' in field[0]
    assert 'inputmode="numeric"' in field[0]
    assert "onpaste" not in page


def test_shared_phone_lists_nobody(member: User, ask: Ask) -> None:
    make_member("Rosa Ruiz", PHONE)
    client = Client()
    ask(client)
    who = type_code(client, sent_code())
    page = client.get(who["Location"]).content.decode()
    assert [name in page for name in ("Beto", "Rosa", "Ruiz")] == [False, False, False]
    client.post("/en/sign-in/who/", {"first_name": "Beto", "site": "Magnolia"}, **OURS)  # type: ignore[arg-type]
    assert signed_in_as(client) == member.pk


def test_wrong_name_on_a_shared_phone_says_what_to_write(member: User, ask: Ask) -> None:
    make_member("Rosa Ruiz", PHONE)
    client = Client()
    ask(client)
    type_code(client, sent_code())
    refused = client.post("/en/sign-in/who/", {"first_name": "Carla", "site": "Magnolia"}, **OURS)  # type: ignore[arg-type]
    assert (refused.status_code, "as your steward knows them" in refused.content.decode()) == (422, True)


def test_nonsense_in_place_of_a_contact_says_what_is_right(db: None, ask: Ask) -> None:
    refused = ask(Client(), "12")
    assert (refused.status_code, "Write all ten digits" in refused.content.decode()) == (422, True)


def test_who_is_signed_in_is_not_asked_again(member: User, ask: Ask) -> None:
    client = Client()
    ask(client)
    type_code(client, sent_code())
    assert client.get("/en/sign-in/")["Location"] == "/me/"


def test_scanner_reading_a_link_uses_nothing_up(member: User) -> None:
    path = operations.make_personal_link(user=member, at=_now()).removeprefix("http://localhost:8000")
    for _number in range(9):
        assert Client().get(path).status_code == 200
    assert SignInToken.objects.get().uses_left == 5
    client = Client()
    client.post(path, {}, **OURS)  # type: ignore[arg-type]
    assert (signed_in_as(client), SignInToken.objects.get().uses_left) == (member.pk, 4)


def test_worn_link_says_so(member: User) -> None:
    path = operations.make_personal_link(user=member, at=AT).removeprefix("http://localhost:8000")
    assert Client().get(path).status_code == 410


def test_remembered_browser_goes_on_by_a_button_and_not_after_its_end(member: User, ask: Ask) -> None:
    client = Client()
    ask(client)
    type_code(client, sent_code(), remember="on")
    del client.cookies["sessionid"]
    assert "Go on as Beto" in client.get("/en/sign-in/").content.decode()
    assert signed_in_as(client) is None
    client.post("/en/sign-in/device/", {}, **OURS)  # type: ignore[arg-type]
    assert signed_in_as(client) == member.pk
    del client.cookies["sessionid"]
    device = Device.objects.get(ended_at=None)
    operations.end_device(device=device, actor=member.as_actor(), at=_now())
    client.post("/en/sign-in/device/", {}, **OURS)  # type: ignore[arg-type]
    assert signed_in_as(client) is None


def test_paper_code_lets_in_and_wrong_ones_make_wait(member: User) -> None:
    paper = operations.issue_paper_code(user=member, actor=member.as_actor(), at=_now())
    client = Client()
    for number in range(5):
        wrong = client.post("/en/sign-in/paper/", {"code": f"bbbbb-bbbb{number}"}, **OURS)  # type: ignore[arg-type]
        assert wrong.status_code == 422
    waiting = client.post("/en/sign-in/paper/", {"code": paper}, **OURS)  # type: ignore[arg-type]
    assert "Wait" in waiting.content.decode()
    home = {"HTTP_ORIGIN": "http://testserver", "REMOTE_ADDR": "198.51.100.9"}
    client.post("/en/sign-in/paper/", {"code": paper}, **home)  # type: ignore[arg-type]
    assert signed_in_as(client) == member.pk


@pytest.mark.parametrize("path", ["/es/entrar/", "/es/entrar/papel/"])
def test_spanish_entrance_speaks_spanish(client: Client, db: None, path: str) -> None:
    page = client.get(path).content.decode()
    text = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    assert [word for word in (" the ", "Sign in", "code", " your ", "We ") if word in text] == []
    assert "Entrar" in text


def _now() -> Any:
    from unionhall.foundation import clock

    return clock.now()
