"""Members' accounts, codes, links, papers and devices: the operations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import ACTOR, AT, make_member, make_user
from unionhall.accounts import operations, queries
from unionhall.accounts.enums import Method, TokenKind
from unionhall.accounts.hookspecs import member_directory
from unionhall.accounts.models import Device, SignInCode, SignInContact, SignInToken, Slowdown, User
from unionhall.accounts.operations.slowing import wait_seconds
from unionhall.foundation import clock
from unionhall.foundation.access import Viewer
from unionhall.foundation.contacts import InvalidContact, parse_contact
from unionhall.foundation.models import AuditEntry, OutboxMessage

pytestmark = pytest.mark.django_db
PHONE, OTHER_PHONE = "213 555 0142", "213 555 0199"
BROWSER, ADDRESS = "browser-key-of-beto", "192.0.2.7"
LATER = AT + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _outbox(settings) -> None:  # type: ignore[no-untyped-def]
    """What is sent is kept where it can be read, as in a demonstration."""
    settings.DEMO = True


def ask(contact: str = PHONE, *, browser: str = BROWSER, at: datetime = AT, language: str = "en") -> SignInCode:
    operations.request_code(contact_text=contact, browser_key=browser, address=ADDRESS, language=language, at=at)
    return SignInCode.objects.latest("pk")


def send(asked: SignInCode, *, at: datetime = AT) -> str:
    """The six digits that went out, blank where nothing did."""
    before = OutboxMessage.objects.count()
    operations.send_code(code_id=asked.pk, at=at)
    if OutboxMessage.objects.count() == before:
        return ""
    return str(OutboxMessage.objects.latest("pk").body)[:6]


def redeem(code: str, *, browser: str = BROWSER, at: datetime = LATER) -> User | operations.AskWho:
    return operations.redeem_code(browser_key=browser, code_text=code, at=at)


def test_ensure_member_twice_is_one_account() -> None:
    first = make_member("Beto Ruiz", PHONE)
    assert (make_member("beto ruiz", "+1 (213) 555-0142"), User.objects.count()) == (first, 1)


def test_ensure_member_of_another_name_on_the_same_phone_is_another_account() -> None:
    assert make_member("Beto Ruiz", PHONE) != make_member("Rosa Ruiz", PHONE)


def test_ensure_member_leaves_the_employers_mail_out(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMPLOYER_DOMAINS = ("district.example",)
    make_member("Beto Ruiz", "beto@mail.district.example")
    assert SignInContact.objects.count() == 0


def test_contact_lies_encrypted_and_out_of_the_trail() -> None:
    make_member("Beto Ruiz", PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM accounts_signincontact")
        stored = bytes(cursor.fetchone()[0])
    assert (b"5550142" in stored, SignInContact.objects.get().value) == (False, "+12135550142")
    assert "5550142" not in str(list(AuditEntry.objects.values()))


def test_code_lets_its_member_in_once() -> None:
    beto = make_member("Beto Ruiz", PHONE)
    code = send(ask())
    assert (len(code), code.isdecimal(), redeem(f" {code[:3]}-{code[3:]} ")) == (6, True, beto)
    with pytest.raises(operations.CodeWrong):
        redeem(code)


def test_code_is_neither_stored_nor_audited() -> None:
    make_member("Beto Ruiz", PHONE)
    code = send(ask())
    redeem(code)
    assert code not in str(list(SignInCode.objects.values("code", "browser", "contact")))
    assert code not in str(list(AuditEntry.objects.values("verb", "detail", "object_label", "why")))


def test_unknown_and_employers_contacts_get_nothing(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMPLOYER_DOMAINS = ("district.example",)
    beto = make_member("Beto Ruiz", PHONE)
    worked = parse_contact("beto@district.example")
    from unionhall.foundation.contacts import indexes_of

    SignInContact.objects.create(user=beto, kind="mail", value=worked.value, index=indexes_of(worked).full, added_at=AT)
    assert [send(ask(OTHER_PHONE)), send(ask("beto@district.example"))] == ["", ""]
    assert send(ask()) != ""


def test_asking_costs_the_same_queries_whether_known_or_not() -> None:
    make_member("Beto Ruiz", PHONE)
    costs = []
    for contact in (PHONE, OTHER_PHONE):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ask(contact)
        costs.append([query["sql"].split()[0] for query in captured])
    assert costs[0] == costs[1] != []


def test_wrong_code_costs_the_same_queries_whether_known_or_not() -> None:
    make_member("Beto Ruiz", PHONE)
    costs = []
    for browser, contact in (("known", PHONE), ("unknown", OTHER_PHONE)):
        code = send(ask(contact, browser=browser))
        with CaptureQueriesContext(connection) as captured, pytest.raises(operations.CodeWrong):
            redeem("000000" if code != "000000" else "111111", browser=browser)
        costs.append([query["sql"].split()[0] for query in captured])
    assert costs[0] == costs[1] != []


@pytest.mark.parametrize("text", ["", "Beto", "12", "beto@"])
def test_asking_by_nonsense_is_refused(text: str) -> None:
    with pytest.raises(InvalidContact):
        ask(text)
    assert SignInCode.objects.count() == 0


def test_code_opens_only_in_the_asking_browser() -> None:
    make_member("Beto Ruiz", PHONE)
    code = send(ask())
    with pytest.raises(operations.CodeWrong):
        redeem(code, browser="browser-key-of-a-thief")


def test_code_dies_after_ten_minutes() -> None:
    beto = make_member("Beto Ruiz", PHONE)
    code = send(ask())
    with pytest.raises(operations.CodeWrong):
        redeem(code, at=AT + timedelta(minutes=10))
    assert redeem(code, at=AT + timedelta(minutes=9, seconds=59)) == beto


def test_code_dies_after_five_wrong_tries() -> None:
    make_member("Beto Ruiz", PHONE)
    code = send(ask())
    for number in range(5):
        with pytest.raises(operations.CodeWrong):
            redeem(str(int(code) ^ (number + 1)).zfill(6))
    with pytest.raises(operations.CodeWrong):
        redeem(code)


def test_fifth_try_may_be_the_right_one() -> None:
    beto = make_member("Beto Ruiz", PHONE)
    code = send(ask())
    for number in range(4):
        with pytest.raises(operations.CodeWrong):
            redeem(str(int(code) ^ (number + 1)).zfill(6))
    assert redeem(code) == beto


def test_newer_asking_replaces_the_older_code() -> None:
    beto = make_member("Beto Ruiz", PHONE)
    old = send(ask())
    new = send(ask(at=AT + timedelta(minutes=1)))
    if old != new:
        with pytest.raises(operations.CodeWrong):
            redeem(old)
    assert redeem(new) == beto


def test_blank_code_never_opens_a_row_to_which_nothing_was_sent() -> None:
    ask(OTHER_PHONE)
    with pytest.raises(operations.CodeWrong):
        redeem("")


def test_sixth_asking_in_an_hour_from_one_address_sends_nothing_but_another_address_still_does() -> None:
    make_member("Beto Ruiz", PHONE)
    sent = [send(ask(at=AT + timedelta(seconds=number))) != "" for number in range(6)]
    operations.request_code(
        contact_text=PHONE, browser_key="home", address="198.51.100.9", language="en", at=AT + timedelta(seconds=9)
    )
    elsewhere = send(SignInCode.objects.latest("pk"), at=AT + timedelta(seconds=9))
    assert (sent, elsewhere != "") == ([True] * 5 + [False], True)


@pytest.fixture
def family() -> tuple[User, User]:
    return make_member("Beto Ruiz", PHONE), make_member("Rosa Ruiz", PHONE)


def test_shared_phone_asks_who_and_lets_the_named_one_in(family: tuple[User, User]) -> None:
    code = send(ask())
    assert redeem(code) == operations.AskWho()
    user = operations.tell_who(browser_key=BROWSER, first_name=" rosa ", site_text="Magnolia", at=LATER)
    assert user == family[1]


def test_shared_phone_gives_five_guesses_and_not_before_the_code(family: tuple[User, User]) -> None:
    code = send(ask())
    with pytest.raises(operations.CodeWrong):
        operations.tell_who(browser_key=BROWSER, first_name="Rosa", site_text="Magnolia", at=LATER)
    redeem(code)
    for _number in range(5):
        with pytest.raises(operations.NobodyByThatName):
            operations.tell_who(browser_key=BROWSER, first_name="Carla", site_text="Magnolia", at=LATER)
    with pytest.raises(operations.CodeWrong):
        operations.tell_who(browser_key=BROWSER, first_name="Rosa", site_text="Magnolia", at=LATER)


class Directory:
    """Knows Rosa at Magnolia only."""

    def __init__(self, rosa: User) -> None:
        self.rosa = rosa

    def find_account(self, *, user_ids: list[int], first_name: str, site_text: str) -> int | None:
        return self.rosa.pk if (first_name, site_text) == ("Rosa", "Magnolia") else None

    def may_vouch(self, *, viewer: Viewer, user_id: int) -> bool:
        return user_id == self.rosa.pk


@pytest.fixture
def directory(family: tuple[User, User]) -> Iterator[Directory]:
    keys = {key: member_directory.get(key) for key in member_directory.keys()}  # noqa: SIM118 - a Hook iterates items
    for key in keys:
        member_directory.remove(key)
    yield member_directory.register("test.directory", Directory(family[1]))  # type: ignore[arg-type,misc]
    member_directory.remove("test.directory")
    for key, item in keys.items():
        assert item is not None
        member_directory.register(key, item)


def test_directory_decides_by_site(family: tuple[User, User], directory: Directory) -> None:
    redeem(send(ask()))
    with pytest.raises(operations.NobodyByThatName):
        operations.tell_who(browser_key=BROWSER, first_name="Rosa", site_text="Elsewhere", at=LATER)
    named = operations.tell_who(browser_key=BROWSER, first_name="Rosa", site_text="Magnolia", at=LATER)
    assert named == family[1]


def test_directory_cannot_name_somebody_who_does_not_share_the_phone(directory: Directory) -> None:
    make_member("Carla Vega", OTHER_PHONE)
    make_member("Cleo Vega", OTHER_PHONE)
    redeem(send(ask(OTHER_PHONE)))
    with pytest.raises(operations.NobodyByThatName):
        operations.tell_who(browser_key=BROWSER, first_name="Rosa", site_text="Magnolia", at=LATER)


def test_paper_code_works_once_in_any_case_and_is_audited_to_its_giver() -> None:
    beto, alma = make_user(), make_user("Alma Reyes")
    paper = operations.issue_paper_code(user=beto, actor=alma.as_actor(), at=AT)
    assert operations.redeem_token(kind=TokenKind.PAPER, token=paper.upper(), at=LATER) == beto
    with pytest.raises(operations.LinkWorn):
        operations.redeem_token(kind=TokenKind.PAPER, token=paper, at=LATER)
    assert list(AuditEntry.objects.filter(verb="accounts.paper_made").values_list("actor_id", flat=True)) == [alma.pk]


def test_newer_paper_kills_the_older() -> None:
    beto, alma = make_user(), make_user("Alma Reyes")
    old = operations.issue_paper_code(user=beto, actor=alma.as_actor(), at=AT)
    operations.issue_paper_code(user=beto, actor=alma.as_actor(), at=AT)
    with pytest.raises(operations.LinkWorn):
        operations.redeem_token(kind=TokenKind.PAPER, token=old, at=LATER)


def test_paper_is_no_link() -> None:
    paper = operations.issue_paper_code(user=make_user(), actor=ACTOR, at=AT)
    with pytest.raises(operations.LinkWorn):
        operations.redeem_token(kind=TokenKind.LINK, token=paper, at=LATER)


def make_device(user: User) -> Device:
    session = SessionStore()
    session.create()
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
    return operations.note_sign_in(
        user=user, session_key=session.session_key or "", agent=agent, method=Method.CODE, at=AT
    )


def test_device_is_named_in_words_and_its_end_ends_the_session_and_the_memory() -> None:
    device = make_device(make_user())
    token = operations.remember_device(device=device, at=AT)
    assert (device.name, queries.find_remembered(token=token, at=LATER)) == ("Chrome on Android", device)
    operations.end_device(device=device, actor=ACTOR, at=LATER)
    assert not SessionStore().exists(device.session)
    assert queries.find_remembered(token=token, at=LATER) is None


def test_device_is_forgotten_after_ninety_days_unseen() -> None:
    device = make_device(make_user())
    token = operations.remember_device(device=device, at=AT)
    found = [queries.find_remembered(token=token, at=AT + timedelta(days=days)) for days in (89, 90)]
    assert found == [device, None]


def test_end_sessions_spares_the_one_named() -> None:
    user = make_user()
    first, second = make_device(user), make_device(user)
    assert operations.end_sessions(user=user, actor=ACTOR, at=AT, but=first.session) == 1
    assert [device.pk for device in queries.open_devices(user, at=clock.now())] == [first.pk]
    assert [SessionStore().exists(device.session) for device in (first, second)] == [True, False]


def test_seen_is_written_once_an_hour() -> None:
    user = make_user()
    device = make_device(user)
    seen = []
    for minutes in (59, 61):
        operations.note_seen(user=user, session_key=device.session, at=AT + timedelta(minutes=minutes))
        device.refresh_from_db()
        seen.append(device.seen_at - AT)
    assert seen == [timedelta(0), timedelta(minutes=61)]


def test_wait_grows_and_never_closes() -> None:
    assert [wait_seconds(failures) for failures in (0, 4, 5, 6, 7, 11, 12, 5000)] == [0, 0, 5, 10, 20, 300, 300, 300]


def test_failures_slow_one_address_only_and_are_forgotten_on_success() -> None:
    for _number in range(5):
        operations.count_failure(account="priya@example.org", address="192.0.2.7", at=AT)
    with pytest.raises(operations.TooFast):
        operations.require_patience(account="Priya@example.org", address="192.0.2.7", at=AT)
    operations.require_patience(account="priya@example.org", address="198.51.100.9", at=AT)
    operations.require_patience(account="priya@example.org", address="192.0.2.7", at=AT + timedelta(seconds=6))
    operations.forget_failures(account="priya@example.org", address="192.0.2.7")
    operations.require_patience(account="priya@example.org", address="192.0.2.7", at=AT)


def token_of(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]


def test_code_comes_in_the_language_asked_for() -> None:
    make_member("Beto Ruiz", PHONE)
    send(ask(language="es"))
    assert "es tu código para entrar" in OutboxMessage.objects.get().body


def test_personal_link_works_five_times_within_its_week() -> None:
    beto = make_member("Beto Ruiz", PHONE, language="es")
    address = operations.make_personal_link(user=beto, at=AT)
    assert address.startswith("http://localhost:8000/es/")
    uses = [operations.redeem_token(kind=TokenKind.LINK, token=token_of(address), at=LATER) for _ in range(5)]
    assert uses == [beto] * 5
    with pytest.raises(operations.LinkWorn):
        operations.redeem_token(kind=TokenKind.LINK, token=token_of(address), at=LATER)


def test_personal_link_dies_after_its_week() -> None:
    token = token_of(operations.make_personal_link(user=make_user(), at=AT))
    with pytest.raises(operations.LinkWorn):
        operations.redeem_token(kind=TokenKind.LINK, token=token, at=AT + timedelta(days=7))


def test_personal_link_is_stored_as_a_hash() -> None:
    token = token_of(operations.make_personal_link(user=make_user(), at=AT))
    assert token not in str(list(SignInToken.objects.values("token")))
    assert token not in str(list(AuditEntry.objects.values("detail", "object_label")))


def test_askings_and_failures_are_forgotten_after_a_day() -> None:
    ask()
    operations.count_failure(account="x", address=ADDRESS, at=AT)
    counts = []
    for hours in (24, 25):
        operations.forget_old_askings(at=AT + timedelta(hours=hours))
        counts.append((SignInCode.objects.count(), Slowdown.objects.count()))
    assert counts == [(1, 1), (0, 0)]


def test_place_whose_session_ran_out_is_listed_only_while_remembered() -> None:
    user = make_user()
    device = make_device(user)
    past = clock.now() + timedelta(days=15)
    listed = [list(queries.open_devices(user, at=past))]
    operations.remember_device(device=device, at=clock.now())
    listed.append(list(queries.open_devices(user, at=past)))
    assert listed == [[], [device]]
