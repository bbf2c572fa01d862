"""Staff's entrance and keys, through HTTP: password, second factor, set-up, reset; and what stays shut."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from tests.factories.accounts import (
    ACTOR,
    AT,
    PASSWORD,
    TOTP_SECRET,
    grant,
    make_member,
    make_staff,
    make_user,
    sign_in,
    signed_in_as,
)
from unionhall.accounts import operations, queries
from unionhall.accounts.hookspecs import member_directory
from unionhall.accounts.models import Device, Slowdown, User
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role, Viewer
from unionhall.foundation.models import AuditEntry, OutboxMessage

pytestmark = pytest.mark.django_db
ORGANIZER_PAGES = ["/hall/", "/account/", "/admin/", "/admin/pages/"]


@pytest.fixture
def priya() -> User:
    """An organizer of two areas, with an authenticator app."""
    user = make_staff("Priya Nair", email="priya@example.org")
    grant(user, Role.ORGANIZER, Reach.AREA, ["north", "south"])
    operations.enroll_totp(user=user, secret=TOTP_SECRET, actor=ACTOR, at=AT)
    return user


def log_in(client: Client, *, email: str = "priya@example.org", password: str = PASSWORD, **extra: str) -> Any:
    return client.post("/account/login/?next=/account/", {"login": email, "password": password}, **extra)  # type: ignore[arg-type]


def code_now() -> str:
    cache.clear()  # allauth refuses the same code twice; each journey of a test counts as a new half minute
    return queries.totp_code(secret=TOTP_SECRET, at=clock.now())


def test_password_alone_signs_nobody_in(client: Client, priya: User) -> None:
    answer = log_in(client)
    assert (answer["Location"], signed_in_as(client)) == ("/account/second-factor/check/", None)


def test_password_and_code_open_everything(client: Client, priya: User) -> None:
    log_in(client)
    client.post("/account/second-factor/check/", {"code": code_now()})
    assert signed_in_as(client) == priya.pk
    assert client.get("/account/").status_code == 200
    assert list(Device.objects.values_list("user", "method")) == [(priya.pk, "password")]


def test_wrong_code_signs_nobody_in(client: Client, priya: User) -> None:
    log_in(client)
    wrong = str((int(code_now()) + 1) % 10**6).zfill(6)
    page = client.post("/account/second-factor/check/", {"code": wrong}).content.decode()
    assert ("This code is not right" in page, signed_in_as(client)) == (True, None)


def test_code_works_once(priya: User) -> None:
    code = code_now()
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client)
        client.post("/account/second-factor/check/", {"code": code})
    assert (signed_in_as(first), signed_in_as(second)) == (priya.pk, None)


def test_recovery_code_opens_once(priya: User) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    spare = RecoveryCodes.activate(priya).generate_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client)
        client.post("/account/second-factor/check/", {"code": spare})
    assert (signed_in_as(first), signed_in_as(second)) == (priya.pk, None)


def test_totp_secret_lies_encrypted(priya: User) -> None:
    stored = str(Authenticator.objects.get(user=priya).data)
    assert TOTP_SECRET not in stored


def test_wrong_password_and_unknown_mail_answer_alike(client: Client, priya: User) -> None:
    pages = []
    for email in ("priya@example.org", "nobody@example.org"):
        text = log_in(client, email=email, password="not-the-password").content.decode()
        pages.append(re.sub(r'value="[^"]*"', "", text))
    assert pages[0] == pages[1]
    assert "do not open the door" in pages[0]


def test_guessing_gets_slow_at_one_address_and_nobody_else_waits(client: Client, priya: User) -> None:
    for _number in range(5):
        log_in(client, password="not-the-password")
    slowed = log_in(client).content.decode()
    elsewhere = log_in(Client(), REMOTE_ADDR="198.51.100.9")
    assert ("Wait" in slowed, elsewhere["Location"]) == (True, "/account/second-factor/check/")


def test_wait_ends_by_itself(client: Client, priya: User) -> None:
    for _number in range(5):
        log_in(client, password="not-the-password")
    Slowdown.objects.update(last_at=clock.now() - timedelta(seconds=6))
    assert log_in(client)["Location"] == "/account/second-factor/check/"
    assert Slowdown.objects.count() == 0


@pytest.mark.parametrize("path", ORGANIZER_PAGES)
def test_session_of_password_alone_is_led_to_the_second_factor(client: Client, priya: User, path: str) -> None:
    sign_in(client, priya, strong=False)
    assert client.get(path)["Location"].split("?")[0] == "/account/second-factor/again/"


@pytest.mark.parametrize("path", ORGANIZER_PAGES)
def test_staff_without_second_factor_is_led_to_set_one_up(client: Client, path: str) -> None:
    user = make_staff()
    grant(user, Role.OFFICER)
    sign_in(client, user, strong=False)
    assert client.get(path)["Location"].split("?")[0] == "/account/second-factor/"


def test_proving_again_opens_the_page_that_was_wanted(client: Client, priya: User) -> None:
    sign_in(client, priya, strong=False)
    answer = client.post("/account/second-factor/again/", {"code": code_now(), "next": "/account/"})
    assert (answer["Location"], client.get("/account/").status_code) == ("/account/", 200)


def test_setting_up_the_app_asks_the_password_shows_spare_codes_and_opens_the_hall(client: Client) -> None:
    user = make_staff(email="marcus@example.org")
    grant(user, Role.DATA_ADMINISTRATOR)
    log_in(client, email="marcus@example.org")
    page = client.get("/account/second-factor/app/add/")
    secret = client.session["mfa.totp.secret"]
    text = page.content.decode()
    assert ("<svg" in text, "data:image" in text, " ".join(re.findall(".{1,4}", secret)) in text) == (True, False, True)
    code = queries.totp_code(secret=secret, at=clock.now())
    done = client.post("/account/second-factor/app/add/", {"code": code}, follow=True)
    assert len(re.findall(r"<code class=\"code\">\d{8}</code>", done.content.decode())) == 10
    assert client.get("/account/").status_code == 200
    again = client.get("/account/second-factor/recovery-codes/").content.decode()
    assert "10 recovery codes left" in again
    assert re.findall(r"\b\d{8}\b", again) == []


def test_keys_of_an_old_session_want_a_proof_first(client: Client, priya: User) -> None:
    sign_in(client, priya)
    for path in ("app/remove/", "passkeys/add/", "recovery-codes/new/"):
        answer = client.get(f"/account/second-factor/{path}")
        assert answer["Location"].startswith(("/account/reauthenticate/", "/account/second-factor/again/"))
    assert Authenticator.objects.filter(user=priya, type="totp").exists()


def test_stranger_cannot_touch_anothers_passkey(client: Client, priya: User) -> None:
    key = Authenticator.objects.create(user=make_staff(), type="webauthn", data={"name": "x", "credential": {}})
    log_in(client)
    client.post("/account/second-factor/check/", {"code": code_now()})
    for act in ("rename", "remove"):
        path = f"/account/second-factor/passkeys/{key.pk}/{act}/"
        assert client.post(path, {"name": "mine"}, follow=True).status_code == 404
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "x"


@pytest.mark.parametrize("path", ["/account/", "/account/password/change/", "/account/second-factor/"])
def test_account_pages_want_a_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/en/sign-in/?next={path}"


@pytest.mark.parametrize("path", ["signup/", "email/", "password/set/", "login/code/", "3rdparty/", "confirm-email/"])
def test_what_we_do_not_mean_to_open_answers_404(client: Client, path: str) -> None:
    statuses = [client.get(f"/{place}/{path}", follow=True).status_code for place in ("account", "accounts")]
    assert statuses == [404, 404]


def test_nobody_signs_up_by_themselves() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for name in names if "signup" in name} == set()


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/", "/admin/password_reset/"])
def test_admin_has_no_door_of_its_own(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/account/login/?next=/admin/")


def test_wagtails_own_sign_in_takes_no_password(client: Client, priya: User) -> None:
    priya.is_superuser = True
    priya.save()
    client.post("/admin/login/", {"username": "priya@example.org", "password": PASSWORD})
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.COMMUNICATIONS, 200), (Role.DATA_ADMINISTRATOR, 200), (Role.ORGANIZER, 403), (Role.OFFICER, 403)],
)
def test_admin_opens_to_editors_with_a_second_factor(client: Client, role: Role, status: int) -> None:
    user = make_staff()
    grant(user, role)
    sign_in(client, user)
    assert client.get("/admin/").status_code == status


def test_admin_shuts_when_the_role_ends(client: Client) -> None:
    user = make_staff()
    given = grant(user, Role.COMMUNICATIONS)
    sign_in(client, user)
    operations.end_role(grant=given, actor=ACTOR, at=AT)
    assert client.get("/admin/").status_code == 403


def test_superuser_needs_a_second_factor_too(client: Client) -> None:
    user = User.objects.create_superuser("ops@example.org", PASSWORD, name="Operator")
    sign_in(client, user, strong=False)
    assert client.get("/admin/")["Location"].startswith("/account/second-factor/")
    sign_in(client, user)
    assert client.get("/admin/").status_code == 200


def test_steward_of_one_site_is_not_asked_for_more(client: Client) -> None:
    alma = make_user("Alma Reyes")
    grant(alma, Role.STEWARD, Reach.WORKSITE, ["magnolia"])
    sign_in(client, alma, strong=False)
    assert client.get("/account/").status_code == 200


def test_password_reset_answers_alike_and_its_link_ends_every_session(
    client: Client, priya: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DEMO = True
    elsewhere = Client()
    log_in(elsewhere)
    elsewhere.post("/account/second-factor/check/", {"code": code_now()})
    answers = []
    for email in ("nobody@example.org", "priya@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(client.post("/account/password/reset/", {"email": email})["Location"])
    assert answers == ["/account/password/reset/sent/"] * 2
    body = OutboxMessage.objects.get().body
    found = re.search(r"http://localhost:8000(/\S+)", body)
    assert found is not None
    form = client.get(found[1])["Location"]
    new = "teal-under-red-marigold"
    client.post(form, {"password1": new, "password2": new})
    assert User.objects.get(pk=priya.pk).check_password(new)
    assert elsewhere.get("/account/")["Location"].startswith("/en/sign-in/")
    assert Client().get(found[1]).content.decode().count("does not work any more") == 1


def test_reset_link_is_neither_queued_nor_audited(
    client: Client, priya: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        client.post("/account/password/reset/", {"email": "priya@example.org"})
    assert len(callbacks) == 1
    assert "example.org" not in str(list(AuditEntry.objects.values("detail", "why")))


def test_places_are_listed_and_ended_by_their_owner_alone(client: Client, priya: User) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1"})
    log_in(other)
    other.post("/account/second-factor/check/", {"code": code_now()})
    place = Device.objects.get()
    stranger = sign_in(Client(), make_staff())
    assert stranger != priya
    client_of_stranger = Client()
    sign_in(client_of_stranger, stranger)
    assert client_of_stranger.post(f"/account/places/{place.public_id}/end/").status_code == 404
    sign_in(client, priya)
    assert "Safari on iPhone" in client.get("/account/").content.decode()
    client.post(f"/account/places/{place.public_id}/end/")
    assert other.get("/account/")["Location"].startswith("/en/sign-in/")
    assert "Safari on iPhone" not in client.get("/account/").content.decode()


def test_places_are_told_and_ended_in_spanish(priya: User) -> None:
    User.objects.filter(pk=priya.pk).update(language="es")
    phone, here = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1"}), Client()
    for browser in (phone, here):
        log_in(browser)
        browser.post("/account/second-factor/check/", {"code": code_now()})
        cache.clear()
    page = here.get("/account/").content.decode()
    here.post("/account/places/end-others/")
    assert "Dónde tienes sesión abierta" in page
    assert Device.objects.filter(ended_at=None).count() == 1
    assert phone.get("/account/").status_code == 302


def test_password_change_ends_other_places_and_keeps_this_one(client: Client, priya: User) -> None:
    elsewhere = Client()
    for browser in (elsewhere, client):
        log_in(browser)
        browser.post("/account/second-factor/check/", {"code": code_now()})
    new = "teal-under-red-marigold"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    page = client.get("/account/").content.decode()
    assert (page.count('<li class="person">'), "This one, now" in page) == (1, True)
    assert elsewhere.get("/account/")["Location"].startswith("/en/sign-in/")


def test_owner_is_told_by_mail_when_a_key_changes(
    client: Client, priya: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DEMO = True
    log_in(client)
    client.post("/account/second-factor/check/", {"code": code_now()})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/app/remove/")
    told = OutboxMessage.objects.get()
    assert (told.to, "authenticator app was removed" in told.body) == ("priya@example.org", True)
    assert AuditEntry.objects.filter(verb="accounts.totp_deactivated", actor_id=priya.pk).count() == 1


def test_notice_of_a_change_nobody_named_goes_to_nobody(priya: User, settings: Any) -> None:
    settings.DEMO = True
    operations.note_key_change(user=priya, change="something_else", at=AT)
    assert not operations.send_key_notice(user_id=make_user().pk, change="totp_activated", at=AT)
    assert not operations.send_password_reset(user_id=0, at=AT)
    assert OutboxMessage.objects.count() == 0


def test_every_other_place_is_ended_at_once(client: Client, priya: User) -> None:
    elsewhere = Client()
    for browser in (elsewhere, client):
        log_in(browser)
        browser.post("/account/second-factor/check/", {"code": code_now()})
    client.post("/account/places/end-others/")
    assert (signed_in_as(elsewhere), signed_in_as(client)) == (None, priya.pk)


def test_who_has_only_a_passkey_is_asked_for_it(client: Client) -> None:
    user = make_staff()
    grant(user, Role.OFFICER)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": {}})
    sign_in(client, user, strong=False)
    answer = client.get("/hall/")
    assert answer["Location"] == "/account/second-factor/passkeys/again/?next=%2Fhall%2F"


def test_place_is_noted_as_used_once_an_hour(client: Client, priya: User) -> None:
    log_in(client)
    client.post("/account/second-factor/check/", {"code": code_now()})
    Device.objects.update(seen_at=AT)
    client.get("/account/")
    fresh = Device.objects.get().seen_at
    session = client.session
    session["unionhall_seen"] -= 3601
    session.save()
    client.get("/account/")
    assert (fresh, Device.objects.get().seen_at > AT) == (AT, True)


def test_proxy_is_believed_only_where_it_is_ours(priya: User, settings: Any) -> None:
    guesser = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.5, 198.51.100.9"}
    for header in (None, ("HTTP_X_FORWARDED_PROTO", "https")):
        settings.SECURE_PROXY_SSL_HEADER = header
        log_in(Client(), password="not-the-password", **guesser)
    assert Slowdown.objects.count() == 2


def test_staff_form_of_another_site_is_refused(priya: User) -> None:
    assert log_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_account_page_costs_the_same_for_one_and_three_places(client: Client, django_assert_num_queries: Any) -> None:
    user = sign_in(client, make_user(), strong=False)
    for number in (1, 3):
        while Device.objects.count() < number:
            Device.objects.create(
                user=user,
                name="A browser",
                session=client.session.session_key,
                method="code",
                signed_in_at=AT,
                seen_at=AT,
            )
        with django_assert_num_queries(6):
            client.get("/account/")


def test_signing_out_ends_the_place(client: Client, priya: User) -> None:
    log_in(client)
    client.post("/account/second-factor/check/", {"code": code_now()})
    client.post("/account/logout/")
    assert (signed_in_as(client), Device.objects.get().ended_at is not None) == (None, True)


def test_language_of_the_account_wins_over_the_browsers(client: Client) -> None:
    user = sign_in(client, make_user(language="en"), strong=False)
    ours = {"HTTP_ORIGIN": "http://testserver"}
    client.post("/account/language/", {"language": "es", "next": "/account/"}, **ours)  # type: ignore[arg-type]
    assert User.objects.get(pk=user.pk).language == "es"
    page = client.get("/account/", headers={"accept-language": "en"}).content.decode()
    assert "Dónde tienes sesión abierta" in page


def test_language_is_not_set_by_other_sites(client: Client) -> None:
    answer = client.post("/account/language/", {"language": "es"}, HTTP_ORIGIN="https://evil.example")
    assert (answer.status_code, dict(answer.cookies)) == (403, {})


class Vouching:
    """Stands for everybody."""

    def find_account(self, **asked: Any) -> None:
        return None

    def may_vouch(self, *, viewer: Viewer, user_id: int) -> bool:
        return True


@pytest.fixture
def vouching() -> Any:
    yield member_directory.register("test.vouching", Vouching())  # type: ignore[arg-type]
    member_directory.remove("test.vouching")


def paper_page(client: Client, member: User) -> Any:
    return client.post(f"/account/paper-code/{member.public_id}/")


def test_steward_hands_out_a_paper_code_and_the_trail_says_so(client: Client, vouching: Vouching) -> None:
    beto, alma = make_member(), make_user("Alma Reyes")
    grant(alma, Role.STEWARD, Reach.WORKSITE, ["magnolia"])
    sign_in(client, alma, strong=False)
    page = paper_page(client, beto).content.decode()
    assert re.search(r"data-paper-code>[2-9b-z]{5}-[2-9b-z]{5}<", page) is not None
    assert AuditEntry.objects.get(verb="accounts.paper_made").actor_id == alma.pk


@pytest.mark.parametrize("who", ["member", "officer", "public"])
def test_nobody_else_hands_out_paper_codes(client: Client, vouching: Vouching, who: str) -> None:
    beto = make_member()
    if who == "officer":
        cleo = make_staff("Cleo Vega")
        grant(cleo, Role.OFFICER)
        sign_in(client, cleo)
    elif who == "member":
        sign_in(client, make_user("Cleo Vega"), strong=False)
    assert paper_page(client, beto).status_code in (302, 404)
    assert AuditEntry.objects.filter(verb="accounts.paper_made").count() == 0


def test_no_paper_code_for_staff_or_oneself(client: Client, vouching: Vouching) -> None:
    alma = make_user("Alma Reyes")
    grant(alma, Role.STEWARD, Reach.WORKSITE, ["magnolia"])
    sign_in(client, alma, strong=False)
    assert [paper_page(client, user).status_code for user in (alma, make_staff())] == [404, 404]


@pytest.mark.parametrize("path", ["login/", "password/reset/", "password/reset/sent/", "inactive/"])
def test_spanish_browser_gets_a_spanish_staff_entrance(client: Client, path: str) -> None:
    page = client.get(f"/account/{path}", headers={"accept-language": "es-MX,es;q=0.9"}).content.decode()
    text = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    assert [word for word in (" the ", "Sign in", " your ", "Password", "account", " is ") if word in text] == []
    assert 'lang="es"' in page
